"""The answer page for somebody who is signed in: five steps, drafts kept, nothing typed lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import AdaptationCost, Condition, Need
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.reading import figures
from tests.web.matters.world import client_of, world

pytestmark = pytest.mark.django_db
STEPS = ("idag", "behov", "forutsattningar", "kostnad", "skicka")


def url(w, step="", place=0):
    address = reverse("position", args=[w.matter.pk, w.positions[place].pk])
    return f"{address}?steg={step}" if step else address


def press(w, step, status, **typed):
    answer = w.client().post(url(w, step), typed)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode() if status != 302 else answer["Location"]


def line(w, name, aspect, comparison, *labels):
    return {
        f"{name}-aspect": w.aspects[aspect].pk,
        f"{name}-is": comparison,
        f"{name}-option": [w.option(aspect, label) for label in labels],
    }


@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens(step):
    w = world()
    answer = w.client().get(url(w, step))
    assert answer.status_code == 200
    assert 'aria-current="step"' in answer.content.decode()


def test_a_whole_answer_from_the_first_step_to_sending_it_in():
    w = world()
    basis = w.aspects["basis"]
    today = {f"today-{basis.pk}": w.option("basis", "individual"), "note": "We are small", "do": "next"}
    assert press(w, "idag", 302, **today) == url(w, "behov")
    need = line(w, "then-0", "days", "at_most", "2") | {"reason": "Beds", "weight": "40"}
    shown = press(w, "behov", 200, do="show", **need)
    assert "Free days is at most 2 days" in shown
    press(w, "behov", 302, do="save", seen="Free days is at most 2 days", **need)
    assert press(w, "behov", 302, do="next") == url(w, "forutsattningar")
    typed = {"reason": "The ferry", "confidence": "open"}
    rule = line(w, "if-0", "basis", "one_of", "monthly average") | line(w, "then-0", "zero", "one_of", "yes")
    sentence = "If basis is monthly average then day zero counted is yes"
    assert sentence in press(w, "forutsattningar", 200, do="show", **rule, **typed)
    press(w, "forutsattningar", 302, do="save", seen=sentence, **rule, **typed)
    cost = {f"cost-{w.option('basis', 'individual')}-likely": "12", "likely": "30", "low": "20", "high": "50"}
    assert press(w, "kostnad", 302, do="next", **cost) == url(w, "skicka")
    review = w.client().get(url(w, "skicka")).content.decode()
    for words in (sentence, "Free days is at most 2 days", "The ferry", "We are small", "Send in the answer"):
        assert words in review
    assert press(w, "skicka", 302, do="send") == url(w)
    w.positions[0].refresh_from_db()
    assert w.positions[0].state == PositionState.ANSWERED
    assert (w.positions[0].benefit_low, w.positions[0].benefit_likely, w.positions[0].benefit_high) == (20, 30, 50)
    assert AdaptationCost.objects.get().likely == 12
    assert Need.objects.get().weight == 40
    assert Condition.objects.get().rule["if"][0]["aspect"] == basis.pk


def test_saying_aloud_that_there_are_no_conditions():
    w = world()
    assert "We have no conditions: send in" in w.client().get(url(w, "skicka")).content.decode()
    press(w, "skicka", 302, do="no-conditions")
    w.positions[0].refresh_from_db()
    assert w.positions[0].state == PositionState.NO_CONDITIONS


def test_an_empty_answer_is_refused_with_a_sentence():
    w = world()
    assert "You have not stated any condition." in press(w, "skicka", 422, do="send")


def test_a_condition_is_kept_only_when_its_sentence_has_been_shown_as_it_now_reads():
    w = world()
    typed = line(w, "then-0", "days", "at_least", "3") | {"reason": "The ferry", "confidence": "open"}
    html = press(w, "forutsattningar", 200, do="save", seen="Free days is at least 2 days", **typed)
    assert 'name="seen" value="Free days is at least 3 days"' in html
    assert Condition.objects.count() == 0


def test_adding_and_dropping_lines_keeps_what_was_typed():
    w = world()
    html = press(w, "forutsattningar", 200, do=f"about-{w.aspects['days'].pk}", reason="")
    assert 'name="then-0-aspect"' in html
    typed = line(w, "then-0", "days", "at_most", "3") | {"reason": "Half-typed rea"}
    html = press(w, "forutsattningar", 200, do="add-if", **typed, **{"if-new": w.aspects["basis"].pk})
    assert 'name="if-0-aspect"' in html
    assert "Half-typed rea" in html
    assert f'value="{w.option("days", "3")}" selected' in html
    html = press(w, "forutsattningar", 200, do="drop-if-0", **typed, **line(w, "if-0", "basis", "one_of"))
    assert 'name="if-0-aspect"' not in html
    assert "Half-typed rea" in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "This field is required."),
        ({"reason": "R", "relax_price": "many"}, "Enter a whole number."),
        ({"reason": "R", "valid_to": "2020-01-01"}, "Choose a day to come, or leave it empty."),
        ({"reason": "R", "confidence": "nobody"}, "Select a valid choice"),
    ],
)
def test_a_condition_with_something_wrong_says_what_and_keeps_the_rest(typed, sentence):
    w = world()
    lines = line(w, "then-0", "days", "at_least", "3")
    typed = {"confidence": "open", "legal_ground": "Act 2017:612", "seen": "Free days is at least 3 days"} | typed
    html = press(w, "forutsattningar", 422, do="save", **lines, **typed)
    assert sentence in html
    assert "Act 2017:612" in html
    assert f'value="{w.option("days", "3")}" selected' in html
    assert Condition.objects.count() == 0


def test_a_line_without_an_option_says_which():
    w = world()
    typed = line(w, "then-0", "days", "at_least") | {"reason": "R", "confidence": "open"}
    html = press(w, "forutsattningar", 422, do="show", **typed)
    assert "What shall hold, line 1: choose at least one of the options of “Free days”." in html


def test_a_condition_in_ones_own_words():
    w = world()
    assert 'name="prose"' in press(w, "forutsattningar", 200, do="prose")
    assert "Write the condition." in press(w, "forutsattningar", 422, do="show", prose=" ", reason="R", confidence="open")
    typed = {"prose": "Not before the merger", "reason": "We merge", "confidence": "coordinator"}
    assert "Not before the merger" in press(w, "forutsattningar", 200, do="show", **typed)
    press(w, "forutsattningar", 302, do="save", seen="Not before the merger", **typed)
    condition = Condition.objects.get()
    assert (condition.form, condition.prose, condition.confidence) == ("prose", "Not before the merger", "coordinator")


def test_going_on_with_something_unsaved_stops_and_keeps_it():
    w = world()
    typed = line(w, "then-0", "days", "at_least", "3") | {"reason": "Half-typed rea"}
    html = press(w, "forutsattningar", 422, do="next", **typed)
    assert "You have begun something that is not saved yet." in html
    assert "Half-typed rea" in html


def test_taking_a_condition_back_keeps_what_is_being_typed():
    w = world()
    condition = do.state_condition(actor=w.actor(), position_id=w.positions[0].pk, prose="Old one", reason="R")
    typed = line(w, "then-0", "days", "at_least", "3") | {"reason": "Half-typed rea"}
    html = press(w, "forutsattningar", 200, do=f"withdraw-{condition.pk}", **typed)
    assert "Old one" not in html
    assert "Half-typed rea" in html


def test_figures_out_of_order_are_refused_beside_their_field_and_kept():
    w = world()
    option = w.option("basis", "individual")
    typed = {f"cost-{option}-low": "9", f"cost-{option}-likely": "5", f"cost-{option}-high": "7", "high": "50", "note": "N"}
    html = press(w, "kostnad", 422, do="next", **typed)
    assert "State lowest, likely and highest in that order." in html
    assert "State the likely figure; the lowest and the highest are optional." in html
    for value in ("9", "5", "7", "50"):
        assert f'value="{value}"' in html
    assert AdaptationCost.objects.count() == 0


def test_figures_that_are_no_numbers_are_kept_as_typed():
    w = world()
    html = press(w, "kostnad", 422, do="next", likely="about ten", **{f"cost-{w.option('zero', 'yes')}-likely": "lots"})
    assert "about ten" in html
    assert 'value="lots"' in html


def test_saving_for_later_stays_on_the_step():
    w = world()
    assert press(w, "idag", 302, do="stay", note="To be continued") == url(w, "idag")
    assert "To be continued" in w.client().get(url(w, "idag")).content.decode()


def test_others_read_the_position_without_figures_or_forms():
    w = world()
    do.record_benefit(actor=w.actor(), position_id=w.positions[0].pk, low=71, likely=72, high=73)
    own, lead = (client.get(url(w)).content.decode() for client in (w.client(0), w.lead()))
    other = w.client(1).get(url(w)).content.decode()
    assert "<textarea" in own
    assert "72" in figures(lead)
    assert "<textarea" not in other
    assert "72" not in figures(other)
    assert "Costs and gain" not in other


def test_others_cannot_post_to_it():
    w = world()
    answer = w.client(1).post(url(w, "idag"), {"do": "next", "note": "Not mine"})
    assert answer.status_code == 403
    w.positions[0].refresh_from_db()
    assert w.positions[0].note == ""


def test_an_officer_reads_but_gets_no_form():
    w = world()
    officer = f.holding(w.positions[0].organisation, RoleKind.OFFICER)
    assert "<textarea" not in client_of(officer).get(url(w)).content.decode()


def test_a_position_of_another_matter_is_not_there():
    w, other = world(), world()
    assert w.client().get(reverse("position", args=[other.matter.pk, w.positions[0].pk])).status_code == 404


def test_reopening_needs_a_reason_and_then_the_steps_are_back():
    w = world()
    do.declare_no_conditions(actor=w.actor(), position_id=w.positions[0].pk)
    read = w.client().get(url(w)).content.decode()
    assert "Open the answer again" in read
    reopen = reverse("reopen_position", args=[w.matter.pk, w.positions[0].pk])
    assert w.client().post(reopen, {"reason": " "}).status_code == 422
    assert w.client().post(reopen, {"reason": "We forgot one"}).status_code == 302
    assert "aria-current" in w.client().get(url(w)).content.decode()


def test_a_text_to_adopt_is_answered_in_prose():
    w = world()
    for aspect in w.aspects.values():
        aspect.options.all().delete()
        aspect.delete()
    html = w.client().get(url(w)).content.decode()
    assert 'name="prose"' in html
    assert press(w, "forutsattningar", 302, do="next", prose="", reason="") == url(w, "kostnad")
