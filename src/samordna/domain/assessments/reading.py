"""The content that a version keeps, as the pure modules want it."""

from __future__ import annotations

from typing import Any

from samordna.domain.assessments.content import Content, Option, Question, Section
from samordna.domain.assessments.enums import QuestionKind
from samordna.domain.assessments.models import QuestionnaireVersion


def content_of(version: QuestionnaireVersion) -> Content:
    """What was checked when it was written is taken as it stands."""
    data: dict[str, Any] = version.content
    licence = data.get("licence", {})
    return Content(
        languages=tuple(data["languages"]),
        title=data["title"],
        lead=data["lead"],
        sections=tuple(
            Section(key=each["key"], title=each["title"], questions=tuple(_question(one) for one in each["questions"]))
            for each in data["sections"]
        ),
        holder=licence.get("holder", ""),
        conditions=licence.get("conditions", ""),
    )


def _question(data: dict[str, Any]) -> Question:
    return Question(
        key=data["key"],
        kind=QuestionKind(data["kind"]),
        text=data["text"],
        help=data["help"],
        required=data["required"],
        needed=data["needed"],
        options=tuple(Option(key=one["key"], text=one["text"]) for one in data["options"]),
    )
