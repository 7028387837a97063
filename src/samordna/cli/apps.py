from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "samordna.cli"
    label = "cli"
