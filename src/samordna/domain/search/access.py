"""What somebody may find: exactly what they may open.

One condition per kind, made of the lists that the areas themselves give (`visible_…`), so that it is asked in the same
database query as the words and nothing has to be taken away afterwards: neither a count nor a page can tell of the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Model, Q, QuerySet
from django.db.models.expressions import Expression

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.reading import once_per_reading
from samordna.domain.adherence.models import Experience
from samordna.domain.agreements.models import Agreement
from samordna.domain.assessments.models import Questionnaire
from samordna.domain.change.access import visible_chains
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.models import Goal
from samordna.domain.conversations.models import Thread
from samordna.domain.decisions.access import proposals_within_reach
from samordna.domain.decisions.models import Decision
from samordna.domain.events.models import Event
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.introductions.access import visible_programmes
from samordna.domain.knowledge.access import visible_services
from samordna.domain.matters.access import visible_conditions, visible_inquiries, visible_matters, visible_needs
from samordna.domain.matters.queries.stated import live
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.models import Minutes
from samordna.domain.organisations.access import visible_organisations
from samordna.domain.organisations.models import ContactPath, Role
from samordna.domain.proceedings.models import Outcome
from samordna.domain.reports.access import visible_annual_reports
from samordna.domain.search.enums import Kind
from samordna.domain.search.models import Entry

M = TypeVar("M", bound=Model)
EVERY_KIND = frozenset(Kind.values)


def findable(actor: Actor, at: datetime) -> dict[Kind, QuerySet[Any]]:
    """The ids of the things of each kind that the actor may open, as database queries that have not been asked.

    What most kinds lie in is put into words for the database once, and not once for each of them.
    """
    matters, organisations = _once(visible_matters(actor, at)), _once(visible_organisations(actor, at))
    collaborations, forums = _once(visible_collaborations(actor, at)), _once(visible_forums(actor, at))
    decisions = _once(Decision.objects.filter(matter__in=matters))
    return {
        Kind.COLLABORATION: collaborations,
        Kind.MATTER: matters,
        Kind.DECISION: decisions,
        Kind.PROPOSAL: proposals_within_reach(actor, at, matters),
        Kind.AGREEMENT: Agreement.objects.filter(collaboration__in=collaborations),
        Kind.FORUM: forums,
        Kind.ITEM: Item.objects.filter(forum__in=forums),
        Kind.MEETING: Meeting.objects.filter(forum__in=forums),
        Kind.EVENT: Event.objects.filter(meeting__forum__in=forums),
        Kind.OUTCOME: Outcome.objects.filter(forum__in=forums),
        Kind.MINUTES: Minutes.objects.filter(meeting__forum__in=forums).exclude(state=MinutesState.DRAFT),
        Kind.THREAD: Thread.objects.filter(Q(forum__in=forums) | Q(matter__in=matters)),
        Kind.GOAL: Goal.objects.filter(collaboration__in=collaborations),
        Kind.QUESTIONNAIRE: Questionnaire.objects.filter(collaboration__in=collaborations),
        Kind.CHAIN: visible_chains(actor, at),
        Kind.ANNUAL_REPORT: visible_annual_reports(actor, at),
        Kind.INTRODUCTION: visible_programmes(actor, at),
        Kind.CONDITION: visible_conditions(actor, at, matters).filter(live(clock.day(at))),
        Kind.NEED: visible_needs(actor, at, matters).filter(withdrawn_at__isnull=True),
        Kind.INQUIRY: visible_inquiries(actor, at, matters),
        Kind.EXPERIENCE: Experience.objects.filter(version__decision__in=decisions),
        Kind.ORGANISATION: organisations,
        Kind.ROLE: Role.objects.filter(organisation__in=organisations),
        Kind.SERVICE: visible_services(actor, at),
        Kind.PROFILE: organisations,
        Kind.CONTACT_PATH: ContactPath.objects.filter(to_role__organisation__in=organisations),
    }


def readable(actor: Actor, at: datetime, kinds: frozenset[str] = EVERY_KIND) -> QuerySet[Entry]:
    """The entries of everything of these kinds that the actor may open."""
    worded = _worded(actor, at, kinds)
    return Entry.objects.none() if worded is None else Entry.objects.filter(worded)


@once_per_reading
def _worded(actor: Actor, at: datetime, kinds: frozenset[str]) -> Worded | None:
    """The condition as the database reads it; None where there is nothing. It is put into words once and kept as such: it
    is asked about two or three times in a request, and putting it into words takes longer than answering it."""
    allowed = Q(pk__in=[])
    for kind, things in findable(actor, at).items():
        if kind in kinds:
            allowed |= Q(kind=kind, object_id__in=things.order_by().values("pk"))
    query = Entry.objects.order_by().filter(allowed).query
    compiler = query.get_compiler(connection=connection)
    compiler.setup_query()
    try:
        sql, parameters = compiler.compile(query.where)
    except EmptyResultSet:  # for instance for somebody whose last role ended today
        return None
    if connection.vendor == "sqlite":  # a plus keeps it from gathering everything that may be read before it looks at words
        sql = sql.replace('"search_entry".', '+"search_entry".')
    return Worded(sql, parameters)


def _once(things: QuerySet[M]) -> QuerySet[M]:
    """The same things, with what they are chosen by already in the words of the database."""
    try:
        sql, parameters = things.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return things.none()
    return things.model._default_manager.filter(pk__in=Worded(sql, parameters))


class Worded(Expression):
    """A condition that Django has already put into words for the database, to be used several times."""

    output_field = BooleanField()

    def __init__(self, sql: str, parameters: Sequence[str | int]) -> None:
        super().__init__()
        self.sql, self.parameters = sql, tuple(parameters)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return f"({self.sql})", self.parameters
