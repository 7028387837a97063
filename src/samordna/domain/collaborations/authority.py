"""Authority: who decides this, for whom, must they follow, and why.

Concept. Coordination has three forms of mandate, and a decision binds differently under each:

1. *Own*: every participant contributes with its own mandate. Nobody decides over anybody else, so nothing binds an
   organisation until its own body has adopted it. With a *duty to agree* a result must come about, but it is still nobody
   alone who decides it.
2. *Lent*: a participant has handed over some of its mandate. What it lent, coordination decides for it, for as long as it
   is lent; it can be taken back at any time, and then the next decision no longer binds.
3. *Granted*: somebody above all participants has given the mandate, and its wording settles three separate things: what
   coordination may decide, what the participants no longer decide themselves, and what they must or may follow.

A mandate is a set of clauses over subject areas. A clause covers the areas beneath its own, and the clause over the
nearest area is the one that holds. A granted mandate goes before a lent one, a lent one before a duty to agree, and that
before each one's own. A nearest clause that says that coordination does not decide gives the question on to the next
form; if it is granted from above and takes the deciding from the participants as well, the superior has kept it.

A collaboration may lie in another. Its coordination can then be *delegated* some of what the coordination above it decides:
a granted mandate goes before a delegated one, and that before a lent one. What is delegated never reaches further than
what it is taken from: it counts for those for whom the coordination above decides in that area at that moment, it is a must
only where it is a must there, and it takes the deciding from an organisation only where it is taken there. When the mandate
above ends, is taken back or runs out, what was passed on of it falls with it.

Two things can oblige an organisation to follow: the clause, and the collaboration's depth. Either is enough, and neither
frees from the other.

Everything is a pure function over `AuthorityFacts` at a moment. The answer, a `Ruling`, carries its reasons as a tree; the
sentences are made in `phrases`. For a decision already in force, ask with the moment it was established: what is taken
back later binds new decisions only.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samordna.domain.collaborations.depth import Depth, Verb
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.facts import (
    AuthorityFacts,
    ClauseFact,
    Cover,
    Frame,
    Situation,
    Standpoint,
    areas_above,
    situation,
    standpoint,
)
from samordna.domain.collaborations.reason import Reason
from samordna.domain.collaborations.reasons import left_before, why


class Decider(StrEnum):
    """Who decides in an area, for one organisation."""

    ORGANISATION = "organisation"  # the organisation itself
    COORDINATION = "coordination"  # whoever holds the mandate
    NOBODY_YET = "nobody_yet"  # there is a duty to agree, and until all have agreed nobody has decided
    SUPERIOR = "superior"  # the giver from above took it from the participants and did not give it to coordination


class Ground(StrEnum):
    """What the answer rests on."""

    OUTSIDE = "outside"  # the organisation does not take part at that moment
    OWN = "own"
    DUTY_TO_AGREE = "duty_to_agree"
    LENT = "lent"
    DELEGATED = "delegated"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The answer for one area, one organisation and one moment.

    `following`: must or may the organisation follow a coordinated decision here without any act of its own; None when
    nothing binds it before its own adoption. `following_once_adopted`: the same after its own body has adopted it.
    `needs_adoption`: does such a decision need the organisation's own adoption to come into force for it?
    `may_decide_itself`: may the organisation still decide in this area on its own?
    `mandate_ids`: the mandates the answer rests on (several when equally near). `why`: the chain of facts.
    """

    area_id: str
    organisation_id: str
    at: datetime
    decides: Decider
    ground: Ground
    following: Following | None
    following_once_adopted: Following | None
    needs_adoption: bool
    may_decide_itself: bool
    may_leave: bool
    depth: Depth
    mandate_ids: tuple[str, ...]
    why: Reason

    @property
    def participates(self) -> bool:
        """Does the organisation take part at that moment?"""
        return self.ground is not Ground.OUTSIDE

    def can_take_effect(self, *, adopted: bool) -> bool:
        """May a coordinated decision in this area come into force for the organisation?"""
        if self.decides is Decider.COORDINATION:
            return True
        return adopted and self.decides is not Decider.SUPERIOR

    def binding(self, *, adopted: bool) -> Following | None:
        """Must or may the organisation follow such a decision, given whether its own body has adopted it?"""
        return self.following_once_adopted if adopted else self.following


def ruling(area: str, organisation: str, at: datetime, facts: AuthorityFacts) -> Ruling:
    """Who decides in `area` for `organisation` at `at`, on what ground, and must it follow? Pure and total.

    Raises `KeyError` for an area that is not the collaboration's.
    """
    now = situation(standpoint(organisation, at, facts), area, _frames(area, organisation, at, facts))
    if now.part is None:
        return _outside(now)
    decides, ground = _settle(now.covers)
    cover = now.covers[MandateForm(ground)]
    following, once_adopted = _following(decides, cover, now)
    may_decide_itself = _may_decide_itself(decides, cover, now)
    return Ruling(
        area_id=area,
        organisation_id=organisation,
        at=at,
        decides=decides,
        ground=ground,
        following=following,
        following_once_adopted=once_adopted,
        needs_adoption=decides in (Decider.ORGANISATION, Decider.NOBODY_YET),
        may_decide_itself=may_decide_itself,
        may_leave=now.depth.may_leave,
        depth=now.depth,
        mandate_ids=tuple(mandate.id for mandate, _ in cover.found) if cover else (),
        why=why(now, decides, ground, following, once_adopted, may_decide_itself=may_decide_itself),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A ruling without its reasons, for counting."""

    area_id: str
    decides: Decider
    following: Following | None
    may_decide_itself: bool


UNTOLD = Reason("", {})
SELF = (Decider.ORGANISATION, None, True)


class Briefs:
    """The rulings of many areas and organisations at one moment, without reasons: the same answers as `ruling` gives.

    Organisations in the same standing are asked about once, and what is the same in every area is gathered once.
    """

    def __init__(self, facts: AuthorityFacts, at: datetime) -> None:
        self.facts, self.at = facts, at
        self._above = Briefs(facts.parent, at) if facts.parent is not None else None
        self._points: dict[str, Standpoint] = {}
        self._standings: dict[str, int] = {}
        self._numbers: dict[Hashable, int] = {}
        self._found: dict[tuple[str, int], Brief] = {}

    def of(self, area: str, organisation: str) -> Brief:
        """The ruling in one area for one organisation."""
        key = (area, self._standing(organisation))
        if key not in self._found:
            self._found[key] = self._brief(area, organisation)
        return self._found[key]

    def _brief(self, area: str, organisation: str) -> Brief:
        now = situation(self._point(organisation), area, self._frames(area, organisation))
        decides, following, itself = SELF if now.part is None else _briefly(now)
        return Brief(area_id=area, decides=decides, following=following, may_decide_itself=itself)

    def _frames(self, area: str, organisation: str) -> dict[str, Frame]:
        above = self._above
        if above is None:
            return {}
        within = _taken_from(area, self.facts, above.facts)
        return {each: _frame(above.of(each, organisation), above.facts, UNTOLD) for each in within}

    def _point(self, organisation: str) -> Standpoint:
        if organisation not in self._points:
            self._points[organisation] = standpoint(organisation, self.at, self.facts)
        return self._points[organisation]

    def _standing(self, organisation: str) -> int:
        """A number that is the same for organisations of which everything that settles an answer is the same."""
        if organisation not in self._standings:
            point = self._point(organisation)
            depth = tuple(point.depth.of(verb) for verb in Verb)
            mandates = tuple((mandate.form, state, mandate.clauses) for mandate, state, _over in point.reaching)
            above = self._above._standing(organisation) if self._above and self.facts.delegated else 0
            standing = (point.part is None, depth, mandates, above)
            self._standings[organisation] = self._numbers.setdefault(standing, len(self._numbers))
        return self._standings[organisation]


def _briefly(now: Situation) -> tuple[Decider, Following | None, bool]:
    decides, ground = _settle(now.covers)
    cover = now.covers[MandateForm(ground)]
    return decides, _following(decides, cover, now)[0], _may_decide_itself(decides, cover, now)


def _frames(area: str, organisation: str, at: datetime, facts: AuthorityFacts) -> dict[str, Frame]:
    """What holds above, for each area there from which something over this area, or over one above it, is passed on."""
    if facts.parent is None:
        return {}
    rulings = (ruling(each, organisation, at, facts.parent) for each in _taken_from(area, facts, facts.parent))
    return {
        given.area_id: _frame(given, facts.parent, Reason(given.why.kind, given.why.facts, given.why.because[:1]))
        for given in rulings
    }


def _taken_from(area: str, facts: AuthorityFacts, above: AuthorityFacts) -> list[str]:
    """The areas above from which something over this area, or over one above it, is passed on."""
    chain = areas_above(facts, area)
    clauses = (clause for mandate in facts.delegated for clause in mandate.clauses if clause.area_id in chain)
    return list(dict.fromkeys(clause.within for clause in clauses if clause.within in above.areas and clause.within))


def _frame(given: Ruling | Brief, above: AuthorityFacts, why: Reason) -> Frame:
    return Frame(
        area=above.areas[given.area_id].name,
        decides=given.decides is Decider.COORDINATION,
        must=given.following == Following.MUST,
        handed_over=not given.may_decide_itself,
        why=why,
    )


def _settle(covers: Mapping[MandateForm, Cover | None]) -> tuple[Decider, Ground]:
    granted, lent = covers[MandateForm.GRANTED], covers[MandateForm.LENT]
    if granted and granted.decides:
        return Decider.COORDINATION, Ground.GRANTED
    if granted and granted.no_longer:
        return Decider.SUPERIOR, Ground.GRANTED
    delegated = covers[MandateForm.DELEGATED]
    if delegated and delegated.decides:
        return Decider.COORDINATION, Ground.DELEGATED
    if lent and lent.decides:
        return Decider.COORDINATION, Ground.LENT
    if covers[MandateForm.DUTY_TO_AGREE]:
        return Decider.NOBODY_YET, Ground.DUTY_TO_AGREE
    return Decider.ORGANISATION, Ground.OWN


def _following(decides: Decider, cover: Cover | None, now: Situation) -> tuple[Following | None, Following | None]:
    """Before and after the organisation's own adoption. What is delegated binds no harder than where it comes from; what
    an organisation has adopted itself binds it as the depth says."""
    if decides is Decider.SUPERIOR:
        return None, None
    framed = _framed(cover, now)
    if framed is not None:
        by_clause = any(frame.must for clause, frame in framed if clause.following == Following.MUST)
        by_depth = now.depth.must_follow and any(frame.must for _, frame in framed)
        obliged = Following.MUST if by_clause or by_depth else Following.MAY
        return obliged, (Following.MUST if now.depth.must_follow else obliged)
    by_clause = decides is not Decider.ORGANISATION and cover is not None and cover.following == Following.MUST
    obliged = Following.MUST if by_clause or now.depth.must_follow else Following.MAY
    return (obliged if decides is Decider.COORDINATION else None), obliged


def _framed(cover: Cover | None, now: Situation) -> list[tuple[ClauseFact, Frame]] | None:
    """The delegated clauses that decide, each with its frame; None where the answer rests on no delegated mandate."""
    if cover is None or cover.found[0][0].form != MandateForm.DELEGATED:
        return None
    return [(clause, now.frames[clause.within or ""]) for _, clause in cover.found if clause.coordination_decides]


def _may_decide_itself(decides: Decider, cover: Cover | None, now: Situation) -> bool:
    if decides is Decider.ORGANISATION or cover is None:
        return True
    framed = _framed(cover, now)
    if framed is not None:
        return not any(clause.participants_no_longer_decide and frame.handed_over for clause, frame in framed)
    return decides is not Decider.SUPERIOR and not cover.no_longer


def _outside(now: Situation) -> Ruling:
    return Ruling(
        area_id=now.area,
        organisation_id=now.organisation,
        at=now.at,
        decides=Decider.ORGANISATION,
        ground=Ground.OUTSIDE,
        following=None,
        following_once_adopted=None,
        needs_adoption=True,
        may_decide_itself=True,
        may_leave=True,
        depth=now.depth,
        mandate_ids=(),
        why=left_before(now),
    )


def missing_clause(given: Ruling, facts: AuthorityFacts) -> Reason | None:
    """Which clause, from whom, coordination would need to decide for the organisation; None when it may decide."""
    if given.decides is Decider.COORDINATION:
        return None
    subject = {
        "organisation": facts.name(given.organisation_id),
        "area": facts.areas[given.area_id].name,
        "superior": facts.name(facts.superior_id),
        "parent": facts.parent_name,
    }
    if given.ground is Ground.OUTSIDE:
        return Reason("missing_participation", subject)
    if given.decides is Decider.SUPERIOR:
        return Reason("missing_from_superior", subject)
    or_delegated = (Reason("missing_or_delegated", subject),) if facts.delegated else ()
    return Reason("missing_from_either" if facts.superior_id else "missing_from_organisation", subject, or_delegated)
