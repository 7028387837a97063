"""How each organisation stands to a decision in force: bound or not, must or may, and its latest honest answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samordna.domain.adherence.enums import FollowingAnswerKind
from samordna.domain.adherence.models import FollowingAnswer
from samordna.domain.adherence.phrases import word_for
from samordna.domain.collaborations.enums import Following
from samordna.domain.decisions.queries.binding import Binding

NOT_FOLLOWING = frozenset({FollowingAnswerKind.CANNOT, FollowingAnswerKind.WILL_NOT})
TONES = {
    FollowingAnswerKind.ALREADY_SO: "good",
    FollowingAnswerKind.WILL_CHANGE: "info",
    FollowingAnswerKind.CANNOT: "warning",
    FollowingAnswerKind.WILL_NOT: "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer as others read it; who gave it in which role. `parts`: the aspects alone that a refusal is about."""

    kind: str
    label: str
    by: date | None
    actions: str
    reason: str
    parts: tuple[tuple[str, str], ...]
    must: bool
    at: datetime
    person: str = ""
    role: str = ""

    @property
    def not_followed(self) -> tuple[str, ...]:
        """What alone is not followed, by its label; the rest is."""
        return tuple(label for _pk, label in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One organisation's standing to one version. `earlier`: its answers before the latest, the newest first.

    `exempt`: it had to follow, and the superior has set it free since. `not_contributing`: it had to contribute while the
    decision was prepared, and did not.
    """

    organisation_id: str
    organisation: str
    binding: Binding | None
    answer: Answered | None
    today: date
    earlier: tuple[Answered, ...] = ()
    exempt: bool = False
    not_contributing: bool = False

    @property
    def bound(self) -> bool:
        """Does the decision bind the organisation?"""
        return self.binding is not None

    @property
    def must(self) -> bool:
        """Must the organisation follow?"""
        return self.binding is not None and self.binding.following == Following.MUST and not self.exempt

    @property
    def silent(self) -> bool:
        """Is it bound and has not answered?"""
        return self.bound and self.answer is None

    @property
    def begun(self) -> bool:
        """Has the first day come on which the decision binds it?"""
        return self.binding is not None and self.binding.since <= self.today

    @property
    def breach(self) -> bool:
        """Does it break what it is bound to: to follow, or to have contributed?"""
        return self.not_following or self.not_contributing

    @property
    def not_following(self) -> bool:
        """Must it follow, has the day come, and does it say that it does not?"""
        return self.must and self.begun and self.answer is not None and self.answer.kind in NOT_FOLLOWING

    @property
    def overdue(self) -> bool:
        """Has the day passed by which it would have changed?"""
        answer = self.answer
        return answer is not None and answer.kind == FollowingAnswerKind.WILL_CHANGE and _passed(answer.by, self.today)

    @property
    def kind(self) -> str:
        """The answer's kind, "" for silence, "unbound" for an organisation that owes no answer and has given none."""
        if self.answer is not None:
            return self.answer.kind
        return "" if self.bound else "unbound"

    @property
    def mark(self) -> str:
        """How the answer is marked: by what needs somebody, or else by what it says. Contributing stands beside."""
        return "breach" if self.not_following else "late" if self.overdue else self.kind or "silent"

    @property
    def word(self) -> str:
        """The answer in a word or two."""
        answer = self.answer
        return word_for(self.kind, answer.by, answer.not_followed) if answer else word_for(self.kind, None)

    @property
    def tone(self) -> str:
        """How the answer is marked."""
        if self.not_following or self.overdue:
            return "bad"
        return TONES[FollowingAnswerKind(self.answer.kind)] if self.answer else "neutral"


def _passed(day: date | None, today: date) -> bool:
    return day is not None and day < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a bar: how many of the whole give this answer, and how many come before."""

    kind: str
    start: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many organisations give each answer, of those that the decision binds or that have answered."""

    already_so: int
    will_change: int
    cannot: int
    will_not: int
    silent: int
    breaches: int
    overdue: int

    @property
    def total(self) -> int:
        """All who count."""
        return self.already_so + self.will_change + self.cannot + self.will_not + self.silent

    @property
    def parts(self) -> list[Part]:
        """The answers as stretches of one bar; what is left is silence."""
        found, start = [], 0
        for kind in FollowingAnswerKind.values:
            count = getattr(self, kind)
            if count:
                found.append(Part(kind=kind, start=start, count=count))
            start += count
        return found


def tally_of(standings: Iterable[Standing]) -> Tally:
    """Count the standings."""
    counted = list(standings)
    kinds = [standing.kind for standing in counted]
    return Tally(
        already_so=kinds.count(FollowingAnswerKind.ALREADY_SO),
        will_change=kinds.count(FollowingAnswerKind.WILL_CHANGE),
        cannot=kinds.count(FollowingAnswerKind.CANNOT),
        will_not=kinds.count(FollowingAnswerKind.WILL_NOT),
        silent=kinds.count(""),
        breaches=sum(standing.breach for standing in counted),
        overdue=sum(standing.overdue for standing in counted),
    )


def answers_by_organisation(version_ids: Sequence[str], *, names: bool = False) -> dict[tuple[str, str], list[Answered]]:
    """All answers by (version, organisation), the newest first; one query. `names`: with who gave them, in which role."""
    found: dict[tuple[str, str], list[Answered]] = defaultdict(list)
    rows = FollowingAnswer.objects.filter(version_id__in=version_ids).order_by("-answered_at", "-pk")
    if names:
        rows = rows.select_related("answered_by__person", "answered_by__role")
    for row in rows:
        found[(row.version_id, row.organisation_id)].append(_answered(row, names=names))
    return found


def _answered(row: FollowingAnswer, *, names: bool) -> Answered:
    return Answered(
        kind=row.kind,
        label=str(FollowingAnswerKind(row.kind).label),
        by=row.by,
        actions=row.actions,
        reason=row.reason,
        parts=tuple((entry["aspect"], entry["label"]) for entry in row.not_followed),
        must=row.must,
        at=row.answered_at,
        person=row.answered_by.person.name if names else "",
        role=row.answered_by.role.name if names else "",
    )
