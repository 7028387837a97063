"""What a turn begins from, as a reader may see it now: its name, its page, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.domain.adherence.access import experience_for
from samordna.domain.adherence.queries import following_page
from samordna.domain.assessments.access import feedback_for, wave_for
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.queries.results import gaps_of
from samordna.domain.assessments.queries.results import result_page as result_of_wave
from samordna.domain.change.enums import StartKind
from samordna.domain.collaborations.phrases import figure
from samordna.domain.decisions.access import decision_for
from samordna.domain.followup.queries.history import result_page
from samordna.domain.followup.queries.pages import indicator_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`says`: everything that the reader may read of it, what it says now first. `figures`: the same without how that is
    judged, which moves with targets and not with what was measured; none where it is the same.

    `public_title`: what everybody in the collaboration may read of its title, "" where that is nothing. A chain is named
    after that, since its title is read by all once it is shared.
    """

    collaboration_id: str
    title: str
    public_title: str
    says: tuple[str, ...]
    url_name: str
    url_args: tuple[str, ...]
    anchor: str = ""
    figures: tuple[str, ...] = ()

    def place_of(self, said: str) -> int | None:
        """Where among what it says this still stands, the first being what it says now; None where it does not."""
        if said in self.says:
            return self.says.index(said)
        return next((n for n, one in enumerate(self.figures) if said.startswith(f"{one}. ")), None)


Find = Callable[[Actor, str, str, datetime], Source]


def source_of(actor: Actor, kind: str, thing_id: str, key: str, at: datetime) -> Source:
    """What this is and says, for whoever may read it. Raises `Absent` for all others, and for what is not there."""
    find = FIND.get(kind)
    if find is None:
        raise Absent
    try:
        return find(actor, thing_id, key, at)
    except Denied as denied:
        raise Absent from denied


def _result(actor: Actor, thing_id: str, key: str, at: datetime) -> Source:
    page = result_page(actor, thing_id, at)
    values = sorted(page.values, key=lambda one: not one.stands)
    if not values:
        raise Absent
    return Source(
        collaboration_id=page.collaboration_id,
        title=f"{page.indicator}, {page.organisation}, {page.label}",
        public_title=page.indicator,
        says=tuple(one.text or one.missing for one in values),
        url_name="result",
        url_args=(thing_id,),
    )


def _indicator(actor: Actor, thing_id: str, key: str, at: datetime) -> Source:
    """The whole in a period (`key`), or in the latest that the reader may see."""
    page = indicator_page(actor, thing_id, at)
    moments = [moment for part in page.indicator.parts for moment in part.moments if moment.value is not None]
    found = [one for one in moments if one.period == key] if key else sorted(moments, key=lambda one: one.starts_on)
    if not found:
        raise Absent
    moment = found[-1]
    return Source(
        collaboration_id=page.collaboration_id,
        title=f"{page.indicator.name}, {moment.label}",
        public_title=page.indicator.name,
        says=(f"{moment.text}. {moment.way_sentence}",),
        figures=(moment.text,),
        url_name="indicator",
        url_args=(thing_id,),
    )


def _wave(actor: Actor, thing_id: str, key: str, at: datetime) -> Source:
    """A closed wave as a whole: how many answered, as far as that is told."""
    page = result_of_wave(actor, thing_id, at)
    if page.row.standing != Standing.CLOSED:
        raise Absent
    said = page.hidden or ngettext("%(n)s answer.", "%(n)s answers.", page.row.answers) % {"n": page.row.answers}
    return Source(
        collaboration_id=page.collaboration_id,
        title=page.row.title,
        public_title=page.row.title,
        says=(said,),
        url_name="wave_result",
        url_args=(thing_id,),
    )


def _gap(actor: Actor, thing_id: str, key: str, at: datetime) -> Source:
    """One gap in a closed wave; `key`: the question and the group."""
    gaps = gaps_of(actor, thing_id, at)
    found = next((gap for gap in gaps if gap_key(gap.key, gap.row) == key), None)
    if found is None:
        raise Absent
    said = f"{figure(found.now)} → {figure(found.needed)}"
    return Source(
        collaboration_id=_place_of_wave(actor, thing_id, at),
        title=f"{found.text} ({found.who})",
        public_title=found.text,
        says=(said,),
        url_name="wave_result",
        url_args=(thing_id,),
        anchor="gap",
    )


def _place_of_wave(actor: Actor, wave_id: str, at: datetime) -> str:
    return wave_for(actor, wave_id, at=at).collaboration_id


def gap_key(question: str, row: tuple[str, str]) -> str:
    """By what a gap is found again in its wave."""
    return "|".join((question, *row))


def _feedback(actor: Actor, thing_id: str, key: str, at: datetime) -> Source:
    found = feedback_for(actor, thing_id, at=at)
    return Source(
        collaboration_id=found.collaboration_id,
        title=found.organisation.name,
        public_title="",
        says=(found.text,),
        url_name="voices",
        url_args=(found.collaboration_id,),
    )


def _following(actor: Actor, thing_id: str, key: str, at: datetime) -> Source:
    """How a decision is followed: how many have given which answer, and the breaches."""
    decision = decision_for(actor, thing_id, at=at)
    page = following_page(actor, decision, at)
    if page is None:
        raise Absent
    counted = (
        (page.tally.already_so, _("already so")),
        (page.tally.will_change, _("will change")),
        (page.tally.cannot, _("cannot")),
        (page.tally.will_not, _("will not")),
        (page.tally.silent, _("silent")),
        (page.tally.breaches, _("breaches")),
    )
    return Source(
        collaboration_id=page.collaboration_id,
        title=page.title,
        public_title=page.title,
        says=(", ".join(f"{n} {what}" for n, what in counted if n) or _("Nobody is bound by it."),),
        url_name="following",
        url_args=(thing_id,),
    )


def _experience(actor: Actor, thing_id: str, key: str, at: datetime) -> Source:
    found = experience_for(actor, thing_id, at=at)
    matter = found.version.decision.matter
    return Source(
        collaboration_id=matter.collaboration_id,
        title=f"{matter.title}, {found.organisation.name}",
        public_title=matter.title,
        says=(found.text,),
        url_name="following",
        url_args=(found.version.decision_id,),
        anchor="erfarenheter",
    )


FIND: Mapping[str, Find] = {
    StartKind.RESULT: _result,
    StartKind.INDICATOR: _indicator,
    StartKind.WAVE: _wave,
    StartKind.GAP: _gap,
    StartKind.FEEDBACK: _feedback,
    StartKind.FOLLOWING: _following,
    StartKind.EXPERIENCE: _experience,
}
