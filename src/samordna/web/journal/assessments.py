"""What is done with questionnaires, waves, feedback and thanks, as plain sentences; see `phrases`."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASSESSMENTS: Mapping[str, Promise] = {
    "feedback_answered": _("answered feedback"),
    "feedback_given": _("gave feedback"),
    "organisation_thanked": _("thanked another organisation"),
    "question_added": _("added a question to a questionnaire"),
    "question_removed": _("took a question out of a questionnaire"),
    "questionnaire_made": _("made a questionnaire"),
    "rhythm_set": _("set how often a questionnaire is asked"),
    "wave_answered": _("answered a questionnaire"),
    "wave_closed": _("closed a questionnaire early"),
    "wave_draft_kept": _("kept a draft of answers to a questionnaire"),
    "wave_group_added": _("named a group that answers a questionnaire"),
    "wave_links_made": _("made links to a questionnaire"),
    "wave_paper_entered": _("entered answers from paper"),
    "wave_opened": _("opened a questionnaire"),
    "wave_ended": _("closed a questionnaire, as its last day had passed"),
    "wave_not_opened": _("could not ask a questionnaire on its day"),
    "wave_planned": _("planned when a questionnaire is asked"),
    "wave_reminded": _("reminded of a questionnaire"),
}
