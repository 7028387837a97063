"""What was done with introductions, as the journal says it after a name."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INTRODUCTIONS: Mapping[str, Promise] = {
    "introduction_begun": _("began an introduction programme"),
    "introduction_described": _("described an introduction programme anew"),
    "introduction_published": _("published an introduction programme"),
    "introduction_ended": _("ended an introduction programme"),
    "introduction_step_added": _("added a step to an introduction programme"),
    "introduction_step_changed": _("worded a step of an introduction programme anew"),
    "introduction_step_ended": _("took a step out of an introduction programme"),
    "introduction_step_moved": _("moved a step of an introduction programme"),
    "introduction_sessions_chosen": _("chose the events of a step of an introduction programme"),
    "introduction_sessions_mistaken": _("said that events of a step of an introduction were chosen by mistake"),
    "introduction_step_done": _("marked a step of its introduction as done"),
    "introduction_step_undone": _("took back that a step of an introduction is done"),
    "introduction_counted": _("counted what it had done of an introduction before"),
    "introduction_vouched": _("filled in steps of an introduction for one of its people"),
    "training_filled_in": _("filled in earlier training for one of its people"),
    "training_taken_away": _("took an earlier training of one of its people away"),
}
