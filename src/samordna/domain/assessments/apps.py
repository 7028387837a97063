from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "samordna.domain.assessments"
    label = "assessments"

    def ready(self) -> None:
        """What follows an organisation that is succeeded, and the work that comes back by itself."""
        for name in ("succession", "tasks"):
            import_module(f"samordna.domain.assessments.{name}")
