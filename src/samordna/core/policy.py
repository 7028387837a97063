"""Who may do what, as one pure function over facts: `decide(actor, action, thing, facts, at)`.

Concept. An *action* is allowed when at least one *path* of the table below is complete. A path is a list of links, and
every link is a fact that holds at `at`: the actor holds a role with this duty, its organisation takes part in the
thing's collaboration, its role coordinates that collaboration, the thing belongs to its organisation, …  No path, no
access. There are no wildcards, no public things and no role names tested anywhere else. The facts used come back as a
chain, so that every access can be explained and written in the journal.

A denial knows whether the actor may know that the thing exists at all: `hidden` denials are answered exactly as if the
thing did not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samordna.core.actor import Actor, Duty
from samordna.core.clock import active


class Visibility(StrEnum):
    """Who in a collaboration may read a thing that belongs to one of its organisations."""

    PARTICIPANTS = "participants"  # everyone who takes part
    COORDINATOR = "coordinator"  # the owner and the coordinator
    OWNER = "owner"  # the owner alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A fact's life, in days: `[start, end)`."""

    start: date | None = None
    end: date | None = None

    def at(self, on: date) -> bool:
        """Does the fact hold on this day?"""
        return active(self.start, self.end, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about the actor's standing. Every mapping's value is the set of spans in which the fact holds.

    `holdings`: (person, role) → spans, of ordinary holders and of deputies and acting holders.
    `participations`: (organisation, collaboration) → spans.
    `coordinates`: (role, collaboration) → spans.
    """

    holdings: Mapping[tuple[str, str], frozenset[Span]]
    participations: Mapping[tuple[str, str], frozenset[Span]]
    coordinates: Mapping[tuple[str, str], frozenset[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """The object of an action, reduced to what access depends on.

    `organisation_id`: the owner, if the thing belongs to one organisation. `collaboration_id`: where it lives, if
    anywhere. `draft`: prepared by the coordinator and not yet shown to participants. `visibility`: see `Visibility`.
    `position_id`: the position it is part of, for those who came by an answer link. `matter_id`: likewise.
    `person_id`: the person whom it is about. `role_id`: the role that is responsible for it. `superior_id`: the
    organisation above all participants, where there is one. `parent_id`: the collaboration that its own lies in.
    `proof`: what opens it without a role, as `Actor.proof` says it.
    """

    organisation_id: str | None = None
    collaboration_id: str | None = None
    matter_id: str | None = None
    position_id: str | None = None
    person_id: str | None = None
    role_id: str | None = None
    superior_id: str | None = None
    parent_id: str | None = None
    proof: str | None = None
    draft: bool = False
    visibility: Visibility = Visibility.PARTICIPANTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """Allowed, because of these facts, in order."""

    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deny:
    """Not allowed. `hidden`: answer as if the thing did not exist. `missing`: the links that the nearest path lacks."""

    hidden: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    actor: Actor
    thing: Thing
    facts: Facts
    on: date


Link = Callable[[_Case], bool]


def _signed_in(case: _Case) -> bool:
    return case.actor.person_id is not None


def _holds(case: _Case) -> bool:
    actor = case.actor
    if actor.person_id is None or actor.role_id is None:
        return False
    spans = case.facts.holdings.get((actor.person_id, actor.role_id), frozenset())
    return any(span.at(case.on) for span in spans)


def _participates(case: _Case) -> bool:
    organisation, collaboration = case.actor.organisation_id, case.thing.collaboration_id
    if organisation is None or collaboration is None:
        return False
    spans = case.facts.participations.get((organisation, collaboration), frozenset())
    return any(span.at(case.on) for span in spans)


def _has_taken_part(case: _Case) -> bool:
    organisation, collaboration = case.actor.organisation_id, case.thing.collaboration_id
    if organisation is None or collaboration is None:
        return False
    spans = case.facts.participations.get((organisation, collaboration), frozenset())
    return any(span.start is None or span.start <= case.on for span in spans)


def _coordinates(case: _Case) -> bool:
    return _leads(case, case.thing.collaboration_id)


def _coordinates_above(case: _Case) -> bool:
    return _leads(case, case.thing.parent_id)


def _leads(case: _Case, collaboration: str | None) -> bool:
    role = case.actor.role_id
    if role is None or collaboration is None or Duty.COORDINATE not in case.actor.duties:
        return False
    spans = case.facts.coordinates.get((role, collaboration), frozenset())
    return any(span.at(case.on) for span in spans)


def _owns(case: _Case) -> bool:
    return case.thing.organisation_id is not None and case.thing.organisation_id == case.actor.organisation_id


def _self(case: _Case) -> bool:
    return case.thing.person_id is not None and case.thing.person_id == case.actor.person_id


def _linked(case: _Case) -> bool:
    return case.actor.link_position_id is not None and case.actor.link_position_id == case.thing.position_id


def _proven(case: _Case) -> bool:
    return case.actor.proof is not None and case.actor.proof == case.thing.proof


def _superior(case: _Case) -> bool:
    return case.thing.superior_id is not None and case.thing.superior_id == case.actor.organisation_id


def _responsible(case: _Case) -> bool:
    return case.thing.role_id is not None and case.thing.role_id == case.actor.role_id


def _duty(duty: Duty) -> Link:
    def has(case: _Case) -> bool:
        return duty in case.actor.duties

    return has


LINKS: Mapping[str, Link] = {
    "signed in": _signed_in,
    "holds the role": _holds,
    "organisation takes part": _participates,
    "organisation takes part or has taken part": _has_taken_part,
    "coordinates": _coordinates,
    "coordinates what it lies in": _coordinates_above,
    "own organisation": _owns,
    "oneself": _self,
    "own organisation is the superior": _superior,
    "responsible role": _responsible,
    "answer link": _linked,
    "shown proof": _proven,
    "shared": lambda case: not case.thing.draft,
    "open to participants": lambda case: case.thing.visibility is Visibility.PARTICIPANTS,
    "open to the coordinator": lambda case: case.thing.visibility is not Visibility.OWNER,
    "may write": lambda case: case.actor.may_write,
    "duty to answer": _duty(Duty.ANSWER),
    "duty to adopt": _duty(Duty.ADOPT),
    "duty to coordinate": _duty(Duty.COORDINATE),
    "duty to administer": _duty(Duty.ADMINISTER),
    "command": lambda case: case.actor.system and bool(case.actor.purpose),
}

_PARTICIPANT = ("signed in", "holds the role", "organisation takes part", "shared")
_COORDINATOR = ("signed in", "holds the role", "coordinates")
_SUPERIOR = ("signed in", "holds the role", "own organisation is the superior", "shared")
_FRAME = ("signed in", "holds the role", "coordinates what it lies in", "shared")
_READ = (_PARTICIPANT, _COORDINATOR, _SUPERIOR, _FRAME)
_LEAD = ((*_COORDINATOR, "may write"),)
_OWN = ("signed in", "holds the role", "organisation takes part", "own organisation", "shared")
_ONCE = ("signed in", "holds the role", "organisation takes part or has taken part", "own organisation", "shared")
_LINK = ("answer link", "organisation takes part", "shared")

PATHS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "account.use": (("signed in",),),
    "account.change": (("oneself", "may write"),),
    "account.arrive": (("shown proof",),),
    "invitation.accept": (("shown proof",),),
    "organisation.read": (("signed in", "holds the role"),),
    "organisation.administer": (("signed in", "holds the role", "own organisation", "duty to administer", "may write"),),
    "reorganisation.read": (("signed in", "holds the role", "own organisation"),),
    "reorganisation.plan": (
        ("signed in", "holds the role", "own organisation", "duty to administer", "may write"),
        ("signed in", "holds the role", "own organisation", "duty to adopt", "may write"),
    ),
    "reorganisation.agree": (("signed in", "holds the role", "own organisation", "duty to adopt", "may write"),),
    "holding.deputise": (
        ("signed in", "holds the role", "oneself", "may write"),
        ("signed in", "holds the role", "own organisation", "duty to administer", "may write"),
    ),
    "contact.keep": (
        ("signed in", "holds the role", "own organisation", "duty to answer", "may write"),
        ("signed in", "holds the role", "own organisation", "duty to administer", "may write"),
    ),
    "knowledge.keep": (
        ("signed in", "holds the role", "own organisation", "duty to answer", "may write"),
        ("signed in", "holds the role", "own organisation", "duty to administer", "may write"),
    ),
    "collaboration.start": (("signed in", "holds the role", "duty to coordinate", "own organisation", "may write"),),
    "collaboration.read": _READ,
    "collaboration.lead": _LEAD,
    "agreement.read": _READ,
    "agreement.draft": (*_LEAD, (*_PARTICIPANT, "responsible role", "may write")),
    "agreement.sign": ((*_OWN, "duty to adopt", "may write"),),
    "sponsor.name": ((*_OWN, "duty to adopt", "may write"),),
    "routine.keep": ((*_OWN, "duty to answer", "may write"),),
    "collaboration.contribute": ((*_OWN, "duty to answer", "may write"), *_LEAD),
    "mandate.give": (
        (*_OWN, "duty to adopt", "may write"),
        (*_SUPERIOR, "own organisation", "duty to adopt", "may write"),
    ),
    "mandate.delegate": ((*_FRAME, "may write"),),
    "matter.read": _READ,
    "matter.lead": _LEAD,
    "position.read": (
        (*_PARTICIPANT, "open to participants"),
        _OWN,
        (*_COORDINATOR, "open to the coordinator"),
        _LINK,
    ),
    "position.answer": ((*_OWN, "duty to answer", "may write"), _LINK),
    "figures.read": (_ONCE, _COORDINATOR),
    "figures.keep": ((*_ONCE, "duty to answer", "may write"),),
    "proposal.read": (
        (*_PARTICIPANT, "open to participants"),
        _OWN,
        (*_COORDINATOR, "open to participants"),
        (*_COORDINATOR, "own organisation"),
        (*_SUPERIOR, "open to participants"),
        (*_FRAME, "open to participants"),
    ),
    "proposal.make": ((*_PARTICIPANT, "duty to answer", "may write"), *_LEAD),
    "proposal.change": (
        (*_OWN, "duty to answer", "may write"),
        (*_COORDINATOR, "own organisation", "may write"),
    ),
    "proposal.answer": ((*_OWN, "duty to answer", "may write"),),
    "decision.read": _READ,
    "decision.lead": _LEAD,
    "decision.adopt": ((*_OWN, "duty to adopt", "may write"),),
    "following.read": _READ,
    "following.answer": ((*_OWN, "duty to answer", "may write"),),
    "experience.share": ((*_OWN, "duty to answer", "may write"),),
    "site.look_after": (("signed in", "holds the role", "responsible role", "duty to administer", "may write"),),
    "assessment.answer": (*_LEAD, (*_PARTICIPANT, "may write")),
    "assessment.reply": (("shown proof",),),
    "forum.read": _READ,
    "forum.lead": _LEAD,
    "forum.prepare": (*_LEAD, (*_PARTICIPANT, "responsible role", "may write")),
    "forum.raise": (*_LEAD, (*_PARTICIPANT, "may write")),
    "conversation.speak": (*_LEAD, (*_PARTICIPANT, "may write")),
    "forum.attend": tuple((*path, "may write") for path in _READ),
    "forum.note": (*_LEAD, (*_PARTICIPANT, "responsible role", "may write")),
    "forum.vote": (*_LEAD, (*_PARTICIPANT, "responsible role", "may write")),
    "introduction.read": (
        ("signed in", "holds the role", "own organisation"),
        *_READ,
    ),
    "introduction.keep": (
        ("signed in", "holds the role", "own organisation", "duty to answer", "may write"),
        ("signed in", "holds the role", "own organisation", "duty to administer", "may write"),
        *_LEAD,
    ),
    "introduction.take": (("signed in", "holds the role", "oneself", "may write"),),
    "introduction.follow": (
        ("signed in", "holds the role", "own organisation", "duty to adopt"),
        ("signed in", "holds the role", "own organisation", "duty to administer"),
        _COORDINATOR,
    ),
    "introduction.vouch": (
        ("signed in", "holds the role", "own organisation", "duty to adopt", "may write"),
        ("signed in", "holds the role", "own organisation", "duty to administer", "may write"),
    ),
    "journal.read": _READ,
    "journal.verify": (("signed in", "holds the role"),),
}

_KNOWS_OF = {"matter": "matter.read", "position": "position.read", "proposal": "proposal.read", "decision": "decision.read"}
_KNOWS_OF |= {"following": "decision.read", "experience": "decision.read", "collaboration": "collaboration.read"}
_KNOWS_OF |= {"journal": "collaboration.read", "mandate": "collaboration.read", "organisation": "organisation.read"}
_KNOWS_OF |= {"holding": "organisation.read", "account": "account.use", "contact": "organisation.read"}
_KNOWS_OF |= {"agreement": "agreement.read", "routine": "agreement.read", "sponsor": "collaboration.read"}
_KNOWS_OF |= {"invitation": "invitation.accept", "forum": "forum.read", "conversation": "matter.read"}
_KNOWS_OF |= {"reorganisation": "organisation.read", "knowledge": "organisation.read"}
_KNOWS_OF |= {"assessment": "collaboration.read", "figures": "figures.read"}
_KNOWS_OF |= {"site": "organisation.read", "introduction": "introduction.read"}


def decide(actor: Actor, action: str, thing: Thing, facts: Facts, on: date) -> Allow | Deny:
    """May `actor` do `action` to `thing` on this day? Pure and total; an unknown action is a programming error.

    `account.use` asks only for a sign-in. The system (`Actor.command`) is allowed everything and says why.
    """
    holds = _Holding(_Case(actor, thing, facts, on))
    if holds["command"]:
        return Allow(chain=(f"command: {actor.purpose}",))
    lacking: list[tuple[str, ...]] = []
    for path in PATHS[action]:
        missing = tuple([name for name in path if not holds[name]])
        if not missing:
            return Allow(chain=path)
        lacking.append(missing)
    return Deny(hidden=not _may_know_of(action, holds), missing=min(lacking, key=len))


class _Holding(dict[str, bool]):
    """Which links hold in a case. Most are in several paths, and each is looked at once."""

    def __init__(self, case: _Case) -> None:
        super().__init__()
        self.case = case

    def __missing__(self, name: str) -> bool:
        held = self[name] = LINKS[name](self.case)
        return held


def _may_know_of(action: str, holds: Mapping[str, bool]) -> bool:
    """Reading is its own knowledge; a refused *act* is explained only to those who may read what it acts on."""
    reading = _KNOWS_OF[action.split(".")[0]]
    if action == reading or action.endswith(".read"):
        return False
    return any(all(holds[name] for name in path) for path in PATHS[reading])
