"""What somebody is waited for: the shape in which every area tells what needs an actor now.

Each area has a query `waiting_in(crowd, at)` in its `queries` that tells it for several actors at once, each thing with
whose it is, in a number of questions that does not grow with how many they are; the page Mitt collects and orders them.
An item is something that the actor may do *now*, in the role it acts in; what others have to do is not an item.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WaitingKind(StrEnum):
    """What kind of act is waited for; the page groups and marks by it."""

    ANSWER = "answer"  # state needs and conditions
    CONSULT = "consult"  # answer a consultation, or whether a proposal respects a condition in prose
    ADOPT = "adopt"  # record the organisation's own decision
    FOLLOW = "follow"  # tell how a decision is followed
    SIGN = "sign"  # sign an agreement, or say why not
    REVIEW = "review"  # look over a document that is due or runs out
    TEND = "tend"  # see to the organisation's own roles, holdings and contact paths
    COORDINATE = "coordinate"  # move a matter on, remind, establish


@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    """A small act that is done from the list itself: a form with one button. `sends` are the fields that go with the press.

    Small is what can be said without reading more than the row, and taken back or said anew afterwards.
    """

    label: str
    url_name: str
    url_args: tuple[str, ...] = ()
    sends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that the actor is waited for.

    `what` is a translated imperative sentence without a full stop ("Answer what you need"); `about` is the title of the
    matter or decision; `collaboration` its name; `organisation` whom the actor acts for. `url_name` and `url_args` lead to
    the page where it is done. `due` is the last day; None when no day was set. `note` is a translated sentence with the
    detail worth knowing before one opens the page ("3 of 9 are silent"), or "". `quick`: see `Quick`.
    `matter_id`: the matter that a coordinator moves on by it.
    """

    kind: WaitingKind
    what: str
    about: str
    collaboration: str
    url_name: str
    url_args: tuple[str, ...] = ()
    due: date | None = None
    organisation: str = ""
    note: str = ""
    quick: Quick | None = None
    matter_id: str = ""

    def late(self, on: date) -> bool:
        """Has the last day passed?"""
        return self.due is not None and self.due < on
