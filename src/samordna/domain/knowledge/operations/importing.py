"""Services from a file in HSDS: wrong records are told one by one, right ones are kept when that is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Denied, Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.knowledge.access import KEEP
from samordna.domain.knowledge.eligibility import AGE, PLACE
from samordna.domain.knowledge.enums import Together
from samordna.domain.knowledge.hsds import (
    EXTENSION,
    NUMBERS,
    OFFERED,
    conditions_of,
    key_of,
    says_conditions,
    wording_of,
    wrong_with,
)
from samordna.domain.knowledge.hsds_objects import day_of
from samordna.domain.knowledge.models import Service
from samordna.domain.knowledge.operations.offering import Wording, open_service, reword_service
from samordna.domain.knowledge.queries.facts import known_facts
from samordna.domain.organisations.access import role_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one record: `outcome` is opened, reworded, left (it is not offered) or wrong; `said` why, or what of
    ours is kept."""

    place: int
    name: str
    outcome: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of every record. `kept`: was anything stored?"""

    rows: tuple[Taken, ...]
    kept: bool

    def count(self, outcome: str) -> int:
        """How many records had this outcome."""
        return sum(1 for row in self.rows if row.outcome == outcome)


@operation("knowledge.keep")
def import_services(
    *, actor: Actor, role_id: str, records: Sequence[Any], keep_right: bool = False, at: datetime | None = None
) -> Imported:
    """Take in services from records of HSDS; the role answers for the new ones. A record whose id is known here rewords
    that service.

    Wrong records are told with what is wrong. Unless `keep_right`, one that is wrong keeps all of them from being stored:
    raises `Invalid` with a sentence for each.
    """
    role = role_for(actor, role_id, KEEP, at)
    at = at or clock.now()
    taking = _Taking(actor, role.pk, role.organisation_id, at)
    rows = tuple(taking.take(place + 1, record) for place, record in enumerate(records))
    done = Imported(rows=rows, kept=any(row.outcome in ("opened", "reworded") for row in rows))
    wrong = {f"record {row.place}": told(row) for row in rows if row.outcome == "wrong"}
    if wrong and (not keep_right or not done.kept):
        raise Invalid(wrong)
    counts: dict[str, Any] = {name: done.count(name) for name in ("opened", "reworded", "left", "wrong")}
    journal.record(actor=actor, action="services_imported", subject_kind="role", subject_id=role.pk, at=at, **counts)
    return done


def told(row: Taken) -> str:
    """A wrong record as a sentence: which it is, and what is wrong with it."""
    about = {"place": row.place, "name": row.name or "–", "said": " ".join(row.said)}
    return _("Record %(place)s (%(name)s): %(said)s") % about


class _Taking:
    """Into whose toolbox, and who does it, while records are taken one by one."""

    def __init__(self, actor: Actor, role_id: str, organisation_id: str, at: datetime) -> None:
        self.actor, self.role_id, self.organisation_id, self.at = actor, role_id, organisation_id, at
        facts = known_facts()
        self.ids = {one.label.casefold(): key for key, one in facts.items()} | {AGE: AGE, PLACE: PLACE}

    def take(self, place: int, record: Any) -> Taken:
        said = wrong_with(record)
        name = str(record.get("name") or "")[:120] if isinstance(record, dict) else ""
        row = Taken(place=place, name=name, outcome="wrong", said=tuple(said))
        if said:
            return row
        if record["status"] not in OFFERED:
            why = _("It is not offered now (%(status)s).") % {"status": record["status"]}
            return replace(row, outcome="left", said=(why,))
        try:
            outcome, kept = self._stored(record)
        except Invalid as invalid:
            return replace(row, said=tuple(f"{field}: {sentence}" for field, sentence in invalid.fields.items()))
        except Denied as denied:
            return replace(row, said=(denied.reason or _("It belongs to somebody else."),))
        return replace(row, outcome=outcome, said=kept)

    def _stored(self, record: Any) -> tuple[str, tuple[str, ...]]:
        """What became of a right record, and what is said of it."""
        groups, unknown = conditions_of(record, self.ids)
        if unknown:
            facts = ", ".join(sorted(set(unknown)))
            raise Refused(_("Nobody here asks about %(facts)s. Name the question first.") % {"facts": facts})
        said_on = day_of(record.get("assured_date")) or day_of(record.get("last_modified"))
        said_on = min(said_on, clock.day(self.at)) if said_on else None
        waiting_on = day_of((record.get(EXTENSION) or {}).get("waiting_on")) or said_on
        wording = Wording(**wording_of(record), eligibility=groups, kept=record, waiting_on=waiting_on)
        key, outcome = key_of(record), "opened"
        kept: tuple[str, ...] = ()
        known = Service.objects.select_related("role").filter(key=str(key)).first()
        if known is None:
            made = open_service(actor=self.actor, role_id=self.role_id, wording=wording, key=key, at=self.at)
        elif known.role.organisation_id != self.organisation_id:
            raise Refused(_("Another organisation has a service with this id."))
        else:
            wording, outcome, kept = _with_ours(wording, known), "reworded", _what_is_kept(wording, known)
            made = reword_service(actor=self.actor, service_id=known.pk, wording=wording, at=self.at)
        if said_on is not None and said_on < made.assured_on:  # what was checked long ago is not fresh for being moved
            Service.objects.filter(pk=made.pk).update(assured_on=said_on)
        return outcome, kept


def _with_ours(wording: Wording, known: Service) -> Wording:
    """What a record says anew of a service that is known here, with what has been added here that it cannot say: HSDS has
    no field for conditions other than ages, for contact paths, or for the unit."""
    ours = replace(wording, contact_path_id=known.contact_path_id or "", unit=wording.unit or known.unit)
    if says_conditions(wording.kept):
        return ours
    if all(wording.kept.get(name) == known.kept.get(name) for name in NUMBERS):
        return replace(ours, eligibility=known.eligibility)
    return replace(ours, eligibility=[*wording.eligibility, *_but_ages(known.eligibility)])


def _but_ages(groups: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The groups without the ages that the two fields of HSDS say."""
    found = []
    for group in groups:
        plain = group["together"] == Together.ALL
        rows = [row for row in group["criteria"] if not plain or row["fact"] != AGE or row.get("negated")]
        found += [{**group, "criteria": rows}] if rows else []
    return found


def _what_is_kept(wording: Wording, known: Service) -> tuple[str, ...]:
    kept = [_("conditions")] if _but_ages(known.eligibility) and not says_conditions(wording.kept) else []
    kept += [_("contact path")] if known.contact_path_id else []
    kept += [_("unit and place")] if known.unit and not wording.unit else []
    what = {"what": ", ".join(kept)}
    return (_("The record does not say this, so what is said here is kept: %(what)s.") % what,) if kept else ()
