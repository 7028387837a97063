from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "samordna.domain.search"
    label = "search"

    def ready(self) -> None:
        from samordna.core.operation import AFTERWARDS  # noqa: PLC0415  # app ready
        from samordna.core.tasks import task  # noqa: PLC0415  # app ready
        from samordna.domain.search.index import REREAD, follow, reread  # noqa: PLC0415  # app ready

        AFTERWARDS.append(follow)
        task(REREAD, whole=False)(reread)
