"""Shapes of toolboxes, matching, profiles and words in the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from samordna.api.common_shapes import Made
from samordna.api.foundation import Page
from samordna.api.organisations import ContactOut

__all__ = ["Made"]


class FactOptionOut(Schema):
    """An alternative: what is sent, and what it is called."""

    value: str
    label: str


class FactOut(Schema):
    """Something that a situation may state and a condition may ask about."""

    id: str
    label: str
    kind: Literal["number", "yes_no", "choice", "place"]
    unit: str
    options: list[FactOptionOut]


class FactIn(Schema):
    """A question that conditions may ask, for everybody to use."""

    label: str
    kind: Literal["number", "yes_no", "choice"]
    options: list[str] = []
    unit: str = ""


class EligibilityIn(Schema):
    """One condition on one fact: bounds of a number, or the values that count."""

    fact: str = Field(description="`age`, `place` or the id of a fact.")
    least: str = ""
    most: str = ""
    one_of: list[str] = Field([], description="`yes` or `no`; alternatives; codes of municipalities or counties.")
    negated: bool = Field(False, description="It holds when the fact is anything else.")
    says: str = ""
    ground: str = ""
    ground_from: date | None = None
    ground_to: date | None = None


class EligibilityGroupIn(Schema):
    """Conditions that stand together. A service is for whom every group holds."""

    together: Literal["all", "any", "none"]
    criteria: list[EligibilityIn]


class WordingIn(Schema):
    """What a service says."""

    name: str
    description: str
    also: str = ""
    unit: str = ""
    for_whom: str = ""
    how_to_apply: str = ""
    cost: str = ""
    languages: str = ""
    schedule: str = ""
    waiting: str = ""
    waiting_on: date | None = None
    closed: str = ""
    contact_path_id: str = ""
    eligibility: list[EligibilityGroupIn] = []


class ServiceIn(Schema):
    """A new service."""

    wording: WordingIn
    valid_from: date | None = None
    valid_to: date | None = None


class RewordingIn(Schema):
    """What a service says anew. `seen`: the fingerprint of what one began from."""

    wording: WordingIn
    role_id: str = ""
    seen: str = ""


class AssuredIn(Schema):
    """That what a service says is right today; `waiting`, when given, is the waiting time as of today."""

    waiting: str | None = None


class ServiceEndIn(Schema):
    """The day from which it is no longer offered; today when left out."""

    valid_to: date | None = None


class ServiceRowOut(Schema):
    """A service in a list."""

    id: str
    name: str
    organisation_id: str
    organisation: str
    summary: str
    waiting: str
    waiting_on: date | None
    closed: str
    assured_on: date
    stale: bool
    valid_from: date
    valid_to: date | None


class ServiceList(Page):
    """A page of the toolboxes."""

    items: list[ServiceRowOut]


class EligibilityOut(Schema):
    """A condition as a sentence, and what it rests on."""

    sentence: str
    ground: str


class EligibilityGroupOut(Schema):
    """Conditions that stand together."""

    lead: str
    together: str
    conditions: list[EligibilityOut]


class ServiceVersionOut(Schema):
    """A wording that has been."""

    number: int
    told_at: datetime
    told_by: str
    content: dict[str, Any]


class ServiceOut(Schema):
    """One service with everything it says."""

    id: str
    key: str
    name: str
    also: str
    description: str
    unit: str
    for_whom: str
    how_to_apply: str
    cost: str
    languages: str
    schedule: str
    waiting: str
    waiting_on: date | None
    closed: str
    organisation_id: str
    organisation: str
    role_id: str
    role: str
    holders: list[str]
    contact: ContactOut | None
    contact_path_id: str
    conditions: list[EligibilityGroupOut]
    eligibility: list[dict[str, Any]]
    assured_on: date
    assured_by: str
    stale: bool
    version: int
    versions: list[ServiceVersionOut]
    valid_from: date
    valid_to: date | None
    ended: bool
    seen: str


class SituationIn(Schema):
    """Facts that are stated, by fact. Nothing of them is kept, and what looks like a personal number is refused."""

    facts: dict[str, str] = {}
    shown: Literal["yes", "open", "no"] = "yes"
    page: int = Field(1, ge=1, le=100_000)


class MatchedOut(Schema):
    """One service's answer, and why not or what is missing."""

    service: ServiceRowOut
    answer: str
    closed: str
    against: list[EligibilityGroupOut]
    missing: list[str]


class FactAskedOut(Schema):
    """A fact that would decide."""

    fact: str
    label: str
    services: int
    alone: int


class TargetOut(Schema):
    """Whether a collaboration's target group takes the situation in; null when it cannot be told."""

    collaboration_id: str
    collaboration: str
    fits: bool | None


class MatchOut(Schema):
    """What everybody's services answer."""

    stated: list[str]
    shown: str
    yes: int
    open: int
    no: int
    rows: list[MatchedOut]
    page: int
    earlier: int
    later: int
    asking: list[FactAskedOut]
    targets: list[TargetOut]


class LegalIn(Schema):
    """One reference of a legal frame."""

    law: str
    chapter: str = ""
    paragraph: str = ""
    says: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class LegalOut(LegalIn):
    """One reference, and whether it is in force today."""

    in_force: bool


class ProfileIn(Schema):
    """What an organisation says of itself."""

    mission: str
    can: str = ""
    cannot: str = ""
    professions: str = ""
    misunderstandings: str = ""
    legal: list[LegalIn] = []
    review_on: date | None = None
    seen: str = ""


class ProfileOut(Schema):
    """What an organisation says of itself; `number` is 0 while it has said nothing."""

    organisation_id: str
    organisation: str
    number: int
    mission: str
    can: str
    cannot: str
    professions: str
    misunderstandings: str
    legal: list[LegalOut]
    review_on: date | None
    overdue: bool
    told_at: datetime | None
    told_by: str
    numbers: list[int]
    services: int
    seen: str


class WordIn(Schema):
    """What a word means."""

    word: str
    text: str


class MeaningOut(Schema):
    """What a word means to somebody; `organisation` is empty for the coordination."""

    id: str
    organisation_id: str
    organisation: str
    text: str
    told_at: datetime


class WordOut(Schema):
    """A word, and whether it means different things to different organisations."""

    word: str
    differs: bool
    meanings: list[MeaningOut]


class ImportIn(Schema):
    """Records of HSDS 3."""

    records: list[Any] = Field(max_length=5_000)
    keep_right: bool = Field(False, description="Keep those that are right even if others are wrong.")


class TakenOut(Schema):
    """What became of one record."""

    place: int
    name: str
    outcome: str
    said: list[str]


class ServicesImportedOut(Schema):
    """What became of every record."""

    kept: bool
    rows: list[TakenOut]
