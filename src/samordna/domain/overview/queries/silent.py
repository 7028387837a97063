"""Who is waited for in each matter, and for what: an answer, a word on a decision, the own body's decision, following."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.adherence.models import FollowingAnswer
from samordna.domain.collaborations.models import Participation
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.queries.binding import bindings_of, rulings_of
from samordna.domain.decisions.states import RUNNING
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Position
from samordna.domain.matters.states import UNHEARD
from samordna.domain.organisations.models import Organisation
from samordna.domain.organisations.succession import in_law

GATHERED_IN = (MatterStage.GATHERING, MatterStage.WEIGHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Those who are waited for in one matter, by name, and for what. `due`: their last day.

    `version_id`: the version that they have not answered about; "" where their answer in the matter itself is wanted.
    """

    names: tuple[str, ...]
    what: str
    due: date | None
    version_id: str
    may_remind: bool


def silent_in(matter_ids: Collection[str], at: datetime) -> dict[str, Silent]:
    """By matter, whoever is waited for; matters in which nobody is are not there. A constant number of queries."""
    found = dict(_gathered(matter_ids))
    for matter_id, silent in _decided(matter_ids, clock.day(at)):
        found[matter_id] = silent
    return found


def _gathered(matter_ids: Collection[str]) -> Iterator[tuple[str, Silent]]:
    rows = Position.objects.filter(matter_id__in=matter_ids, matter__stage__in=GATHERED_IN, state__in=sorted(UNHEARD))
    names: dict[str, list[str]] = defaultdict(list)
    days: dict[str, date | None] = {}
    for matter_id, day, name in rows.order_by("organisation__name", "pk").values_list(
        "matter_id", "matter__answer_by", "organisation__name"
    ):
        names[matter_id].append(name)
        days[matter_id] = day
    for matter_id, silent in names.items():
        what = _("what they need and under what conditions")
        yield matter_id, Silent(names=tuple(silent), what=what, due=days[matter_id], version_id="", may_remind=True)


def _decided(matter_ids: Collection[str], on: date) -> Iterator[tuple[str, Silent]]:
    versions = list(
        DecisionVersion.objects.filter(
            decision__matter_id__in=matter_ids, state__in=[*sorted(RUNNING), DecisionState.IN_FORCE]
        )
        .select_related("decision__matter")
        .prefetch_related("consultation_answers", "adoptions")
        .defer("content", "certificate")
        .order_by("number", "pk")
    )
    present = _present({version.decision.matter.collaboration_id for version in versions}, on)
    told = defaultdict(set)
    in_force = [version.pk for version in versions if version.state == DecisionState.IN_FORCE]
    for version_id, own in FollowingAnswer.objects.filter(version_id__in=in_force).values_list("version", "organisation"):
        told[version_id].add(own)
    names = dict(
        Organisation.objects.filter(pk__in={pk for ids in present.values() for pk in ids}).values_list("pk", "name")
    )
    standing_in = in_law()
    for version in versions:
        what, due, left = _left_in(version, told[version.pk], standing_in)
        here = left & present[version.decision.matter.collaboration_id]
        if here:
            waited_for = tuple(sorted(names[pk] for pk in here))
            may = version.state in (DecisionState.CONSULTATION, DecisionState.RECOMMENDED)
            yield (
                version.decision.matter_id,
                Silent(names=waited_for, what=what, due=due, version_id=version.pk, may_remind=may),
            )


def _present(collaborations: Collection[str], on: date) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = Participation.objects.on(on).filter(collaboration_id__in=collaborations)
    for where, own in rows.values_list("collaboration_id", "organisation_id"):
        found[where].add(own)
    return found


def _left_in(version: DecisionVersion, told: set[str], standing_in: Mapping[str, str]) -> tuple[str, date | None, set[str]]:
    """What is wanted, by when, and of whom."""
    rulings = rulings_of(version, standing_in)
    match DecisionState(version.state):
        case DecisionState.CONSULTATION:
            answered = {answer.organisation_id for answer in version.consultation_answers.all()}
            return _("an answer to the consultation"), version.consultation_until, set(rulings) - answered
        case DecisionState.RECOMMENDED:
            adopted = {adoption.organisation_id for adoption in version.adoptions.all()}
            needed = {pk for pk, ruling in rulings.items() if ruling["needs_adoption"]}
            return _("what their own body has decided"), None, needed - adopted
        case DecisionState.IN_FORCE:
            return _("how they follow the decision"), None, set(bindings_of(version)) - told
        case _:
            return "", None, set()
