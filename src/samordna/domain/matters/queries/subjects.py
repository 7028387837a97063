"""The matter's aspects as the rule language sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samordna.domain.matters.enums import AspectKind, Sharing
from samordna.domain.matters.models import Aspect
from samordna.domain.matters.rules import Choice, Subject


def subjects_of(matter_id: str) -> Mapping[str, Subject]:
    """Every aspect of the matter by its id, in order; two database queries."""
    return as_subjects(Aspect.objects.filter(matter_id=matter_id).order_by("order", "pk").prefetch_related("options"))


def as_subjects(aspects: Iterable[Aspect]) -> Mapping[str, Subject]:
    """The same from aspects whose options are loaded."""
    return {aspect.pk: _subject(aspect) for aspect in aspects}


def _subject(aspect: Aspect) -> Subject:
    options = sorted(aspect.options.all(), key=lambda option: (option.order, option.pk))
    return Subject(
        id=aspect.pk,
        label=aspect.label,
        kind=AspectKind(aspect.kind),
        sharing=Sharing(aspect.sharing),
        unit=aspect.unit,
        options=tuple(Choice(id=option.pk, label=option.label, number=option.number) for option in options),
    )
