from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "samordna.domain.decisions"
    label = "decisions"
