from django.apps import AppConfig


class ChangeConfig(AppConfig):
    name = "samordna.domain.change"
    label = "change"
