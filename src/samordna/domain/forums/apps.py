from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "samordna.domain.forums"
    label = "forums"
