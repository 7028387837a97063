"""Moving a matter through the loop, letting it be, opening it again, and withdrawing it. No step is skipped silently."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.matters.operations.held import held_matter_for
from samordna.domain.matters.operations.telling import tell_of_matter
from samordna.domain.matters.queries.heard import check_everybody_heard
from samordna.domain.matters.queries.inquiries import unanswered_in
from samordna.domain.matters.states import CLOSED, LOOP, Step, step
from samordna.domain.matters.typed import Typed


@operation("matter.lead")
def advance(*, actor: Actor, matter_id: str, to: str, reason: str = "", at: datetime | None = None) -> Matter:
    """Take the matter to another stage of the loop.

    Refused on to weighing or further while a participant has neither answered nor been recorded as declining. A step that
    skips a stage, and a step back, needs a `reason`. Unanswered questions stop nothing, but how many is written down.
    """
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    start, end = MatterStage(matter.stage), _stage(to)
    found = step(start, end)
    if found is None or end in CLOSED or start in {MatterStage.DRAFT, *CLOSED}:
        raise Refused(
            _("A matter cannot go from %(start)s to %(end)s.") % {"start": start.label.lower(), "end": end.label.lower()}
        )
    why = _reason(start, end, found, reason)
    if end is not MatterStage.GATHERING:
        check_everybody_heard(matter, at or clock.now())
    matter.stage = end
    matter.save(update_fields=["stage"])
    left = {"unanswered_questions": unanswered} if (unanswered := unanswered_in(matter)) else {}
    skipped = list(found.skips)
    tell_of_matter(actor, found.action, matter, at, start=start.value, end=end.value, skipped=skipped, reason=why, **left)
    return matter


def _stage(to: str) -> MatterStage:
    typed = Typed()
    stage = typed.choice("to", to, MatterStage)
    typed.finish()
    return stage or MatterStage.DRAFT


def _reason(start: MatterStage, end: MatterStage, found: Step, reason: str) -> str:
    typed, needed = Typed(), ""
    if found.skips:
        skipped = ", ".join(str(stage.label).lower() for stage in found.skips)
        needed = _("Say why these steps are skipped: %(steps)s.") % {"steps": skipped}
    elif LOOP.index(end) < LOOP.index(start):
        needed = _("Say why the matter goes back.")
    why = typed.text("reason", reason, needed=needed)
    typed.finish()
    return why


@operation("matter.lead")
def let_be(*, actor: Actor, matter_id: str, reason: str, at: datetime | None = None) -> Matter:
    """Decide not to coordinate this: an answer as good as any, when the cost is higher than the benefit."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    needed = _("Say why you let it be; the figures that show it are a good reason.")
    return _close(actor, matter, MatterStage.LET_BE, reason, needed, at)


@operation("matter.lead")
def reopen_matter(*, actor: Actor, matter_id: str, reason: str, at: datetime | None = None) -> Matter:
    """Take up again a matter that was let be, because something has changed. It goes back to gathering, and what was
    answered stays; why it was let be is kept in the journal."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    start = MatterStage(matter.stage)
    found = step(start, MatterStage.GATHERING)
    if found is None or start is not MatterStage.LET_BE:
        raise Refused(_("Only a matter that was let be is opened again."))
    typed = Typed()
    why = typed.text("reason", reason, needed=_("Say what has changed since the matter was let be."))
    typed.finish()
    before, matter.stage, matter.closed_at, matter.closed_reason = matter.closed_reason, MatterStage.GATHERING, None, ""
    matter.save(update_fields=["stage", "closed_at", "closed_reason"])
    tell_of_matter(actor, found.action, matter, at, start=start.value, end=matter.stage.value, let_be=before, reason=why)
    return matter


@operation("matter.lead")
def replace_matter(*, actor: Actor, matter_id: str, reason: str, at: datetime | None = None) -> Matter:
    """Close a matter whose decision a later turn has replaced. What was said and decided in it stays as it was."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    return _close(actor, matter, MatterStage.REPLACED, reason, _("Say what has replaced it."), at)


@operation("matter.lead")
def withdraw_matter(*, actor: Actor, matter_id: str, reason: str, at: datetime | None = None) -> Matter:
    """Take back a matter that should not have been opened or is no longer a question."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    return _close(actor, matter, MatterStage.WITHDRAWN, reason, _("Say why the matter is withdrawn."), at)


def _close(actor: Actor, matter: Matter, end: MatterStage, reason: str, needed: str, at: datetime | None) -> Matter:
    start = MatterStage(matter.stage)
    found = step(start, end)
    if found is None:
        raise Refused(_("The matter is settled, closed or not sent out yet, so this cannot be done with it."))
    typed = Typed()
    matter.closed_reason = typed.text("reason", reason, needed=needed)
    typed.finish()
    matter.stage, matter.closed_at = end, at or clock.now()
    matter.save(update_fields=["stage", "closed_at", "closed_reason"])
    tell_of_matter(actor, found.action, matter, at, start=start.value, end=end.value, reason=matter.closed_reason)
    return matter
