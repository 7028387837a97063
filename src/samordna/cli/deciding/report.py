"""The engine's answer as text: a proposal with its reasons and balance, a clash with its owners, or how far it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.utils.translation import pgettext as _p

from samordna.cli.deciding.words import Words, figure, number
from samordna.domain.decisions.solving import Solved
from samordna_engine import (
    Clash,
    Condition,
    Necessity,
    Problem,
    Proposal,
    Settled,
    Unfinished,
    Verdict,
)
from samordna_engine.outcome import Adaptation, Balance, Limit

VERDICTS = {
    Verdict.WORTH_IT: pgettext_lazy("verdict of the balance", "worth it"),
    Verdict.NOT_WORTH_IT: pgettext_lazy("verdict of the balance", "not worth it"),
    Verdict.CANNOT_SAY: pgettext_lazy("verdict of the balance", "cannot be said"),
}


def report(problem: Problem, solved: Solved) -> Iterator[str]:
    """The lines to print."""
    words = Words(problem)
    yield problem.title
    yield "=" * len(problem.title)
    yield size_line(problem, solved.milliseconds)
    yield ""
    match solved.outcome:
        case Settled() as settled:
            yield from proposal_lines(words, settled.proposal)
            yield from _proved(settled)
        case Clash() as clash:
            yield from clash_lines(words, clash, solved.ways_out)
        case Unfinished() as unfinished:
            yield from unfinished_lines(words, unfinished)
        case None:
            yield solved.failure


def size_line(problem: Problem, milliseconds: int) -> str:
    """How large the question is, and how long the answer took."""
    words = {
        "participants": len(problem.taking_part()),
        "aspects": len(problem.aspects),
        "conditions": len(problem.conditions),
        "needs": len(problem.needs),
        "ms": number(milliseconds),
    }
    counts = _(
        "Participants: %(participants)s. Aspects: %(aspects)s. Conditions: %(conditions)s. Needs: %(needs)s. "
        "Took: %(ms)s ms."
    )
    return counts % words


def heading(text: str) -> Iterator[str]:
    """A heading with its line."""
    yield ""
    yield text
    yield "-" * len(text)


def proposal_lines(words: Words, proposal: Proposal) -> Iterator[str]:
    """A proposal: its frame, its differences with their reasons, and its balance."""
    yield _("Proposal: as alike as possible, as different as necessary.")
    yield from heading(_p("heading", "Frame"))
    yield from table([[words.aspect(aspect), words.option(aspect, option)] for aspect, option in proposal.frame.items()])
    yield from _adaptations(words, proposal)
    yield from _local(words, proposal)
    yield from _broken_needs(words, proposal)
    yield from _balances(words, proposal)


def _adaptations(words: Words, proposal: Proposal) -> Iterator[str]:
    likeness = proposal.likeness
    yield from heading(_p("heading", "Adaptations"))
    alike = {"alike": likeness.possible - likeness.deviations, "possible": likeness.possible}
    yield _("Alike in %(alike)s of %(possible)s values that may differ.") % alike
    for participant, differences in groupby(proposal.adaptations, lambda adaptation: adaptation.participant):
        yield words.owner(participant)
        for adaptation in differences:
            yield from _adaptation(words, adaptation)


def _adaptation(words: Words, adaptation: Adaptation) -> Iterator[str]:
    values = {
        "aspect": words.aspect(adaptation.aspect),
        "option": words.option(adaptation.aspect, adaptation.option),
        "frame": words.option(adaptation.aspect, adaptation.frame_option),
    }
    yield "  " + _("%(aspect)s: %(option)s instead of %(frame)s.") % values
    yield "    " + _necessity(adaptation)
    for condition in adaptation.because:
        yield "    – " + words.condition(words.conditions[condition])


def _necessity(adaptation: Adaptation) -> str:
    match adaptation.necessity:
        case Necessity.NECESSARY:
            return _("Necessary: its conditions do not let it follow the frame here.")
        case Necessity.ELSEWHERE:
            return _("It could follow the frame here, but would then have to differ at least as much elsewhere.")
        case Necessity.WORTH_IT:
            cost = adaptation.going_back.cost if adaptation.going_back else 0
            return _("It could follow the frame, but that would cost %(cost)s more.") % {"cost": number(cost)}
        case Necessity.UNNECESSARY:
            return _("Unnecessary: nothing would be lost by following the frame.")
        case Necessity.WITHHELD:
            return _("Why is stated in confidence.")


def _local(words: Words, proposal: Proposal) -> Iterator[str]:
    if not proposal.local:
        return
    yield from heading(_p("heading", "Left to each"))
    rows = [
        [words.aspect(aspect), words.owner(participant), words.option(aspect, option)]
        for participant, values in proposal.local.items()
        for aspect, option in values.items()
    ]
    yield from table(sorted(rows, key=lambda row: row[0]))


def _broken_needs(words: Words, proposal: Proposal) -> Iterator[str]:
    if not proposal.broken_needs:
        return
    yield from heading(_p("heading", "Needs that are not met"))
    for need in (words.needs[need] for need in proposal.broken_needs):
        told = {"owner": words.owner(need.owner), "rule": words.rule(need.rule), "weight": number(need.weight)}
        yield "– " + _("%(owner)s: %(rule)s (weight %(weight)s).") % told


def _balances(words: Words, proposal: Proposal) -> Iterator[str]:
    yield from heading(_("Balance, %(unit)s") % {"unit": words.problem.unit})
    head = [
        _p("column", "Participant"),
        _p("column", "Benefit"),
        _p("column", "Given up"),
        _p("column", "Net"),
        _p("column", "Verdict"),
    ]
    rows = [_balance(words.owner(balance.owner), balance) for balance in proposal.balances]
    rows.append(_balance(_p("row", "The whole"), proposal.whole))
    yield from table([head, *rows], right=(1, 2, 3))
    yield ""
    yield _advice(words, proposal)


def _balance(name: str, balance: Balance) -> list[str]:
    figures = [figure(balance.benefit), figure(balance.given_up), figure(balance.net)]
    return [name, *figures, str(VERDICTS[balance.verdict])]


def _advice(words: Words, proposal: Proposal) -> str:
    """Worth it or not, and who pays for the others."""
    worse = ", ".join(words.owner(owner) for owner in proposal.worse_off)
    match proposal.verdict:
        case Verdict.NOT_WORTH_IT:
            return _("Let it be: coordinating costs more than it gives, however the estimates fall out.")
        case Verdict.CANNOT_SAY:
            return _("Whether it is worth it cannot be said: the estimates span both gain and loss.")
        case Verdict.WORTH_IT if worse:
            return _("Worth it for the whole, but worse off than alone: %(names)s. They need something for it.") % {
                "names": worse
            }
        case Verdict.WORTH_IT:
            return _("Worth it for the whole, and nobody certainly loses by it.")


def _proved(settled: Settled) -> Iterator[str]:
    yield ""
    yield _("Checked by an independent check, and proved that nothing is better. %(engine)s, question %(digest)s.") % {
        "engine": settled.proof.engine,
        "digest": settled.proof.digest[:16],
    }


def clash_lines(words: Words, clash: Clash, ways: Sequence[Mapping[str, Any]] | None = None) -> Iterator[str]:
    """A clash with its owners; and the ways out, where they were asked for."""
    count = len(clash.members)
    yield ngettext(
        "Impossible: this condition cannot be met.",
        "Impossible: these %(count)s conditions cannot all be met. Lift any one of them, and the others can.",
        count,
    ) % {"count": count}
    yield _("Owners: %(owners)s.") % {"owners": ", ".join(words.owner(owner) for owner in clash.owners)}
    yield ""
    for member in clash.members:
        yield "– " + words.condition(words.conditions[member.condition])
        yield "  " + _member(words, member.relax_price, unlocks=member.unlocks)
    if clash.others_exist:
        yield ""
        yield _("There are other clashes as well; lifting one of these conditions does not settle the matter.")
    if ways is not None:
        yield from _ways_out(words, ways)


def _member(words: Words, price: int | None, *, unlocks: bool) -> str:
    lifted = _("Lifting it alone settles the matter.") if unlocks else _("Lifting it alone is not enough.")
    if price is None:
        return f"{lifted} " + _("Its owner says that it cannot be relaxed.")
    return f"{lifted} " + _("Its owner would relax it for %(price)s %(unit)s.") % {
        "price": number(price),
        "unit": words.problem.unit,
    }


def _ways_out(words: Words, ways: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from heading(_p("heading", "Ways out"))
    if not ways:
        yield _("None was found. Where conditions cannot be relaxed, a new option or another question is needed.")
    for way in ways:
        given_up = (words.conditions[condition] for condition in way["conditions"])
        rules = "; ".join(_quoted(words, condition) for condition in given_up)
        price = {"price": number(way["price"]), "unit": words.problem.unit, "rules": rules}
        yield "– " + _("%(price)s %(unit)s: relax %(rules)s.") % price


def _quoted(words: Words, condition: Condition) -> str:
    told = {"condition": words.rule(condition.rule), "owner": words.owner(condition.owner)}
    return _("“%(condition)s” (%(owner)s)") % told


def unfinished_lines(words: Words, unfinished: Unfinished) -> Iterator[str]:
    """What stopped the engine, and how far it came."""
    stopped = {
        Limit.TIME: _("Not finished: the time ran out (%(limit)s)."),
        Limit.MEMORY: _("Not finished: the memory was not enough (%(limit)s)."),
        Limit.CANCELLED: _("Not finished: it was cancelled (%(limit)s)."),
        Limit.SIZE: _("Not finished: the matter is too large (%(limit)s)."),
    }
    yield stopped[unfinished.stopped_by] % {"limit": unfinished.limit}
    if unfinished.best is None:
        yield _("No proposal was found in time. Make the matter smaller, or allow more time.")
        return
    if unfinished.gap is not None:
        gap = {"likeness": number(unfinished.gap.likeness), "cost": number(unfinished.gap.cost)}
        far = _("The best found follows. The best there is may have %(likeness)s fewer differences and cost %(cost)s less.")
        yield far % gap
    yield ""
    yield from proposal_lines(words, unfinished.best)


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """Rows in columns as wide as they need to be; the columns in `right` are set to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
