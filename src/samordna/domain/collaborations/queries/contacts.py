"""Contacts of a collaboration: which area has a path at whom, where paths are lacking, and which of them lead to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.words import stems
from samordna.domain.collaborations.access import collaboration_for, visible_collaborations
from samordna.domain.collaborations.models import Area, Collaboration, Participation
from samordna.domain.organisations.attention import DeadEnd, dead_ends, menders
from samordna.domain.organisations.contacts import ContactRow, contact_paths
from samordna.domain.organisations.finding import Answering, Answers, answering, covers, find_contacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """An organisation without a contact path for an area, and who can open one there."""

    organisation_id: str
    organisation: str
    menders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaContacts:
    """One subject area: the paths that answer for it, and who has none. `own_lacks`: the actor's organisation has none."""

    id: str
    name: str
    paths: tuple[ContactRow, ...]
    lacking: tuple[Lacking, ...]
    own_lacks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationContacts:
    """All contact paths of those who take part, and what is lacking among them. `who`: who answers, by role."""

    id: str
    name: str
    on: date
    members: int
    areas: tuple[AreaContacts, ...]
    paths: tuple[ContactRow, ...]
    dead_ends: tuple[DeadEnd, ...]
    who: dict[str, Answering]

    @property
    def gaps(self) -> int:
        """Pairs of an area and an organisation that has no path for it."""
        return sum(len(area.lacking) for area in self.areas)


def collaboration_contacts(actor: Actor, collaboration_id: str, at: datetime) -> CollaborationContacts:
    """The contacts of a collaboration today, for whoever may read it; a bounded number of queries."""
    given, on = collaboration_for(actor, collaboration_id, at=at), clock.day(at)
    members = _members(given, on)
    paths = contact_paths([*members], on)
    return CollaborationContacts(
        id=given.pk,
        name=given.name,
        on=on,
        members=len(members),
        areas=_areas(given, members, paths, actor.organisation_id or "", on),
        paths=paths,
        dead_ends=dead_ends([*members], on),
        who=answering({path.role_id for path in paths}, on),
    )


def _members(given: Collaboration, on: date) -> dict[str, str]:
    """Those who take part, and the one that leads the work, by name."""
    rows = Participation.objects.on(on).filter(collaboration=given).order_by("organisation__name", "organisation_id")
    return {given.host_id: given.host.name} | dict(rows.values_list("organisation_id", "organisation__name"))


def _areas(
    given: Collaboration, members: dict[str, str], paths: tuple[ContactRow, ...], own: str, on: date
) -> tuple[AreaContacts, ...]:
    """Areas without parts of their own: whoever answers for the parts answers for the whole."""
    rows = list(Area.objects.filter(collaboration=given).order_by("name", "pk").values_list("pk", "name", "parent_id"))
    wholes = {parent for _pk, _name, parent in rows if parent}
    who = menders([*members], on)
    taking_part = {pk: name for pk, name in members.items() if pk != given.host_id} or members
    found = []
    for pk, name, _parent in rows:
        if pk in wholes:
            continue
        fitting = tuple(path for path in paths if covers(path.topic, path.also, name))
        reached = {path.organisation_id for path in fitting}
        lacking = tuple(
            Lacking(organisation_id=each, organisation=taking_part[each], menders=who.get(each, ()))
            for each in taking_part
            if each not in reached
        )
        found.append(
            AreaContacts(
                id=pk,
                name=name,
                paths=fitting,
                lacking=lacking,
                own_lacks=any(each.organisation_id == own for each in lacking),
            )
        )
    return tuple(found)


def who_to_contact(actor: Actor, question: str, at: datetime) -> Answers:
    """Whom do I contact about X at Y? The areas of the collaborations one may see help with the words."""
    areas = Area.objects.filter(collaboration__in=visible_collaborations(actor, at)).order_by("name", "pk")
    named = tuple(dict.fromkeys(areas.values_list("name", flat=True))) if stems(question) else ()
    return find_contacts(actor, question, at, named)
