"""Matching: what is unknown stays open, what is answered stays answered, and a no rests on what is false."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from samordna.domain.collaborations.criteria import like_a_personal_number
from samordna.domain.knowledge.conditions import loaded, stored
from samordna.domain.knowledge.eligibility import NO, YES, Criterion, Group, holds, judge
from samordna.domain.knowledge.enums import Answer, FactKind, Together
from samordna.domain.knowledge.matching import Offered, compile_services, match
from samordna.domain.knowledge.relaying import changed_since, relaid, worth_it

DAY = date(2026, 11, 22)
NUMBERS = st.integers(0, 12).map(Decimal) | st.sampled_from([Decimal("7.5")])
PLACES = ["21", "2180", "2181", "22", "2260"]
VALUES = {
    "age": NUMBERS,
    "place": st.sampled_from(PLACES),
    "sick": st.sampled_from([YES, NO]),
    "work": st.sampled_from(["a", "b", "c"]),
}
KINDS = {"age": FactKind.NUMBER, "place": FactKind.PLACE, "sick": FactKind.YES_NO, "work": FactKind.CHOICE}


@st.composite
def criteria(draw):
    fact = draw(st.sampled_from(sorted(KINDS)))
    negated = draw(st.booleans())
    if fact == "age":
        low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
        bounds = draw(st.sampled_from([{"least": low, "most": high}, {"least": low}, {"most": high}]))
        return Criterion(fact=fact, kind=KINDS[fact], negated=negated, **bounds)
    one_of = tuple(draw(st.lists(VALUES[fact], min_size=1, max_size=2, unique=True)))
    return Criterion(fact=fact, kind=KINDS[fact], one_of=one_of, negated=negated)


GROUPS = st.builds(
    Group, together=st.sampled_from(Together), criteria=st.lists(criteria(), min_size=1, max_size=3).map(tuple)
)
ELIGIBILITIES = st.lists(GROUPS, max_size=3).map(tuple)
SITUATIONS = st.fixed_dictionaries({}, optional=VALUES)


@settings(max_examples=150)
@given(st.lists(ELIGIBILITIES, max_size=6), SITUATIONS)
def test_all_at_once_answers_as_one_by_one(eligibilities, situation):
    services = [Offered(id=str(n), valid_from=DAY, valid_to=None, eligibility=one) for n, one in enumerate(eligibilities)]
    found = match(compile_services(services), situation, DAY)
    judged = {n: judge(one, situation) for n, one in enumerate(eligibilities)}
    for answer, places in ((Answer.YES, found.yes), (Answer.OPEN, found.open), (Answer.NO, found.no)):
        assert [n for n in judged if judged[n].answer == answer] == places.tolist()
    asked = [fact for one in judged.values() for fact in one.missing]
    alone = [one.missing[0] for one in judged.values() if len(one.missing) == 1]
    assert {one.fact: (one.services, one.alone) for one in found.asking} == {
        fact: (asked.count(fact), alone.count(fact)) for fact in asked
    }
    assert [one.alone for one in found.asking] == sorted((one.alone for one in found.asking), reverse=True)


@settings(max_examples=150)
@given(ELIGIBILITIES, SITUATIONS, SITUATIONS)
def test_more_facts_never_contradict_and_a_no_rests_on_what_is_false(eligibility, situation, more):
    before = judge(eligibility, situation)
    after = judge(eligibility, more | situation)
    if before.answer is not Answer.OPEN:
        assert after.answer is before.answer
    for group in before.against:
        assert group.criteria
        wrong = group.together is Together.NONE
        assert all(holds(one, situation) is wrong for one in group.criteria)
    if before.answer is Answer.OPEN:
        assert before.missing
        assert not set(before.missing) - set(KINDS)


@settings(max_examples=60)
@given(ELIGIBILITIES)
def test_what_is_stored_is_read_back_as_it_was(eligibility):
    assert loaded(stored(eligibility)) == eligibility


def test_a_county_leaves_its_municipalities_open_and_everything_else_decided():
    here = Criterion(fact="place", kind=FactKind.PLACE, one_of=("2180",))
    assert holds(here, {"place": "21"}) is None
    assert holds(here, {"place": "22"}) is False
    assert holds(Criterion(fact="place", kind=FactKind.PLACE, one_of=("21",)), {"place": "2180"}) is True


def test_a_service_is_matched_only_on_the_days_on_which_it_is_offered():
    later = Offered(id="x", valid_from=date(2027, 1, 1), valid_to=date(2027, 2, 1), eligibility=())
    compiled = compile_services([later])
    days = (DAY, date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 1))
    assert [len(match(compiled, {}, day).yes) for day in days] == [0, 1, 1, 0]


def test_what_looks_like_a_personal_number_is_known():
    for text in ("19900101-1234", "900101-1234", "9001011234", "199001611234", "bor hos 900101+123A", "19900101 1234"):
        assert like_a_personal_number(text), text
    for text in ("18", "2180", "010-123 45 67", "2026-05-01", "7,5"):
        assert not like_a_personal_number(text), text


CHANGES = st.lists(st.tuples(st.integers(0, 9), ELIGIBILITIES, st.booleans()), max_size=4)


@settings(max_examples=150)
@given(st.lists(ELIGIBILITIES, min_size=1, max_size=6), CHANGES, st.sets(st.integers(0, 9)), SITUATIONS)
def test_what_is_laid_out_piece_by_piece_answers_as_what_is_laid_out_at_once(eligibilities, changes, ending, situation):
    now = {f"s{n}": Offered(id=f"s{n}", valid_from=DAY, valid_to=None, eligibility=e) for n, e in enumerate(eligibilities)}
    compiled = compile_services(now.values())
    for number, (which, eligibility, closed) in enumerate(changes, start=2):
        key = f"s{which}"
        now[key] = Offered(id=key, valid_from=DAY, valid_to=None, eligibility=eligibility, closed=closed, version=number)
        now = dict(sorted(now.items(), reverse=bool(number % 2)))
        changed = changed_since(compiled, {one: offered.version for one, offered in now.items()})
        assert changed == [key]
        compiled = relaid(compiled, compile_services([now[key]]), list(now), {})
    ends = {f"s{n}": DAY for n in ending if f"s{n}" in now}
    compiled = relaid(compiled, compile_services([]), list(now), ends)
    anew = compile_services(replace(one, valid_to=ends.get(key)) for key, one in now.items())
    found, expected = match(compiled, situation, DAY), match(anew, situation, DAY)
    for name in ("yes", "open", "no"):
        told = [compiled.ids[place] for place in getattr(found, name)]
        assert told == [anew.ids[place] for place in getattr(expected, name)]
    assert found.asking == expected.asking


def test_much_that_has_changed_is_laid_out_all_at_once():
    compiled = compile_services(Offered(id=str(n), valid_from=DAY, valid_to=None, eligibility=()) for n in range(8_000))
    assert worth_it(compiled, 1, 8_000)
    assert worth_it(compiled, 2_000, 8_000)
    assert not worth_it(compiled, 4_000, 8_000)
