"""The balance of a matter as JSON: what each part and the whole gives and gets, the time put in, and a fair sharing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status

from samordna.api import balance_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.queries.balance import BalanceSeen, Part, Time, Whole, balance_of
from samordna.domain.decisions.queries.rates import rates_of
from samordna.domain.decisions.queries.sharing import sharing_of
from samordna.domain.decisions.sharing import Method

router = Operations(tags=["balance"])
Document = dict[str, Any]


@router.get("/matters/{matter_id}/balance", response={200: shapes.BalanceOut, **PROBLEMS})
def balance(request: HttpRequest, matter_id: str, proposal: str = "") -> Document:
    """What each part and the whole gives and gets, with one proposal, over what the caller may read."""
    actor = actor_of(request)
    seen = balance_of(actor=actor, matter_id=matter_id, proposal_id=proposal, at=clock.now(), patient=True)
    return _document(seen)


def _document(seen: BalanceSeen) -> Document:
    return {
        "matter_id": seen.head.id,
        "unit": seen.head.unit,
        "proposal": seen.current.id if seen.current else None,
        "participants": [_part(part) for part in seen.parts],
        "whole": _whole(seen.whole) if seen.whole else None,
        "coordination_time": _time(seen.coordination),
        "common_needs": {"met": seen.common_met, "all": seen.common_needs},
    }


def _part(part: Part) -> Document:
    weighed = part.weighed
    return {
        "organisation": part.organisation_id,
        "name": part.name,
        "needs": {"met": part.met, "all": part.needs},
        "benefit": asdict(weighed.benefit) if weighed else None,
        "best_for_itself": weighed.alone if weighed else None,
        "in_the_decision": weighed.together if weighed else None,
        "given_up": asdict(weighed.given_up) if weighed else None,
        "net": asdict(weighed.net) if weighed else None,
        "verdict": weighed.verdict if weighed else None,
        "time": _time(part.time),
        "net_after_time": asdict(part.after_time) if part.after_time else None,
    }


def _time(time: Time | None) -> Document | None:
    if time is None:
        return None
    minutes = {"low": time.minutes.low, "likely": time.minutes.likely, "high": time.minutes.high}
    kronor = asdict(time.kronor) if time.kronor else None
    return {"minutes": minutes, "is_estimate": time.is_estimate, "hourly_rate": time.rate, "kronor": kronor}


def _whole(whole: Whole) -> Document:
    return {
        "alone": whole.weighed.alone,
        "together": whole.weighed.together,
        "benefit": asdict(whole.weighed.benefit),
        "given_up": asdict(whole.weighed.given_up),
        "net": asdict(whole.weighed.net),
        "kronor_of_time": asdict(whole.kronor),
        "net_after_time": asdict(whole.after_time) if whole.after_time else None,
        "paid_back_in_months": whole.months,
        "verdict": whole.verdict,
        "lacking": whole.lacking,
    }


@router.put("/matters/{matter_id}/time", response={200: shapes.TimeEstimateOut, **PROBLEMS})
def estimate(request: HttpRequest, matter_id: str, body: shapes.TimeEstimateIn) -> Document:
    """Say how many hours the matter has taken one's own organisation, or the coordination."""
    made = do.estimate_time(actor=actor_of(request), matter_id=matter_id, **body.dict())
    return {"organisation": made.organisation_id, "hours": made.hours, "reason": made.reason}


@router.get("/organisations/{organisation_id}/hourly-rates", response={200: list[shapes.HourlyRateOut], **PROBLEMS})
def rates(request: HttpRequest, organisation_id: str) -> list[Document]:
    """What one's own organisation has said that an hour costs, the earliest first."""
    rows = rates_of(actor_of(request), organisation_id, clock.now())
    return [_rate(organisation_id, row.amount, row.since, row.until) for row in rows]


@router.put("/organisations/{organisation_id}/hourly-rate", response={200: shapes.HourlyRateOut, **PROBLEMS})
def rate(request: HttpRequest, organisation_id: str, body: shapes.HourlyRateIn) -> Document:
    """Say what an hour of one's own organisation costs, in kronor, from a day on (today when not given)."""
    made = do.set_hourly_rate(actor=actor_of(request), organisation_id=organisation_id, **body.dict())
    return _rate(organisation_id, made.amount, made.valid_from, made.valid_to)


def _rate(organisation_id: str, amount: int, since: date | None, until: date | None) -> Document:
    return {"organisation": organisation_id, "amount": amount, "valid_from": since, "valid_to": until}


@router.get("/matters/{matter_id}/sharing", response={200: shapes.SharingOut, **PROBLEMS})
def sharing(request: HttpRequest, matter_id: str, method: Method = Method.NOBODY_LOSES, proposal: str = "") -> Document:
    """A fair sharing over a proposal's balance, for the coordinator."""
    actor, at = actor_of(request), clock.now()
    seen = balance_of(actor=actor, matter_id=matter_id, proposal_id=proposal, at=at, patient=True)
    found = sharing_of(actor, seen, method, at)
    if found is None:
        raise Refused(_("There is nothing to share: nothing has been weighed, or the figures are not yours to read."))
    return asdict(found)


@router.post("/matters/{matter_id}/sharing", response={201: shapes.SharingOpenedOut, **PROBLEMS})
def propose(request: HttpRequest, matter_id: str, body: shapes.SharingIn) -> Status[Document]:
    """Open a matter about sharing the cost, with the sharing as its first proposal."""
    given = body.dict()
    made = do.propose_sharing(
        actor=actor_of(request), matter_id=matter_id, method=given["method"], proposal_id=given["proposal"]
    )
    return Status(201, {"matter_id": made.matter_id, "proposal": made.pk, "text": made.text})
