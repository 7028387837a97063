"""Erasing what an entry of the journal says, by a decision on disposal. The entry stays, and the journal verifies."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.models import JournalEntry, JournalPayload
from samordna.core.operation import operation
from samordna.domain.organisations.findings import Findings
from samordna.domain.site.access import check_looks_after


@operation("site.look_after")
def erase_entry(*, actor: Actor, sequence: int, decision: str, at: datetime | None = None) -> JournalEntry:
    """Erase what one entry says, by a decision that is named. Who did it, when and on what stays; so does the decision."""
    check_looks_after(actor, at)
    found = Findings()
    decision = found.line("decision", decision, 200)
    kept = JournalPayload.objects.filter(pk=sequence).select_related("entry").first()
    if kept is None:
        found.say("sequence", _("There is no such entry, or what it said has been erased already."))
    elif kept.entry.action == journal.ERASED:
        found.say("sequence", _("This entry tells by which decision another was erased. It is kept: it is the proof."))
    found.insist()
    try:
        return journal.erase(actor=actor, sequence=sequence, decision=decision, at=at)
    except JournalPayload.DoesNotExist as gone:  # somebody else was first
        raise Invalid({"sequence": _("There is no such entry, or what it said has been erased already.")}) from gone
