"""What an organisation says of itself: its mission, its legal frame, what it can and cannot do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.knowledge.access import KEEP
from samordna.domain.knowledge.conditions import typed_day
from samordna.domain.knowledge.limits import MOST_LEGAL, REVIEW_AFTER
from samordna.domain.knowledge.models import ProfileVersion
from samordna.domain.knowledge.queries.profiles import PARTS, latest_profile, profile_values
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation

LEGAL = (("law", 200, True), ("chapter", 20, False), ("paragraph", 40, False), ("says", 300, False), ("source", 300, False))
"""A reference's fields of text, how long they may be, and whether they have to be there."""


@operation("knowledge.keep")
def write_profile(
    *,
    actor: Actor,
    organisation_id: str,
    mission: str,
    can: str = "",
    cannot: str = "",
    professions: str = "",
    misunderstandings: str = "",
    legal: Sequence[Mapping[str, Any]] = (),
    review_on: date | None = None,
    seen: str = "",
    at: datetime | None = None,
) -> ProfileVersion:
    """Say what the organisation is, for those it works with: another version of its profile; those before it are kept.

    `legal`: rows of `{law, chapter, paragraph, says, valid_from, valid_to, source}`. `review_on`: when it is to be looked
    over, a year from now when left out. `seen` is the fingerprint of what one began from; raises `Overtaken` with what is
    stored now when it is another.
    """
    organisation = organisation_for(actor, organisation_id, KEEP, at)
    at = at or clock.now()
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # of the first profile there is no row to lock
    found, before = Findings(), latest_profile(organisation.pk, lock=True)
    given = dict(zip(PARTS, (mission, can, cannot, professions, misunderstandings), strict=True))
    words = {name: found.text(name, text, required=name == "mission") for name, text in given.items()}
    rows = _legal(found, legal)
    review = review_on or clock.day(at) + timedelta(days=REVIEW_AFTER)
    if review <= clock.day(at):
        found.say("review_on", _("Choose a day that has not been."))
    found.insist()
    version = ProfileVersion(
        organisation=organisation,
        number=before.number + 1 if before else 1,
        **words,
        legal=rows,
        review_on=review,
        told_at=at,
        told_by_id=actor.holding_id,
    )
    check_not_overtaken(seen, profile_values(before), profile_values(version))
    version.save(force_insert=True)
    content: dict[str, Any] = {**words, "legal": rows, "number": version.number, "review_on": review}
    journal.record(
        actor=actor, action="profile_written", subject_kind="profile", subject_id=organisation.pk, at=at, **content
    )
    return version


def _legal(found: Findings, given: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    if len(given) > MOST_LEGAL:
        limit = {"most": MOST_LEGAL, "given": len(given)}
        raise TooLarge(_("A legal frame has at most %(most)s references; these are %(given)s.") % limit)
    return [_reference(found, place + 1, row) for place, row in enumerate(given)]


def _reference(found: Findings, place: int, row: Mapping[str, Any]) -> dict[str, str]:
    said = Findings()
    made = {name: said.line(name, str(row.get(name) or ""), longest, required=must) for name, longest, must in LEGAL}
    days = {name: typed_day(said, name, row.get(name)) for name in ("valid_from", "valid_to")}
    if days["valid_from"] is not None:
        said.span("valid_from", days["valid_from"], "valid_to", days["valid_to"])
    for sentence in said.fields.values():
        about = {"number": place, "law": made["law"] or "–", "sentence": sentence}
        found.say("legal", _("Reference %(number)s (%(law)s): %(sentence)s") % about)
    return made | {name: day.isoformat() if day else "" for name, day in days.items()}
