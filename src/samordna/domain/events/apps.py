from importlib import import_module

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "samordna.domain.events"
    label = "events"

    def ready(self) -> None:
        """Make the background tasks known to the queue."""
        import_module("samordna.domain.events.tasks")  # when the models are loaded
