from importlib import import_module

from django.apps import AppConfig


class WorthConfig(AppConfig):
    name = "samordna.domain.worth"
    label = "worth"

    def ready(self) -> None:
        """Let the balance of a matter count the meetings' time."""
        effort = import_module("samordna.domain.decisions.effort")
        costs = import_module("samordna.domain.worth.queries.costs")
        effort.ALSO.append(costs.minutes_about)
