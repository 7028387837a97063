"""Taking in a file of roles and people: everything that is right in it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid, Refused
from samordna.core.operation import operation
from samordna.core.tables import folded
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.members import membership_of
from samordna.domain.organisations.operations.external import record_external_id
from samordna.domain.organisations.operations.holdings import end_holding, give_role
from samordna.domain.organisations.operations.people import describe_member, take_in_person
from samordna.domain.organisations.operations.registering import register_person
from samordna.domain.organisations.operations.roles import describe_role, open_role
from samordna.domain.organisations.roster import TITLES, Line, Plan, Step, key_of
from samordna.domain.organisations.rosters import known_of, plan_roster


@operation("organisation.administer")
def take_in_roster(
    *, actor: Actor, organisation_id: str, lines: tuple[Line, ...], document: str = "", at: datetime | None = None
) -> Plan:
    """Open roles, describe them, take people in, give them roles and end what the file ends; returns what was done.

    Rows with something wrong are left out, and told of in the plan. Each step writes its own entry, under one for the file.
    """
    organisation_for(actor, organisation_id, "organisation.administer", at)
    at = at or clock.now()
    plan = plan_roster(actor, organisation_id, lines, at)
    taking = _Taking(actor, organisation_id, at)
    for step in sorted(plan.steps, key=lambda each: each.kind == "end"):  # somebody is to be there before others go
        taking.carry_out(step)
    journal.record(
        actor=actor,
        action="people_taken_in",
        subject_kind="organisation",
        subject_id=organisation_id,
        at=at,
        document=document[:200],
        steps=len(plan.steps),
        faults=len(plan.faults),
    )
    return plan


class _Taking:
    """Carries the steps out, and remembers whom and what the keys of the file have become."""

    def __init__(self, actor: Actor, organisation_id: str, at: datetime) -> None:
        self.actor, self.organisation_id, self.at = actor, organisation_id, at
        known = known_of(actor, organisation_id, at)
        self.roles = {folded(role.name): role.id for role in known.roles}
        self.people = {key_of(person.id): person.id for person in known.people}

    def carry_out(self, step: Step) -> None:
        """One step; what is refused after all is told with its row, since nothing of the file is done then."""
        try:
            self._do(step)
        except (Invalid, Refused) as denied:
            why = " ".join(denied.fields.values()) if isinstance(denied, Invalid) else denied.reason
            where = {"sheet": TITLES[step.sheet], "row": step.row, "why": why}
            raise Invalid({"file": _("%(sheet)s, row %(row)s: %(why)s Nothing of the file was done.") % where}) from denied

    def _do(self, step: Step) -> None:
        """By the operation that does it anywhere else."""
        said = {key: value or "" for key, value in step.values.items()}
        match step.kind:
            case "role":
                self._role(step.role, said)
            case "words":
                self._words(step.role, said)
            case "person":
                self._person(step.person, said)
            case "id":
                self._id(step.person, said)
            case "holding":
                self._hold(step, said)
            case "end":
                end_holding(
                    actor=self.actor,
                    holding_id=said["holding"],
                    valid_to=date.fromisoformat(said["valid_to"]),
                    at=self.at,
                )
            case _:
                raise Absent

    def _role(self, key: str, said: Mapping[str, str]) -> None:
        self.roles[key] = open_role(
            actor=self.actor,
            organisation_id=self.organisation_id,
            name=said["name"],
            kind=said["kind"],
            purpose=said["purpose"],
            responsibilities=said["responsibilities"],
            authority=said["authority"],
            valid_from=date.fromisoformat(said["valid_from"]),
            at=self.at,
        ).pk

    def _words(self, key: str, said: Mapping[str, str]) -> None:
        describe_role(
            actor=self.actor,
            role_id=self.roles[key],
            name=said["name"],
            purpose=said["purpose"],
            responsibilities=said["responsibilities"],
            authority=said["authority"],
            at=self.at,
        )

    def _person(self, key: str, said: Mapping[str, str]) -> None:
        """Somebody new here: known by the address, or by nothing but the name."""
        actor, own, at = self.actor, self.organisation_id, self.at
        name, register_id = said["name"], said["register_id"]
        if there := self.people.get(key):
            describe_member(actor=actor, organisation_id=own, person_id=there, name=name, register_id=register_id, at=at)
        elif email := said.get("email"):
            self.people[key] = take_in_person(
                actor=actor, organisation_id=own, name=name, email=email, register_id=register_id, at=at
            ).person_id
        else:
            person = register_person(actor=actor, organisation_id=own, name=name, at=at)
            membership_of(own, person, at)
            self.people[key] = person.pk
            if register_id:
                describe_member(
                    actor=actor, organisation_id=own, person_id=person.pk, name=name, register_id=register_id, at=at
                )

    def _id(self, key: str, said: Mapping[str, str]) -> None:
        record_external_id(
            actor=self.actor,
            organisation_id=self.organisation_id,
            person_id=self.people[key],
            kind=said["kind"],
            value=said["value"],
            at=self.at,
        )

    def _hold(self, step: Step, said: Mapping[str, str]) -> None:
        give_role(
            actor=self.actor,
            role_id=self.roles[step.role],
            person_id=self.people[step.person],
            kind=said["held"],
            valid_from=date.fromisoformat(said["valid_from"]),
            valid_to=date.fromisoformat(said["valid_to"]) if said["valid_to"] else None,
            at=self.at,
        )
