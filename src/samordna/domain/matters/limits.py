"""How large a matter may be. Every limit is named in the sentence that refuses what passes it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from samordna.core.errors import TooLarge

MAX_ASPECTS: Final = 40
MAX_OPTIONS: Final = 64
MAX_PARTICIPANTS: Final = 2_000
MAX_CONDITIONS: Final = 200  # live ones per participant, and as many common ones
MAX_NEEDS: Final = 200  # likewise
MAX_RULE_ASPECTS: Final = 6
MAX_COMBINATIONS: Final = 4_096  # of the options of the aspects that one rule is about: the engine tries every one
MAX_AMOUNT: Final = 1_000_000_000  # of a cost, a benefit or a price, in the matter's unit
MAX_WEIGHT: Final = 1_000  # of likeness in one aspect
MAX_WORTH: Final = 30_000  # of a need, in the matter's unit
MAX_TEXT: Final = 10_000  # characters of a reason, a note or a condition in prose
MAX_INQUIRY: Final = 2_000  # characters of a question
MAX_INQUIRIES: Final = 50  # that one participant, or the coordination, asks in a matter
MAX_LINK_DAYS: Final = 90
LINK_DAYS: Final = 30  # an answer link lives this long unless the coordinator says otherwise


def within(limit: int, count: int, sentence: str) -> None:
    """Raise `TooLarge` when `count` passes `limit`; `sentence` has the places %(limit)s and %(count)s."""
    if count > limit:
        raise TooLarge(sentence % {"limit": limit, "count": count})


def check_aspects(count: int) -> None:
    """A matter has a bounded number of aspects."""
    within(MAX_ASPECTS, count, _("A matter has at most %(limit)s aspects; this would be %(count)s. Split the matter."))


def check_options(count: int) -> None:
    """An aspect has a bounded number of options."""
    within(
        MAX_OPTIONS, count, _("An aspect has at most %(limit)s options; this would be %(count)s. Make the steps larger.")
    )


def check_participants(count: int) -> None:
    """A matter asks a bounded number of participants."""
    within(MAX_PARTICIPANTS, count, _("A matter asks at most %(limit)s participants; the collaboration has %(count)s."))


def check_conditions(count: int) -> None:
    """A participant has a bounded number of live conditions in a matter."""
    within(
        MAX_CONDITIONS,
        count,
        _("A participant states at most %(limit)s conditions in a matter; this would be %(count)s. Withdraw one first."),
    )


def check_needs(count: int) -> None:
    """A participant has a bounded number of live needs in a matter."""
    within(
        MAX_NEEDS,
        count,
        _("A participant states at most %(limit)s needs in a matter; this would be %(count)s. Withdraw one first."),
    )


def check_inquiries(count: int) -> None:
    """Each asks a bounded number of questions in a matter."""
    within(
        MAX_INQUIRIES,
        count,
        _("Each asks at most %(limit)s questions in a matter; this would be number %(count)s. Take it up in a meeting."),
    )
