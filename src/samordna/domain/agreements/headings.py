"""The headings of agreements, as data: the union of what real ones hold, and which kinds of document begin with which.

A heading is *prose*, or *data*: then the section shows what the system itself says about its source, so that text and
system cannot disagree. Prose may stand beside the data of a section.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.agreements.enums import DocumentKind

OWN = "own"
"""A heading of the document's own, whose title is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """`hint` says what belongs there; `data` that the section is the system's own data."""

    key: str
    label: str | Promise
    hint: str | Promise
    data: bool = False


_ALL = (
    Heading(key="background", label=_p("heading", "Background"), hint=_("Why this is needed, and how it came about.")),
    Heading(
        key="parties",
        label=_p("heading", "Parties"),
        hint=_("Those who take part in the collaboration, and how deep each one is in."),
        data=True,
    ),
    Heading(key="purpose", label=_p("heading", "Purpose"), hint=_("The collaboration's common purpose."), data=True),
    Heading(
        key="target_group",
        label=_p("heading", "Target group"),
        hint=_("Whom it is for, with the criteria that bound the group."),
        data=True,
    ),
    Heading(
        key="goals",
        label=_p("heading", "Goals"),
        hint=_("The collaboration's measurable goals: from where, to where, by when."),
        data=True,
    ),
    Heading(
        key="legal_base", label=_p("heading", "Legal base"), hint=_("The acts and rules that each party's duty rests on.")
    ),
    Heading(
        key="responsibilities",
        label=_p("heading", "What each party is responsible for"),
        hint=_("Party by party: what it does, and what it does not."),
    ),
    Heading(
        key="mandates",
        label=_p("heading", "Mandates"),
        hint=_("What coordination may decide, clause by clause, from the mandates in force."),
        data=True,
    ),
    Heading(
        key="structure",
        label=_p("heading", "Structure for collaboration"),
        hint=_("Forums and roles, who deputises, and how often one meets."),
    ),
    Heading(
        key="contact_paths",
        label=_p("heading", "Contact paths"),
        hint=_("Whom to contact about what, from the parties' own contact paths."),
        data=True,
    ),
    Heading(
        key="decision_routine",
        label=_p("heading", "How decisions are made"),
        hint=_("Who prepares, who recommends, who adopts, how one votes, and where one goes when one cannot agree."),
    ),
    Heading(
        key="routines",
        label=_p("heading", "Common routines"),
        hint=_("The routines in force in the collaboration, and the role that is responsible for each."),
        data=True,
    ),
    Heading(
        key="individual",
        label=_p("heading", "Routines around the individual"),
        hint=_("How the individual takes part, and how one plans together."),
    ),
    Heading(
        key="secrecy",
        label=_p("heading", "Secrecy and personal data"),
        hint=_("What may be told to whom, on what ground, and who is the controller."),
    ),
    Heading(key="resources", label=_p("heading", "Resources and costs"), hint=_("Who puts in what, and who pays what.")),
    Heading(
        key="information",
        label=_p("heading", "Information and introduction"),
        hint=_("How those concerned are told, and how new colleagues are introduced."),
    ),
    Heading(
        key="deviations",
        label=_p("heading", "Deviations"),
        hint=_("How what went wrong is reported, handled and learnt from."),
    ),
    Heading(
        key="disputes",
        label=_p("heading", "Disputes"),
        hint=_("On which level one settles what one does not agree on, and within how long."),
    ),
    Heading(
        key="follow_up",
        label=_p("heading", "Follow-up"),
        hint=_("What is followed up, when and by whom, and what happens with the result."),
    ),
    Heading(
        key="changes",
        label=_p("heading", "Changes and reorganisation"),
        hint=_("How the agreement is changed, and what holds when a party is reorganised."),
    ),
    Heading(
        key="exit",
        label=_p("heading", "Leaving and termination"),
        hint=_("How a party leaves, with which notice, and what follows."),
    ),
    Heading(
        key="annexes",
        label=_p("heading", "Annexes"),
        hint=_("The annexes as they stand; each has a life of its own."),
        data=True,
    ),
    Heading(
        key="steps",
        label=_p("heading", "How it is done"),
        hint=_("Step by step: who does what, when, and what is written down where."),
    ),
    Heading(key=OWN, label=_p("heading", "Another heading"), hint=_("A heading of your own.")),
)
HEADINGS: Mapping[str, Heading] = {heading.key: heading for heading in _ALL}

_SHORT = ("background", "parties", "purpose", "target_group", "responsibilities", "follow_up")
_ROUTINE = ("purpose", "target_group", "responsibilities", "steps", "contact_paths", "deviations", "follow_up")
_WHOLE = tuple(heading.key for heading in _ALL if heading.key not in {OWN, "steps"})

BEGINS_WITH: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.DECLARATION: _SHORT,
    DocumentKind.CHARTER: _WHOLE,
    DocumentKind.AGREEMENT: _WHOLE,
    DocumentKind.CONTRACT: _WHOLE,
    DocumentKind.ROUTINE: _ROUTINE,
    DocumentKind.GUIDELINE: _ROUTINE,
    DocumentKind.PLAN: ("background", "purpose", "target_group", "responsibilities", "resources", "follow_up"),
    DocumentKind.ACTION_PLAN: ("background", "purpose", "responsibilities", "steps", "follow_up"),
}
"""What a new document of each kind begins with; headings are added and taken away freely while it is a draft."""
