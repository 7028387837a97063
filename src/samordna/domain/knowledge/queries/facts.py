"""The facts that situations are described by, and conditions as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.core.reading import once_per_reading
from samordna.domain.knowledge.conditions import KnownFact
from samordna.domain.knowledge.eligibility import AGE, NO, PLACE, YES, Criterion, Group, Situation
from samordna.domain.knowledge.enums import FactKind, Together
from samordna.domain.knowledge.models import Fact
from samordna.domain.organisations.models import Organisation

NAMED = 12
"""So many places are named in a sentence; the rest are counted."""


@once_per_reading
def known_facts() -> dict[str, KnownFact]:
    """Everything that conditions may ask about, age and place first; two queries."""
    age = KnownFact(id=AGE, label=_("Age"), kind=FactKind.NUMBER, unit=_p("unit of age", "years"))
    place = KnownFact(id=PLACE, label=_("Municipality or county"), kind=FactKind.PLACE, options=_places())
    return {AGE: age, PLACE: place} | {fact.pk: _known(fact) for fact in Fact.objects.order_by("label", "pk")}


def _known(fact: Fact) -> KnownFact:
    options: tuple[tuple[str, str], ...]
    if fact.kind == FactKind.YES_NO:
        options = ((YES, _p("answer", "Yes")), (NO, _p("answer", "No")))
    else:
        options = tuple((text, text) for text in fact.options)
    return KnownFact(id=fact.pk, label=fact.label, kind=FactKind(fact.kind), unit=fact.unit, options=options)


def _places() -> tuple[tuple[str, str], ...]:
    """The municipalities and regions that the directory knows the codes of, each code once."""
    rows = Organisation.objects.exclude(area_code="").order_by("name", "pk").values_list("area_code", "name")
    named: dict[str, str] = {}
    for code, name in rows:
        named.setdefault(code, name)
    return tuple((code, f"{name} ({code})") for code, name in named.items())


def sentence(criterion: Criterion, facts: Mapping[str, KnownFact]) -> str:
    """The condition as its organisation says it, or as the data say it."""
    if criterion.says:
        return criterion.says
    fact = facts.get(criterion.fact)
    label = fact.label if fact else _("Something that is no longer asked about")
    values = _values(criterion, fact)
    return (_("%(fact)s: not %(values)s") if criterion.negated else _("%(fact)s: %(values)s")) % {
        "fact": label,
        "values": values,
    }


def _values(criterion: Criterion, fact: KnownFact | None) -> str:
    if criterion.kind == FactKind.NUMBER:
        return f"{_bounds(criterion)} {fact.unit if fact else ''}".strip()
    labels = dict(fact.options) if fact else {}
    named = [labels.get(value, value) for value in criterion.one_of]
    shown = ", ".join(named[:NAMED])
    return shown + (f" (+{len(named) - NAMED})" if len(named) > NAMED else "")


def _bounds(criterion: Criterion) -> str:
    least, most = _number(criterion.least), _number(criterion.most)
    if criterion.least is not None and criterion.most is not None:
        return least if least == most else f"{least}–{most}"
    if criterion.most is None:
        return _("at least %(number)s") % {"number": least}
    return _("at most %(number)s") % {"number": most}


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")


def ground_of(criterion: Criterion) -> str:
    """What the condition rests on, with the days between which that holds; "" where nothing is said."""
    if not criterion.ground:
        return ""
    if criterion.ground_from and criterion.ground_to:
        days = {"start": date_format(criterion.ground_from, "j F Y"), "end": date_format(criterion.ground_to, "j F Y")}
        return f"{criterion.ground}, " + _("from %(start)s until %(end)s") % days
    if criterion.ground_from:
        return f"{criterion.ground}, " + _("from %(start)s") % {"start": date_format(criterion.ground_from, "j F Y")}
    return criterion.ground


def lead_of(group: Group) -> str:
    """How the conditions of a group stand together, before they are listed; "" where they simply all hold."""
    if group.together == Together.ANY:
        return _("At least one of these:")
    return _("Not for those for whom this holds:") if group.together == Together.NONE else ""


def stated_sentences(situation: Situation, facts: Mapping[str, KnownFact]) -> list[str]:
    """What a situation states, as short sentences."""
    found = []
    for key, value in situation.items():
        fact = facts[key]
        shown = _number(value) if isinstance(value, Decimal) else dict(fact.options).get(value, value)
        found.append(f"{fact.label}: {shown} {fact.unit}".strip())
    return found
