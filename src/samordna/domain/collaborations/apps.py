from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    name = "samordna.domain.collaborations"
    label = "collaborations"
