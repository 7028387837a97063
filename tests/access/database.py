"""Puts an oracle's world into the database, and lets its actors in by the application's own doors."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from samordna.core.actor import Actor
from samordna.core.fields import new_id
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.collaborations.models import Area, Collaboration, Participation, Party
from samordna.domain.decisions.models import Decision, Proposal
from samordna.domain.forums.models import Forum, Ownership, Seat
from samordna.domain.matters.access import actor_of_link
from samordna.domain.matters.models import AnswerLink, Condition, Inquiry, Matter, Position
from samordna.domain.organisations.access import actor_of, actor_of_token, token_digest
from samordna.domain.organisations.models import ApiToken, Holding, Organisation, Person, Role
from tests.access.mapping import EPOCH
from tests.access.oracle import Facts, Row
from tests.access.worlds import TODAY

LONG_AGO = date(2000, 1, 1)
AT = datetime.combine(EPOCH + timedelta(days=TODAY), time(12), UTC)


def _from(number: Any) -> date:
    return LONG_AGO if number is None else EPOCH + timedelta(days=number)


def _until(number: Any) -> date | None:
    return None if number is None else EPOCH + timedelta(days=number)


def _moment(number: Any) -> datetime | None:
    """A day of the oracle is a noon here: what ends on day 1 has just ended, what ends on day 2 has a day left."""
    return None if number is None else datetime.combine(EPOCH + timedelta(days=number), time(12), UTC)


def storable(facts: Facts) -> Facts:
    """The facts that the database's own constraints let stand: one open participation, one chosen proposal."""
    seen: set[tuple[Any, ...]] = set()

    def first(key: tuple[Any, ...], limited: bool) -> bool:
        if not limited:
            return True
        known = key in seen
        seen.add(key)
        return not known

    parts = frozenset(r for r in sorted(facts.participation, key=str) if first(("part", *r[:2]), r[3] is None))
    proposals = frozenset(r for r in sorted(facts.proposal, key=str) if first(("chosen", r[1]), r[3] == "chosen"))
    return replace(facts, participation=parts, proposal=proposals)


@dataclass
class Stored:
    """A world in the database: `ids` maps the oracle's names to primary keys, `names` back."""

    facts: Facts
    ids: dict[Any, str]

    @property
    def names(self) -> dict[str, Any]:
        return {key: name for name, key in self.ids.items()}

    def actor(self, actor: Row) -> Actor | None:
        """The actor as the application itself lets it in; None where it does not."""
        match actor:
            case ("nobody",):
                return Actor.nobody()
            case ("session", _person, holding):
                return actor_of(Holding.objects.select_related("role").get(pk=self.ids[holding]))
            case ("token", token):
                return actor_of_token(f"secret of {token}", AT)
            case ("link", link):
                return actor_of_link(f"secret of {link}", AT)
        raise ValueError(actor)


def store(facts: Facts) -> Stored:
    """Write every row; constraints and all."""
    facts = storable(facts)
    ids: dict[Any, str] = defaultdict(new_id)
    _store_people(facts, ids)
    _store_collaborations(facts, ids)
    _store_documents(facts, ids)
    _store_forums(facts, ids)
    _store_matters(facts, ids)
    return Stored(facts, dict(ids))


def _store_people(facts: Facts, ids: dict[Any, str]) -> None:
    Organisation.objects.bulk_create(
        Organisation(id=ids[key], name=key, short_name=key, kind="board", valid_from=_from(start), valid_to=_until(end))
        for key, start, end in facts.organisation
    )
    Person.objects.bulk_create(
        Person(id=ids[key], name=key, email=f"{key}@example.se".replace(" ", "."), is_active=welcome)
        for key, welcome in facts.person
    )
    Role.objects.bulk_create(
        Role(id=ids[key], organisation_id=ids[of], name=key, kind=kind, valid_from=_from(start), valid_to=_until(end))
        for key, of, kind, start, end in facts.role
    )
    Holding.objects.bulk_create(
        Holding(id=ids[key], person_id=ids[who], role_id=ids[role], valid_from=_from(start), valid_to=_until(end))
        for key, who, role, start, end in facts.holding
    )
    ApiToken.objects.bulk_create(
        ApiToken(
            id=ids[key],
            holding_id=ids[holding],
            label=key,
            digest=token_digest(f"secret of {key}"),
            may_write=may_write,
            created_at=_moment(start),
            expires_at=_moment(end),
            revoked_at=_moment(revoked),
        )
        for key, holding, may_write, start, end, revoked in facts.token
    )


def _store_collaborations(facts: Facts, ids: dict[Any, str]) -> None:
    hosts = {row[0]: row[1] for row in facts.role}
    Collaboration.objects.bulk_create(
        Collaboration(
            id=ids[key],
            name=key,
            purpose="p",
            target_group="t",
            state=state,
            host_id=ids[hosts[role]],
            coordinator_role_id=ids[role],
            superior_id=ids[superior] if superior else None,
            parent_id=ids[parent] if parent else None,
            valid_from=LONG_AGO,
            valid_to=_until(end),
        )
        for key, state, role, superior, end, parent in sorted(facts.collaboration, key=lambda row: row[5] is not None)
    )
    Area.objects.bulk_create(
        Area(id=ids["area", row[0]], collaboration_id=ids[row[0]], name="a") for row in facts.collaboration
    )
    Party.objects.bulk_create(
        Party(id=ids["party", row], collaboration_id=ids[row[0]], name=row[1]) for row in facts.participation
    )
    Participation.objects.bulk_create(
        Participation(
            id=ids["part", row],
            party_id=ids["party", row],
            collaboration_id=ids[row[0]],
            organisation_id=ids[row[1]],
            joined_on=_from(row[2]),
            left_on=_until(row[3]),
        )
        for row in facts.participation
    )


def _store_documents(facts: Facts, ids: dict[Any, str]) -> None:
    somebody = next(iter(facts.role))[0]
    common = [(key, of, role, None) for key, of, role in facts.agreement]
    own = [(key, of, somebody, ids[owner]) for key, of, owner in facts.routine]
    Agreement.objects.bulk_create(
        Agreement(
            id=ids[key],
            collaboration_id=ids[of],
            organisation_id=owner,
            kind="routine",
            name=key,
            responsible_role_id=ids[role],
            started_at=AT,
        )
        for key, of, role, owner in (*common, *own)
    )
    AgreementVersion.objects.bulk_create(
        AgreementVersion(id=ids["version", key], agreement_id=ids[key], number=1) for key, *_ in (*common, *own)
    )


def _store_forums(facts: Facts, ids: dict[Any, str]) -> None:
    prepares = {row[0]: row[3] for row in facts.forum}
    Forum.objects.bulk_create(
        Forum(id=ids[key], name=key, purpose="p", prepares_id=ids[role], started_at=AT) for key, role in prepares.items()
    )
    Ownership.objects.bulk_create(
        Ownership(forum_id=ids[key], collaboration_id=ids[of], asked_at=AT, accepted_at=AT if state == "owns" else None)
        for key, of, state, _role in sorted(facts.forum, key=str)
    )
    Seat.objects.bulk_create(
        Seat(forum_id=ids[forum], role_id=ids[role], task=task, valid_from=_from(start), valid_to=_until(end))
        for forum, role, task, start, end in facts.seat
    )


def _any(facts: Facts, ids: dict[Any, str]) -> str:
    return ids[sorted(facts.organisation)[0][0]]


def _store_matters(facts: Facts, ids: dict[Any, str]) -> None:
    somebody = next(iter(facts.holding))[0]
    Matter.objects.bulk_create(
        Matter(
            id=ids[key],
            collaboration_id=ids[of],
            area_id=ids["area", of],
            number=number,
            title=key,
            stage=stage,
            opened_at=AT,
        )
        for number, (key, of, stage) in enumerate(sorted(facts.matter))
    )
    Position.objects.bulk_create(
        Position(id=ids[key], matter_id=ids[matter], organisation_id=ids[of]) for key, matter, of in facts.position
    )
    Condition.objects.bulk_create(
        Condition(
            id=ids[key],
            matter_id=ids[matter],
            position_id=ids[position] if position else None,
            form="prose",
            prose=key,
            reason="r",
            confidence=confidence,
            stated_at=AT,
        )
        for key, matter, position, confidence in facts.condition
    )
    Inquiry.objects.bulk_create(
        Inquiry(id=ids[key], matter_id=ids[matter], asked_of_id=_any(facts, ids), stage="gathering", text=key, asked_at=AT)
        for key, matter in facts.inquiry
    )
    Proposal.objects.bulk_create(
        Proposal(
            id=ids[key],
            matter_id=ids[matter],
            number=number,
            title=key,
            origin="hand",
            state=state,
            organisation_id=ids[of],
            made_by_id=ids[somebody],
            made_at=AT,
        )
        for number, (key, matter, of, state) in enumerate(sorted(facts.proposal))
    )
    Decision.objects.bulk_create(
        Decision(id=ids[key], matter_id=ids[matter], number=number)
        for number, (key, matter) in enumerate(sorted(facts.decision))
    )
    AnswerLink.objects.bulk_create(
        AnswerLink(
            id=ids[key],
            position_id=ids[position],
            recipient="somebody@example.se",
            digest=token_digest(f"secret of {key}"),
            made_at=_moment(start),
            made_by_id=ids[somebody],
            expires_at=_moment(end),
            used_at=_moment(used),
            revoked_at=_moment(revoked),
        )
        for key, position, start, end, used, revoked in facts.link
    )
