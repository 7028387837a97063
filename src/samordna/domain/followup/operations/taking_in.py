"""Results by file and by the API: read, judged row by row, and what is right kept on request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import contribution_for
from samordna.domain.followup.access import file_for
from samordna.domain.followup.entries import Entry
from samordna.domain.followup.enums import Via
from samordna.domain.followup.limits import FILE_DAYS, MOST_ROWS, SHOWN_ROWS
from samordna.domain.followup.models import ResultFile
from samordna.domain.followup.operations.holding import hold, tell
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.followup.operations.writing import keep
from samordna.domain.followup.queries.changes import Change, change_of
from samordna.domain.followup.queries.judging import Judged, judge, known_in
from samordna.domain.followup.reading import Row, plain, rows_of, stored
from samordna.domain.organisations.findings import Findings


@operation("collaboration.contribute")
def read_result_file(
    *, actor: Actor, collaboration_id: str, content: bytes, name: str, at: datetime | None = None
) -> ResultFile:
    """Read a file with results and keep its rows aside, to be looked over. No result changes.

    The coordinator's file may hold everybody's figures, a participant's its own. Raises `TooLarge` and `Invalid`.
    """
    _given, own = contribution_for(actor, collaboration_id, at)
    at = at or clock.now()
    hold(collaboration_id)
    rows = rows_of(content)
    made = ResultFile.objects.create(
        collaboration_id=collaboration_id,
        organisation_id=own,
        name=name[:160],
        rows=plain(rows),
        read_at=at,
        read_by_id=actor.holding_id,
    )
    tell(actor, "results_read", ("result_file", made.pk), collaboration_id, at, name=made.name, rows=len(rows))
    return made


@operation("collaboration.contribute")
def keep_result_file(
    *, actor: Actor, file_id: str, only_right: bool = False, why: str = "", at: datetime | None = None
) -> ResultFile:
    """Take in what was read. With rows that cannot be kept, only on request (`only_right`); those are left out."""
    given = file_for(actor, file_id, at)
    at = at or clock.now()
    given = _open(given)
    rows = stored(given.rows)
    change = _kept(actor, given.collaboration_id, given.organisation_id, rows, why, at, only_right=only_right, via=Via.FILE)
    given.rows, given.done_at, given.why = [], at, why.strip()[:300]
    given.kept = len(change.new) + len(change.corrected)
    given.save()
    facts = {"name": given.name, "new": len(change.new), "corrected": len(change.corrected), "same": change.same}
    tell(actor, "results_taken_in", ("result_file", given.pk), given.collaboration_id, at, why=why, **facts)
    return given


@operation("collaboration.contribute")
def drop_result_file(*, actor: Actor, file_id: str, at: datetime | None = None) -> ResultFile:
    """Drop what was read; nothing of it is kept."""
    given = file_for(actor, file_id, at)
    at = at or clock.now()
    given = _open(given)
    given.rows, given.done_at = [], at
    given.save()
    tell(actor, "results_dropped", ("result_file", given.pk), given.collaboration_id, at, name=given.name)
    return given


@operation("collaboration.contribute")
def forget_result_file(*, actor: Actor, file_id: str, at: datetime | None = None) -> ResultFile:
    """Empty a file that nobody has taken in or dropped for as long as it waits. Done by itself every night."""
    given = file_for(actor, file_id, at)
    at = at or clock.now()
    given = ResultFile.objects.select_for_update().get(pk=given.pk)
    if given.done_at is not None:
        raise Refused(_("This file is done with already. Choose it again if there is more in it."))
    if at < given.read_at + timedelta(days=FILE_DAYS):
        raise Refused(_("The file waits for %(days)s days to be taken in.") % {"days": FILE_DAYS})
    given.rows, given.done_at = [], at
    given.save(update_fields=["rows", "done_at"])
    tell(actor, "results_forgotten", ("result_file", given.pk), given.collaboration_id, at, name=given.name)
    return given


@operation("collaboration.contribute")
def record_results(
    *,
    actor: Actor,
    collaboration_id: str,
    rows: Sequence[Row],
    only_right: bool = False,
    why: str = "",
    at: datetime | None = None,
) -> Change:
    """Keep results that come as rows. Raises `Invalid` with a sentence for each row that cannot be kept, as `rows.<line>`,
    unless `only_right`; then those are left out."""
    _given, own = contribution_for(actor, collaboration_id, at)
    at = at or clock.now()
    hold(collaboration_id)
    change = _kept(actor, collaboration_id, own, rows, why, at, only_right=only_right, via=Via.API)
    facts = {"new": len(change.new), "corrected": len(change.corrected), "same": change.same}
    tell(actor, "results_recorded", ("collaboration", collaboration_id), collaboration_id, at, why=why, **facts)
    return change


def _kept(
    actor: Actor,
    collaboration_id: str,
    own: str | None,
    rows: Sequence[Row],
    why: str,
    at: datetime,
    *,
    only_right: bool,
    via: Via,
) -> Change:
    if len(rows) > MOST_ROWS:
        sentence = _("At most %(most)s rows are taken in at once; these are %(count)s. Divide them.")
        raise TooLarge(sentence % {"most": MOST_ROWS, "count": len(rows)})
    judged = judge(rows, known_in(hold(collaboration_id), own, clock.day(at)))
    if judged.wrong and not only_right:
        raise Invalid(_sentences(judged))
    if not judged.entries:
        raise Refused(_("No row can be kept. Correct the file and choose it again."))
    change = _explained(judged.entries, why)
    keep(actor, change, why.strip(), via, at)
    keep_going(change.indicators)
    return change


def _sentences(judged: Judged) -> dict[str, str]:
    found = {f"rows.{one.line}": f"{one.column}: {one.sentence}" for one in judged.wrong[:SHOWN_ROWS]}
    more = len(judged.wrong) - SHOWN_ROWS
    if more > 0:
        found["rows"] = ngettext("%(n)s more row is wrong.", "%(n)s more rows are wrong.", more) % {"n": more}
    return found


def _explained(entries: Sequence[Entry], why: str) -> Change:
    change, found = change_of(entries), Findings()
    found.line("why", why, 300, required=False)
    if change.corrected and not why.strip():
        sentence = ngettext(
            "%(n)s figure differs from what is kept. Say why it is corrected.",
            "%(n)s figures differ from what is kept. Say why they are corrected.",
            len(change.corrected),
        )
        found.say("why", sentence % {"n": len(change.corrected)})
    found.insist()
    return change


def _open(given: ResultFile) -> ResultFile:
    hold(given.collaboration_id)
    given = ResultFile.objects.get(pk=given.pk)
    if given.done_at is not None:
        raise Refused(_("This file is done with already. Choose it again if there is more in it."))
    return given
