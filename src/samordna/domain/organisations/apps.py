from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrganisationsConfig(AppConfig):
    name = "samordna.domain.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close, and let every app say what touches organisations."""
        import_module("samordna.domain.organisations.answering")  # when the models are loaded
        autodiscover_modules("succession")
