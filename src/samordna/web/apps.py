from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "samordna.web"
    label = "web"

    def ready(self) -> None:
        from samordna.web.checks import every_address_declares_its_right  # noqa: PLC0415  # app ready

        register(every_address_declares_its_right, "samordna")
