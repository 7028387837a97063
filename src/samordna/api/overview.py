"""What lies across the steps, as JSON: what waits for the caller."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Schema

from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.organisations.waiting import Waiting
from samordna.domain.overview.queries.mine import waiting_now

router = Operations(tags=["overview"])


class WaitingOut(Schema):
    """One thing that the caller is waited for, in the role it acts in."""

    kind: str
    what: str
    about: str
    collaboration: str
    due: date | None
    note: str


@router.get("/waiting", response={200: list[WaitingOut], **PROBLEMS})
def read_waiting(request: HttpRequest) -> list[Waiting]:
    """What the caller is waited for now, the most urgent first."""
    actor = actor_of(request)
    return list(waiting_now([actor], clock.now()).get(actor, ()))
