"""Sentences about goals, figures and periods."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from samordna.domain.collaborations.enums import Direction
from samordna.domain.collaborations.phrases import figure
from samordna.domain.followup.disclosure import Why
from samordna.domain.followup.enums import WEIGHED, Aggregation, Frequency
from samordna.domain.followup.figures import Fault
from samordna.domain.followup.periods import Period, Start, key_read
from samordna.domain.followup.weighing import Way

WAY_NOW: Mapping[Direction, Promise] = {
    Direction.UP: gettext_lazy("The figure should go up."),
    Direction.DOWN: gettext_lazy("The figure should go down."),
    Direction.KEEP: gettext_lazy("The figure should stay."),
}
WAY_THEN: Mapping[Direction, Promise] = {
    Direction.UP: gettext_lazy("Earlier it should go up."),
    Direction.DOWN: gettext_lazy("Earlier it should go down."),
    Direction.KEEP: gettext_lazy("Earlier it should stay."),
}

FAULTS: Mapping[Fault, Promise] = {
    Fault.NO_NUMBER: gettext_lazy("This is no number. Write it as 1234, 1 234 or 12,5."),
    Fault.TWO_WAYS: gettext_lazy(
        "This can be read in two ways. Write thousands without a point and decimals with a comma."
    ),
    Fault.TOO_LARGE: gettext_lazy("The number is too large to be kept: at most 999 999 999 999."),
    Fault.TOO_FINE: gettext_lazy("Write at most four decimals."),
    Fault.NEGATIVE: gettext_lazy("This cannot be less than zero."),
    Fault.NOT_WHOLE: gettext_lazy("This is counted, so it is a whole number."),
    Fault.OVER_HUNDRED: gettext_lazy("A share is at most 100 percent."),
    Fault.MORE_THAN_ALL: gettext_lazy("This is more than all there are."),
    Fault.OF_NONE: gettext_lazy("There is no share of nobody. Leave the figures empty and say why there is none."),
    Fault.DISAGREES: gettext_lazy("The percentage does not agree with how many of how many. Leave one of them out."),
    Fault.HOW_MANY: gettext_lazy("Say how many it is of, so that few are not shown by themselves."),
    Fault.EMPTY: gettext_lazy("Empty is not zero: write the figure, or say why there is none."),
    Fault.BOTH: gettext_lazy("There is a figure, so there is no reason why there is none. Leave one of them out."),
    Fault.NOT_ASKED: gettext_lazy("This indicator has no such figure. Leave it out."),
    Fault.TOO_LONG: gettext_lazy("Say in at most 200 characters why there is none."),
    Fault.NO_TEXT: gettext_lazy("The text contains a character that cannot be stored. Type it again without it."),
}
WAYS: Mapping[Way, Promise] = {
    Way.REACHED: gettext_lazy("The target is reached."),
    Way.ON_ITS_WAY: gettext_lazy("On its way: as far as it should be by now."),
    Way.STAYS: gettext_lazy("It stays where it should."),
    Way.SLOWER: gettext_lazy("Slower than it should be by now."),
    Way.NEAR: gettext_lazy("Close to where it should stay."),
    Way.FAR: gettext_lazy("Far from where it should be by now."),
    Way.WORSE: gettext_lazy("Worse than where it began."),
    Way.AWAY: gettext_lazy("It has moved away from where it should stay."),
    Way.UNMEASURED: gettext_lazy("Not measured yet."),
}
HIDDEN: Mapping[Why, Promise] = {
    Why.NOT_SHARED: pgettext_lazy("figure", "not shared"),
    Why.TOO_FEW: pgettext_lazy("figure", "too few"),
    Why.PROTECTS: pgettext_lazy("figure", "hidden for others' sake"),
    Why.UNSENT: pgettext_lazy("figure", "not sent in yet"),
    Why.AWAITED: pgettext_lazy("figure", "shown when all have reported"),
}


def unfit(kind: str, aggregation: str) -> str:
    """Why figures of this kind are not made into a whole this way, or ""."""
    if aggregation == Aggregation.SUM and kind in WEIGHED:
        return _("Shares and means cannot be added up. Weigh them, or let each stand by itself.")
    if aggregation == Aggregation.WEIGHTED and kind not in WEIGHED:
        return _("Only shares and means can be weighed. Add the figures up, or let each stand by itself.")
    return ""


def period_label(period: Period) -> str:
    """The period as it is read."""
    if period.frequency == Frequency.YEAR:
        return str(period.year)
    if period.frequency == Frequency.MONTH:
        return f"{MONTHS[period.number]} {period.year}"
    facts = {"number": period.number, "year": period.year}
    if period.frequency == Frequency.QUARTER:
        return _("quarter %(number)s %(year)s") % facts
    if period.frequency == Frequency.TERTIAL:
        return _("four months %(number)s %(year)s") % facts
    return _("half-year %(number)s %(year)s") % facts


def short_label(period: Period) -> str:
    """The period as it stands on an axis."""
    if period.frequency == Frequency.YEAR:
        return str(period.year)
    facts = {"number": period.number, "year": period.year}
    if period.frequency == Frequency.MONTH:
        return f"{MONTHS_3[period.number]} {period.year}"
    if period.frequency == Frequency.QUARTER:
        return pgettext("axis", "Q%(number)s %(year)s") % facts
    if period.frequency == Frequency.TERTIAL:
        return pgettext("axis", "T%(number)s %(year)s") % facts
    return pgettext("axis", "H%(number)s %(year)s") % facts


def start_told(start: Start, running: Period, began: Period) -> list[str]:
    """What a start asks of those who report, in sentences; `began`: the first period that is measured."""
    opens = [period_label(one) for one in start.opens]
    following = {"period": period_label(max(start.first, running, key=lambda one: one.starts_on))}
    if not opens:
        found = [_("No round of reports opens now. The first opens when %(period)s has ended.") % following]
    elif len(opens) == 1:
        found = [_("One round of reports opens, for %(period)s.") % {"period": opens[0]}]
    else:
        facts = {"n": len(opens), "first": opens[0], "last": opens[-1]}
        sentence = _(
            "%(n)s rounds of reports open at once, from %(first)s to %(last)s. Each organisation that took part then "
            "is asked for %(n)s reports."
        )
        found = [sentence % facts]
    if start.joins:
        joined = ngettext(
            "It is also asked for in %(n)s round that is there already, of those who have not sent in their reports.",
            "It is also asked for in %(n)s rounds that are there already, of those who have not sent in their reports.",
            start.joins,
        )
        found.append(joined % {"n": start.joins})
    if began.starts_on < start.first.starts_on:
        found.append(_("No reports are asked for earlier periods. Their figures may be taken in from a file."))
    return found


def label_of(key: str) -> str:
    """The period with this key as it is read."""
    period = key_read(key)
    return period_label(period) if period else key


def with_unit(level: Decimal | None, unit: str) -> str:
    """A figure with its unit; a percent sign stands for percent."""
    if level is None:
        return "–"
    return f"{figure(readable(level) if sign_of(unit) == PERCENT else level)} {sign_of(unit)}"


PERCENT = "%"


def readable(level: Decimal) -> Decimal:
    """A level that was worked out, with as many decimals as anybody reads: those that were typed are one or two."""
    decimals = -int(level.normalize().as_tuple().exponent)
    return level if decimals <= 2 else round(level, 1 if abs(level) >= 10 else 2 if abs(level) >= 1 else 4)


def sign_of(unit: str) -> str:
    """A unit as it is written after a figure."""
    return {"percent": PERCENT, "procent": PERCENT}.get(unit.casefold(), unit)
