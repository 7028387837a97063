"""Reasons as trees: what holds, because of what. Kinds and facts only; `phrases` makes the sentences in each language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samordna.core import clock
from samordna.domain.collaborations.depth import Level, Verb
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.facts import ClauseFact, Cover, ExemptionFact, MandateFact, MandateState, Situation
from samordna.domain.collaborations.reason import Reason

PRECEDENCE = (
    MandateForm.GRANTED,
    MandateForm.DELEGATED,
    MandateForm.LENT,
    MandateForm.DUTY_TO_AGREE,
    MandateForm.OWN,
)


def why(
    now: Situation,
    decides: str,
    ground: str,
    following: Following | None,
    once_adopted: Following | None,
    *,
    may_decide_itself: bool,
) -> Reason:
    """The whole tree for one answer."""
    subject = _subject(now)
    because = [
        Reason(f"basis_{ground}", subject, tuple(_basis(now, MandateForm(ground)))),
        _binds(now, ground, following, once_adopted),
        _depth(now, Verb.CONTRIBUTE),
        _depth(now, Verb.JOIN),
    ]
    if ground != MandateForm.OWN:
        because.insert(2, Reason("keeps_deciding" if may_decide_itself else "no_longer_decides", subject))
    return Reason(f"{decides}_decides", subject, tuple(because))


def left_before(now: Situation) -> Reason:
    """The tree for an organisation that does not take part."""
    left = [part.left_on for part in now.facts.parts.get(now.organisation, ()) if part.left_on]
    past = [day for day in left if day <= now.on]
    because = (Reason("left", _subject(now) | {"day": max(past)}),) if past else ()
    return Reason("outside", _subject(now), because)


def _subject(now: Situation) -> dict[str, Any]:
    return {
        "organisation": now.facts.name(now.organisation),
        "area": now.facts.areas[now.area].name,
        "day": now.on,
        "superior": now.facts.name(now.facts.superior_id),
        "parent": now.facts.parent_name,
    }


def _mandate(now: Situation, mandate: MandateFact) -> dict[str, Any]:
    return {
        "mandate": mandate.id,
        "form": mandate.form,
        "giver": now.facts.name(mandate.giver_id),
        "source": mandate.source,
        "from": mandate.valid_from,
    }


def _basis(now: Situation, ground: MandateForm) -> Iterator[Reason]:
    """The clauses that settle it, then those that were asked before or after and do not, then what does not count."""
    cover = now.covers[ground]
    if cover is not None:
        yield from _clauses(now, cover, "clause")
    for form in PRECEDENCE:
        other = now.covers[form]
        if form != ground and other is not None:
            before = PRECEDENCE.index(form) < PRECEDENCE.index(ground)
            yield from _clauses(now, other, "exception" if before else "stands_back")
    for mandate, clause, state in now.idle:
        facts = _mandate(now, mandate) | {
            "day": now.facts.ended_on(now.at) if state is MandateState.ENDED else _turning_day(mandate, state),
            "organisation": _subject(now)["organisation"],
        }
        yield Reason(f"mandate_{state}", facts | _within(now, clause), _frame(now, clause, state))
    if cover is None and not now.idle:
        yield Reason("no_mandate", _subject(now))


def _within(now: Situation, clause: ClauseFact) -> dict[str, Any]:
    """The frame of a delegated clause: the collaboration that this one lies in, and the area there."""
    frame = now.frames.get(clause.within or "")
    return {"parent": now.facts.parent_name, "within": frame.area if frame else now.facts.areas[clause.area_id].name}


def _frame(now: Situation, clause: ClauseFact, state: MandateState) -> tuple[Reason, ...]:
    """Why it is so in the collaboration that this one lies in, where that is what the clause rests or fails on."""
    frame = now.frames.get(clause.within or "")
    if frame is None or state not in (MandateState.NOT_BORNE, MandateState.IN_FORCE):
        return ()
    return (Reason("in_parent", {"parent": now.facts.parent_name}, (frame.why,)),)


def _turning_day(mandate: MandateFact, state: MandateState) -> Any:
    """The day on which the mandate stopped counting, or will begin to."""
    if state is MandateState.REVOKED and mandate.revoked_at is not None:
        return clock.day(mandate.revoked_at)
    return mandate.valid_from if state is MandateState.NOT_YET else mandate.last


def _clauses(now: Situation, cover: Cover, kind: str) -> Iterator[Reason]:
    for mandate, clause in cover.found:
        facts = _mandate(now, mandate) | _clause(now, clause)
        nested = {"area": now.facts.areas[now.area].name, "above": facts["area"]}
        because = [Reason("area_beneath", nested)] if cover.distance else []
        if mandate.ends_on is not None:
            because.append(Reason("under_notice", _mandate(now, mandate) | {"day": mandate.last}))
        if clause.within and clause.coordination_decides:
            framed = _subject(now) | _within(now, clause)
            because.append(Reason("within_frame", framed, _frame(now, clause, MandateState.IN_FORCE)))
        yield Reason(kind, facts, tuple(because))


def _clause(now: Situation, clause: ClauseFact) -> dict[str, Any]:
    return {
        "area": now.facts.areas[clause.area_id].name,
        "decides": clause.coordination_decides,
        "no_longer": clause.participants_no_longer_decide,
        "following": clause.following,
    }


def _binds(now: Situation, ground: str, following: Following | None, once_adopted: Following | None) -> Reason:
    cover = now.covers[MandateForm(ground)]
    because: list[Reason] = []
    if cover is not None and ground != MandateForm.OWN:
        because.append(Reason(f"clause_says_{cover.following}", _subject(now)))
    because.append(_depth(now, Verb.FOLLOW))
    if ground == MandateForm.DELEGATED and following == Following.MAY:
        because.append(Reason("frame_lets_choose", _subject(now)))
    if once_adopted is None:
        return Reason("nothing_coordinated_binds", _subject(now))
    kind = f"adopt_first_then_{once_adopted}" if following is None else f"{following}_follow"
    return Reason(kind, _subject(now), tuple(because))


def _depth(now: Situation, verb: Verb) -> Reason:
    """What the depth says of one verb, and at which level it is set."""
    values = {Verb.JOIN: now.depth.join, Verb.CONTRIBUTE: now.depth.contribute, Verb.FOLLOW: now.depth.follow}
    level = now.depth.set_by[verb]
    because = (_exempted(now, now.exemption),) if now.exemption and level is Level.EXEMPTION else ()
    return Reason(f"depth_{verb}", _subject(now) | {"value": values[verb], "level": level}, because)


def _exempted(now: Situation, exemption: ExemptionFact) -> Reason:
    """Who has exempted it, why, and until when."""
    facts = _subject(now) | {"reason": exemption.reason, "day": exemption.ends_on or exemption.review_on}
    return Reason("exempted_until" if exemption.ends_on else "exempted_until_looked_over", facts)
