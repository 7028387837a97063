from importlib import import_module

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "samordna.domain.admissions"
    label = "admissions"

    def ready(self) -> None:
        """Let invitations end with whoever leaves."""
        import_module("samordna.domain.admissions.leaving")  # when the models are loaded
