"""Positions as files: round trips, drafts that are no answers, and everything wrong told row by row."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from samordna.core import clock, packages, tables
from samordna.core.errors import Absent, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.exchange import files
from samordna.domain.matters.exchange.documents import document_of
from samordna.domain.matters.exchange.drafts import plain
from samordna.domain.matters.queries.exchange import exchange_of, own_exchange, preview_of
from tests.web.matters.world import World, world


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


SOON = (clock.day(clock.now()) + timedelta(days=400)).isoformat()


def rule(w: World, aspect: str, comparison: str, *labels: str) -> dict[str, Any]:
    return {"aspect": w.aspects[aspect].pk, "is": comparison, "options": [w.option(aspect, label) for label in labels]}


def labels(w: World, aspect: str) -> list[str]:
    return [option.label for option in w.aspects[aspect].options.order_by("order")]


def filled(w: World) -> None:
    """A position with something of everything."""
    first, second = list(w.aspects)[:2]
    one, other = labels(w, first), labels(w, second)
    position = w.positions[0].pk
    actor = w.actor()
    do.record_practice(
        actor=actor, position_id=position, practices={w.aspects[first].pk: w.option(first, one[0])}, note="Så här, = idag"
    )
    do.record_costs(actor=actor, position_id=position, costs={w.option(first, one[1]): (1, 2, 3)})
    do.record_benefit(actor=actor, position_id=position, low=4, likely=5, high=60, note="Färre samtal\noch resor")
    when_then = {"if": [rule(w, first, "one_of", one[0])], "then": [rule(w, second, "none_of", *other[:-1])]}
    do.state_condition(actor=actor, position_id=position, rule=when_then, reason="Avtal", relax_price=0)
    do.state_condition(
        actor=actor,
        position_id=position,
        prose="Bara dagtid",
        reason="=Bemanning",
        legal_ground="1 kap. 2 §",
        confidence="coordinator",
        valid_to=date.fromisoformat(SOON),
    )
    do.state_need(
        actor=actor, position_id=position, rule={"then": [rule(w, first, "one_of", one[1])]}, reason="Vana", weight=7
    )


def write(w: World, form: str) -> bytes:
    exchange = exchange_of(w.leader(), w.matter.pk, clock.now())
    return {"xlsx": files.spreadsheet, "csv": files.table}[form](exchange.drafts, exchange.asked)


def look(w: World, content: bytes) -> Any:
    return preview_of(exchange_of(w.leader(), w.matter.pk, clock.now()), content, clock.now())


def taken_in(w: World, preview: Any, **more: Any) -> Any:
    drafts = [plain(draft) for draft in preview.drafts]
    return do.draft_positions(actor=w.leader(), matter_id=w.matter.pk, drafts=drafts, document="svar.xlsx", **more)


def csv_of(w: World, *lines: str) -> bytes:
    """The template's table with these rows more."""
    return write(w, "csv") + ("\r\n".join(lines) + "\r\n").encode()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_round_trip_is_exact(db: None, form: str, language: str) -> None:
    """What is written of one matter, taken into another of the same shape, is the same; taken in again it says nothing."""
    w = world()
    filled(w)
    with override(language):
        content = write(w, form)
    before = exchange_of(w.leader(), w.matter.pk, clock.now())
    again = look(w, content)
    assert (again.faults, again.drafts, len(again.nothing_new)) == ((), (), 1)
    empty(w)
    fresh = look(w, content)
    assert fresh.faults == ()
    taken_in(w, fresh)
    after = exchange_of(w.leader(), w.matter.pk, clock.now())
    assert document_of(after.drafts, after.asked) == document_of(before.drafts, before.asked)


def empty(w: World) -> None:
    for position in w.positions:
        position.refresh_from_db()
        position.practices.all().delete()
        position.costs.all().delete()
        position.conditions.all().delete()
        position.needs.all().delete()
        position.benefit_low = position.benefit_likely = position.benefit_high = None
        position.benefit_note = position.note = ""
        position.save()


def test_json_comes_back_as_it_was(db: None) -> None:
    w = world()
    filled(w)
    before = exchange_of(w.leader(), w.matter.pk, clock.now())
    content = json.dumps(document_of(before.drafts, before.asked)).encode()
    empty(w)
    taken_in(w, look(w, content))
    after = exchange_of(w.leader(), w.matter.pk, clock.now())
    assert document_of(after.drafts, after.asked) == document_of(before.drafts, before.asked)


def test_a_draft_is_no_answer_until_the_participant_sends_it_in(db: None) -> None:
    w = world()
    filled(w)
    content = write(w, "csv")
    empty(w)
    result = taken_in(w, look(w, content))
    position = w.positions[0]
    position.refresh_from_db()
    assert (result.drafted, position.state, position.drafted_from) == (1, PositionState.STARTED, "svar.xlsx")
    assert position.answered_at is None
    entry = JournalEntry.objects.get(action="positions_drafted")
    assert entry.organisation_id == w.leader().organisation_id
    do.submit_position(actor=w.actor(), position_id=position.pk)
    position.refresh_from_db()
    assert position.state == PositionState.ANSWERED


def test_an_answer_that_was_sent_in_is_left_alone(db: None) -> None:
    w = world()
    filled(w)
    content = write(w, "csv")
    empty(w)
    do.declare_no_conditions(actor=w.actor(), position_id=w.positions[0].pk)
    preview = look(w, content)
    assert (preview.drafts, len(preview.sent_in)) == ((), 1)
    drafts = [plain(draft) for draft in exchange_of(w.leader(), w.matter.pk, clock.now()).drafts]
    drafts[0]["note"] = "something new"
    result = do.draft_positions(actor=w.leader(), matter_id=w.matter.pk, drafts=drafts, document="x")
    assert (result.drafted, result.sent_in) == (0, 1)
    with pytest.raises(Refused, match="already been sent in"):
        do.fill_in_position(actor=w.actor(), position_id=w.positions[0].pk, drafts=[], document="x")


def test_everything_wrong_is_told_where_it_stands_and_the_right_rows_are_kept(db: None) -> None:
    w = world()
    first = next(iter(w.aspects))
    option = labels(w, first)[0]
    name = w.positions[0].organisation.name
    other = w.positions[1].organisation.name
    content = csv_of(
        w,
        f"Conditions;{other};1;;{first};is;{option};;Because;;;;",
        f"Conditions;{name};1;;{first};is;nothing such;;Because;;;;",
        f"Conditions;{name};2;;Colour;is;{option};;Because;;;;",
        f"Conditions;{name};3;;{first};is;{option};;;;;;",
        f"Conditions;{name};4;;{first};is;{option};;Because;;;;2001-01-01",
        f"Conditions;{name};5;;;;;Bara dagtid;Because;;-4;;",
        f"Conditions;{name};6;;;;;Bara dagtid;Because;;;;någon gång",
        "Conditions;Nowhere;1;;;;;Bara dagtid;Because;;;;",
        f"Costs;{name};{first};{option};9;2;3",
        f"Costs;{other};{first};{option};1;2;3",
        f"Costs;{other};{first};{option};1;2;3",
    )
    preview = look(w, content)
    said = [(fault.sheet, fault.column, fault.what) for fault in preview.faults]
    assert said == [
        ("Costs", "Lowest", "The figures are not in rising order."),
        ("Costs", "Option", f"The same option has a cost already, in row {preview.faults[1].row - 1}."),
        ("Conditions", "Participant", "“Nowhere” is not asked in this matter."),
        ("Conditions", "Options", "“nothing such” is not an option of “Basis”."),
        ("Conditions", "Aspect", "The matter has no aspect “Colour”."),
        ("Conditions", "Reason", "There is no reason."),
        ("Conditions", "Holds until", "The day 2001-01-01 has passed."),
        ("Conditions", "Price of relaxing", "“-4” is not a whole number that fits here."),
        ("Conditions", "Holds until", "“någon gång” is not a date."),
    ]
    assert all(fault.todo and fault.row for fault in preview.faults)
    assert f"Choose one of: {', '.join(labels(w, first)[:12])}." in [fault.todo for fault in preview.faults]
    (kept,) = preview.drafts
    assert (kept.organisation, len(kept.conditions), len(kept.costs)) == (w.positions[1].organisation_id, 1, 1)


def test_two_answers_for_one_participant_are_told_and_neither_is_kept(db: None) -> None:
    w = world()
    name = w.positions[0].organisation.name
    preview = look(w, csv_of(w, f"Answers;{name};1;2;3;;En anteckning", f"Answers;{name};1;2;4;;En annan"))
    assert [fault.what.split(",")[0] for fault in preview.faults] == ["The participant has another answer"] * 2
    assert preview.drafts == ()


def test_conditions_of_one_owner_that_contradict_are_told_and_both_kept(db: None) -> None:
    w = world()
    first = next(iter(w.aspects))
    one, two = labels(w, first)[:2]
    name = w.positions[0].organisation.name
    lines = (f"Conditions;{name};1;;{first};is;{one};;Because;;;;", f"Conditions;{name};2;;{first};is;{two};;Because;;;;")
    preview = look(w, csv_of(w, *lines))
    (told,) = preview.contradictions
    assert (told.organisation, told.aspect, len(told.conditions)) == (name, "Basis", 2)
    taken_in(w, preview)
    assert w.positions[0].conditions.count() == 2


@pytest.mark.parametrize(
    ("content", "error", "sentence"),
    [
        (b"", Invalid, "No sheet of the template"),
        (b"\x00\x01\x02" * 50, Invalid, "No sheet of the template"),
        (b"PK\x03\x04 not a package", Invalid, "damaged"),
        (b"{not json", Invalid, "not JSON"),
        (b'{"positions": [{"organisation": 3}]}', Invalid, "positions.0.organisation"),
        (b"Answers;1\r\nAnswers;2\r\n", Invalid, "has no column"),
        (b"a" * (tables.MAX_BYTES + 1), TooLarge, "at most"),
        (b"Answers;Participant\r\n" + b"Answers;x\r\n" * (packages.MAX_ROWS + 1), TooLarge, "rows"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(db: None, content: bytes, error: type, sentence: str) -> None:
    with pytest.raises(error) as refused:
        look(world(), content)
    said = " ".join(refused.value.fields.values()) if isinstance(refused.value, Invalid) else refused.value.reason
    assert sentence in said


def test_a_file_that_becomes_very_large_when_unpacked_is_refused_before_it_is(db: None) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (packages.MAX_UNPACKED + 1))
    assert len(buffer.getvalue()) < tables.MAX_BYTES
    with pytest.raises(TooLarge, match="Unpacked"):
        look(world(), buffer.getvalue())


def test_the_template_has_the_options_to_choose_from(db: None) -> None:
    w = world()
    content = write(w, "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names[:4] == ["Answers", "Costs", "Conditions", "Needs"]
    heads = book.get_sheet_by_name("Answers").to_python()[0]
    assert heads[6:] == [f"Today: {aspect.label}" for aspect in w.aspects.values()]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 1 + len(w.aspects)


def test_only_who_leads_may_draft_for_others_and_only_who_answers_for_itself(db: None) -> None:
    w = world()
    with pytest.raises((Absent, Refused)):
        do.draft_positions(actor=w.actor(), matter_id=w.matter.pk, drafts=[], document="x")
    with pytest.raises((Absent, Refused)):
        do.fill_in_position(actor=w.actor(1), position_id=w.positions[0].pk, drafts=[], document="x")
    with pytest.raises((Absent, Refused)):
        own_exchange(w.actor(1), w.positions[0].pk, clock.now())
    own = own_exchange(w.actor(), w.positions[0].pk, clock.now())
    assert list(own.asked.participants) == [w.positions[0].organisation_id]


@pytest.mark.parametrize("count", [3, 60])
def test_many_are_taken_in_with_the_same_number_of_queries(db: None, count: int, django_assert_num_queries: Any) -> None:
    w = world(participants=count)
    first = next(iter(w.aspects))
    option = labels(w, first)[0]
    lines = [f"Conditions;{p.organisation.name};1;;{first};is;{option};;Because;;;;" for p in w.positions]
    preview = look(w, csv_of(w, *lines))
    assert len(preview.drafts) == count
    with django_assert_num_queries(QUERIES):
        taken_in(w, preview)


QUERIES = 40
