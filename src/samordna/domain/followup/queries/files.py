"""What a file with results holds, judged; and the rows of one to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.access import file_for, sees_in
from samordna.domain.followup.disclosure import Why
from samordna.domain.followup.entries import Entry
from samordna.domain.followup.limits import SHOWN_ROWS
from samordna.domain.followup.models import Indicator, ResultFile
from samordna.domain.followup.phrases import HIDDEN, label_of, with_unit
from samordna.domain.followup.queries.awaited import Awaited, awaited_in
from samordna.domain.followup.queries.changes import Standing, change_of
from samordna.domain.followup.queries.frames import last_ended, reporters_of, versions_of
from samordna.domain.followup.queries.judging import Wrong, judge, known_in
from samordna.domain.followup.queries.pages import names_in, words_for_organisations
from samordna.domain.followup.reading import COLUMNS, stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A figure that would get another value."""

    indicator: str
    organisation: str
    period: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage:
    """What taking the file in would do. `wrong` has the first; `wrong_count` counts them all."""

    id: str
    name: str
    read_at: datetime
    done: bool
    kept: int
    rows: int
    new: int
    same: int
    corrected: tuple[Corrected, ...]
    corrected_count: int
    wrong: tuple[tuple[str, Wrong], ...]
    wrong_count: int


def file_page(given: ResultFile, own: str | None, today: date) -> FilePage:
    """The file as it would be taken in now, to a reader whose own organisation this is."""
    rows = stored(given.rows)
    judged = judge(rows, known_in(given.collaboration, given.organisation_id, today))
    change, names = change_of(judged.entries), names_in(given.collaboration)
    awaited = awaited_in(given.collaboration)
    corrected = [
        Corrected(
            indicator=entry.version.indicator.name,
            organisation=names.get(entry.organisation_id, ""),
            period=label_of(entry.period.key),
            before=_before(entry, standing, own, awaited),
            after=with_unit(entry.figure.value, entry.version.unit),
        )
        for entry, standing in change.corrected[:SHOWN_ROWS]
    ]
    return FilePage(
        id=given.pk,
        name=given.name,
        read_at=given.read_at,
        done=given.done_at is not None,
        kept=given.kept,
        rows=len(rows),
        new=len(change.new),
        same=change.same,
        corrected=tuple(corrected),
        corrected_count=len(change.corrected),
        wrong=tuple((str(COLUMNS[one.column]), one) for one in judged.wrong[:SHOWN_ROWS]),
        wrong_count=len(judged.wrong),
    )


def own_file_page(actor: Actor, file_id: str, at: datetime) -> FilePage:
    """The same, for whoever asks."""
    given = file_for(actor, file_id, at)
    return file_page(given, sees_in(actor, given.collaboration, at).own, clock.day(at))


def _before(entry: Entry, standing: Standing, own: str | None, awaited: Awaited) -> str:
    """What stood; where a group can be too small to be shown, for the organisation itself alone."""
    unsent = (entry.organisation_id, entry.period.key) in awaited.unsent
    if entry.organisation_id != own and (unsent or entry.version.minimum_group > 1):
        return str(HIDDEN[Why.PROTECTS])
    return with_unit(standing.figure.value, entry.version.unit)


def to_fill_in(given: Collaboration, own: str | None, today: date) -> list[list[str]]:
    """A row for each indicator and organisation that reports it, for the last period that has ended."""
    indicators = list(Indicator.objects.running().filter(collaboration=given).order_by("name", "pk"))
    versions, names = versions_of([one.pk for one in indicators]), words_for_organisations(given)
    reporters = reporters_of(indicators, given, versions)
    rows = []
    for one in indicators:
        period = last_ended(versions[one.pk], today)
        for of in reporters.of(one, period):
            if own is None or of == own:
                rows.append([one.name, names.get(of, ""), period.key, "", "", "", "", ""])
    return rows
