from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "samordna.domain.introductions"
    label = "introductions"
