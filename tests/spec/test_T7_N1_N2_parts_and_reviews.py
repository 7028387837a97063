"""T7: goals are looked at again and revised. N1: each one's part and all together. N2: own work that helps the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samordna.core import clock
from samordna.core.errors import Invalid
from samordna.domain.collaborations.models import Goal
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Comparing, GoalReview, Report, ResultFile, ResultValue
from samordna.domain.followup.queries.pages import indicator_page
from samordna.domain.followup.reading import Row
from samordna.domain.followup.tasks import open_the_days_rounds
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reminding import remind
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.reading import figures
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HEAD = "Indikator;Organisation;Period;Värde;Hur många;Av hur många;Antal svar;Varför den saknas\n"


def measured(given, **fields):
    """A goal with an indicator that has been measured for 70 days."""
    today = clock.day(clock.now())
    goal = f.goal(given.collaboration, baseline_on=today - timedelta(days=400), target_on=today + timedelta(days=400))
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "number_kind": "amount"} | fields
    from_day = today - timedelta(days=70)
    return do.start_indicator(
        actor=given.coordinator, goal_id=goal.pk, measured_from=from_day, **{"past_rounds": True} | frame
    ), goal


def test_t7_a_goal_is_looked_at_again_chased_and_revised_without_losing_what_was_measured():
    given = setting()
    indicator, goal = measured(given)
    coordinator, own = client_of(given.coordinator), client_of(given.manager)
    page, today = f"/uppfoljning/mal/{goal.pk}/", clock.day(clock.now())
    assert own.post(f"{page}granska/", {"next_on": (today + timedelta(days=90)).isoformat()}).status_code == 403
    assert coordinator.post(f"{page}granska/", {"next_on": today.isoformat()}).status_code == 422, "a day to come"
    assert coordinator.post(f"{page}granska/", {"next_on": (today + timedelta(days=90)).isoformat()}).status_code == 302
    assert page not in coordinator.get("/").content.decode()
    GoalReview.objects.update(next_on=today - timedelta(days=3))
    assert page in coordinator.get("/").content.decode(), "Mitt asks when the day has come"
    remind(clock.now())
    remind(clock.now())
    assert Notice.objects.filter(kind="goal_review_due").count() == 1
    assert "dagen har passerat" in own.get(page).content.decode()
    when = {"next_on": (today + timedelta(days=90)).isoformat()}
    assert coordinator.post(f"{page}granska/", when).status_code == 422, "what one came to is said"
    assert coordinator.post(f"{page}granska/", when | {"conclusion": "Håller, men gå fortare"}).status_code == 302

    last = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.measured_from.isoformat()[:7]
    rows = (HEAD + f"Väntedagar;Havsnäs;{last};31,5\nVäntedagar;Storstad;{last};400\n").encode()
    kept = do.read_result_file(actor=given.coordinator, collaboration_id=given.collaboration.pk, content=rows, name="x.csv")
    do.keep_result_file(actor=given.coordinator, file_id=kept.pk)
    revised = {"why": "Högre krav", "what": "Färre väntar", "indicator": "Väntedagar", "unit": "days", "direction": "down"}
    revised |= {"baseline": "31", "target": "10", "target_on": goal.target_on.isoformat(), "kind": "result"}
    assert coordinator.post(f"/samverkan/mal/{goal.pk}/revidera/", revised).status_code == 302
    heir = Goal.objects.get(replaces=goal)
    assert "431,5" in coordinator.get(f"/uppfoljning/mal/{heir.pk}/").content.decode(), "it follows the goal"
    assert "Håller, men gå fortare" in own.get(f"/uppfoljning/mal/{heir.pk}/").content.decode()

    frame = {"starts_on": today.isoformat(), "why": "Timmar är rättvisare", "unit": "timmar", "number_kind": "amount"}
    early = frame | {"starts_on": f"{last}-01", "aggregation": "sum"}
    relabelled = coordinator.post(f"/uppfoljning/matt/{indicator.pk}/andra/", early)
    assert (relabelled.status_code, "en annan innebörd" in relabelled.content.decode()) == (422, True)
    changed = coordinator.post(f"/uppfoljning/matt/{indicator.pk}/andra/", frame | {"aggregation": "sum"})
    assert changed.status_code == 302
    shown = coordinator.get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert all(words in shown for words in ("Timmar är rättvisare", "I timmar", "I dagar", "431,5"))
    assert ResultValue.objects.count() == 2, "nothing is lost or moved when the frame changes"
    assert own.get(f"/api/v1/indicators/{indicator.pk}").json()["indicator"]["parts"][1]["unit"] == "dagar"


def test_n1_every_part_and_all_together_and_n2_own_work_that_helps():
    given = setting()
    indicator, goal = measured(given)
    third = f.organisation("Ödön")
    f.participation(given.collaboration, third)
    clients = [client_of(who) for who in (given.manager, given.other_manager, f.actor(third, RoleKind.MANAGER))]
    own, other, _last = clients
    coordinator, above = client_of(given.coordinator), client_of(given.superior_manager)
    page, table = f"/uppfoljning/mal/{goal.pk}/", f"/uppfoljning/matt/{indicator.pk}/"
    on = (goal.target_on - timedelta(days=5)).isoformat()
    assert own.post(f"{table}var-del/", {"level": "12,5", "on": on}).status_code == 302
    assert above.post(f"{table}var-del/", {"level": "12,5", "on": on}).status_code == 403
    work = {f"{goal.pk}-what": "Vi ringer dagen före", f"{goal.pk}-how": "Då vet alla"}
    assert own.post(f"/foljs/mal/{goal.pk}/eget-arbete/", work).status_code == 302
    shown = other.get(page).content.decode()
    assert all(words in shown for words in ("12,5 dagar till", "Vi ringer dagen före", "Ödön")), "each one's part"

    open_the_days_rounds({}, clock.now())
    open_the_days_rounds({}, clock.now())  # a second time opens nothing
    while spread(clock.now()):
        pass
    asked = Notice.objects.filter(kind="report_asked_for").values_list("person_id", flat=True)
    assert {given.manager.person_id, given.other_manager.person_id} <= set(asked)
    few = queries(coordinator, table)
    for client, of, figure in zip(clients, (given.own, given.other, third), ("710", "820", "930"), strict=True):
        for report in Report.objects.filter(organisation=of):
            client.post(f"/uppfoljning/rapport/{report.pk}/", {f"{indicator.pk}-value": figure, "submit": "1"})
    assert queries(coordinator, table) == few, "as many questions for many figures as for none"
    lead, mine, theirs, sup = (figures(who.get(table)) for who in (coordinator, own, other, above))
    assert {"710", "820", "930", "2460"} <= lead
    assert [("710" in page, "820" in page, "930" in page) for page in (mine, theirs, sup)] == [
        (True, False, False),
        (False, True, False),
        (False, False, False),
    ]
    assert all("2460" in page for page in (mine, theirs, sup)), "the whole gives none away"
    compare = f"/uppfoljning/{given.collaboration.pk}/jamfor/"
    own.post(compare, {"word": "agree"})
    assert "820" not in figures(own.get(table)), "only where both have agreed"
    other.post(compare, {"word": "agree"})
    both = figures(own.get(table))
    assert ("820" in both, "930" in both, "2460" in both) == (True, False, False), "or Ödön's could be worked out"
    other.post(compare, {"word": "withdraw"})
    assert "820" not in figures(own.get(table))
    late = Report.objects.filter(organisation=given.own).order_by("round__starts_on").last()
    Report.objects.filter(pk=late.pk).update(state="waiting")
    type(late.round).objects.update(due_on=clock.day(clock.now()) - timedelta(days=9))
    remind(clock.now())
    assert Notice.objects.filter(kind="report_late").count() == 1, "late reports are chased"


def test_n1_one_s_own_word_is_written_by_nobody_else_and_few_are_shown_to_nobody_else():
    given = setting()
    indicator, _goal = measured(given, minimum_group=5)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    coordinator, own = client_of(given.coordinator), client_of(given.manager)
    report = Report.objects.filter(organisation=given.own).order_by("round__starts_on").first()
    address, api = f"/uppfoljning/rapport/{report.pk}/", f"/api/v1/reports/{report.pk}"
    table = f"/uppfoljning/matt/{indicator.pk}/"
    figure = {f"{indicator.pk}-value": "7311", f"{indicator.pk}-group": "3"}
    assert coordinator.post(address, figure | {"submit": "1"}).status_code == 403, "nobody else's word"
    written = coordinator.put(api, {"answers": {indicator.pk: {"value": "1"}}}, content_type="application/json")
    assert (written.status_code, ResultValue.objects.count()) == (403, 0)
    assert own.post(address, {f"{indicator.pk}-value": "7311", "submit": "1"}).status_code == 422, "of how many"
    assert own.post(address, figure | {"submit": "1"}).status_code == 302
    seen = [who.get(where).content.decode() for who in (coordinator, own) for where in (address, api)]
    assert ["7311" in page for page in seen] == [False, False, True, True], "three are too few to be shown"
    assert "7\u00a0311" not in coordinator.get(table).content.decode()
    rows = f"{HEAD}Väntedagar;Havsnäs;{report.round.period};5;;;9;\n".encode()
    theirs = do.read_result_file(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, content=rows, name="x.csv"
    )
    shown = coordinator.get(f"/uppfoljning/fil/{theirs.pk}/").content.decode()
    assert ("dolt av hänsyn" in shown, "7\u00a0311" in shown) == (True, False)
    mine = do.read_result_file(actor=given.manager, collaboration_id=given.collaboration.pk, content=rows, name="y.csv")
    assert coordinator.get(f"/uppfoljning/fil/{mine.pk}/").status_code == 404
    assert "7\u00a0311" in own.get(f"/uppfoljning/fil/{mine.pk}/").content.decode()


def test_n1_a_draft_is_nobody_s_word_and_the_whole_waits_for_all():
    given = setting()
    indicator, _goal = measured(given)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    whose = (given.coordinator, given.manager, given.other_manager, given.superior_manager)
    coordinator, own, other, above = (client_of(who) for who in whose)
    first = Report.objects.order_by("round__starts_on").first().round
    mine, theirs = (Report.objects.get(round=first, organisation=of) for of in (given.own, given.other))
    table, address = f"/uppfoljning/matt/{indicator.pk}/", f"/uppfoljning/rapport/{mine.pk}/"
    field, said = f"{indicator.pk}-value", {"comment": "Halvfärdigt"}
    told = {"answers": {indicator.pk: {"value": "731"}}} | said
    assert own.put(f"/api/v1/reports/{mine.pk}", told, content_type="application/json").status_code == 200
    result = f"/uppfoljning/resultat/{ResultValue.objects.get().result_id}/"
    assert coordinator.get(result).status_code == 404
    told_nothing = [coordinator.get(where).content.decode() for where in (table, address)]
    assert not any("731" in figures(page) or "Halvfärdigt" in page for page in told_nothing), "saved, not sent in"
    assert "731" in figures(own.get(table))
    assert own.post(address, {"submit": "1", field: "731"} | said).status_code == 302
    assert "731" in figures(coordinator.get(table))
    waiting = above.get(table).content.decode()
    assert ("731" in figures(waiting), "när alla har rapporterat" in waiting) == (False, True), (
        "whoever comes last is not given away"
    )
    assert other.post(f"/uppfoljning/rapport/{theirs.pk}/", {"submit": "1", field: "200"}).status_code == 302
    assert "931" in figures(above.get(table))
    Report.objects.filter(pk=theirs.pk).update(state="returned", note="Se över")
    assert ["931" in figures(who.get(table)) for who in (above, coordinator)] == [False, True]
    compare = f"/uppfoljning/{given.collaboration.pk}/jamfor/"
    for client in (own, other):
        client.post(compare, {"word": "agree"})
    assert "731" in figures(other.get(table))
    type(given.own_part).objects.filter(pk=given.own_part.pk).update(left_on=clock.day(clock.now()))
    assert "731" not in figures(other.get(table)), "the word to be compared ends with taking part"
    today, parts = clock.day(clock.now()), type(given.own_part).objects.filter(pk=given.own_part.pk)
    parts.update(joined_on=today, left_on=None)
    Comparing.objects.update(given_at=clock.now() - timedelta(days=3))
    type(given.own_part).objects.exclude(pk=given.own_part.pk).update(joined_on=today - timedelta(days=9))
    assert "731" not in figures(other.get(table)), "whoever joins anew is asked anew"
    own.post(compare, {"word": "agree"})
    assert "731" in figures(other.get(table))


def test_a_file_is_told_row_by_row_and_the_right_rows_are_kept_on_request():
    given = setting()
    share = {"number_kind": "share", "unit": "procent", "aggregation": "weighted", "minimum_group": 5}
    indicator, _goal = measured(given, name="Delaktighet", frequency="quarter", **share)
    coordinator, own = client_of(given.coordinator), client_of(given.manager)
    home = f"/uppfoljning/{given.collaboration.pk}/"
    rows = (
        "Delaktighet;Havsnäs;2025-Q4;;7;8;;\n"
        "Delaktighet;Storstad;kvartal 4 2025;;1;2;;\n"
        "Delaktighet;Storstad;2025-12-31;;50;100;;\n"
        "Delaktighet;Havsnäs;2025-Q3;110;;8;;\n"
        "Nöjdhet;Havsnäs;2025-Q3;;7;8;;\n"
        "Delaktighet;Havsnas;2025-Q3;;7;8;;\n"
        "Delaktighet;Havsnäs;i fjol;;7;8;;\n"
        "Delaktighet;Havsnäs;2025-Q2;;;;;\n"
        "Delaktighet;Havsnäs;2025-Q1;;;;;Registret låg nere\n"
    )
    empty = coordinator.get(f"{home}las-in/csv/").content.decode("utf-8-sig")
    assert (empty.count("Delaktighet"), coordinator.get(f"{home}las-in/xlsx/").content[:2]) == (2, b"PK")
    upload = SimpleUploadedFile("mall.csv", (HEAD + rows).encode("cp1252"))
    address = coordinator.post(f"{home}las-in/", {"file": upload}).headers["Location"]
    assert own.get(address).status_code == 404
    shown = coordinator.get(address).content.decode()
    assert all(f'<th scope="row">{line}</th>' in shown for line in (4, 5, 6, 7, 8, 9))
    assert all(words in shown for words in ("högst 100 procent", "Nöjdhet", "Havsnas", "i fjol", "Rad 3 gäller redan"))
    assert coordinator.post(address, {}).status_code == 422, "not without being asked to"
    assert ResultValue.objects.count() == 0
    assert coordinator.post(address, {"only_right": "on"}).status_code == 302
    assert (ResultValue.objects.count(), ResultFile.objects.get().rows) == (3, [])
    page = coordinator.get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert all(words in page for words in ("för få", "dolt av hänsyn", "80 %")), (
        "a group of two is hidden, the whole is not"
    )
    assert "87,5" in own.get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    again = [Row(line=1, indicator=indicator.pk, period="2025-Q4", numerator="6", denominator="8")]
    with pytest.raises(Invalid, match="rättas"):
        do.record_results(actor=given.manager, collaboration_id=given.collaboration.pk, rows=again)
    change = do.record_results(actor=given.manager, collaboration_id=given.collaboration.pk, rows=again, why="Räknat om")
    assert (len(change.new), len(change.corrected), change.same) == (0, 1, 0)
    other_one = [
        Row(line=1, indicator=indicator.pk, organisation="Storstad", period="2025-Q4", numerator="6", denominator="8")
    ]
    with pytest.raises(Invalid, match="egen organisation"):
        do.record_results(actor=given.manager, collaboration_id=given.collaboration.pk, rows=other_one, why="x")
    value = ResultValue.objects.get(number=2)
    assert "Räknat om" in own.get(f"/uppfoljning/resultat/{value.result_id}/").content.decode()
