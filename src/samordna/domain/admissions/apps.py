from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "samordna.domain.admissions"
    label = "admissions"
