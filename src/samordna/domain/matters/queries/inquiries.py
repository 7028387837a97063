"""Questions and answers about a matter, as everybody who takes part reads them; and how many wait for an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.access import reach
from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.matters.access import readable_inquiries, reads_inquiries_in
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Inquiry, Matter
from samordna.domain.matters.queries.heads import MatterHead, head_of
from samordna.domain.matters.states import ANSWERABLE
from samordna.domain.organisations.models import Holding, Organisation
from samordna.domain.organisations.waiting import Waiting, WaitingKind

FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryView:
    """One question with its answer. `asker` and `asked`: the organisation's name, "" for the coordination.

    `own`: asked by the actor's own side, and still open to be changed. `mine`: the actor may answer it.
    """

    id: str
    aspect_id: str
    aspect: str
    asker: str
    asked: str
    stage_label: str
    text: str
    asked_at: datetime
    changed_at: datetime | None
    answer: str
    answered_by: str
    answered_at: datetime | None
    revised_at: datetime | None
    own: bool
    mine: bool

    @property
    def waits(self) -> bool:
        """Has nobody answered it?"""
        return self.answered_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiries:
    """All of a matter's questions, those that wait first. `open`: the matter takes questions and answers now.

    `readable`: the actor may read them. To somebody who takes no part they are closed, which is not that there are none.
    """

    rows: tuple[InquiryView, ...] = ()
    open: bool = False
    readable: bool = False

    @property
    def shown(self) -> bool:
        """Is there something to read, or to ask?"""
        return self.readable and (self.open or bool(self.rows))

    @property
    def unanswered(self) -> int:
        """How many wait for an answer."""
        return sum(1 for row in self.rows if row.waits)

    @property
    def waiting(self) -> tuple[InquiryView, ...]:
        """The first few of those that wait."""
        return tuple(row for row in self.rows if row.waits)[:FEW]

    @property
    def warning(self) -> str:
        """Said while unanswered questions can still be answered; "" when there are none."""
        return unanswered_sentence(self.unanswered) if self.open else ""

    @property
    def by_aspect(self) -> Mapping[str, Sequence[InquiryView]]:
        """The questions about each aspect; "" for the matter as a whole."""
        found: dict[str, list[InquiryView]] = defaultdict(list)
        for row in self.rows:
            found[row.aspect_id].append(row)
        return found


def unanswered_sentence(count: int) -> str:
    """How many questions are unanswered, as a sentence; "" for none."""
    if not count:
        return ""
    return ngettext("%(n)s question is unanswered.", "%(n)s questions are unanswered.", count) % {"n": count}


def inquiries_of(actor: Actor, matter: Matter, at: datetime) -> Inquiries:
    """The matter's questions as the actor may read them; one database query. The caller has got the matter."""
    related = ("aspect", "organisation", "asked_of", *_people("answered_by"))
    rows = readable_inquiries(actor, matter, at).select_related(*related).order_by("asked_at", "pk")
    is_open = matter.stage in ANSWERABLE
    leads = actor.system or matter.collaboration_id in reach(actor, at)[1]
    found = [_view(actor, row, leads=leads and actor.may_write, is_open=is_open) for row in rows]
    readable = reads_inquiries_in(actor, matter, at)
    return Inquiries(rows=tuple(sorted(found, key=lambda row: not row.waits)), open=is_open, readable=readable)


def _people(field: str) -> tuple[str, str]:
    return f"{field}__person", f"{field}__role"


def _view(actor: Actor, row: Inquiry, *, leads: bool, is_open: bool) -> InquiryView:
    by_link = actor.link_position_id is not None
    answers = by_link or (Duty.ANSWER in actor.duties and actor.may_write)
    us = actor.organisation_id or "-"
    ours, asked_us = row.organisation_id == us, row.asked_of_id == us
    return InquiryView(
        id=row.pk,
        aspect_id=row.aspect_id or "",
        aspect=row.aspect.label if row.aspect else "",
        asker=_name(row.organisation, whole=ours or not by_link),
        asked=_name(row.asked_of, whole=asked_us or not by_link),
        stage_label=str(MatterStage(row.stage).label),
        text=row.text,
        asked_at=row.asked_at,
        changed_at=row.changed_at,
        answer=row.answer,
        answered_by="" if by_link else _who(row.answered_by),
        answered_at=row.answered_at,
        revised_at=row.revised_at,
        own=is_open and row.answered_at is None and ((ours and answers) or (row.organisation_id is None and leads)),
        mine=is_open and (leads or (asked_us and answers)),
    )


def _name(organisation: Organisation | None, *, whole: bool) -> str:
    """The name; whoever reads by a link is not told who else takes part."""
    if organisation is None:
        return ""
    return organisation.name if whole else _("another participant")


def _who(holding: Holding | None) -> str:
    return f"{holding.person.name}, {holding.role.name}" if holding else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiriesPage:
    """The page of a matter's questions. `position_id`: the actor's own position, by which it asks; "" where it has none.

    `whom`: who may be asked besides the coordination, as (organisation, name).
    """

    head: MatterHead
    inquiries: Inquiries
    aspects: tuple[tuple[str, str], ...]
    whom: tuple[tuple[str, str], ...]
    position_id: str
    leads: bool
    open: bool

    @property
    def may_ask(self) -> bool:
        """Can the actor ask something here?"""
        return self.open and bool(self.leads or self.position_id)


def inquiries_page(actor: Actor, matter: Matter, at: datetime) -> InquiriesPage:
    """The page; a constant number of database queries. The caller has got the matter, or acts by a link to it."""
    leads = actor.system or matter.collaboration_id in reach(actor, at)[1]
    positions = matter.positions.order_by("organisation__name", "pk")
    asked = list(positions.values_list("pk", "organisation_id", "organisation__name"))
    answers = actor.link_position_id is not None or (Duty.ANSWER in actor.duties and actor.may_write)
    own = next((pk for pk, organisation, _name in asked if organisation == actor.organisation_id), "")
    return InquiriesPage(
        head=head_of(matter, at),
        inquiries=inquiries_of(actor, matter, at),
        aspects=tuple(matter.aspects.order_by("order", "pk").values_list("pk", "label")),
        whom=_whom(actor, asked, "" if leads else own),
        position_id=own if answers else "",
        leads=leads and actor.may_write,
        open=matter.stage in ANSWERABLE,
    )


def _whom(actor: Actor, asked: Sequence[tuple[str, str, str]], own: str) -> tuple[tuple[str, str], ...]:
    """Whoever came by a link asks the coordination: who else takes part is not told by the link."""
    return () if actor.link_position_id else tuple((pk, name) for position, pk, name in asked if position != own)


def unanswered_in(matter: Matter) -> int:
    """How many of the matter's questions nobody has answered."""
    return Inquiry.objects.unanswered().filter(matter=matter).count()


def questions_waiting(crowd: Crowd) -> Iterator[Found]:
    """Matters with questions that the actor may answer and nobody has: one row for each matter. Two questions at most."""
    asked = Q(asked_of_id__in=crowd.organisations(Duty.ANSWER), matter__collaboration_id__in=crowd.joined(Duty.ANSWER))
    led = Q(organisation__isnull=False, matter__collaboration_id__in=crowd.coordinated)
    rows = Inquiry.objects.unanswered().filter(asked | led, matter__stage__in=sorted(ANSWERABLE)).order_by("pk")
    counted: dict[str, dict[Actor, int]] = defaultdict(lambda: defaultdict(int))
    for matter_id, where, asker, asked_of in rows.values_list(
        "matter_id", "matter__collaboration_id", "organisation_id", "asked_of_id"
    ):
        leads = crowd.leading(where) if asker else ()
        for actor in {*leads, *crowd.of(asked_of, where, Duty.ANSWER)}:
            counted[matter_id][actor] += 1
    if not counted:
        return
    for matter in Matter.objects.filter(pk__in=counted).select_related("collaboration").order_by("answer_by", "pk"):
        for actor, count in counted[matter.pk].items():
            yield (
                actor,
                Waiting(
                    kind=WaitingKind.ANSWER,
                    what=_("Answer questions about the matter"),
                    about=matter.title,
                    collaboration=matter.collaboration.name,
                    url_name="inquiries",
                    url_args=(matter.pk,),
                    note=unanswered_sentence(count),
                ),
            )
