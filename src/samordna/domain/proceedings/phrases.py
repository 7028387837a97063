"""What voices and questions of a meeting say in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as _p

from samordna.core import clock
from samordna.domain.forums.enums import Method
from samordna.domain.forums.methods import Result
from samordna.domain.forums.phrases import named
from samordna.domain.forums.sentences import outcome_sentences

SAYINGS: Mapping[str, Any] = {
    "yes": _p("voice", "Yes"),
    "no": _p("voice", "No"),
    "abstain": _p("voice", "Abstains"),
    "object": _p("voice", "Objects"),
    "stand_aside": _p("voice", "Stands aside"),
    "coordinator": _p("voice", "The coordinator"),
}


def not_yet(starts_at: datetime, at: datetime) -> str:
    """Why a meeting is not opened yet: its day has not come; or ""."""
    if clock.day(starts_at) <= clock.day(at):
        return ""
    return _("The meeting's day has not come yet. Change its day first if it is held earlier.")


def unsettled(method: str, stands: Any) -> str:
    """Why a question cannot be settled as it stands (`voices.Stands`), in words; "" when it can."""
    if method == Method.COORDINATOR and stands.silent_present:
        unheard = named([stands.name(each) for each in stands.silent_present])
        return _("Has not been heard yet: %(who)s. The coordinator decides when the others have been heard.") % {
            "who": unheard
        }
    if stands.outcome.result in {Result.CARRIED, Result.NOT_CARRIED}:
        return ""
    return " ".join(outcome_sentences(stands.outcome, stands.name))
