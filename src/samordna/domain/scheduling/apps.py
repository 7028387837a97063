from importlib import import_module

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "samordna.domain.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        """Tell what moves with a role, and make the background tasks known to the queue."""
        import_module("samordna.domain.scheduling.tasks")  # when the models are loaded
