from importlib import import_module

from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "samordna.domain.proceedings"
    label = "proceedings"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close, and what has happened at meetings."""
        for name in ("standing", "happened"):  # when the models are loaded
            import_module(f"samordna.domain.proceedings.{name}")
