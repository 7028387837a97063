"""The shapes of introductions as JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema

from samordna.api.common_shapes import Made
from samordna.api.foundation import Page

__all__ = ["Made"]

ProgrammeState = Literal["draft", "published", "ended"]


class ProgrammeRowOut(Schema):
    """One programme. `state`: draft, published or ended. `minutes`: what its steps are expected to take together."""

    id: str
    name: str
    why: str
    home: str
    organisation_id: str
    collaboration_id: str
    state: str
    published_on: date | None
    ended_on: date | None
    renewed_after: int | None
    steps: int
    minutes: int


class IntroductionProgressOut(Schema):
    """How far somebody has come with one programme. `resting`: a deputy stands in, and the days do not count."""

    programme_id: str
    programme: str
    begun: date
    standing: str
    done: int
    steps: int
    late: int
    next_what: str
    next_due: date | None
    done_on: date | None
    valid_to: date | None
    resting: bool


class IntroductionsOut(Page):
    """One's own introductions, and a page of the programmes that one may read."""

    own: list[IntroductionProgressOut]
    items: list[ProgrammeRowOut]


class IntroductionSessionOut(Schema):
    """An event at which a step is done."""

    event_id: str
    title: str
    on: date
    ahead: bool


class IntroductionStepOut(Schema):
    """One step, and how it stands for whom it is about: done, renew, to_do, late, or nothing for nobody."""

    id: str
    kind: str
    what: str
    words: str
    minutes: int | None
    by_days: int | None
    about: str
    address: str
    sessions: list[IntroductionSessionOut]
    state: str | None
    due: date | None
    done_on: date | None
    valid_to: date | None
    how: str
    note: str
    done_id: str
    fingerprint: str


class ProgrammeOut(Schema):
    """One programme with its steps. `meant`: for whom it is, as it is sent. `own`: how far one has come oneself."""

    row: ProgrammeRowOut
    for_whom: list[str]
    meant: list[str]
    present: bool
    steps: list[IntroductionStepOut]
    own: IntroductionProgressOut | None
    elsewhere: int
    fingerprint: str


class TrainingOut(Schema):
    """Something that a holder is trained in. `id`: of what the organisation has filled in."""

    what: str
    on: date
    valid_to: date | None
    note: str
    lapsed: bool
    source: str
    id: str


class IntroducedHolderOut(Schema):
    """One holder of a role, how it gets on, and what it is trained in."""

    holding_id: str
    who: str
    role_id: str
    role: str
    since: date
    progress: list[IntroductionProgressOut]
    trainings: list[TrainingOut]


class IntroducedPeopleOut(Page):
    """The people of one's own organisation, a page at a time; how many have an introduction, and have done it all."""

    items: list[IntroducedHolderOut]
    asked: int
    introduced: int


class IntroducedRoleOut(Schema):
    """How many hold a role, and how many of them are introduced."""

    role_id: str
    role: str
    people: int
    introduced: int


class IntroducedOrganisationOut(Schema):
    """One organisation that takes part. `missing`: the roles in which not everybody is introduced."""

    organisation_id: str
    organisation: str
    people: int
    introduced: int
    missing: list[IntroducedRoleOut]


class IntroducedCountOut(Schema):
    """A coordinated programme and how far each who takes part has come with it."""

    row: ProgrammeRowOut
    people: int
    introduced: int
    organisations: list[IntroducedOrganisationOut]


class ProgrammeIn(Schema):
    """What a programme is. `for_whom`: "everybody", "tasks", "kind:" with a kind of role, "role:" with a role's id."""

    name: str
    why: str
    for_whom: list[str]
    renewed_after: int | None = None


class ProgrammeAgainIn(ProgrammeIn):
    """What a programme is from today. `seen`: the fingerprint of what one began from."""

    seen: str = ""


class PublishIn(Schema):
    """`present`: also for those who hold such a role already, from today."""

    present: bool = False


class IntroductionStepIn(Schema):
    """A step. `kind`: read, meet, visit, course or try. `about`: "agreement:", "decision:", "organisation:" or "role:"
    with an id. `by_days`: days after taking the role."""

    kind: str
    what: str
    words: str = ""
    minutes: int | None = None
    by_days: int | None = None
    about: str = ""
    address: str = ""


class IntroductionStepAgainIn(IntroductionStepIn):
    """A step in other words. `again`: those who have done it are to do it anew."""

    again: bool = False
    seen: str = ""


class StepMoveIn(Schema):
    """One place earlier or later."""

    earlier: bool


class StepSessionsIn(Schema):
    """Ids of the events at which the step is done. `mistaken`: those that are let go of were chosen by mistake, so nobody
    has done the step by having been there."""

    events: list[str]
    mistaken: bool = False


class StepDoneIn(Schema):
    """The day, or today."""

    on: date | None = None
    note: str = ""


class VouchIn(Schema):
    """Steps that somebody did before, and how one knows."""

    steps: list[str]
    on: date
    note: str


class TrainingIn(Schema):
    """Training from before or from elsewhere."""

    what: str
    on: date
    valid_to: date | None = None
    note: str = ""
