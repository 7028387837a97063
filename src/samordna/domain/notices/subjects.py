"""What a notice is about, as its reader may see it now. Where somebody may not see that, the notice is not there either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.matters.access import visible_matters
from samordna.domain.notices.enums import About
from samordna.domain.notices.models import Notice
from samordna.domain.organisations.models import Holding, Role

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A title, where it belongs, and the address of its page."""

    title: str
    where: str
    url_name: str
    url_args: tuple[str, ...]


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


_FIND: Mapping[About, Find] = {
    About.MATTER: _matters,
    About.DECISION: _decisions_to("decision"),
    About.FOLLOWING: _decisions_to("following"),
    About.AGREEMENT: _agreements,
    About.COLLABORATION: _collaborations,
    About.ROLE: _roles,
    About.ADDRESS: _addresses,
}
