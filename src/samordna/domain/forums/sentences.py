"""What votes, rhythms, calendar files and times come to, in words; in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.domain.forums import calendar_reading, rhythm
from samordna.domain.forums.calendar_reading import Gap
from samordna.domain.forums.enums import Method
from samordna.domain.forums.finding_times import Aim, Candidate
from samordna.domain.forums.methods import Outcome, Result, Tie
from samordna.domain.forums.phrases import named
from samordna.domain.forums.time_wishes import Hindrance, TooMuch

Name = Callable[[str], str]
"""What a voice, an option, a person or a place is called, by its id."""

NOTHING_WEIGHED = frozenset({Result.NO_QUORUM, Result.NOTHING_SAID, Result.OUTSIDE_MANDATE})


def outcome_sentences(outcome: Outcome, name: Name, *, reserved: bool = True) -> list[str]:
    """What was decided first; then what it rests on, how a tie was settled, who was silent, and who made a reservation
    (not where the reservations themselves are shown beside it: `reserved`)."""
    said = [_decided(outcome, name), *_ground(outcome, name)]
    if outcome.tie is not None and outcome.tie.settled_by:
        said.append(
            _("It came out equal, and the casting voice of %(who)s settled it.") % {"who": name(outcome.tie.settled_by)}
        )
    if outcome.silent and outcome.result not in NOTHING_WEIGHED:
        said.append(_("Has said nothing: %(who)s.") % {"who": named([name(each) for each in outcome.silent])})
    if outcome.quorum.needed and outcome.result is not Result.NO_QUORUM:
        said.append(
            ngettext(
                "%(present)s of %(of)s voices were there; %(needed)s was needed.",
                "%(present)s of %(of)s voices were there; %(needed)s were needed.",
                outcome.quorum.needed,
            )
            % {"present": outcome.quorum.present, "of": outcome.quorum.of, "needed": outcome.quorum.needed}
        )
    if outcome.reservations and reserved:
        said.append(
            _("Reservations: %(who)s.")
            % {"who": named(list(dict.fromkeys(name(each.member) for each in outcome.reservations)))}
        )
    return said


def _decided(outcome: Outcome, name: Name) -> str:
    match outcome.result:
        case Result.CARRIED:
            return _("Decided: %(option)s.") % {"option": name(outcome.winner)} if outcome.winner else _("Decided: yes.")
        case Result.NOT_CARRIED:
            return _("Decided: no.") if outcome.method is not Method.APPROVAL else _("Nobody can approve of any of them.")
        case Result.BLOCKED:
            return _("Not decided: somebody stands in the way.")
        case Result.TIED:
            return _tied(outcome.tie, name)
        case Result.NO_QUORUM:
            return _("Not decided: %(present)s of %(of)s voices were there, and %(needed)s were needed.") % {
                "present": outcome.quorum.present,
                "of": outcome.quorum.of,
                "needed": outcome.quorum.needed,
            }
        case Result.NOTHING_SAID:
            return _("Not decided: nobody has taken a stand.")
        case Result.OUTSIDE_MANDATE:
            return _("Not decided: it is outside the coordinator's mandate.")


def _tied(tie: Tie | None, name: Name) -> str:
    if tie is None or tie.equal == ("yes", "no"):
        return _("Not decided: as many said yes as no, and nobody's casting voice settled it.")
    return _("Not decided: %(options)s came out equal, and nobody's casting voice settled it.") % {
        "options": named([name(each) for each in tie.equal])
    }


def _ground(outcome: Outcome, name: Name) -> list[str]:
    standing = named([name(each) for each in outcome.standing])
    match outcome.method:
        case Method.CONSENT if outcome.standing:
            return [_("An objection stands from %(who)s. It stands until it is cleared by its maker.") % {"who": standing}]
        case Method.CONSENSUS if outcome.standing:
            return [_("Has not said yes or stood aside: %(who)s.") % {"who": standing}]
        case Method.MAJORITY | Method.QUALIFIED if outcome.base:
            return [
                _("%(got)s of %(base)s said yes; %(needed)s were needed.")
                % {"got": outcome.got, "base": outcome.base, "needed": outcome.needed}
            ]
        case Method.APPROVAL if outcome.winner:
            return [_("%(got)s of %(base)s voices approve of it.") % {"got": outcome.got, "base": outcome.base}]
        case Method.RANKED if outcome.winner:
            return [_beats(outcome, name)]
    return []


def _beats(outcome: Outcome, name: Name) -> str:
    rows = [path for path in outcome.paths if not path.direct]
    if not rows:
        return _("In pairs, more voices prefer it to each of the others than the other way round.")
    steps = " → ".join(name(each) for each in rows[0].steps)
    return _(
        "Nothing beats each of the others in pairs. By way of others this one does: %(steps)s holds with %(strength)s"
        " voices at every step, and the best way back with %(back)s."
    ) % {"steps": steps, "strength": rows[0].strength, "back": rows[0].back}


AIMS: Mapping[Aim, Any] = {
    Aim.ORGANISATIONS: gettext_lazy("fewer organisations are represented"),
    Aim.SHOULD: gettext_lazy("fewer of those who should come do"),
    Aim.COMING: gettext_lazy("fewer come"),
    Aim.IF_NEED_BE: gettext_lazy("more come only if need be"),
    Aim.TRAVEL: gettext_lazy("it takes more travel"),
    Aim.EARLIEST: gettext_lazy("it is as good, but not as early"),
}
HINDRANCES: Mapping[Hindrance, Any] = {
    Hindrance.SAID_NO: gettext_lazy("has said no"),
    Hindrance.BUSY: gettext_lazy("is busy"),
    Hindrance.TRAVEL: gettext_lazy("does not get there or away in time"),
    Hindrance.NO_ROOM: gettext_lazy("does not fit in the room"),
}


def order_sentence() -> str:
    """How the best time is chosen, in one sentence."""
    return _(
        "The best time is the one at which most organisations are represented; then at which most of those who should come"
        " do; then most at all; then fewest only if need be; then with least travel; then the earliest. Where a calendar"
        " says nothing of a time, that one counts as coming perhaps: neither as free nor as busy."
    )


def why_not_sentences(candidate: Candidate, best: Candidate | None, name: Name) -> list[str]:
    """Why the meeting is not then: what is lacking, or in what the best of all is better."""
    lacking = candidate.lacking
    said = [
        _("%(who)s must be there and %(why)s.") % {"who": name(each), "why": HINDRANCES[candidate.hindered[each]]}
        for each in lacking.must
    ]
    if lacking.unrepresented:
        said.append(_("Nobody can come from %(which)s.") % {"which": named([name(each) for each in lacking.unrepresented])})
    if lacking.missing:
        said.append(
            ngettext(
                "%(missing)s organisation too few is represented.",
                "%(missing)s organisations too few are represented.",
                lacking.missing,
            )
            % {"missing": lacking.missing}
        )
    if lacking.taken:
        said.append(_("%(place)s is taken.") % {"place": name(candidate.place)})
    if candidate.possible and best is not None and (candidate.start, candidate.place) != (best.start, best.place):
        said.append(_("Possible, but %(worse)s.") % {"worse": AIMS[candidate.weight.worse_in(best.weight)]})
    return said


RHYTHMS: Mapping[rhythm.Fault, Any] = {
    rhythm.Fault.UNREADABLE: gettext_lazy("“%(about)s” cannot be read as part of a rule for what comes again."),
    rhythm.Fault.NOT_READ: gettext_lazy(
        "Rules with %(about)s are not read here. Choose days of the week or the month instead."
    ),
    rhythm.Fault.TOO_OFTEN: gettext_lazy("A series meets at most once a day; this rule (%(about)s) says more often."),
    rhythm.Fault.TOO_LONG: gettext_lazy("A rule is at most %(about)s characters long."),
    rhythm.Fault.TOO_MANY_COUNTED: gettext_lazy(
        "A series has between 1 and %(about)s meetings. Give it a last day instead."
    ),
    rhythm.Fault.TOO_MANY_VALUES: gettext_lazy("A rule lists at most %(about)s values at a time."),
    rhythm.Fault.INTERVAL: gettext_lazy("A series comes again after between 1 and %(about)s days, weeks, months or years."),
    rhythm.Fault.BOTH_ENDS: gettext_lazy("A series ends after a number of meetings or on a day, not both."),
    rhythm.Fault.TOO_MANY: gettext_lazy(
        "These would be more than %(about)s meetings. Choose a shorter time, or a rule that gives fewer."
    ),
    rhythm.Fault.TOO_FAR: gettext_lazy(
        "It would take more than %(about)s days of calendar to say when this meets. Choose a later first day."
    ),
    rhythm.Fault.MEETING_LENGTH: gettext_lazy("A meeting lasts between 0 and %(about)s minutes."),
    rhythm.Fault.ZONE: gettext_lazy("There is no time zone called “%(about)s”. Write it like Europe/Stockholm."),
}
FILES: Mapping[calendar_reading.Fault, Any] = {
    calendar_reading.Fault.NOT_A_CALENDAR: gettext_lazy(
        "This is not a calendar file. Export one from your calendar; its name ends in .ics."
    ),
    calendar_reading.Fault.TOO_LARGE: gettext_lazy("The file is larger than %(limit)s bytes. Export a shorter time."),
    calendar_reading.Fault.TOO_MANY_LINES: gettext_lazy("The file has more than %(limit)s lines. Export a shorter time."),
    calendar_reading.Fault.LINE: gettext_lazy(
        "A line of the file has more than %(limit)s characters. Export a shorter time."
    ),
    calendar_reading.Fault.TOO_MANY_EVENTS: gettext_lazy("The file has more than %(limit)s events. Export a shorter time."),
    calendar_reading.Fault.WINDOW: gettext_lazy("At most %(limit)s days of a calendar are read at a time."),
    calendar_reading.Fault.NOT_A_REPLY: gettext_lazy("This is not an answer to an invitation."),
    calendar_reading.Fault.FOR_ANOTHER: gettext_lazy(
        "The file answers for somebody else than whoever sent it. Answer from your own calendar."
    ),
}
GAPS: Mapping[Gap, Any] = {
    Gap.EVENT: gettext_lazy("Without a time that can be read, and left out: %(many)s."),
    Gap.RULE: gettext_lazy("Coming again in a way that is not read, so that only the first time counts: %(many)s."),
    Gap.ZONE: gettext_lazy("In an unknown time zone, taken as the time here: %(many)s."),
    Gap.BUDGET: gettext_lazy("Coming again too many times to work out, so that only the first time counts: %(many)s."),
    Gap.CUT_SHORT: gettext_lazy(
        "The file ends before the calendar in it does, so something may be missing. Export it again."
    ),
}
SIZES: Mapping[str, Any] = {
    "persons": gettext_lazy("At most %(most)s persons can be asked about a time."),
    "places": gettext_lazy("At most %(most)s places can be weighed against each other."),
    "candidates": gettext_lazy("These would be more than %(most)s times and places. Choose fewer days or places."),
    "weighed": gettext_lazy(
        "All persons at all times and places would be more than %(most)s to weigh. Choose fewer days, places or persons."
    ),
    "engagements": gettext_lazy("The calendars hold more than %(most)s engagements. Choose fewer days."),
    "answers": gettext_lazy("There are more than %(most)s answers about times. Choose fewer days or persons."),
}


def refused_sentence(refused: rhythm.Refused | calendar_reading.Unreadable | TooMuch) -> str:
    """What is so and what one can do, with the limit."""
    match refused:
        case rhythm.Refused():
            return str(RHYTHMS[refused.fault]) % {"about": refused.about}
        case calendar_reading.Unreadable():
            return str(FILES[refused.fault]) % {"limit": refused.limit}
        case TooMuch():
            return str(SIZES[refused.limit]) % {"most": refused.most}


def gap_sentences(gaps: Mapping[Gap, int]) -> Iterable[str]:
    """What was not read of a calendar that was read otherwise."""
    return [str(GAPS[gap]) % {"many": gaps[gap]} for gap in Gap if gap in gaps]
