"""What can be done in follow-up: goals drafted and looked at again, indicators, rounds of reports, results."""

from samordna.domain.followup.operations.comparing import agree_to_comparing, withdraw_comparing
from samordna.domain.followup.operations.drafting import (
    Drafted,
    change_goal_draft,
    draft_goal,
    drop_goal_draft,
    set_drafted_goal,
)
from samordna.domain.followup.operations.measuring import (
    end_indicator,
    set_own_target,
    set_target_step,
    start_indicator,
)
from samordna.domain.followup.operations.reframing import change_indicator, change_reporting
from samordna.domain.followup.operations.reporting import (
    lock_report,
    lock_round,
    open_report_again,
    open_rounds,
    save_report,
    send_back_report,
)
from samordna.domain.followup.operations.reviewing import end_goal_ground, ground_goal, review_goal
from samordna.domain.followup.operations.taking_in import (
    drop_result_file,
    forget_result_file,
    keep_result_file,
    read_result_file,
    record_results,
)
from samordna.domain.followup.operations.turning import change_course
from samordna.domain.followup.operations.withdrawing import withdraw_frame

__all__ = [
    "Drafted",
    "agree_to_comparing",
    "change_course",
    "change_goal_draft",
    "change_indicator",
    "change_reporting",
    "draft_goal",
    "drop_goal_draft",
    "drop_result_file",
    "end_goal_ground",
    "end_indicator",
    "forget_result_file",
    "ground_goal",
    "keep_result_file",
    "lock_report",
    "lock_round",
    "open_report_again",
    "open_rounds",
    "read_result_file",
    "record_results",
    "review_goal",
    "save_report",
    "send_back_report",
    "set_drafted_goal",
    "set_own_target",
    "set_target_step",
    "start_indicator",
    "withdraw_comparing",
    "withdraw_frame",
]
