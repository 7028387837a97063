"""What the what-if form offers: options and sharing per aspect, conditions and participants to do without."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from samordna.domain.decisions.queries.board import Board
from samordna.domain.decisions.queries.facts import Topic
from samordna.domain.decisions.queries.grounds import Because, because_of
from samordna.domain.matters.enums import Sharing

PARTICIPANTS = 60
"""So many participants are offered to stand aside, in the board's order."""
OFFERED = 60
"""So many conditions are offered; in a matter with more, those that make somebody differ or clash go first."""

Offer = tuple[str, str, bool]
"""The value in the address, its label, and whether it is being tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryableAspect:
    """One aspect: fix it at an option, or share it in another way."""

    topic: Topic
    choices: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tryable:
    """Everything that the form offers."""

    aspects: tuple[TryableAspect, ...]
    conditions: tuple[tuple[str, Because, bool], ...]
    participants: tuple[Offer, ...]


def tryable(board: Board, tried: Collection[str]) -> Tryable:
    """What may be tried on this board."""
    if not board.tries:
        return Tryable(aspects=(), conditions=(), participants=())
    return Tryable(
        aspects=tuple(TryableAspect(topic=topic, choices=_choices(topic, tried)) for topic in board.facts.topics),
        conditions=_conditions(board, tried),
        participants=tuple(
            (value, said.name, value in tried)
            for said in board.facts.saids[:PARTICIPANTS]
            for value in (f"avstar.{said.organisation_id}",)
        ),
    )


def _choices(topic: Topic, tried: Collection[str]) -> tuple[Offer, ...]:
    offers = []
    if topic.sharing != Sharing.LOCAL:
        offers += [(f"ram.{topic.id}.{choice.id}", topic.label_of(choice.id)) for choice in topic.options]
    ways = [way for way in Sharing if way != topic.sharing]
    offers += [(f"delning.{topic.id}.{way.value}", str(way.label)) for way in ways]
    return tuple((value, label, value in tried) for value, label in offers)


def _conditions(board: Board, tried: Collection[str]) -> tuple[tuple[str, Because, bool], ...]:
    mattering = [because.condition_id for difference in board.differences for because in difference.because]
    clashes = board.answer.clashes if board.answer else ()
    mattering += [member.because.condition_id for clash in clashes for member in clash.members]
    live = [pk for pk, stated in board.facts.conditions.items() if stated.rule and stated.live]
    ordered = [pk for pk in dict.fromkeys([*mattering, *live]) if pk in set(live)]
    return tuple((f"utan.{pk}", because_of(board.facts, pk, None), f"utan.{pk}" in tried) for pk in ordered[:OFFERED])
