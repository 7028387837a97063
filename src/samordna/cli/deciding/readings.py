"""The engine's answers to other readings of a question, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext as _p

from samordna.cli.deciding.report import clash_lines, heading, proposal_lines, size_line, table, unfinished_lines
from samordna.cli.deciding.words import Words, number
from samordna.domain.decisions.readings import Read
from samordna_engine import Clash, Problem, Unfinished
from samordna_engine.answers import (
    FewestVariants,
    JointClash,
    Left,
    MoreVariantsNeeded,
    SettledJointly,
    ShapleyShares,
    TakesPart,
    WorstOff,
)


def answer_report(problem: Problem, read: Read) -> Iterator[str]:
    """The lines to print."""
    words = Words(problem)
    yield problem.title
    yield "=" * len(problem.title)
    yield size_line(problem, read.milliseconds)
    yield ""
    match read.answer:
        case SettledJointly() as jointly:
            yield from _settled_jointly(words, jointly)
        case JointClash() as clash:
            yield from _joint_clash(words, clash)
        case TakesPart() as takes_part:
            yield from _takes_part(words, takes_part)
        case FewestVariants() as variants:
            yield from _variants(words, variants)
        case MoreVariantsNeeded(at_most=most):
            yield _("The conditions can be met, but not with at most %(count)s options in use of each aspect.") % {
                "count": most
            }
        case WorstOff() as worst:
            yield from _worst_off(words, worst)
        case ShapleyShares() as shares:
            yield from _shares(words, shares)
        case Clash() as clash:
            yield from clash_lines(words, clash)
        case Unfinished() as unfinished:
            yield from unfinished_lines(words, unfinished)
        case _:
            yield read.failure


def _settled_jointly(words: Words, jointly: SettledJointly) -> Iterator[str]:
    yield from proposal_lines(words, jointly.proposal)
    yield from heading(_p("heading", "Together"))
    for name, joint in words.joint.items():
        yield "– " + words.bound(joint)
        yield "  " + _("Uses %(used)s of %(limit)s.") % {"used": number(jointly.used[name]), "limit": number(joint.limit)}


def _joint_clash(words: Words, clash: JointClash) -> Iterator[str]:
    yield _("Impossible: this cannot all be kept. Lift any one of them, and the others can be kept.")
    yield _("Owners: %(owners)s.") % {"owners": ", ".join(words.owner(owner) for owner in clash.owners)}
    yield ""
    for name in clash.joints:
        yield "– " + words.bound(words.joint[name])
    for name in clash.conditions:
        yield "– " + words.condition(words.conditions[name])


def _takes_part(words: Words, answer: TakesPart) -> Iterator[str]:
    if answer.frame is None:
        yield _no_frame(answer)
        return
    unit = words.problem.unit
    if answer.worth_it:
        gain = {"count": len(answer.members), "net": number(answer.net or 0), "unit": unit}
        yield (
            ngettext(
                "%(count)s participant gains by taking part: %(net)s %(unit)s.",
                "%(count)s participants gain by taking part: %(net)s %(unit)s together.",
                len(answer.members),
            )
            % gain
        )
    else:
        yield _("Let it be: under no frame does the whole gain anything. The best attempt follows.")
    yield from _frame(words, answer.frame)
    if answer.members:
        yield from heading(_p("heading", "Take part"))
        yield from table([[words.owner(name), number(net)] for name, net in answer.nets.items()], right=(1,))
    if answer.left:
        yield from heading(_p("heading", "Stand aside"))
        for left in answer.left:
            yield from _left(words, left)
    yield ""
    if answer.proved:
        yield _("Proved: no other frame and no other participants give the whole more.")
    elif answer.bound is not None:
        yield _("Not proved: the most there can be is %(bound)s %(unit)s.") % {"bound": number(answer.bound), "unit": unit}


def _no_frame(answer: TakesPart) -> str:
    if answer.possible:
        return _("Not finished: no frame was found in time. Make the matter smaller, or allow more time.")
    return _("Impossible: no frame respects what must be respected. Ask for the decision, and the clash is told.")


def _left(words: Words, left: Left) -> Iterator[str]:
    why = {
        "forbidden": _("Its conditions do not let it follow the frame."),
        "would_lose": _("It would lose %(net)s by it."),
        "gains_nothing": _("It would gain nothing by it."),
        "joint": _("It would gain %(net)s, but there is not room for all who gain."),
        "whole_loses": _("It would gain %(net)s, but the whole does not gain."),
    }
    said = why.get(left.reason.kind, _("Why is stated in confidence."))
    yield "– " + words.owner(left.participant) + ". " + said % {"net": number(abs(left.net or 0))}
    for condition in left.forbidden_by:
        yield "  – " + words.condition(words.conditions[condition])


def _frame(words: Words, frame: Mapping[str, str]) -> Iterator[str]:
    yield from heading(_p("heading", "Frame"))
    yield from table([[words.aspect(aspect), words.option(aspect, option)] for aspect, option in frame.items()])


def _variants(words: Words, answer: FewestVariants) -> Iterator[str]:
    yield ngettext(
        "%(count)s option more than one for each aspect has to be kept alive.",
        "%(count)s options more than one for each aspect have to be kept alive.",
        answer.variants,
    ) % {"count": answer.variants}
    yield from heading(_p("heading", "In use"))
    for aspect, users in answer.used_by.items():
        for option, names in users.items():
            who = _p("users", "all") if len(users) == 1 else ", ".join(map(words.owner, names))
            yield f"– {words.aspect(aspect)}: {words.option(aspect, option)} ({who})"
    yield ""
    cost = {"cost": number(answer.cost), "unit": words.problem.unit}
    yield _("Costs and unmet needs: %(cost)s %(unit)s.") % cost
    yield _("Proved: fewer are not enough.") if answer.proved else _("Not proved: there may be a way with fewer.")


def _worst_off(words: Words, answer: WorstOff) -> Iterator[str]:
    worst = {"names": ", ".join(map(words.owner, answer.worst_off)), "net": number(answer.worst)}
    worst["unit"] = words.problem.unit
    yield _("Best for the worst-off: %(names)s, whose net is %(net)s %(unit)s.") % worst
    yield from _frame(words, answer.frame)
    yield from heading(_("Net, %(unit)s") % {"unit": words.problem.unit})
    rows = sorted(answer.nets.items(), key=lambda row: row[1])
    yield from table([[words.owner(name), number(net)] for name, net in rows], right=(1,))
    yield ""
    if answer.proved:
        yield _("Proved: no other frame leaves the worst-off better off.")
    else:
        yield _("Not proved: the worst-off can have at most %(bound)s.") % {"bound": number(answer.bound)}


def _shares(words: Words, answer: ShapleyShares) -> Iterator[str]:
    whole = {"whole": number(answer.whole), "unit": words.problem.unit}
    if not answer.whole:
        yield _("There is nothing to share: the whole does not gain.")
        return
    yield _("What the whole gains, %(whole)s %(unit)s, shared by what each adds on average.") % whole
    yield ""
    rows = [
        [words.owner(name), number(share), "" if answer.exact else f"± {number(answer.bounds[name])}"]
        for name, share in answer.shares.items()
    ]
    yield from table(rows, right=(1, 2))
    yield ""
    if answer.exact:
        yield _("Exact: every coalition was gone through (Shapley 1953).")
    else:
        drawn = {"count": answer.denominator}
        yield _("From %(count)s random orders. All shares are within their bounds with 95 per cent certainty.") % drawn
