from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "samordna.domain.notices"
    label = "notices"

    def ready(self) -> None:
        """Make the background tasks known to the queue."""
        from samordna.domain.notices import tasks  # noqa: F401, PLC0415  # app ready: the tasks use models
