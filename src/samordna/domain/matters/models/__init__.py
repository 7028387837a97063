"""Matters: what is to be decided (aspects, options) and what each participant needs and under what conditions."""

from samordna.domain.matters.models.asked import Aspect, Matter, Occasion, Option
from samordna.domain.matters.models.exchanged import AnswerLink, Inquiry, Reconsideration
from samordna.domain.matters.models.said import AdaptationCost, Condition, Need, Position, Practice

__all__ = [
    "AdaptationCost",
    "AnswerLink",
    "Aspect",
    "Condition",
    "Inquiry",
    "Matter",
    "Need",
    "Occasion",
    "Option",
    "Position",
    "Practice",
    "Reconsideration",
]
