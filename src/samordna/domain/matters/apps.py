from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "samordna.domain.matters"
    label = "matters"
