"""Who is asked for a round, what a draft of a report may take back, and what a new frame leaves as it was."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from samordna.core import clock
from samordna.core.errors import Invalid, Refused
from samordna.domain.collaborations.models import Participation
from samordna.domain.followup import operations as do
from samordna.domain.followup.limits import FILE_DAYS
from samordna.domain.followup.models import Indicator, Report, Result, ResultFile, ResultValue, Round
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.queries.files import to_fill_in
from samordna.domain.followup.queries.judging import judge, known_in
from samordna.domain.followup.queries.pages import followup_page, indicator_page
from samordna.domain.followup.reading import Row
from samordna.domain.followup.tasks import forget_files
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.spec.test_T7_N1_N2_parts_and_reviews import measured

pytestmark = pytest.mark.django_db


def asked(given):
    """Who is asked, by period."""
    return {
        each.period: set(each.reports.values_list("organisation__name", flat=True))
        for each in Round.objects.filter(collaboration=given.collaboration)
    }


def test_a_round_asks_those_who_took_part_in_its_period_whatever_they_do_today():
    given = setting()
    measured(given)
    today = clock.day(clock.now())
    last = period_at("month", today).before
    new = f.organisation("Ödön")
    f.participation(given.collaboration, new, joined_on=last.ends_on + timedelta(days=1))
    Participation.objects.filter(organisation=given.own).update(left_on=last.ends_on + timedelta(days=1))
    Participation.objects.filter(organisation=given.other).update(left_on=last.starts_on)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    assert asked(given)[last.key] == {"Havsnäs"}, "not who joined after it, nor who left before it"
    assert asked(given)[last.before.key] == {"Havsnäs", "Storstad"}


def test_whoever_has_left_still_tells_of_the_time_that_it_took_part_and_takes_its_word_on_comparing_back():
    given = setting()
    indicator, _goal = measured(given)
    own, page = client_of(given.manager), f"/uppfoljning/{given.collaboration.pk}/"
    do.agree_to_comparing(actor=given.manager, collaboration_id=given.collaboration.pk)
    today = clock.day(clock.now())
    Participation.objects.filter(organisation=given.own).update(left_on=today)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    report = Report.objects.filter(organisation=given.own).order_by("round__starts_on").last()
    address = f"/uppfoljning/rapport/{report.pk}/"
    assert address in own.get("/").content.decode(), "Mitt asks"
    shown = own.get(address)
    assert (shown.status_code, f'href="{page}' in shown.content.decode()) == (200, False), (
        "no links to what is not theirs any more"
    )
    assert own.get(page).status_code == 404
    assert own.post(address, {f"{indicator.pk}-value": "17", "submit": "1"}).status_code == 302
    assert 'value="17"' in own.get(address).content.decode()
    assert client_of(given.other_manager).get(address).status_code == 404
    assert own.post(f"{page}jamfor/", {"word": "withdraw"}).status_code == 302
    assert given.collaboration.comparing.filter(withdrawn_at__isnull=True).count() == 0
    assert own.post(f"{page}jamfor/", {"word": "agree"}).status_code == 404


def test_what_is_only_saved_can_be_emptied_again_and_what_was_sent_in_can_not():
    given = setting()
    indicator, _goal = measured(given)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    report = Report.objects.filter(organisation=given.own).order_by("round__starts_on").last()
    own, address, field = client_of(given.manager), f"/uppfoljning/rapport/{report.pk}/", f"{indicator.pk}-value"
    assert own.post(address, {field: "731"}).status_code == 302
    assert own.post(address, {field: ""}).status_code == 302
    assert 'value="731"' not in own.get(address).content.decode()
    assert ResultValue.objects.filter(superseded_at__isnull=True).count() == 0
    assert own.post(address, {field: "732", "submit": "1"}).status_code == 302
    assert list(ResultValue.objects.order_by("number").values_list("number", "value")) == [(1, 731), (2, 732)]
    assert Result.objects.count() == 1
    refused = own.post(address, {field: ""})
    assert (refused.status_code, "Tomt är inte noll" in refused.content.decode()) == (422, True)
    do.save_report(actor=given.manager, report_id=report.pk, answers={}, comment="Mer", via="api")
    assert ResultValue.objects.get(superseded_at__isnull=True).value == 732, "what is not mentioned is left as it is"


def test_the_targets_stand_under_a_new_frame_and_a_later_word_on_a_day_takes_its_place():
    given = setting()
    indicator, goal = measured(given)
    today = clock.day(clock.now())
    do.set_target_step(actor=given.coordinator, indicator_id=indicator.pk, level=Decimal(8), on=today + timedelta(days=100))
    frame = {"starts_on": today, "why": "Tydligare", "unit": "dagar", "number_kind": "amount", "aggregation": "sum"}
    do.change_indicator(actor=given.coordinator, indicator_id=indicator.pk, definition="Hela dygn", **frame)
    do.set_target_step(actor=given.coordinator, indicator_id=indicator.pk, level=Decimal(7), on=today + timedelta(days=100))
    part = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.now
    assert part.steps == ((today + timedelta(days=100), 7), (goal.target_on, goal.target))
    assert part.target_on == goal.target_on, "the last target is not lost"


def test_how_it_is_reported_is_changed_from_a_day_on_and_what_was_told_keeps_what_it_was_told_under():
    given = setting()
    indicator, _goal = measured(given, minimum_group=1)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    coordinator, today = client_of(given.coordinator), clock.day(clock.now())
    report = Report.objects.filter(organisation=given.own).order_by("round__starts_on").last()
    answers = {indicator.pk: {"value": "3"}}
    do.save_report(actor=given.manager, report_id=report.pk, answers=answers, submit=True)
    address = f"/uppfoljning/matt/{indicator.pk}/rapportering/"
    assert client_of(given.manager).get(address).status_code == 403
    said = {"source": "Nytt register", "days_to_report": "30", "minimum_group": "5", "respondents": given.own.pk}
    early = coordinator.post(address, said | {"starts_on": report.round.starts_on.isoformat(), "why": "Nytt system"})
    assert (early.status_code, "en annan innebörd" in early.content.decode()) == (422, True)
    assert coordinator.post(address, said | {"starts_on": today.isoformat(), "why": ""}).status_code == 422
    assert coordinator.post(address, said | {"starts_on": today.isoformat(), "why": "Nytt system"}).status_code == 302
    page = coordinator.get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert all(words in page for words in ("Nytt register", "Nytt system", "3 dagar"))
    now = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator
    assert (now.everybody, now.respondents, now.minimum_group) == (False, (given.own.pk,), 5)
    assert now.asked_last == (given.own.pk, given.other.pk), "the last period was everybody's"
    assert len(now.parts) == 1, "the line goes on: it means the same"
    again = {**said, "starts_on": (today + timedelta(days=70)).isoformat(), "why": "Alla"}
    again.pop("respondents")
    assert coordinator.post(address, again).status_code == 302
    held = Indicator.objects.get().versions.order_by("number").values_list("number", "everybody", "minimum_group")
    assert list(held) == [(1, True, 1), (2, False, 5), (3, True, 5)]


def test_a_draft_says_what_kind_of_figure_and_how_the_whole_is_made():
    given = setting()
    today = clock.day(clock.now())
    said = {"what": "Fler är med", "indicator": "Delaktiga", "unit": "personer", "direction": "up", "frequency": "month"}
    said |= {
        "baseline": Decimal(1),
        "baseline_on": today,
        "target": Decimal(9),
        "target_on": today + timedelta(days=90),
        "source": "Enkät",
    }
    said |= {"review_on": today + timedelta(days=30), "number_kind": "mean"}
    draft = do.draft_goal(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, said=do.Drafted(aggregation="sum", **said)
    )
    with pytest.raises(Invalid, match="inte att summera"):
        do.set_drafted_goal(actor=given.coordinator, draft_id=draft.pk)
    do.change_goal_draft(actor=given.coordinator, draft_id=draft.pk, said=do.Drafted(aggregation="none", **said))
    do.set_drafted_goal(actor=given.coordinator, draft_id=draft.pk)
    version = Indicator.objects.get().versions.get()
    assert (version.number_kind, version.aggregation, version.source) == ("mean", "none", "Enkät")
    assert followup_page(given.coordinator, given.collaboration.pk, clock.now()).unmeasured == 0


def test_a_name_that_two_organisations_have_is_asked_about_and_never_guessed():
    given = setting()
    measured(given)
    type(given.own).objects.filter(pk__in=[given.own.pk, given.other.pk]).update(short_name="HS")
    type(given.own).objects.filter(pk=given.other.pk).update(number="212000-0142")
    last = period_at("month", clock.day(clock.now())).before.key

    def judged(word):
        rows = [Row(line=2, indicator="Väntedagar", organisation=word, period=last, value="3")]
        return judge(rows, known_in(given.collaboration, None, clock.day(clock.now())))

    assert ("organisationsnummer" in judged("hs").wrong[0].sentence, judged("hs").entries) == (True, ())
    assert judged("212000-0142").entries[0].organisation_id == given.other.pk
    assert judged(given.own.pk).entries[0].organisation_id == given.own.pk
    type(given.own).objects.filter(pk__in=[given.own.pk, given.other.pk]).update(name="Kommunen")
    assert {row[1] for row in to_fill_in(given.collaboration, None, clock.day(clock.now()))} == {
        given.own.pk,
        "212000-0142",
    }


def test_what_was_read_of_a_file_is_emptied_when_nobody_takes_it_in():
    given, now = setting(), clock.now()
    measured(given)
    rows = b"Indikator;Organisation;Period;V\xe4rde\nV\xe4ntedagar;Storstad;2025-01;5\n"
    made = do.read_result_file(actor=given.coordinator, collaboration_id=given.collaboration.pk, content=rows, name="x.csv")
    forget_files({}, now + timedelta(days=FILE_DAYS - 1))
    assert ResultFile.objects.get().rows
    forget_files({}, now + timedelta(days=FILE_DAYS, minutes=1))
    assert (ResultFile.objects.get().rows, ResultFile.objects.get().done_at is None) == ([], False)
    page = client_of(given.coordinator).get(f"/uppfoljning/fil/{made.pk}/").content.decode()
    assert "x.csv" in page
    with pytest.raises(Refused):
        do.keep_result_file(actor=given.coordinator, file_id=made.pk)
