"""What one usually begins a forum from: its words, its rhythm and its decision routine. Everything can be changed after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.domain.forums.enums import Formality, ForumKind, Method, Power, Quorum, Raising, Rhythm, Share, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """How a forum of this kind usually decides; the fields of the stored routine."""

    method: Method = Method.CONSENT
    voice: Voice = Voice.PARTY
    quorum: Quorum = Quorum.NONE
    share: Share = Share.TWO_THIRDS
    raising: Raising = Raising.ANYONE
    items_days: int = 0
    call_days: int = 0
    papers_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A usual kind of forum."""

    kind: ForumKind
    purpose: Any
    who: Any
    formality: Formality
    power: Power
    rhythm: Rhythm
    rhythm_note: Any = ""
    routine: Routine = Routine()


_ROWS = (
    Template(
        kind=ForumKind.BOARD,
        purpose=_("Decides on goals, guidelines and means, and answers for the whole. Keeps the parties informed."),
        who=_("Members and deputies from each party"),
        formality=Formality.FORMAL,
        power=Power.DECIDES,
        rhythm=Rhythm.TWO_MONTHS,
        rhythm_note=_("Three times in spring, twice in autumn"),
        routine=Routine(
            method=Method.MAJORITY, voice=Voice.MEMBER, quorum=Quorum.OVER_HALF, items_days=21, call_days=14, papers_days=10
        ),
    ),
    Template(
        kind=ForumKind.STEERING,
        purpose=_("Steers a joint piece of work: follows it up, sets priorities, and clears what stands in its way."),
        who=_("Managers from each party; the chair from the party that owns the work"),
        formality=Formality.FORMAL,
        power=Power.DECIDES,
        rhythm=Rhythm.QUARTERLY,
        rhythm_note=_("Twice a term"),
        routine=Routine(quorum=Quorum.ALL, items_days=14, call_days=14, papers_days=7),
    ),
    Template(
        kind=ForumKind.PREPARING,
        purpose=_("Prepares and anchors what is to be decided, so that it works for every party when it is."),
        who=_("Officials from each party who can speak for their own organisation"),
        formality=Formality.FORMAL,
        power=Power.PREPARES,
        rhythm=Rhythm.MONTHLY,
        routine=Routine(items_days=7, call_days=7, papers_days=5),
    ),
    Template(
        kind=ForumKind.LOCAL,
        purpose=_("Solves what comes up in daily work, close to those it is about, and passes on what it cannot solve."),
        who=_("Caseworkers and first-line managers"),
        formality=Formality.INFORMAL,
        power=Power.MEETS,
        rhythm=Rhythm.FORTNIGHTLY,
        routine=Routine(items_days=1),
    ),
    Template(
        kind=ForumKind.OWNERS,
        purpose=_("The owners and the board talk about the work, what they wish, and the means for coming years."),
        who=_("The board and the members' representatives"),
        formality=Formality.FORMAL,
        power=Power.MEETS,
        rhythm=Rhythm.YEARLY,
        routine=Routine(raising=Raising.SEATED, items_days=30, call_days=30, papers_days=14),
    ),
    Template(
        kind=ForumKind.PLANNING_DAY,
        purpose=_("Plans the coming period together, and gets to know one another's work."),
        who=_("All who work in the collaboration"),
        formality=Formality.INFORMAL,
        power=Power.MEETS,
        rhythm=Rhythm.TWICE_YEARLY,
        routine=Routine(items_days=14, call_days=30),
    ),
    Template(
        kind=ForumKind.STUDY_VISIT,
        purpose=_("Visits one another to see how the work is done, and takes home what can be used."),
        who=_("Those who do the work"),
        formality=Formality.INFORMAL,
        power=Power.MEETS,
        rhythm=Rhythm.WHEN_NEEDED,
        routine=Routine(call_days=14),
    ),
    Template(
        kind=ForumKind.OTHER,
        purpose="",
        who=_("Whoever you say"),
        formality=Formality.INFORMAL,
        power=Power.MEETS,
        rhythm=Rhythm.WHEN_NEEDED,
    ),
)
TEMPLATES: Mapping[str, Template] = {str(row.kind): row for row in _ROWS}
