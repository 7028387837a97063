from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samordna.domain.organisations"
    label = "organisations"
