"""What can be done with series and with questions about times: ask, propose, answer, choose; repeat, change, end."""

from samordna.domain.scheduling.operations.answering import (
    answer_times,
    forget_busy_hours,
    give_busy_hours,
    remove_busy_hours,
)
from samordna.domain.scheduling.operations.asking import (
    add_meeting_place,
    ask_about_time,
    change_time_question,
    choose_time,
    close_past_question,
    drop_time_question,
    propose_best_times,
    propose_time,
    remove_meeting_place,
    withdraw_time,
)
from samordna.domain.scheduling.operations.repeating import change_series, end_series, plan_series_ahead, start_series

__all__ = [
    "add_meeting_place",
    "answer_times",
    "ask_about_time",
    "change_series",
    "change_time_question",
    "choose_time",
    "close_past_question",
    "drop_time_question",
    "end_series",
    "forget_busy_hours",
    "give_busy_hours",
    "plan_series_ahead",
    "propose_best_times",
    "propose_time",
    "remove_busy_hours",
    "remove_meeting_place",
    "start_series",
    "withdraw_time",
]
