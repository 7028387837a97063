"""What a notice is about, as its reader may see it now. Where somebody may not see that, the notice is not there either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.assessments.access import visible_waves
from samordna.domain.assessments.models import Feedback, Recognition
from samordna.domain.change.access import visible_chains
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.conversations.access import visible_threads
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.events.access import visible_events
from samordna.domain.followup.access import visible_goals, visible_reports
from samordna.domain.followup.models import Indicator
from samordna.domain.followup.phrases import label_of
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Meeting
from samordna.domain.introductions.access import visible_programmes
from samordna.domain.matters.access import visible_matters
from samordna.domain.notices.enums import About
from samordna.domain.notices.models import Notice
from samordna.domain.notices.talking import New, new_to
from samordna.domain.organisations.access import visible_organisations
from samordna.domain.organisations.models import Holding, Role
from samordna.domain.reports.access import visible_annual_reports
from samordna.domain.scheduling.models import TimeQuestion

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A title, where it belongs, and the address of its page. `order`: what has a lower one stands first in a letter."""

    title: str
    where: str
    url_name: str
    url_args: tuple[str, ...]
    order: int = 0


Find = Callable[[Actor, set[str], datetime], Iterator[tuple[str, Subject]]]


def keys_of(notices: Iterable[Notice]) -> set[Key]:
    """What the notices are about, each once."""
    return {(notice.about, notice.about_id) for notice in notices}


def subjects_of(actor: Actor, keys: Iterable[Key], at: datetime) -> Mapping[Key, Subject]:
    """Those of these subjects that the actor may see; a few queries per kind of subject, however many there are."""
    wanted: dict[About, set[str]] = defaultdict(set)
    for about, pk in keys:
        wanted[About(about)].add(pk)
    return {
        (str(about), pk): subject for about, ids in sorted(wanted.items()) for pk, subject in _FIND[about](actor, ids, at)
    }


def _matters(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_matters(actor, at).filter(pk__in=ids).select_related("collaboration"):
        yield row.pk, Subject(title=row.title, where=row.collaboration.name, url_name="matter", url_args=(row.pk,))


def _decisions_to(url_name: str) -> Find:
    def find(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
        for row in visible_decisions(actor, at).filter(pk__in=ids).select_related("matter__collaboration"):
            matter = row.matter
            yield (
                row.pk,
                Subject(title=matter.title, where=matter.collaboration.name, url_name=url_name, url_args=(row.pk,)),
            )

    return find


def _agreements(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_agreements(actor, at).filter(pk__in=ids).select_related("collaboration"):
        yield row.pk, Subject(title=row.name, where=row.collaboration.name, url_name="agreement", url_args=(row.pk,))


def _collaborations(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_collaborations(actor, at).filter(pk__in=ids):
        yield row.pk, Subject(title=row.name, where="", url_name="collaboration", url_args=(row.pk,))


def _roles(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    """One's own role, in which one acts."""
    for row in Role.objects.filter(pk__in=ids & {actor.role_id or ""}).select_related("organisation"):
        where = row.organisation
        yield row.pk, Subject(title=row.name, where=where.name, url_name="organisation", url_args=(where.pk,))


def _addresses(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    """People of the organisation that the actor administers."""
    if Duty.ADMINISTER not in actor.duties or actor.organisation_id is None:
        return
    running = Holding.objects.on(clock.day(at))
    own = running.filter(person__in=ids, role__organisation_id=actor.organisation_id)
    for held in own.named().select_related("role__organisation").order_by("pk"):
        where = held.role.organisation
        yield (
            held.person_id,
            Subject(title=held.known_as, where=where.name, url_name="organisation", url_args=(where.pk,)),
        )


def _meetings(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    """Meetings of forums that the actor may read, by name and day."""
    rows = Meeting.objects.filter(pk__in=ids, forum__in=visible_forums(actor, at)).select_related("forum")
    for row in rows:
        when = formats.date_format(localtime(row.starts_at), "j F Y H.i")
        title = f"{row.title or row.forum.name}, {when}"
        where = row.forum.name if row.title else ""
        yield row.pk, Subject(title=title, where=where, url_name="meeting", url_args=(row.pk,))


def _forums(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_forums(actor, at).filter(pk__in=ids):
        yield row.pk, Subject(title=row.name, where="", url_name="forum", url_args=(row.pk,))


def _threads(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_threads(actor, at).filter(pk__in=ids).select_related("forum", "matter"):
        where = str(row.forum or row.matter or "")
        yield row.pk, Subject(title=row.subject, where=where, url_name="thread", url_args=(row.pk,))


def _events(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_events(actor, at).filter(pk__in=ids).select_related("meeting__forum"):
        meeting = row.meeting
        when = formats.date_format(localtime(meeting.starts_at), "j F Y H.i")
        title = f"{meeting.title or meeting.forum.name}, {when}"
        yield row.pk, Subject(title=title, where=meeting.forum.name, url_name="event", url_args=(row.pk,))


def _times(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    """Questions about a time to meet, by what is to be met about, or the forum."""
    rows = TimeQuestion.objects.filter(pk__in=ids, forum__in=visible_forums(actor, at)).select_related("forum")
    for row in rows:
        where = row.forum.name if row.title else ""
        yield row.pk, Subject(title=row.title or row.forum.name, where=where, url_name="time_question", url_args=(row.pk,))


def _talk_in_forums(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    new = _new(actor, Q(forum__in=ids), About.FORUM_TALK, at)
    for row in visible_forums(actor, at).filter(pk__in=list(new)):
        yield row.pk, _talk(row.name, new[row.pk], "forum_threads", row.pk)


def _talk_about_matters(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    new = _new(actor, Q(matter__in=ids), About.MATTER_TALK, at)
    for row in visible_matters(actor, at).filter(pk__in=list(new)):
        yield row.pk, _talk(row.title, new[row.pk], "matter_threads", row.pk)


def _new(actor: Actor, where: Q, about: About, at: datetime) -> Mapping[str, New]:
    return new_to(actor.person_id or "", actor.role_id or "", visible_threads(actor, at).filter(where), about, at)


def _talk(title: str, new: New, url_name: str, pk: str) -> Subject:
    """How much is new, those that mention the reader's role first."""
    said = ngettext("%(n)d new message", "%(n)d new messages", new.messages) % {"n": new.messages}
    if new.mentions:
        mentions = ngettext("%(n)d mentions your role", "%(n)d mention your role", new.mentions) % {"n": new.mentions}
        said = f"{mentions}, {said}"
    return Subject(title=title, where=said, url_name=url_name, url_args=(pk,), order=1 if new.mentions else 2)


def _waves(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_waves(actor, at).filter(pk__in=ids).select_related("collaboration"):
        yield row.pk, Subject(title=row.title, where=row.collaboration.name, url_name="wave", url_args=(row.pk,))


def _voices_of(model: type[Feedback] | type[Recognition]) -> Find:
    """Feedback or thanks, by the collaboration in which they stand."""

    def find(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
        seen = dict(visible_collaborations(actor, at).values_list("pk", "name"))
        for pk, within in model._default_manager.filter(pk__in=ids, collaboration__in=seen).values_list(
            "pk", "collaboration_id"
        ):
            yield pk, Subject(title=seen[within], where="", url_name="voices", url_args=(within,))

    return find


def _reports(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    """Reports by period, and whose they are."""
    rows = visible_reports(actor, at).filter(pk__in=ids).select_related("round__collaboration", "organisation")
    for row in rows:
        title = f"{label_of(row.round.period)}, {row.organisation.name}"
        where = row.round.collaboration.name
        yield row.pk, Subject(title=title, where=where, url_name="report", url_args=(row.pk,))


def _profiles(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    """Profiles, by their organisations."""
    for row in visible_organisations(actor, at).filter(pk__in=ids):
        yield row.pk, Subject(title=row.name, where=row.name, url_name="profile", url_args=(row.pk,))


def _goals(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_goals(actor, at).filter(pk__in=ids).select_related("collaboration"):
        yield row.pk, Subject(title=row.what, where=row.collaboration.name, url_name="goal", url_args=(row.pk,))


def _indicators(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    rows = Indicator.objects.filter(pk__in=ids, collaboration__in=visible_collaborations(actor, at).values("pk"))
    for row in rows.select_related("collaboration"):
        yield row.pk, Subject(title=row.name, where=row.collaboration.name, url_name="indicator", url_args=(row.pk,))


def _chains(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_chains(actor, at).filter(pk__in=ids).select_related("collaboration"):
        yield row.pk, Subject(title=row.title, where=row.collaboration.name, url_name="chain", url_args=(row.pk,))


def _introductions(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    for row in visible_programmes(actor, at).filter(pk__in=ids).select_related("organisation", "collaboration"):
        where = str(row.collaboration or row.organisation)
        yield row.pk, Subject(title=row.name, where=where, url_name="introduction", url_args=(row.pk,))


def _annual_reports(actor: Actor, ids: set[str], at: datetime) -> Iterator[tuple[str, Subject]]:
    rows = visible_annual_reports(actor, at).filter(pk__in=ids).defer("drawn").select_related("collaboration")
    for row in rows:
        title = _("Annual report %(year)s and plan %(next)s") % {"year": row.year, "next": row.year + 1}
        yield row.pk, Subject(title=title, where=row.collaboration.name, url_name="annual_report", url_args=(row.pk,))


_FIND: Mapping[About, Find] = {
    About.INTRODUCTION: _introductions,
    About.ANNUAL_REPORT: _annual_reports,
    About.WAVE: _waves,
    About.FEEDBACK: _voices_of(Feedback),
    About.RECOGNITION: _voices_of(Recognition),
    About.MATTER: _matters,
    About.DECISION: _decisions_to("decision"),
    About.FOLLOWING: _decisions_to("following"),
    About.AGREEMENT: _agreements,
    About.COLLABORATION: _collaborations,
    About.ROLE: _roles,
    About.ADDRESS: _addresses,
    About.MEETING: _meetings,
    About.FORUM: _forums,
    About.THREAD: _threads,
    About.FORUM_TALK: _talk_in_forums,
    About.MATTER_TALK: _talk_about_matters,
    About.EVENT: _events,
    About.TIME: _times,
    About.REPORT: _reports,
    About.GOAL: _goals,
    About.INDICATOR: _indicators,
    About.PROFILE: _profiles,
    About.CHAIN: _chains,
}
