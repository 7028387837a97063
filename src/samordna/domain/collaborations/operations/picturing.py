"""The shared picture: its points, and how each participant and the coordination see them and the purpose.

Nothing that somebody has said is changed: what is said anew is a new row and the latest counts; what is taken back is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import check_may_remove, contribution_for
from samordna.domain.collaborations.enums import CollaborationState, PointKind
from samordna.domain.collaborations.limits import MOST_NEEDS, MOST_POINTS
from samordna.domain.collaborations.models import (
    Collaboration,
    PartyNeed,
    PictureMark,
    PicturePoint,
    PurposeConfirmation,
)
from samordna.domain.organisations.findings import Findings


@operation("collaboration.contribute")
def add_point(*, actor: Actor, collaboration_id: str, kind: str, text: str, at: datetime | None = None) -> PicturePoint:
    """Add a point to the shared picture: a problem, a need, or what should be done. Everybody is asked how they see it."""
    given, organisation_id = contribution_for(actor, collaboration_id, at)
    at = at or clock.now()
    collaboration = _open(given.pk)
    if PicturePoint.objects.filter(collaboration=collaboration, removed_at__isnull=True).count() >= MOST_POINTS:
        raise TooLarge(_("The shared picture holds at most %(most)s points. Take one away first.") % {"most": MOST_POINTS})
    found = Findings()
    found.choice("kind", kind, PointKind.values)
    text = found.text("text", text)
    found.insist()
    point = PicturePoint.objects.create(
        collaboration=collaboration,
        kind=kind,
        text=text,
        added_at=at,
        added_by_id=actor.holding_id,
        organisation_id=organisation_id,
    )
    _record(actor, "point_added", "point", point.pk, collaboration, at, about=kind, text=text)
    return point


@operation("collaboration.contribute")
def remove_point(*, actor: Actor, point_id: str, reason: str, at: datetime | None = None) -> PicturePoint:
    """Take a point away from the shared picture, with a reason. The coordinator can, and whoever added it."""
    check_may_remove(actor, point_id, at)
    at = at or clock.now()
    point = PicturePoint.objects.select_for_update(of=("self",)).select_related("collaboration").get(pk=point_id)
    _open(point.collaboration_id)
    if point.removed_at is not None:
        raise Refused(_("The point is taken away already."))
    found = Findings()
    reason = found.text("reason", reason)
    found.insist()
    point.removed_at, point.removed_reason = at, reason
    point.save(update_fields=["removed_at", "removed_reason"])
    _record(actor, "point_removed", "point", point.pk, point.collaboration, at, text=point.text, reason=reason)
    return point


@operation("collaboration.contribute")
def tell_view(
    *,
    actor: Actor,
    collaboration_id: str,
    own_words: str = "",
    marks: Sequence[Mapping[str, Any]] = (),
    needs: Sequence[Mapping[str, str]] | None = None,
    at: datetime | None = None,
) -> Collaboration:
    """Tell how one's organisation, or the coordination, sees the purpose and the shared picture, and what it needs.

    `own_words` confirms the present purpose. A mark is `{point_id, agrees, why}`. A need is `{text, reason}`; the needs
    given are all that the organisation has from now on, and None leaves them as they are. What is not said stays unsaid.
    """
    given, organisation_id = contribution_for(actor, collaboration_id, at)
    at = at or clock.now()
    collaboration = _open(given.pk)
    found = Findings()
    words = found.text("own_words", own_words, required=False)
    marked = _unsaid(organisation_id, _marks(found, collaboration, marks))
    stated = _needs(found, organisation_id, needs)
    found.insist()
    if not words and not marks and stated is None:
        raise Invalid({"": _("Say the purpose in your own words, mark a point or state a need.")})
    who = {"organisation_id": organisation_id}
    if words and not _says_already(collaboration, organisation_id, words):
        PurposeConfirmation.objects.create(
            collaboration=collaboration,
            number=collaboration.purpose_number,
            own_words=words,
            confirmed_at=at,
            confirmed_by_id=actor.holding_id,
            **who,
        )
    PictureMark.objects.bulk_create(
        PictureMark(**mark, **who, marked_at=at, marked_by_id=actor.holding_id) for mark in marked
    )
    if stated is not None and organisation_id is not None:
        _restate_needs(actor, collaboration, organisation_id, stated, at)
    content = {"own_words": words, "marks": marked, "needs": [list(need) for need in stated or ()]}
    _record(actor, "view_told", "collaboration", collaboration.pk, collaboration, at, **content)
    return collaboration


def _says_already(collaboration: Collaboration, organisation_id: str | None, words: str) -> bool:
    said = PurposeConfirmation.objects.filter(collaboration=collaboration, organisation_id=organisation_id)
    latest = said.order_by("-confirmed_at", "-pk").first()
    return latest is not None and (latest.number, latest.own_words) == (collaboration.purpose_number, words)


def _unsaid(organisation_id: str | None, marked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The marks that say something else than what stands."""
    rows = PictureMark.objects.filter(organisation_id=organisation_id, point_id__in=[mark["point_id"] for mark in marked])
    standing: dict[str, tuple[bool, str]] = {}
    for row in rows.order_by("-marked_at", "-pk"):
        standing.setdefault(row.point_id, (row.agrees, row.why))
    return [mark for mark in marked if standing.get(mark["point_id"]) != (mark["agrees"], mark["why"])]


def _marks(found: Findings, collaboration: Collaboration, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The marks as they are stored; a fault is said under `mark_<point>`, or `marks` for a point that is not there."""
    points = set(
        PicturePoint.objects.filter(collaboration=collaboration, removed_at__isnull=True).values_list("pk", flat=True)
    )
    made: dict[str, dict[str, Any]] = {}
    for row in given[: 2 * MOST_POINTS]:
        point_id, agrees = str(row.get("point_id", "")), bool(row.get("agrees", False))
        if point_id not in points:
            found.say("marks", _("The picture has changed since the page was opened. Look again at its points."))
            continue
        why = found.text(f"why_{point_id}", str(row.get("why", "")), required=False)
        if not agrees and not why:
            found.say(f"why_{point_id}", _("Say how you see it instead, so that the others can understand it."))
        made[point_id] = {"point_id": point_id, "agrees": agrees, "why": "" if agrees else why}
    return list(made.values())


def _needs(
    found: Findings, organisation_id: str | None, given: Sequence[Mapping[str, str]] | None
) -> list[tuple[str, str]] | None:
    """Pairs of need and reason; a fault is said under `needs`. None when nothing is said of needs."""
    if given is None or (organisation_id is None and not given):
        return None
    if organisation_id is None:
        raise Refused(_("The coordination's own needs are stated in each matter, as common needs."))
    if len(given) > MOST_NEEDS:
        limit = {"most": MOST_NEEDS, "given": len(given)}
        raise TooLarge(_("An organisation states at most %(most)s needs here; these are %(given)s.") % limit)
    made: list[tuple[str, str]] = []
    for place, row in enumerate(given, start=1):
        said = Findings()
        text, reason = said.text("text", str(row.get("text", ""))), said.text("reason", str(row.get("reason", "")))
        if "text" in said.fields:
            found.say("needs", _("Need %(number)s: say what you need.") % {"number": place})
        elif "reason" in said.fields:
            found.say("needs", _("Need %(number)s: say why, so that the others can respect it.") % {"number": place})
        made.append((text, reason))
    return made


def _restate_needs(
    actor: Actor, collaboration: Collaboration, organisation_id: str, stated: Sequence[tuple[str, str]], at: datetime
) -> None:
    """Keep those that are said again as they were, withdraw the others, add the new."""
    rows = PartyNeed.objects.filter(collaboration=collaboration, organisation_id=organisation_id, withdrawn_at__isnull=True)
    standing = {(row.text, row.reason): row.pk for row in rows}
    gone = [pk for pair, pk in standing.items() if pair not in stated]
    PartyNeed.objects.filter(pk__in=gone).update(withdrawn_at=at)
    PartyNeed.objects.bulk_create(
        PartyNeed(
            collaboration=collaboration,
            organisation_id=organisation_id,
            text=text,
            reason=reason,
            stated_at=at,
            stated_by_id=actor.holding_id,
        )
        for text, reason in dict.fromkeys(stated)
        if (text, reason) not in standing
    )


def _open(collaboration_id: str) -> Collaboration:
    collaboration = Collaboration.objects.select_for_update().get(pk=collaboration_id)
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    return collaboration


def _record(
    actor: Actor,
    action: str,
    kind: str,
    subject_id: str,
    collaboration: Collaboration,
    at: datetime,
    **content: Any,
) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=subject_id,
        collaboration_id=collaboration.pk,
        at=at,
        **content,
    )
