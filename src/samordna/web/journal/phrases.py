"""Every action of the journal as a plain sentence, without its subject: the line begins with who did it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.adherence.enums import ExperienceTone, FollowingAnswerKind
from samordna.domain.decisions.enums import AdoptionAnswer, ConsultationStance, Verdict

SENTENCES: Mapping[str, Promise] = {
    "adoption_recorded": _("recorded what the organisation's own body decided"),
    "adoption_started": _("sent the matter on to adoption"),
    "agreement_approved": _("approved a version of a document"),
    "agreement_concluded": _("brought an agreement to its conclusion"),
    "agreement_declined": _("declined to sign a version"),
    "agreement_described": _("described a document anew"),
    "agreement_head_stated": _("stated the head of a draft"),
    "agreement_history_taken_in": _("took in a document's history from before"),
    "agreement_offered": _("sealed a version for signing"),
    "agreement_repealed": _("repealed a document"),
    "agreement_rested": _("said what a document rests on"),
    "agreement_reviewed": _("looked a document over"),
    "agreement_section_added": _("added a section to a draft"),
    "agreement_section_moved": _("moved a section of a draft"),
    "agreement_section_removed": _("took a section out of a draft"),
    "agreement_section_written": _("wrote a section of a draft"),
    "agreement_signed": _("signed a version"),
    "agreement_started": _("began a document"),
    "agreement_unrested": _("said that a document no longer rests on something"),
    "agreement_version_started": _("began a new version of a document"),
    "agreement_version_withdrawn": _("withdrew a version of a document"),
    "answer_day_set": _("set the last day to answer"),
    "answer_link_made": _("sent a link to answer by"),
    "answer_link_revoked": _("withdrew a link to answer by"),
    "api_token_made": _("made a key to the API"),
    "api_token_revoked": _("revoked a key to the API"),
    "area_added": _("added a subject area"),
    "aspect_added": _("added an aspect"),
    "aspect_changed": _("changed an aspect"),
    "aspect_moved": _("moved an aspect"),
    "aspect_removed": _("removed an aspect"),
    "benefit_recorded": _("stated the benefit of taking part"),
    "collaboration_activated": _("activated the collaboration"),
    "collaboration_closed": _("closed the collaboration"),
    "collaboration_opened": _("showed the collaboration to those who take part"),
    "collaboration_started": _("started the collaboration"),
    "common_condition_stated": _("stated a common condition"),
    "common_need_stated": _("stated a common need"),
    "condition_stated": _("stated a condition"),
    "condition_withdrawn": _("withdrew a condition"),
    "consultation_answered": _("answered the consultation"),
    "consultation_opened": _("opened a consultation"),
    "consultation_started": _("sent the matter on to consultation"),
    "contact_path_closed": _("ended a contact path"),
    "contact_path_handed_over": _("handed a contact path over to another role"),
    "contact_path_opened": _("opened a contact path"),
    "coordinating_handed_over": _("handed coordinating over to another role"),
    "costs_recorded": _("stated what the options would cost"),
    "decision_established": _("established the decision"),
    "decision_prepared": _("prepared a decision"),
    "decision_recommended": _("recommended the decision for adoption"),
    "decision_replaced": _("replaced the decision by a new version"),
    "decision_withdrawn": _("withdrew the decision"),
    "declining_recorded": _("recorded that a participant declines to answer"),
    "deputy_appointed": _("appointed a deputy"),
    "hourly_rate_set": _("said what an hour costs"),
    "time_estimated": _("estimated the time put in"),
    "sharing_opened": _("opened a matter about sharing the cost"),
    "engine_asked": _("asked the engine for a proposal"),
    "experience_shared": _("shared an experience"),
    "experience_sorted": _("put an experience under a theme"),
    "decision_reviewed": _("reviewed the decision"),
    "revision_started": _("began the next version of the decision"),
    "own_work_stated": _("told of own work that helps a goal"),
    "own_work_ended": _("ended own work that helped a goal"),
    "improvement_added": _("noted an improvement of its own"),
    "improvement_finished": _("finished an improvement"),
    "improvement_dropped": _("dropped an improvement"),
    "help_offered": _("offered help with following"),
    "help_offer_ended": _("took an offer of help back"),
    "help_asked_for": _("asked for help with following"),
    "help_answered": _("answered a request for help"),
    "matter_replaced": _("closed the matter, since a later turn took its place"),
    "experience_taken_up": _("let an experience start the next turn"),
    "follow_up_opened": _("opened the next turn of the matter"),
    "favourite_dropped": _("let go of a favourite"),
    "favourite_kept": _("kept something as a favourite"),
    "following_answered": _("told how the decision is followed"),
    "gathering_resumed": _("took the matter back to gathering"),
    "gathering_started": _("asked the participants to answer"),
    "goal_ended": _("ended a goal"),
    "goal_revised": _("revised a goal"),
    "goal_set": _("set a goal"),
    "holding_ended": _("ended somebody's holding of a role"),
    "let_in": _("let an organisation in"),
    "not_answering_recorded": _("recorded that participants decline to answer the consultation"),
    "objection_answered": _("answered an objection"),
    "objection_cleared": _("cleared its objection"),
    "waited_for_reminded": _("reminded those who are waited for"),
    "depth_changed": _("changed the depth"),
    "party_exempted": _("exempted a party from what is mandatory"),
    "exemption_ended": _("ended an exemption"),
    "sponsor_named": _("named the role that stands behind its taking part"),
    "sponsorship_ended": _("ended its sponsorship"),
    "mandate_delegated": _("delegated a mandate"),
    "mandate_given": _("gave a mandate"),
    "mandate_notice_given": _("gave notice of a mandate"),
    "mandate_notice_withdrawn": _("took back the notice of a mandate"),
    "mandate_revoked": _("revoked a mandate"),
    "matter_changed": _("changed the matter's description"),
    "matter_let_be": _("let the matter be"),
    "matter_opened": _("opened the matter"),
    "matter_reopened": _("opened the matter again"),
    "matter_settled": _("closed the matter with a decision in force"),
    "matter_taken_in": _("opened the matter from a document"),
    "matter_withdrawn": _("withdrew the matter"),
    "need_stated": _("stated a need"),
    "need_withdrawn": _("withdrew a need"),
    "newcomers_asked": _("asked new participants to answer"),
    "no_conditions_declared": _("said that there are no conditions"),
    "note_written": _("wrote a note"),
    "organisation_registered": _("registered an organisation"),
    "participation_ended": _("ended an organisation's participation"),
    "party_depth_set": _("set a party's own depth"),
    "payload_erased": _("erased what an entry says, by a decision"),
    "person_registered": _("registered a person"),
    "participants_reminded": _("reminded those who had not answered"),
    "point_added": _("added a point to the shared picture"),
    "point_removed": _("took a point away from the shared picture"),
    "position_filled_in": _("filled in the own answer from a document"),
    "position_reopened": _("opened the answer again"),
    "position_submitted": _("submitted the organisation's answer"),
    "positions_drafted": _("took in drafts of answers from a document"),
    "practice_recorded": _("recorded how it is done today"),
    "proposal_amended": _("proposed an amendment"),
    "proposal_checked": _("had a proposal checked"),
    "proposal_chosen": _("chose a proposal"),
    "proposal_shared": _("shared a proposal"),
    "proposal_sketched": _("sketched a proposal"),
    "proposal_withdrawn": _("withdrew a proposal"),
    "prose_answered": _("answered whether a condition in prose is respected"),
    "purpose_restated": _("restated the purpose"),
    "steps_settled": _("settled which steps decisions go through"),
    "question_answered": _("answered a question about the matter"),
    "question_asked": _("asked a question about the matter"),
    "question_changed": _("changed its question about the matter"),
    "question_withdrawn": _("took back its question about the matter"),
    "reconsideration_answered": _("answered whether a condition can give way"),
    "reconsideration_asked": _("asked the owner of a condition to think it over"),
    "relaxation_offered": _("offered to relax a condition"),
    "replacement_prepared": _("prepared a new version of the decision"),
    "role_described": _("described a role anew"),
    "role_closed": _("closed a role"),
    "role_given": _("gave somebody a role"),
    "role_opened": _("opened a role"),
    "sketch_changed": _("changed a sketch of a proposal"),
    "step_skipped": _("skipped a step, with a reason"),
    "target_group_set": _("bounded the target group"),
    "view_told": _("told how the purpose and the shared picture are seen"),
    "weighing_resumed": _("took the matter back to weighing"),
    "weighing_started": _("began to weigh the answers"),
}

LABELS: Mapping[str, Promise] = {
    "actions": _p("journal", "What will be done"),
    "answer": _p("journal", "Answer"),
    "answer_by": _p("journal", "Last day to answer"),
    "answered_as": _p("journal", "Answered as"),
    "body": _p("journal", "Body"),
    "by": _p("journal", "Done by"),
    "decided_on": _p("journal", "Decided"),
    "decision": _p("journal", "By decision"),
    "digest": _p("journal", "Digest"),
    "effect": _p("journal", "For the individual"),
    "in_force_from": _p("journal", "In force from"),
    "kind": _p("journal", "Kind"),
    "must": _p("journal", "Must follow"),
    "name": _p("journal", "Name"),
    "not_followed": _p("journal", "What is not followed"),
    "note": _p("journal", "Note"),
    "own_words": _p("journal", "In own words"),
    "paragraph": _p("journal", "Paragraph"),
    "purpose": _p("journal", "Purpose"),
    "reason": _p("journal", "Reason"),
    "skipped": _p("journal", "Skipped"),
    "text": _p("journal", "Text"),
    "title": _p("journal", "Title"),
    "tone": _p("journal", "Helps or hinders"),
    "unanswered_questions": _p("journal", "Questions without an answer"),
    "until": _p("journal", "Until"),
    "wording": _p("journal", "Wording"),
}


VALUES: Mapping[str, type[TextChoices]] = {
    "answer": AdoptionAnswer,
    "kind": FollowingAnswerKind,
    "stance": ConsultationStance,
    "tone": ExperienceTone,
    "verdict": Verdict,
}


def sentence_of(action: str) -> str:
    """What was done; an action that this version does not know is named as it stands."""
    known = SENTENCES.get(action)
    return str(known) if known else __("did something that this version has no words for (%(action)s)") % {"action": action}


def value_of(name: str, value: object) -> str:
    """A field's value in words where it is one of a list; data stays as JSON."""
    if isinstance(value, bool):
        return __("yes") if value else __("no")
    if name in VALUES and value in VALUES[name].values:
        return str(VALUES[name](value).label)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def label_of(name: str) -> str:
    """A field of an entry's content, in words where there are some."""
    return str(LABELS.get(name, name))
