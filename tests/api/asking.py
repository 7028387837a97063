"""The same address asked by different people, for tests of every status that the API declares."""

from __future__ import annotations

from typing import Any

from samordna.core.actor import Actor
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.api.test_collaborations import JSON
from tests.domain.collaborations.setting import Setting, client_of

NOBODYS = "zzzzzzzzzzzz"


class Asking:
    """`keeper`: who may do it; `member`, `chair`: of the two parties; `reader`: may read; `stranger`: knows of nothing."""

    def __init__(self, given: Setting, keeper: Actor) -> None:
        everybody = {"keeper": keeper, "member": given.manager, "chair": given.other_manager}
        everybody |= {"stranger": f.actor(f.organisation(), RoleKind.MANAGER), "reader": given.superior_manager}
        self.clients = {name: client_of(actor) for name, actor in everybody.items()}

    def __call__(self, who: str, how: str, path: str, wanted: int, /, **body: Any) -> Any:
        given = {} if how == "get" else {"data": body, "content_type": JSON}
        answer = getattr(self.clients[who], how)(f"/api/v1{path}", **given)
        assert answer.status_code == wanted, (who, how, path, answer.content.decode())
        return answer.json() if answer.content else {}

    def closed(self, how: str, path: str, /, **body: Any) -> None:
        """Nobody outside knows of it, and whoever may only read the forum may not do it."""
        self("stranger", how, path, 404, **body)
        self("reader", how, path, 403, **body)
