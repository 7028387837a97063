from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "samordna.domain.reports"
    label = "reports"
