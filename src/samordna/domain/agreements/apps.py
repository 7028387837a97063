from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samordna.domain.agreements"
    label = "agreements"
