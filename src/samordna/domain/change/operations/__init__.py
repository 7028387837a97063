"""What is done with a chain, from the first look at a result until it is closed."""

from samordna.domain.change.operations.analysing import (
    add_cause,
    begin_chain,
    begin_turn,
    close_chain,
    conclude_analysis,
    remove_cause,
    share_chain,
    write_finding,
)
from samordna.domain.change.operations.changing import drop_change, finish_change, judge_effect, plan_change, replan_change
from samordna.domain.change.operations.placing import add_change_need, answer_need, let_need_go, place_need
from samordna.domain.change.operations.raising import raise_document, raise_matter, raise_revision, raise_version

__all__ = [
    "add_cause",
    "add_change_need",
    "answer_need",
    "begin_chain",
    "begin_turn",
    "close_chain",
    "conclude_analysis",
    "drop_change",
    "finish_change",
    "judge_effect",
    "let_need_go",
    "place_need",
    "plan_change",
    "raise_document",
    "raise_matter",
    "raise_revision",
    "raise_version",
    "remove_cause",
    "replan_change",
    "share_chain",
    "write_finding",
]
