"""What is said of an indicator from a day on: what it means, how often, which way, how it is reported, its targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ninja import Schema


class IndicatorFrameIn(Schema):
    """What an indicator means from a day on."""

    starts_on: date
    why: str
    unit: str
    number_kind: str
    aggregation: str
    definition: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None


class ReportingIn(Schema):
    """How an indicator is reported from a day on; nobody named means all who take part."""

    starts_on: date
    why: str
    source: str = ""
    minimum_group: int = 1
    days_to_report: int = 20
    respondents: list[str] = []


class CourseIn(Schema):
    """How often an indicator is measured and which way it should go, from a day on."""

    starts_on: date
    why: str
    frequency: str
    direction: str
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None


class TargetStepIn(Schema):
    """A target by a day. `holds_on`: the day to come on which another part of the series begins, for a target in it."""

    level: Decimal
    on: date
    holds_on: date | None = None
