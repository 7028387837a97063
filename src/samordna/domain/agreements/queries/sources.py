"""The sections that are the system's own data: what each says now, as a table in the language that is active.

Each source is a function of a document and a day and asks a constant number of questions of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.core import clock
from samordna.domain.agreements.document import Signer
from samordna.domain.agreements.enums import RESTING
from samordna.domain.agreements.life import governs
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.agreements.phrases import time_span
from samordna.domain.collaborations.depth import DepthSetting, Level, effective
from samordna.domain.collaborations.enums import Following
from samordna.domain.collaborations.facts import MandateState, state_at
from samordna.domain.collaborations.models import Exemption, Mandate, Participation
from samordna.domain.collaborations.phrases import criterion_sentence, depth_label, exempted_words
from samordna.domain.collaborations.queries.depths import held_depth
from samordna.domain.collaborations.queries.goals import goals_of
from samordna.domain.collaborations.queries.rulings import mandate_fact, setting_of
from samordna.domain.organisations.contacts import contact_paths

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A table: what the system says under one heading."""

    columns: tuple[str, ...] = ()
    rows: Rows = ()


def told(heading: str, agreement: Agreement, at: datetime) -> Told:
    """What the system says under a heading now; nothing under a heading that is prose."""
    source = SOURCES.get(heading)
    return source(agreement, at) if source else Told()


def signers_of(agreement: Agreement, on: date) -> tuple[Signer, ...]:
    """Those who would sign: every organisation that takes part on the day, by party. An organisation's own document has
    none."""
    if agreement.organisation_id:
        return ()
    found = Participation.objects.on(on).filter(collaboration_id=agreement.collaboration_id)
    ordered = found.select_related("organisation", "party").order_by("party__name", "organisation__name", "pk")
    return tuple(
        Signer(organisation_id=row.organisation_id, organisation=row.organisation.name, party=row.party.name)
        for row in ordered
    )


def _parties(agreement: Agreement, at: datetime) -> Told:
    given = agreement.collaboration
    wide = held_depth(given, clock.day(at)).setting
    found = Participation.objects.on(clock.day(at)).filter(collaboration=given).select_related("organisation", "party")
    freed = {each.party_id: each for each in Exemption.objects.on(clock.day(at)).filter(party__collaboration=given)}
    rows = []
    for row in found.order_by("party__name", "organisation__name", "pk"):
        own: DepthSetting = setting_of(row.party.join, row.party.contribute, row.party.follow)
        depth = depth_label(effective(((Level.COLLABORATION, wide), (Level.PARTY, own))))
        if (exemption := freed.get(row.party_id)) is not None:
            depth += f" ({exempted_words(exemption.ends_on, exemption.review_on)}: {exemption.reason})"
        rows.append((row.party.name, row.organisation.name, row.organisation.number, depth))
    columns = (_p("column", "Party"), _p("column", "Organisation"), _("Organisation number"), _p("column", "Depth"))
    return Told(columns, tuple(rows))


def _purpose(agreement: Agreement, at: datetime) -> Told:
    purpose = agreement.collaboration.purpose
    return Told((_("The collaboration's common purpose"),), ((purpose,),) if purpose.strip() else ())


def _target_group(agreement: Agreement, at: datetime) -> Told:
    given = agreement.collaboration
    criteria = [criterion_sentence(row.kind, row.subject, row.operator, row.value) for row in given.criteria.all()]
    words = [given.target_group] if given.target_group.strip() else []
    return Told((_("Whom it is for"),), tuple((text,) for text in [*words, *criteria]))


def _goals(agreement: Agreement, at: datetime) -> Told:
    worked_for = (goal for goal in goals_of(agreement.collaboration) if goal.ended_at is None)
    rows = tuple((goal.what, goal.indicator, goal.aim) for goal in worked_for)
    return Told((_p("column", "Goal"), _p("column", "Indicator"), _("From and to")), rows)


def _mandates(agreement: Agreement, at: datetime) -> Told:
    found = Mandate.objects.filter(collaboration_id=agreement.collaboration_id).select_related("giver")
    rows = []
    for mandate in found.prefetch_related("clauses__area").order_by("giver__name", "valid_from", "pk"):
        if state_at(mandate_fact(mandate), at, clock.day(at)) != MandateState.IN_FORCE:
            continue
        for clause in mandate.clauses.all():
            decides = _("Coordination decides") if clause.coordination_decides else _("Coordination does not decide")
            follows = str(Following(clause.following).label) if clause.coordination_decides else "–"
            rows.append((mandate.giver.name, clause.area.name, decides, follows, mandate.source))
    columns = (_p("column", "Giver"), _p("column", "Area"), _("Who decides"), _p("column", "Following"), _("Source"))
    return Told(columns, tuple(rows))


def _contact_paths(agreement: Agreement, at: datetime) -> Told:
    on = clock.day(at)
    own = [agreement.organisation_id] if agreement.organisation_id else []
    organisations = own or [signer.organisation_id for signer in signers_of(agreement, on)]
    rows = tuple(
        (path.topic, f"{path.role}, {path.organisation}", path.how, path.from_whom or _("everybody"), path.when_not or "–")
        for path in contact_paths(organisations, on)
    )
    columns = (_("About what"), _p("column", "Contact"), _p("column", "How"), _p("column", "For whom"), _("When not"))
    return Told(columns, rows)


def _routines(agreement: Agreement, at: datetime) -> Told:
    found = Agreement.objects.filter(
        collaboration_id=agreement.collaboration_id, kind__in=RESTING, organisation__isnull=True
    ).exclude(pk=agreement.pk)
    columns = (_p("column", "Routine"), _p("column", "Version"), _("Responsible role"), _p("column", "Holds"))
    return Told(columns, tuple(_in_force(list(_loaded(found)), clock.day(at))))


def _annexes(agreement: Agreement, at: datetime) -> Told:
    found = Agreement.objects.filter(annex_of=agreement)
    columns = (_p("column", "Annex"), _p("column", "Version"), _("Responsible role"), _p("column", "Holds"))
    return Told(columns, tuple(_in_force(list(_loaded(found)), clock.day(at))))


def _loaded(found: QuerySet[Agreement]) -> QuerySet[Agreement]:
    versions = Prefetch("versions", AgreementVersion.objects.defer("content").order_by("number"))
    return found.select_related("responsible_role__organisation").prefetch_related(versions).order_by("name", "pk")


def _in_force(found: list[Agreement], on: date) -> list[tuple[str, str, str, str]]:
    rows = []
    for agreement in found:
        versions = {version.number: version for version in agreement.versions.all()}
        holding = governs([version.fact for version in versions.values()], on)
        if holding is None:
            continue
        version: AgreementVersion = versions[holding.number]
        span = time_span(version.valid_from, version.valid_to)
        holds = _("on trial %(span)s") % {"span": span} if version.trial else span
        role = agreement.responsible_role
        rows.append((agreement.name, str(version.number), f"{role.name}, {role.organisation.name}", holds))
    return rows


SOURCES: Mapping[str, Callable[[Agreement, datetime], Told]] = {
    "parties": _parties,
    "purpose": _purpose,
    "target_group": _target_group,
    "goals": _goals,
    "mandates": _mandates,
    "contact_paths": _contact_paths,
    "routines": _routines,
    "annexes": _annexes,
}
