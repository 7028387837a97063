"""Everything that can be done with a matter: the coordinator opens, asks and moves on; participants answer."""

from samordna.domain.matters.operations.answers import (
    declare_no_conditions,
    record_benefit,
    record_costs,
    record_figures,
    record_practice,
    reopen_position,
    submit_position,
    write_note,
)
from samordna.domain.matters.operations.aspects import add_aspect, change_aspect, move_aspect, remove_aspect
from samordna.domain.matters.operations.gathering import (
    ask_newcomers,
    record_declining,
    remind,
    set_answer_day,
    start_gathering,
)
from samordna.domain.matters.operations.importing import Imported, draft_positions, fill_in_position
from samordna.domain.matters.operations.inquiring import (
    answer_question,
    ask_participant,
    ask_question,
    change_question,
    withdraw_question,
)
from samordna.domain.matters.operations.links import make_answer_link, revoke_answer_link, send_answer_links
from samordna.domain.matters.operations.opening import change_matter, follow_up_turn, open_matter
from samordna.domain.matters.operations.outlining import open_from_outline
from samordna.domain.matters.operations.reconsidering import answer_reconsideration, ask_to_reconsider
from samordna.domain.matters.operations.stages import advance, let_be, reopen_matter, replace_matter, withdraw_matter
from samordna.domain.matters.operations.stating import (
    offer_to_relax,
    state_common_condition,
    state_common_need,
    state_condition,
    state_need,
    withdraw_condition,
    withdraw_need,
)

__all__ = [
    "Imported",
    "add_aspect",
    "advance",
    "answer_question",
    "answer_reconsideration",
    "ask_newcomers",
    "ask_participant",
    "ask_question",
    "ask_to_reconsider",
    "change_aspect",
    "change_matter",
    "change_question",
    "declare_no_conditions",
    "draft_positions",
    "fill_in_position",
    "follow_up_turn",
    "let_be",
    "make_answer_link",
    "move_aspect",
    "offer_to_relax",
    "open_from_outline",
    "open_matter",
    "record_benefit",
    "record_costs",
    "record_declining",
    "record_figures",
    "record_practice",
    "remind",
    "remove_aspect",
    "reopen_matter",
    "reopen_position",
    "replace_matter",
    "revoke_answer_link",
    "send_answer_links",
    "set_answer_day",
    "start_gathering",
    "state_common_condition",
    "state_common_need",
    "state_condition",
    "state_need",
    "submit_position",
    "withdraw_condition",
    "withdraw_matter",
    "withdraw_need",
    "withdraw_question",
    "write_note",
]
