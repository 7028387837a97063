"""What somebody is waited for when a time is sought: to say which of the proposed times work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.forums.models import Ownership
from samordna.domain.organisations.waiting import Waiting, WaitingKind
from samordna.domain.scheduling.models import Asked, TimeOption, TimeReply


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """Times proposed to roles that have answered none of them, of forums one may read; four questions at most."""
    roles = {actor.role_id or "" for actor in crowd.actors}
    asked = Asked.objects.filter(
        role_id__in=roles, question__closed_at__isnull=True, question__forum__closed_on__isnull=True
    )
    rows = list(asked.select_related("question__forum").order_by("question__answer_by", "pk")) if roles else []
    if not rows:
        return
    ahead = TimeOption.objects.filter(question__in=[row.question_id for row in rows], withdrawn_at__isnull=True)
    many: dict[str, int] = {}
    for question_id in ahead.filter(starts_at__gt=at).values_list("question_id", flat=True):
        many[question_id] = many.get(question_id, 0) + 1
    said = TimeReply.objects.filter(asked__in=rows, option__withdrawn_at__isnull=True)
    answered = set(said.values_list("asked_id", flat=True))
    owners = _owners({row.question.forum_id for row in rows})
    for row in rows:
        if row.pk not in answered and row.question_id in many:
            told, within = _to_answer(row, many[row.question_id]), owners.get(row.question.forum_id, ())
            for actor in crowd.actors:
                taking_part = crowd.taking_part.get(actor.organisation_id or "", frozenset())
                reads = any(pk in taking_part or actor in crowd.leading(pk) for pk in within)
                if actor.role_id == row.role_id and reads:
                    yield actor, told


def _to_answer(row: Asked, many: int) -> Waiting:
    question = row.question
    return Waiting(
        kind=WaitingKind.ANSWER,
        what=_("Say which times work"),
        about=question.title or question.forum.name,
        collaboration=question.forum.name,
        url_name="answer_times",
        url_args=(row.pk,),
        due=question.answer_by,
        note=ngettext("%(many)s proposed time.", "%(many)s proposed times.", many) % {"many": many},
    )


def _owners(forum_ids: set[str]) -> dict[str, tuple[str, ...]]:
    """The collaborations that own each forum, and that others have been told of: one query."""
    found: dict[str, tuple[str, ...]] = {}
    running = Ownership.objects.filter(forum_id__in=forum_ids, ended_at__isnull=True, accepted_at__isnull=False)
    for forum_id, pk in running.exclude(collaboration__state="planned").values_list("forum_id", "collaboration_id"):
        found[forum_id] = (*found.get(forum_id, ()), pk)
    return found
