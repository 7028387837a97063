from importlib import import_module

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "samordna.domain.forums"
    label = "forums"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close."""
        import_module("samordna.domain.forums.standing")  # when the models are loaded
