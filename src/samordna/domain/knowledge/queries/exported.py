"""An organisation's toolbox as HSDS 3: one page of a list as the specification's API has it, holding all of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.knowledge.access import visible_services
from samordna.domain.knowledge.conditions import KnownFact, loaded
from samordna.domain.knowledge.eligibility import AGE, PLACE, Eligibility
from samordna.domain.knowledge.enums import Together
from samordna.domain.knowledge.hsds import CLOSED, PLAIN, made_id, record_from
from samordna.domain.knowledge.models import Service
from samordna.domain.knowledge.queries.facts import known_facts
from samordna.domain.knowledge.queries.profiles import latest_profile
from samordna.domain.organisations.access import organisation_for


def hsds_list(actor: Actor, organisation_id: str, at: datetime) -> dict[str, Any]:
    """Everything that an organisation offers today."""
    organisation, facts = organisation_for(actor, organisation_id, at=at), known_facts()
    profile = latest_profile(organisation.pk)
    about = {
        "id": made_id(organisation.pk),
        "name": organisation.name,
        "description": profile.mission if profile else organisation.name,
    }
    services = visible_services(actor, at).on(clock.day(at)).filter(role__organisation=organisation)
    records = [_record(service, about, facts) for service in services.order_by("name", "pk")]
    count = len(records)
    frame = {"total_items": count, "total_pages": 1, "page_number": 1, "size": count}
    return frame | {"first_page": True, "last_page": True, "empty": not count, "contents": records}


def _record(service: Service, about: dict[str, str], facts: dict[str, KnownFact]) -> dict[str, Any]:
    eligibility = loaded(service.eligibility)
    said: dict[str, Any] = {name: getattr(service, name) for name in (*PLAIN, "languages", "schedule", "closed")}
    own = {"unit": service.unit, "eligibility": _by_label(service.eligibility, facts)}
    said |= {"key": str(service.key), "status": CLOSED if service.closed else "active", "organization": about}
    said |= {"assured_date": service.assured_on.isoformat(), "ages": _ages(eligibility)}
    said["own"] = own | {"waiting_on": service.waiting_on.isoformat() if service.waiting_on else ""}
    return record_from(service.kept, said)


def _ages(eligibility: Eligibility) -> tuple[float | int | None, float | int | None]:
    """The least and the greatest age, where they are one plain condition that has to hold."""
    found = [one for group in eligibility if group.together == Together.ALL for one in group.criteria if one.fact == AGE]
    if len(found) != 1 or found[0].negated:
        return None, None
    least, most = found[0].least, found[0].most
    return (
        None if least is None else int(least) if least == int(least) else float(least),
        None if most is None else int(most) if most == int(most) else float(most),
    )


def _by_label(groups: list[dict[str, Any]], facts: dict[str, KnownFact]) -> list[dict[str, Any]]:
    """The conditions with facts by their labels; age and place by their own names, which are the same everywhere."""

    def named(fact: str) -> str:
        return fact if fact in (AGE, PLACE) or fact not in facts else facts[fact].label

    return [
        {"together": group["together"], "criteria": [row | {"fact": named(row["fact"])} for row in group["criteria"]]}
        for group in groups
    ]
