"""What can be done with introductions: programmes begun, worded and published, steps done, vouched for and taken back."""

from samordna.domain.introductions.operations.doing import count_what_was_done_elsewhere, mark_step_done, take_back_done
from samordna.domain.introductions.operations.keeping import (
    begin_programme,
    describe_programme,
    end_programme,
    publish_programme,
)
from samordna.domain.introductions.operations.stepping import (
    add_step,
    choose_sessions,
    end_step,
    move_step,
    word_step_anew,
)
from samordna.domain.introductions.operations.vouching import (
    fill_in_earlier_training,
    take_earlier_training_away,
    vouch_for_steps,
)

__all__ = [
    "add_step",
    "begin_programme",
    "choose_sessions",
    "count_what_was_done_elsewhere",
    "describe_programme",
    "end_programme",
    "end_step",
    "fill_in_earlier_training",
    "mark_step_done",
    "move_step",
    "publish_programme",
    "take_back_done",
    "take_earlier_training_away",
    "vouch_for_steps",
    "word_step_anew",
]
