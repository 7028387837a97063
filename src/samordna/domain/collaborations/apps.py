from importlib import import_module

from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    name = "samordna.domain.collaborations"
    label = "collaborations"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close."""
        import_module("samordna.domain.collaborations.standing")  # when the models are loaded
