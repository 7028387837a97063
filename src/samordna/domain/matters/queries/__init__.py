"""Questions about matters: lists, the matter page, the answer page, the whole as data, and who is waited for."""

from samordna.domain.matters.queries.answering import LinkFacts, PositionForm, link_facts, position_form
from samordna.domain.matters.queries.document import matter_document, position_document
from samordna.domain.matters.queries.heads import MatterHead
from samordna.domain.matters.queries.heard import check_everybody_heard, unheard
from samordna.domain.matters.queries.inquiries import (
    Inquiries,
    InquiriesPage,
    InquiryView,
    inquiries_of,
    inquiries_page,
    unanswered_in,
)
from samordna.domain.matters.queries.lists import MatterRow, matters_of, waiting_for, waiting_in
from samordna.domain.matters.queries.page import MatterPage, PositionView, matter_page
from samordna.domain.matters.queries.reconsidering import Asked, Thought, reconsiderations_of, thought_in, thought_of
from samordna.domain.matters.queries.stated import Stated
from samordna.domain.matters.queries.subjects import subjects_of

__all__ = [
    "Asked",
    "Inquiries",
    "InquiriesPage",
    "InquiryView",
    "LinkFacts",
    "MatterHead",
    "MatterPage",
    "MatterRow",
    "PositionForm",
    "PositionView",
    "Stated",
    "Thought",
    "check_everybody_heard",
    "inquiries_of",
    "inquiries_page",
    "link_facts",
    "matter_document",
    "matter_page",
    "matters_of",
    "position_document",
    "position_form",
    "reconsiderations_of",
    "subjects_of",
    "thought_in",
    "thought_of",
    "unanswered_in",
    "unheard",
    "waiting_for",
    "waiting_in",
]
