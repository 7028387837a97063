"""What has happened at a meeting, as far as the forum must know: what is in its notes is not taken out of its agenda.

Later steps of the loop hold meetings; the one that does tells here, once, when its models are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samordna.core.errors import Refused


@dataclass(frozen=True, slots=True)
class Happened:
    """Items, by id: `noted` have something written or to be done, `asked` have been asked to be decided, `waiting` have a
    question that is still open."""

    noted: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()

    @property
    def stays(self) -> frozenset[str]:
        """What belongs to the meeting's minutes."""
        return self.noted | self.asked


@dataclass(frozen=True, slots=True)
class Sat:
    """A meeting: has it been `opened`, and does it still go on?"""

    opened: bool = False
    going_on: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """What tells of items (by their ids) and of a meeting (by its id)."""

    items: Callable[[Collection[str]], Happened]
    meeting: Callable[[str], Sat]


TELLERS: dict[str, Teller] = {}


def happened_to(item_ids: Collection[str]) -> Happened:
    """What has happened to these items."""
    told = [teller.items(item_ids) for teller in TELLERS.values()] if item_ids else []
    return Happened(
        noted=frozenset().union(*(each.noted for each in told)),
        asked=frozenset().union(*(each.asked for each in told)),
        waiting=frozenset().union(*(each.waiting for each in told)),
    )


def sat(meeting_id: str) -> Sat:
    """What has happened to the meeting."""
    told = [teller.meeting(meeting_id) for teller in TELLERS.values()]
    return Sat(opened=any(each.opened for each in told), going_on=any(each.going_on for each in told))


def why_staying(item_id: str, happened: Happened) -> str:
    """Why an item is neither withdrawn nor placed elsewhere, or ""."""
    if item_id not in happened.stays:
        return ""
    return _("Something is noted or decided of the item at its meeting, so it stays there. Take it up or carry it over.")


def why_waiting(item_id: str, title: str, happened: Happened) -> str:
    """Why an item is neither finished nor carried over, or ""."""
    if item_id not in happened.waiting:
        return ""
    return _("A question is still open under “%(item)s”. Settle it or leave it first.") % {"item": title}


def must_leave_no_trace(item_id: str) -> None:
    """What has been noted or decided of an item stands in the minutes of its meeting."""
    if reason := why_staying(item_id, happened_to([item_id])):
        raise Refused(reason)


def must_not_be_asked(item_id: str) -> None:
    """What has been asked lies where it lay, so that its mandate and its method stand."""
    if item_id in happened_to([item_id]).asked:
        raise Refused(_("The meeting has been asked to decide about the item, so it stays what it is and where it lies."))


def must_not_wait(item_id: str, title: str) -> None:
    """No question about the item is still open."""
    if reason := why_waiting(item_id, title, happened_to([item_id])):
        raise Refused(reason)


def must_not_be_opened(meeting_id: str) -> None:
    """What has been opened is not moved or cancelled."""
    if sat(meeting_id).opened:
        raise Refused(_("The meeting has been opened, so it is neither moved nor cancelled. End it when it is over."))


def must_not_go_on(meeting_id: str) -> None:
    """A meeting that has been opened is ended by whoever keeps its notes."""
    if sat(meeting_id).going_on:
        raise Refused(_("The meeting is going on. End it on the page where its notes are kept."))
