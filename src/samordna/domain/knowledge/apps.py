from importlib import import_module

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samordna.domain.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        """Tell what rests on roles here, wherever roles close."""
        import_module("samordna.domain.knowledge.answering")  # when the models are loaded
