"""Facts that situations are described by: named once, and the same for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, TooLarge
from samordna.core.operation import operation
from samordna.domain.knowledge.access import KEEP
from samordna.domain.knowledge.enums import FactKind
from samordna.domain.knowledge.limits import MOST_FACTS, MOST_NAMED, MOST_OPTIONS
from samordna.domain.knowledge.models import Fact
from samordna.domain.knowledge.queries.facts import known_facts
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.findings import Findings


@operation("knowledge.keep")
def name_fact(
    *,
    actor: Actor,
    organisation_id: str,
    label: str,
    kind: str,
    options: Sequence[str] = (),
    unit: str = "",
    at: datetime | None = None,
) -> Fact:
    """Name something that conditions may ask about, for all organisations to use: a question, and the kind of its answer.

    A fact is never changed, since conditions rest on it. Raises `Invalid` when there is one of that name, `TooLarge`
    past the limits.
    """
    organisation = organisation_for(actor, organisation_id, KEEP, at)
    at, found = at or clock.now(), Findings()
    label = found.line("label", label, 120)
    kind = found.choice("kind", kind, [FactKind.NUMBER, FactKind.YES_NO, FactKind.CHOICE])
    lines = list(dict.fromkeys(line for text in options if (line := found.line("options", text, 80, required=False))))
    if kind == FactKind.CHOICE and not 2 <= len(lines) <= MOST_OPTIONS:
        found.say(
            "options", _("Write between 2 and %(most)s alternatives, each on a line of its own.") % {"most": MOST_OPTIONS}
        )
    known = known_facts()
    if any(one.label.casefold() == label.casefold() for one in known.values()):
        found.say("label", _taken())
    unit = found.line("unit", unit, 24, required=False)
    found.insist()
    if len(known) >= MOST_FACTS:
        raise TooLarge(_("There are %(most)s questions already. Use those that there are.") % {"most": MOST_FACTS})
    if Fact.objects.filter(named_by=organisation).count() >= MOST_NAMED:
        limit = {"most": MOST_NAMED}
        raise TooLarge(_("Your organisation has named %(most)s questions already. Use those that there are.") % limit)
    fact = Fact(
        label=label,
        kind=kind,
        unit=unit if kind == FactKind.NUMBER else "",
        options=lines if kind == FactKind.CHOICE else [],
        named_by=organisation,
        named_at=at,
    )
    _store(fact)
    content = {"label": label, "kind": kind, "options": fact.options}
    journal.record(actor=actor, action="fact_named", subject_kind="fact", subject_id=fact.pk, at=at, **content)
    return fact


def _store(fact: Fact) -> None:
    """Raises `Invalid` when somebody else has named the same in the meantime."""
    try:
        with transaction.atomic():
            fact.save(force_insert=True)
    except IntegrityError as taken:
        raise Invalid({"label": _taken()}) from taken


def _taken() -> str:
    return _("There is already a question with these words. Use that one.")
