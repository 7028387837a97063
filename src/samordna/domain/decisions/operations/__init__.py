"""Everything that can be done with proposals and decisions.

Two of these calculate before they write, outside any transaction: `propose_by_engine` and `check_proposal`. Each then
records its result by one operation of its own.
"""

from samordna.domain.decisions.operations.attempting import propose_by_engine, record_attempt
from samordna.domain.decisions.operations.chain import answer_consultation, open_consultation, recommend, skip_step
from samordna.domain.decisions.operations.checking import answer_prose, check_proposal, record_check
from samordna.domain.decisions.operations.consulting import (
    clear_objection,
    record_not_answering,
    remind_of_decision,
    reply_to_objection,
)
from samordna.domain.decisions.operations.costing import estimate_time, set_hourly_rate
from samordna.domain.decisions.operations.establishing import establish, let_be, record_adoption, withdraw_decision
from samordna.domain.decisions.operations.preparing import choose_proposal, prepare_decision, replace_decision
from samordna.domain.decisions.operations.proposing import (
    amend_proposal,
    change_sketch,
    propose_by_hand,
    share_proposal,
    withdraw_proposal,
)
from samordna.domain.decisions.operations.sharing import open_sharing, propose_sharing

__all__ = [
    "amend_proposal",
    "answer_consultation",
    "answer_prose",
    "change_sketch",
    "check_proposal",
    "choose_proposal",
    "clear_objection",
    "establish",
    "estimate_time",
    "let_be",
    "open_consultation",
    "open_sharing",
    "prepare_decision",
    "propose_by_engine",
    "propose_by_hand",
    "propose_sharing",
    "recommend",
    "record_adoption",
    "record_attempt",
    "record_check",
    "record_not_answering",
    "remind_of_decision",
    "replace_decision",
    "reply_to_objection",
    "set_hourly_rate",
    "share_proposal",
    "skip_step",
    "withdraw_decision",
    "withdraw_proposal",
]
