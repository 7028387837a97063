from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samordna.domain.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close."""
        import_module("samordna.domain.organisations.answering")  # when the models are loaded
