from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "samordna.domain.search"
    label = "search"

    def ready(self) -> None:
        from samordna.core.operation import AFTERWARDS  # noqa: PLC0415  # app ready
        from samordna.domain.search.index import follow  # noqa: PLC0415  # app ready

        AFTERWARDS.append(follow)
