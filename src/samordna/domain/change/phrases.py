"""Sentences about chains."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samordna.domain.change.enums import NeedState, Step
from samordna.domain.change.rules import Side

TONES = {
    NeedState.UNPLACED: "amber",
    NeedState.ASKED: "amber",
    NeedState.RETURNED: "red",
    NeedState.TAKEN: "amber",
    NeedState.CHANGING: "amber",
    NeedState.MEASURING: "amber",
    NeedState.JUDGED: "green",
    NeedState.ENDED: "",
}
EFFECTS = {"better": "green", "unchanged": "amber", "worse": "red", "too_early": ""}


def side_name(side: Side, names: Mapping[str, str]) -> str:
    """An organisation's name, or that it is the coordination."""
    return names.get(side, "") if side is not None else _("The coordination")


def step_label(step: Step) -> str:
    """What is to be done now, as one would ask for it."""
    return str(step.label)
