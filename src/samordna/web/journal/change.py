"""What is done in chains of change, as plain sentences; see `phrases`."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHANGE: Mapping[str, Promise] = {
    "chain_analysed": _("said that an analysis is done"),
    "chain_begun": _("began a chain of change from what was seen"),
    "chain_cause_added": _("named a cause in an analysis"),
    "chain_cause_removed": _("took a cause out of an analysis"),
    "chain_closed": _("closed a chain of change"),
    "chain_finding_written": _("wrote what a result says"),
    "chain_shared": _("shared a chain of change with everybody in the collaboration"),
    "chain_turned": _("took a chain of change another turn"),
    "change_dropped": _("dropped a change"),
    "change_made": _("said that a change is made"),
    "change_planned": _("said what is changed, and when"),
    "change_replanned": _("gave a change another role or day"),
    "effect_judged": _("judged the effect of a change"),
    "handed_need_returned": _("sent a change need back to the coordination, or said no"),
    "handed_need_taken": _("took on a change need from the coordination"),
    "need_found": _("said what has to change"),
    "need_handed": _("handed a change need over to a participant"),
    "need_kept": _("took on a change need of its own"),
    "need_let_go": _("let a change need go"),
    "need_raised": _("took a change need further, as a matter or a document"),
    "need_returned": _("sent a change need back, or said no"),
    "need_sent_up": _("gave the coordination a change need"),
    "need_taken": _("took on a change need"),
}
