"""Sentences that proposals and decisions share: a condition read aloud, whose it is, and why there is no answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.domain.matters.enums import ConditionForm
from samordna.domain.matters.models import Condition
from samordna.domain.matters.phrases import confidential, sentence_of
from samordna.domain.matters.rules import Subject


def said(condition: Condition, subjects: Mapping[str, Subject]) -> str:
    """What a condition says, as a sentence without a full stop."""
    if condition.form == ConditionForm.PROSE:
        return condition.prose
    return sentence_of(condition.rule, subjects)


def owner_name(condition: Condition) -> str:
    """Whose condition it is; what is common is the coordination's."""
    return condition.position.organisation.name if condition.position else _p("owner", "The coordination")


def quoted(condition: Condition, subjects: Mapping[str, Subject], readable: Collection[str] | None = None) -> str:
    """A condition and its owner inside another sentence; `readable` are those whose text may be told, None is all."""
    if readable is not None and condition.pk not in readable:
        return confidential(owner_name(condition))
    words = {"condition": said(condition, subjects), "owner": owner_name(condition)}
    return _("“%(condition)s” (%(owner)s)") % words


def listed(parts: Iterable[str]) -> str:
    """Several things in one sentence."""
    return "; ".join(parts)
