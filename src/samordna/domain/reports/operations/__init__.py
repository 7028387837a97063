"""What is done with annual reports."""

from samordna.domain.reports.operations.adopting import adopt_report
from samordna.domain.reports.operations.withdrawing import withdraw_from_report
from samordna.domain.reports.operations.writing import (
    begin_annual_report,
    draw_report_again,
    leave_chapter_out,
    move_chapter,
    write_chapter,
)

__all__ = [
    "adopt_report",
    "begin_annual_report",
    "draw_report_again",
    "leave_chapter_out",
    "move_chapter",
    "withdraw_from_report",
    "write_chapter",
]
