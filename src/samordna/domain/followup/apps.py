from importlib import import_module

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "samordna.domain.followup"
    label = "followup"

    def ready(self) -> None:
        """Make the background tasks known to the queue."""
        import_module("samordna.domain.followup.tasks")  # when the models are loaded
