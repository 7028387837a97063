from importlib import import_module

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "samordna.domain.minutes"
    label = "minutes"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close, and make the background tasks known to the queue."""
        for name in ("standing", "tasks"):
            import_module(f"samordna.domain.minutes.{name}")  # when the models are loaded
