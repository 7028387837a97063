"""What forums say in words, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.domain.forums.enums import Every, Method, Quorum, Raising, Share, Voice, Weekday
from samordna.domain.forums.mandate import Reach, Verdict
from samordna.domain.forums.models import JointDay, Routine

MOST_NAMED = 6

REFUSALS: Mapping[Verdict, Any] = {
    Verdict.PREPARES: gettext_lazy(
        "This forum prepares what others decide. Take it up as a discussion, or in a forum that decides."
    ),
    Verdict.MEETS: gettext_lazy("This forum decides nothing. Take it up as a discussion, or in a forum that decides."),
    Verdict.OUTSIDE: gettext_lazy("%(area)s is not among what this forum decides on."),
    Verdict.KEPT: gettext_lazy("The deciding on %(area)s has been kept above, for %(kept)s. This forum may not decide it."),
    Verdict.NOBODY: gettext_lazy("Nobody takes part, so there is nobody to decide for."),
}


def named(names: Sequence[str]) -> str:
    """Names in a row; the rest of many are counted."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    rest = len(names) - MOST_NAMED + 1
    told = ", ".join(names[: MOST_NAMED - 1])
    return ngettext("%(names)s and %(rest)s more", "%(names)s and %(rest)s more", rest) % {"names": told, "rest": rest}


def reach_sentence(reach: Reach, area: str) -> str:
    """What the forum may decide in an area, or why it may not."""
    if reach.verdict in REFUSALS:
        return str(REFUSALS[reach.verdict] % {"area": area, "kept": named(reach.kept)})
    if reach.verdict is Verdict.DECIDES:
        many = len(reach.decides_for)
        return ngettext("It decides for the one who takes part.", "It decides for all %(many)s who take part.", many) % {
            "many": many
        }
    if reach.verdict is Verdict.ALL_ADOPT:
        return _("It decides together, and nobody is bound before its own body has adopted the decision.")
    return _("It decides for %(decides)s. %(adopt)s: bound when its own body has adopted the decision.") % {
        "decides": named(reach.decides_for),
        "adopt": named((*reach.adopt, *reach.agree)),
    }


def joint_day_sentence(day: JointDay) -> str:
    """When and where one sits together."""
    return _("%(weekday)s, %(every)s, %(begins)s–%(ends)s, %(place)s") % {
        "weekday": Weekday(day.weekday).label,
        "every": str(Every(day.every).label).lower(),
        "begins": time_format(day.begins, "H.i"),
        "ends": time_format(day.ends, "H.i"),
        "place": day.place,
    }


def routine_sentences(routine: Routine) -> tuple[str, ...]:
    """How the forum decides, a sentence for each thing that somebody asks about."""
    lines = [str(Method(routine.method).label)]
    if routine.method == Method.QUALIFIED:
        lines[0] = _("Qualified majority: %(share)s") % {"share": str(Share(routine.share).label).lower()}
    lines.append(_("A voice each: every party") if routine.voice == Voice.PARTY else _("A voice each: every member"))
    if routine.quorum != Quorum.NONE:
        lines.append(_("Have to be there: %(quorum)s") % {"quorum": str(Quorum(routine.quorum).label).lower()})
    lines.append(_("May raise an item: %(who)s") % {"who": lowered(str(Raising(routine.raising).label))})
    lines += [sentence for sentence in map(_deadline, *_deadlines(routine)) if sentence]
    return tuple(lines)


def _deadlines(routine: Routine) -> tuple[tuple[str, ...], tuple[int, ...]]:
    told = (_("Items in"), _("Call out"), _("Papers out"))
    return told, (routine.items_days, routine.call_days, routine.papers_days)


def _deadline(what: str, days: int) -> str:
    if not days:
        return ""
    told = {"what": what, "days": days}
    return ngettext("%(what)s: %(days)s day before", "%(what)s: %(days)s days before", days) % told


def lowered(sentence: str) -> str:
    """A sentence that goes on after a colon."""
    return sentence[:1].lower() + sentence[1:]


def since(routine: Routine) -> str:
    """From when a routine holds."""
    return date_format(routine.starts_on, "j F Y")
