"""What is done about notices and letters."""

from samordna.domain.notices.operations.choosing import choose_letters, stop_letters, try_address_again
from samordna.domain.notices.operations.returning import record_returned
from samordna.domain.notices.operations.ruling import set_reminder_days

__all__ = ["choose_letters", "record_returned", "set_reminder_days", "stop_letters", "try_address_again"]
