"""Sentences about following, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.domain.adherence.enums import FollowingAnswerKind

if TYPE_CHECKING:
    from samordna.domain.adherence.models import Experience
    from samordna.domain.matters.operations.opening import Named


def occasion_of(experience: Experience) -> Named:
    """An experience as the next turn keeps it: whose it is, what it is about, and what was told."""
    effect = experience.effect and _("For the individual: %(effect)s") % {"effect": experience.effect}
    return {
        "source_id": experience.pk,
        "organisation": experience.organisation.name,
        "about": experience.aspect.label if experience.aspect else "",
        "text": "\n".join(filter(None, [experience.text, effect])),
    }


def word_for(kind: str, by: date | None, not_followed: Sequence[str] = ()) -> str:
    """An answer in a word or two, for a board's cell; silence is "" as a kind, "unbound" owes none."""
    if kind == "unbound":
        return _p("following answer", "Not bound")
    if not_followed:
        return _p("following answer", "Follows in part, not: %(aspects)s") % {"aspects": ", ".join(not_followed)}
    if kind == FollowingAnswerKind.WILL_CHANGE and by is not None:
        return _p("following answer", "Will change by %(day)s") % {"day": date_format(by, "j b Y")}
    return str(FollowingAnswerKind(kind).label) if kind else _p("following answer", "Silent")


def duty_sentence(must: bool, by_adoption: bool) -> str:
    """Why the organisation must or may follow."""
    if must and by_adoption:
        return _("You must follow this decision: your own body has adopted it.")
    if must:
        return _("You must follow this decision: coordination has the mandate to decide it.")
    return _("You may follow this decision, and choose yourselves whether you do.")


def exempt_sentence(reason: str, until: date | None, review_on: date | None) -> str:
    """What is said to an organisation that the superior has set free: why, and until when."""
    said = _("You are exempted: the organisation above you has set you free to choose whether you follow.")
    if until is not None:
        said += " " + _("The exemption ends on %(day)s.") % {"day": date_format(until, "j F Y")}
    elif review_on is not None:
        said += " " + _("The exemption is looked over on %(day)s.") % {"day": date_format(review_on, "j F Y")}
    return said + (" " + _("Reason: %(reason)s") % {"reason": reason} if reason else "")


def unbound_sentence() -> str:
    """What is said to an organisation that the decision does not bind."""
    return _("This decision does not bind you: your own body has not adopted it. You may still tell how you do.")


def uncontributed_sentence() -> str:
    """What is said to an organisation that had to contribute while the decision was prepared, and did not."""
    return _(
        "You had to contribute when the decision was prepared, and did not: no position, no proposal and no answer to the "
        "consultation came from you. This is a breach of what was agreed. "
        "When the next version is prepared you can contribute."
    )


def breach_sentence(must_leave_to: str, not_followed: Sequence[str] = ()) -> str:
    """What not following means where following is a must; `must_leave_to` is the superior who alone may exempt, or "".

    `not_followed`: the aspects that are not followed, where the rest is.
    """
    if not_followed:
        said = _("Must follow in full, and follows in part: not following %(aspects)s is a breach.")
        only = " " + _("Only %(superior)s can exempt.") % {"superior": must_leave_to} if must_leave_to else ""
        return said % {"aspects": ", ".join(not_followed)} + only
    if must_leave_to:
        return _("Must follow, and does not: this is a breach. Only %(superior)s can exempt.") % {"superior": must_leave_to}
    return _("Must follow, and does not: this is a breach of what was agreed.")
