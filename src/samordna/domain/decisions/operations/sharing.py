"""From a fair sharing to something the parties can decide: a matter of its own with the sharing as its first proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.decisions.enums import ProposalOrigin
from samordna.domain.decisions.models import Proposal
from samordna.domain.decisions.operations.held import held_matter_for
from samordna.domain.decisions.operations.proposing import make_proposal
from samordna.domain.decisions.queries.balance import balance_of
from samordna.domain.decisions.queries.sharing import sharing_of
from samordna.domain.decisions.sharing import Method, Sharing
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.enums import MatterKind
from samordna.domain.matters.models import Matter, Position
from samordna.domain.matters.operations import open_matter


def propose_sharing(
    *, actor: Actor, matter_id: str, method: str, proposal_id: str = "", at: datetime | None = None
) -> Proposal:
    """Work a sharing out over the proposal's balance, and open a matter with it. Refused where it is not possible.

    The engine may be asked, so it is worked out before anything is written.
    """
    at = at or clock.now()
    matter_for(actor, matter_id, "matter.lead", at)
    if method not in list(Method):
        raise Invalid({"method": _("Choose how the costs are to be shared.")})
    balance = balance_of(actor=actor, matter_id=matter_id, proposal_id=proposal_id, at=at, patient=True)
    sharing = sharing_of(actor, balance, Method(method), at)
    if sharing is None:
        raise Refused(_("Nothing has been weighed yet, or the engine did not answer in time. Try again."))
    if not sharing.possible or not any(sharing.transfers.values()):
        raise Refused(_why_none(sharing))
    return open_sharing(actor=actor, matter_id=matter_id, method=method, transfers=sharing.transfers, at=at)


def _why_none(sharing: Sharing) -> str:
    """Why there is nothing to propose by this method."""
    if sharing.method is Method.NOBODY_LOSES:
        return _("There is no such sharing to propose: either nobody loses, or the whole does not suffice.")
    if sharing.possible:
        return _("There is nothing to share: each already has what it adds to the whole.")
    return _(
        "It is not possible with this proposal: the shares add up to another sum than it gives, "
        "or somebody would end below nothing."
    )


@operation("matter.lead")
def open_sharing(
    *, actor: Actor, matter_id: str, method: str, transfers: Mapping[str, int], at: datetime | None = None
) -> Proposal:
    """Open a matter about who pays whom, as a draft, with the transfers (they add up to nothing) as its first proposal."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    at = at or clock.now()
    positions = Position.objects.filter(matter=matter, organisation__in=list(transfers)).select_related("organisation")
    names = {position.organisation_id: position.organisation.name for position in positions}
    if sum(transfers.values()) != 0 or set(transfers) - set(names):
        raise Invalid({"transfers": _("What some get others pay, and all of them take part in the matter.")})
    opened = open_matter(
        actor=actor,
        collaboration_id=matter.collaboration_id,
        area_id=matter.area_id,
        title=(_("Sharing the cost: %(title)s") % {"title": matter.title})[:160],
        purpose=_purpose(method) % {"number": matter.number},
        for_the_individual=matter.for_the_individual,
        kind=MatterKind.COST_SPLIT,
        from_template=False,
        unit=matter.unit,
        at=at,
    )
    made = make_proposal(
        actor, opened, _("A fair sharing"), ProposalOrigin.ENGINE, at, text=_words(matter, method, transfers, names)
    )
    journal.record(
        actor=actor,
        action="sharing_opened",
        subject_kind="matter",
        subject_id=opened.pk,
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        at=at,
        method=method,
        number=opened.number,
    )
    return made


def _purpose(method: str) -> str:
    """What the sharing is for, with a place for the matter's number."""
    if method == Method.NOBODY_LOSES:
        return _("That nobody pays for what is best for the whole (matter %(number)s).")
    return _("That each ends with what it adds to the whole (matter %(number)s).")


def _words(matter: Matter, method: str, transfers: Mapping[str, int], names: Mapping[str, str]) -> str:
    """The sharing as a text to adopt."""
    how = {
        Method.NOBODY_LOSES: _("Those who would lose by the decision are made whole by those who gain, in proportion."),
        Method.BY_CONTRIBUTION: _("Each ends with what it adds to the whole."),
    }[Method(method)]
    rows = sorted(transfers.items(), key=lambda row: (row[1], names[row[0]]))
    pays, gets = _("%(name)s pays %(amount)s %(unit)s."), _("%(name)s gets %(amount)s %(unit)s.")
    lines = [
        (pays if amount < 0 else gets) % {"name": names[pk], "amount": abs(amount), "unit": matter.unit}
        for pk, amount in rows
        if amount
    ]
    return "\n".join([how, "", *lines])
