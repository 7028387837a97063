"""What one proposal, or one version, says otherwise than another: before and after, by aspect and participant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.decisions.access import visible_proposals
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import Adaptation, FrameValue, Proposal
from samordna.domain.decisions.queries.facts import Facts

Key = tuple[str, str]
"""Organisation ("" for the frame) and aspect."""

Values = Mapping[Key, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What differs, for everyone in whom it differs alike. No organisation: the frame.

    "" is left to each in the frame, and as the frame in an organisation.
    """

    organisations: tuple[str, ...]
    aspect: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The proposal that another is set against. `amended`: that other one amends it; else it is an alternative."""

    id: str
    number: int
    title: str
    amended: bool
    changed: tuple[Changed, ...]


def changed(was: Values, now: Values, keys: Iterable[Key]) -> tuple[Changed, ...]:
    """The rows that differ, in the order of the keys; organisations that change alike are one row."""
    alike: dict[tuple[bool, str, str, str], list[str]] = {}
    for organisation, aspect in dict.fromkeys(keys):
        before, after = was.get((organisation, aspect), ""), now.get((organisation, aspect), "")
        if before != after:
            alike.setdefault((bool(organisation), aspect, before, after), []).append(organisation)
    return tuple(
        Changed(organisations=tuple(who) if own else (), aspect=aspect, before=before, after=after)
        for (own, aspect, before, after), who in alike.items()
    )


def compared(actor: Actor, facts: Facts, proposals: Sequence[Proposal], at: datetime | None) -> dict[str, Compared]:
    """For each proposal that has one, what it is set against, in ids; three queries however many there are.

    An amendment is set against what it amends. An alternative is set against the chosen proposal, else the first shared.
    Only what the actor may read is compared: what others choose where each decides for itself is not among it.
    """
    rows = visible_proposals(actor, facts.matter, at).order_by("number", "pk")
    among = {proposal.pk: proposal for proposal in rows.only("number", "title", "state")}
    against = {proposal.pk: other for proposal in proposals if (other := _against(proposal, among))}
    settled = _settled(facts, {proposal.pk for proposal in proposals} | {other.pk for other in against.values()})
    keys = [(who, topic.id) for topic in facts.topics for who in ("", *facts.names)]
    return {
        proposal.pk: Compared(
            id=other.pk,
            number=other.number,
            title=other.title,
            amended=other.pk == proposal.amends_id,
            changed=changed(settled[other.pk], settled[proposal.pk], keys),
        )
        for proposal in proposals
        if (other := against.get(proposal.pk))
    }


def in_words(facts: Facts, told: Compared | None) -> Compared | None:
    """The same with names and labels instead of ids."""
    if told is None:
        return None
    topics = {topic.id: topic for topic in facts.topics}
    rows = (
        Changed(
            organisations=tuple(facts.names[pk] for pk in row.organisations),
            aspect=topics[row.aspect].label,
            before=topics[row.aspect].label_of(row.before),
            after=topics[row.aspect].label_of(row.after),
        )
        for row in told.changed
    )
    return replace(told, changed=tuple(rows))


def _against(proposal: Proposal, among: Mapping[str, Proposal]) -> Proposal | None:
    if amended := among.get(proposal.amends_id or ""):
        return amended
    for state in (ProposalState.CHOSEN, ProposalState.SHARED):
        if found := next((other for other in among.values() if other.state == state), None):
            return found if found.pk != proposal.pk else None
    return None


def _settled(facts: Facts, proposals: Collection[str]) -> dict[str, dict[Key, str]]:
    """Each proposal's values as far as the actor may read them."""
    found: dict[str, dict[Key, str]] = {pk: {} for pk in proposals}
    frame = FrameValue.objects.filter(proposal__in=proposals)
    for pk, aspect, option in frame.values_list("proposal_id", "aspect_id", "option_id"):
        found[pk]["", aspect] = option
    own = Adaptation.objects.filter(proposal__in=proposals)
    for pk, who, aspect, option, local in own.values_list(
        "proposal_id", "organisation_id", "aspect_id", "option_id", "local"
    ):
        if not local or facts.reads_figures_of(who):
            found[pk][who, aspect] = option
    return found
