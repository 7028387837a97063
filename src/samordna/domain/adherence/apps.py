from django.apps import AppConfig


class AdherenceConfig(AppConfig):
    name = "samordna.domain.adherence"
    label = "adherence"
