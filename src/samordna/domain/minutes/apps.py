from importlib import import_module

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "samordna.domain.minutes"
    label = "minutes"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close."""
        import_module("samordna.domain.minutes.standing")  # when the models are loaded
