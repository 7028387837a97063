"""What is done with questionnaires and waves, with feedback, and in recognition of others."""

from samordna.domain.assessments.operations.by_day import open_due_wave, tell_wave_closed, tell_wave_opened
from samordna.domain.assessments.operations.feedback import answer_feedback, give_feedback, thank_organisation
from samordna.domain.assessments.operations.questionnaires import (
    add_question,
    import_questionnaire,
    remove_question,
    set_rhythm,
    start_questionnaire,
    take_questionnaire,
)
from samordna.domain.assessments.operations.replying import enter_paper, keep_draft, reply_by_link, reply_to_wave
from samordna.domain.assessments.operations.waves import add_group, close_wave, make_links, plan_wave, remind_of_wave

__all__ = [
    "add_group",
    "add_question",
    "answer_feedback",
    "close_wave",
    "enter_paper",
    "give_feedback",
    "import_questionnaire",
    "keep_draft",
    "make_links",
    "open_due_wave",
    "plan_wave",
    "remind_of_wave",
    "remove_question",
    "reply_by_link",
    "reply_to_wave",
    "set_rhythm",
    "start_questionnaire",
    "take_questionnaire",
    "tell_wave_closed",
    "tell_wave_opened",
    "thank_organisation",
]
