from importlib import import_module

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samordna.domain.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close."""
        import_module("samordna.domain.agreements.standing")  # when the models are loaded
