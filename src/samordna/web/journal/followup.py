"""What is done in follow-up, as plain sentences; see `phrases`."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOLLOWUP: Mapping[str, Promise] = {
    "comparing_agreed": _("agreed to be compared with the others"),
    "comparing_withdrawn": _("took back its word on being compared"),
    "course_begun_anew": _("changed how often something is measured or which way it should go, with a new target"),
    "course_changed": _("changed how often something is measured or which way it should go"),
    "drafted_goal_set": _("set a goal that had been drafted"),
    "frame_begun_anew": _("changed what is measured, so that a new part of the series begins"),
    "frame_withdrawn": _("took back a change of what is measured before it began"),
    "goal_draft_changed": _("changed the draft of a goal"),
    "goal_draft_dropped": _("dropped the draft of a goal"),
    "goal_drafted": _("drafted a goal"),
    "goal_ground_ended": _("took away what a goal rested on"),
    "goal_grounded": _("tied a goal to what it rests on"),
    "goal_reviewed": _("looked at a goal again"),
    "indicator_changed": _("changed what is measured"),
    "indicator_ended": _("stopped measuring something"),
    "indicator_started": _("began to measure something"),
    "report_asked_for": _("asked for a report"),
    "report_locked": _("locked a report"),
    "report_opened_again": _("opened a report again"),
    "report_saved": _("wrote in a report"),
    "report_sent_back": _("sent a report back"),
    "report_submitted": _("sent in a report"),
    "reporting_changed": _("changed how it is reported"),
    "results_dropped": _("dropped a file with results"),
    "results_forgotten": _("emptied a file with results that nobody had taken in"),
    "results_read": _("read a file with results"),
    "results_recorded": _("recorded results"),
    "results_taken_in": _("took in a file with results"),
    "round_opened": _("opened a round of reports"),
    "target_set": _("set a target"),
}
