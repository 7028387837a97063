"""What can be done with documents: begin, write, seal, sign, approve, end, look over, and take in from before."""

from samordna.domain.agreements.operations.concluding import (
    approve_document,
    conclude_among_signers,
    repeal_document,
    withdraw_version,
)
from samordna.domain.agreements.operations.drafting import (
    add_section,
    move_section,
    remove_section,
    restate_head,
    start_version,
    write_section,
)
from samordna.domain.agreements.operations.grounds import rest_on, stop_resting_on
from samordna.domain.agreements.operations.importing import take_in_history
from samordna.domain.agreements.operations.keeping import describe_document, review_document
from samordna.domain.agreements.operations.signing import decline_to_sign, offer_for_signing, sign_version
from samordna.domain.agreements.operations.starting import start_agreement, start_own_routine

__all__ = [
    "add_section",
    "approve_document",
    "conclude_among_signers",
    "decline_to_sign",
    "describe_document",
    "move_section",
    "offer_for_signing",
    "remove_section",
    "repeal_document",
    "rest_on",
    "restate_head",
    "review_document",
    "sign_version",
    "start_agreement",
    "start_own_routine",
    "start_version",
    "stop_resting_on",
    "take_in_history",
    "withdraw_version",
    "write_section",
]
