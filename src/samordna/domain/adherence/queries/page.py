"""One decision and how it is followed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.phrases import (
    breach_sentence,
    duty_sentence,
    exempt_sentence,
    unbound_sentence,
    uncontributed_sentence,
)
from samordna.domain.adherence.queries.contributing import not_contributing
from samordna.domain.adherence.queries.exemptions import exempted, exemption_of
from samordna.domain.adherence.queries.experiences import Learnt, Themed, experiences_of, themes_of
from samordna.domain.adherence.queries.grouping import Group, Row, groups_of, row_of
from samordna.domain.adherence.queries.improving import Bettering, bettering_of
from samordna.domain.adherence.queries.narrowing import EVERYTHING, Asked
from samordna.domain.adherence.queries.reviews import ReviewPlan, review_plan
from samordna.domain.adherence.queries.standing import Answered, Standing, Tally, answers_by_organisation, tally_of
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import Decision, DecisionVersion
from samordna.domain.decisions.queries.binding import bindings_of, own_entries
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.models import Aspect
from samordna.domain.organisations.models import Organisation
from samordna.domain.organisations.succession import told_now

ROWS = 100  # organisations on a page with their own words; the figures are over all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One settled value of the decision as it holds for the reader: own adaptation or the frame."""

    aspect_id: str
    aspect: str
    value: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A later matter that began from this decision."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingPage:
    """How one version of a decision is followed. `own` is the reader's organisation, when it has a standing here.

    `duty` says why the reader's organisation must or may follow; `breach` what it breaks, or "".
    `not_contributing` names organisations that must contribute and have not; `already_so` those who can be asked how.
    `open`: may answers be given (the version is in force)? `standings` are everybody's; `rows` those that were asked for,
    one page of them from 1 (`number`); `more`: are there others after it? `found`: how many in all.
    """

    decision_id: str
    decision_number: int
    version_id: str
    version: int
    open: bool
    in_force_from: date | None
    review_on: date | None
    title: str
    for_the_individual: str
    matter_id: str
    collaboration_id: str
    collaboration: str
    text: str
    values: tuple[Value, ...]
    standings: tuple[Standing, ...]
    own: Standing | None
    duty: str
    breach: str
    tally: Tally
    already_so: tuple[str, ...]
    not_contributing: tuple[str, ...]
    learnt: tuple[Learnt, ...]
    themes: tuple[Themed, ...]
    plan: ReviewPlan
    bettering: Bettering
    aspects: tuple[tuple[str, str], ...]
    next_turns: tuple[Turn, ...]
    rows: tuple[Row, ...]
    number: int
    more: bool
    found: int

    @property
    def groups(self) -> tuple[Group, ...]:
        """The rows of the page, those together that need the same."""
        return groups_of(self.rows)

    @property
    def own_tone(self) -> str:
        """How the reader's own answer is marked."""
        return self.own.tone if self.own else "plain"


def current_version(decision: Decision) -> DecisionVersion | None:
    """The version in force, or else the latest that has been; None for a decision that never was."""
    versions = decision.versions.filter(established_at__isnull=False).prefetch_related("adoptions").order_by("-number")
    found = list(versions)
    return next((version for version in found if version.state == DecisionState.IN_FORCE), found[0] if found else None)


def following_of(version: DecisionVersion, at: datetime, *, names: bool = False) -> list[Standing]:
    """Every organisation's standing: those who take part, those who are bound, those who have answered; by name.

    A constant number of queries. `version.adoptions` should be prefetched.
    """
    matter, today = version.decision.matter, clock.day(at)
    taking_part = Participation.objects.on(today).filter(collaboration_id=matter.collaboration_id)
    bindings, answers = bindings_of(version), answers_by_organisation([version.pk], names=names)
    concerned = {*taking_part.values_list("organisation_id", flat=True), *bindings, *(key[1] for key in answers)}
    named = told_now(dict(Organisation.objects.filter(pk__in=concerned).order_by("name", "pk").values_list("pk", "name")))
    free, quiet = exempted([version], matter.collaboration, today), not_contributing([version])
    found = []
    for pk, name in named.items():
        given = answers.get((version.pk, pk), [])
        found.append(
            Standing(
                organisation_id=pk,
                organisation=name,
                binding=bindings.get(pk),
                answer=given[0] if given else None,
                earlier=tuple(given[1:]),
                today=today,
                exempt=(version.pk, pk) in free,
                not_contributing=(version.pk, pk) in quiet,
            )
        )
    return found


def following_page(
    actor: Actor, decision: Decision, at: datetime, *, asked: Asked = EVERYTHING, number: int = 1
) -> FollowingPage | None:
    """The page's whole content; None while no version has been in force. The caller got the decision by its access.

    `asked` and `number`: which organisations are listed, in what order they need somebody, and which page of them.
    """
    version = current_version(decision)
    if version is None:
        return None
    version.decision = decision
    matter = decision.matter
    standings = following_of(version, at, names=True)
    learnt = tuple(experiences_of(decision))
    fitting = (one for one in standings if asked.fits([one], one.organisation))
    rows = sorted((row_of((one,), actor) for one in fitting), key=lambda row: row.order)
    own = next((standing for standing in standings if standing.organisation_id == actor.organisation_id), None)
    return FollowingPage(
        decision_id=decision.pk,
        decision_number=decision.number,
        version_id=version.pk,
        version=version.number,
        open=version.state == DecisionState.IN_FORCE,
        in_force_from=version.in_force_from,
        review_on=version.review_on,
        title=matter.title,
        for_the_individual=matter.for_the_individual,
        matter_id=matter.pk,
        collaboration_id=matter.collaboration_id,
        collaboration=matter.collaboration.name,
        text=version.content.get("text", ""),
        values=_values(version.content, own.binding.origins if own and own.binding else (actor.organisation_id or "",)),
        standings=tuple(standings),
        own=own,
        duty=_duty(own, matter.collaboration, clock.day(at)),
        breach=_breach(own, version),
        tally=tally_of(standings),
        already_so=tuple(one.organisation for one in standings if one.kind == "already_so" and one is not own),
        not_contributing=tuple(one.organisation for one in standings if one.not_contributing),
        learnt=learnt,
        themes=tuple(themes_of(learnt)),
        plan=review_plan(version),
        bettering=bettering_of(actor, version.pk, clock.day(at)),
        aspects=tuple(Aspect.objects.filter(matter=matter).order_by("order", "pk").values_list("pk", "label")),
        next_turns=_next_turns(actor, matter.pk, at),
        rows=tuple(rows[(number - 1) * ROWS : number * ROWS]),
        number=number,
        more=len(rows) > number * ROWS,
        found=len(rows),
    )


def _values(content: dict[str, Any], origins: Collection[str]) -> tuple[Value, ...]:
    own = own_entries(content, origins)
    chosen = [(entry["aspect"] in own, own.get(entry["aspect"], entry)) for entry in content["frame"]]
    return tuple(
        Value(aspect_id=entry["aspect"], aspect=entry["label"], value=entry["value"], own=is_own)
        for is_own, entry in chosen
    )


def _duty(own: Standing | None, collaboration: Collaboration, today: date) -> str:
    if own is None:
        return ""
    if own.binding is None:
        return unbound_sentence()
    if own.exempt:
        given = exemption_of(collaboration, own.organisation_id, today)
        return exempt_sentence(given.reason, given.ends_on, given.review_on) if given else exempt_sentence("", None, None)
    return duty_sentence(own.must, own.binding.by == "adoption")


def _breach(own: Standing | None, version: DecisionVersion) -> str:
    """What the reader's organisation breaks: following, or having contributed; "" for neither."""
    said = [_not_following(own, own.answer, version)] if own and own.answer and own.not_following else []
    return " ".join([*said, *([uncontributed_sentence()] if own and own.not_contributing else [])])


def _not_following(own: Standing, answer: Answered, version: DecisionVersion) -> str:
    origins = own.binding.origins if own.binding else (own.organisation_id,)
    given = [version.ruling["organisations"][each] for each in origins]
    superior = version.decision.matter.collaboration.superior
    bound = superior is not None and not all(each["may_leave"] for each in given)
    return breach_sentence(superior.name if superior and bound else "", answer.not_followed)


def _next_turns(actor: Actor, matter_id: str, at: datetime) -> tuple[Turn, ...]:
    later = visible_matters(actor, at).filter(previous_id=matter_id).order_by("opened_at", "pk")
    return tuple(Turn(id=pk, title=title) for pk, title in later.values_list("pk", "title"))
