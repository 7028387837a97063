"""Finding a time: the same best as trying everything, and why not the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from samordna.domain.forums.finding_times import Aim, Search
from samordna.domain.forums.rhythm import zone
from samordna.domain.forums.time_wishes import Engaged, Hindrance, Need, Person, Place, Say, TooMuch, Wish, working_starts
from tests.domain.forums.wishes import at, collides, everything, says, way, wishes

ROOM = Place(id="stad", seats=4)
HALF = tuple(at(n) for n in range(10_000))


def person(name: str, *busy: int, **facts: object) -> Person:
    """Somebody of the organisation that its name begins with, busy the given half hours."""
    return Person(id=name, organisation=name[0], engaged=tuple(Engaged(start=at(n), end=at(n + 1)) for n in busy), **facts)


def wish(*persons: Person, starts: int = 3, **facts: object) -> Wish:
    return Wish(starts=tuple(at(n) for n in range(starts)), minutes=30, persons=persons, **{"places": (ROOM,), **facts})


class TestOptimum:
    """It is the best there is."""

    @settings(max_examples=100)
    @given(wish=wishes())
    def test_the_same_best_as_trying_every_start_place_and_company(self, wish: Wish) -> None:
        search = Search(wish)
        best_of = {}
        for row in everything(wish):
            best_of.setdefault(row[5:], row)
        expected = sorted(best_of.values())
        found = search.best(most=100)
        number = {place.id: n for n, place in enumerate(wish.places)}
        assert [(*each.weight.rank, each.start, number[each.place]) for each in found] == expected
        for each in found:
            place = wish.places[number[each.place]]
            said = {one.id: says(wish, one, each.start, place) for one in wish.persons}
            assert all(said[name] is not Say.NO for name in each.coming)
            assert {name for name in each.coming if said[name] is Say.IF_NEED_BE} == set(each.if_need_be)
            assert set(each.coming) | set(each.hindered) == set(said)

    @settings(max_examples=50)
    @given(wish=wishes())
    def test_the_reason_that_somebody_does_not_come_is_true(self, wish: Wish) -> None:
        search = Search(wish)
        places = {place.id: place for place in wish.places}
        for start in wish.starts:
            shown = search.why_not([start])
            assert shown is not None
            place = places[shown.place]
            for one in wish.persons:
                why = shown.hindered.get(one.id)
                sure = [each for each in one.engaged if not each.tentative]
                if why is Hindrance.SAID_NO:
                    assert one.answers[start] is Say.NO
                elif why is Hindrance.BUSY:
                    assert any(collides(wish, each, start, 0) for each in sure)
                elif why is Hindrance.TRAVEL:
                    assert not any(collides(wish, each, start, 0) for each in sure)
                    assert any(collides(wish, each, start, way(wish, each.place, place)) for each in sure)
                elif why is Hindrance.NO_ROOM:
                    assert len(shown.coming) == place.seats


class TestReasons:
    """Why not Tuesday."""

    def test_who_must_come_is_busy_and_which_organisation_nobody_comes_from(self) -> None:
        search = Search(
            wish(
                person("Ab", 0, need=Need.MUST),
                person("Ba", 1),
                person("Bb", 1),
                person("Ca"),
                represented=frozenset("B"),
                quorum=3,
            )
        )
        first, second = search.why_not([at(0)]), search.why_not([at(1)])
        assert first is not None
        assert second is not None
        assert (first.lacking.must, first.lacking.missing, first.hindered) == (("Ab",), 1, {"Ab": Hindrance.BUSY})
        assert (second.lacking.unrepresented, second.lacking.missing) == (("B",), 1)
        assert [each.start for each in search.best()] == [at(2)]
        assert search.why_not([at(9)]) is None

    def test_a_possible_time_is_worse_in_something(self) -> None:
        early = person("Ab", answers={at(0): Say.IF_NEED_BE})
        search = Search(wish(early, person("Ba", 1), person("Bb"), starts=4))
        best, *others = search.best()
        assert best.start == at(2)
        worse = {each.start: each.weight.worse_in(best.weight) for each in others}
        assert worse == {at(0): Aim.IF_NEED_BE, at(1): Aim.SHOULD, at(3): Aim.EARLIEST}

    def test_the_way_from_the_meeting_before_is_counted_but_not_to_a_meeting_online(self) -> None:
        away = Person(id="Ab", organisation="A", engaged=(Engaged(start=at(-2), end=at(0), place="by"),))
        asked = wish(away, travel={frozenset({"stad", "by"}): 45}, represented=frozenset("A"))
        assert [each.start for each in Search(asked).best()] == [at(2)]
        shown = Search(asked).why_not([at(1)])
        assert shown is not None
        assert shown.hindered == {"Ab": Hindrance.TRAVEL}
        online = Search(replace(asked, places=(ROOM, Place(id="web", online=True)))).best()
        assert [(each.start, each.place) for each in online] == [
            (at(0), "web"),
            (at(1), "web"),
            (at(2), "stad"),
            (at(2), "web"),
        ]

    def test_a_room_that_is_too_small_holds_those_who_matter_most(self) -> None:
        people = [
            person("Aa"),
            person("Ab", need=Need.MUST),
            person("Ba", need=Need.MAY),
            person("Bb", need=Need.MAY),
            person("Ca"),
        ]
        (best,) = Search(wish(*people, starts=1, places=(Place(id="stad", seats=3),))).best()
        assert best.coming == ("Ab", "Ba", "Ca")
        assert best.hindered == {"Aa": Hindrance.NO_ROOM, "Bb": Hindrance.NO_ROOM}
        two = wish(*people, starts=1, places=(Place(id="stad", seats=2),), represented=frozenset("B"))
        assert [each.coming for each in Search(two).best()] == [("Ab", "Ba")]  # and not Ca, whom the aims would rather have
        tight = Search(wish(*people, starts=1, places=(Place(id="stad", seats=1),), represented=frozenset("C"))).why_not(
            [at(0)]
        )
        assert tight is not None
        assert tight.lacking.unrepresented == ("C",)

    def test_a_yes_goes_before_what_the_calendar_says_and_a_taken_room_is_told(self) -> None:
        search = Search(
            wish(
                person("Ab", 0, 1, need=Need.MUST, answers={at(0): Say.YES}),
                starts=2,
                places=(replace(ROOM, taken=(Engaged(start=at(1), end=at(2)),)),),
            )
        )
        assert [each.start for each in search.best()] == [at(0)]
        shown = search.why_not([at(1)])
        assert shown is not None
        assert (shown.lacking.taken, shown.lacking.must, shown.lacking.much) == (True, ("Ab",), 2)


def test_working_hours_are_local_and_the_meeting_ends_within_them() -> None:
    days = [date(2026, 3, 27), date(2026, 3, 30)]
    starts = list(working_starts(days, zone("Europe/Stockholm"), 90))
    assert len(starts) == 2 * 16
    assert {f"{each:%H}" for each in starts} == {f"{hour:02}" for hour in range(8, 16)}
    assert starts[16] - starts[0] == timedelta(days=3)
    assert f"{starts[15]:%H:%M}" == "15:30"


def test_no_start_is_no_time_and_less_than_a_minute_is_refused() -> None:
    for people in ((person("Ab"),), ()):
        search = Search(wish(*people, starts=0))
        assert (search.best(), search.why_not([at(0)])) == ([], None)
    for wrong in ({"minutes": 30, "step": 0}, {"minutes": 0}, {"minutes": 30, "step": -30}):
        with pytest.raises(ValueError, match="at least a minute"):
            next(working_starts([date(2026, 3, 27)], zone("Europe/Stockholm"), **wrong))
    with pytest.raises(ValueError, match="at least a minute"):
        replace(wish(person("Ab")), minutes=0)


@pytest.mark.parametrize(
    ("facts", "limit"),
    [
        ({"persons": tuple(person(f"A{n}") for n in range(501))}, ("persons", 500)),
        ({"places": tuple(Place(id=str(n)) for n in range(31))}, ("places", 30)),
        ({"starts": tuple(at(n) for n in range(20_001))}, ("candidates", 20_000)),
        ({"starts": tuple(at(n) for n in range(20_001)), "places": ()}, ("candidates", 20_000)),
        ({"persons": tuple(person(f"A{n}") for n in range(101)), "starts": HALF}, ("weighed", 1_000_000)),
        ({"represented": frozenset(str(n) for n in range(100)), "starts": HALF}, ("weighed", 1_000_000)),
        ({"persons": (person("A", *range(100_001)),)}, ("engagements", 100_000)),
        ({"places": (replace(ROOM, taken=person("A", *range(100_001)).engaged),)}, ("engagements", 100_000)),
        ({"persons": (person("A", answers={at(n): Say.NO for n in range(100_001)}),)}, ("answers", 100_000)),
    ],
)
def test_more_than_can_be_weighed_is_refused_with_the_limit(facts: dict[str, object], limit: tuple[str, int]) -> None:
    with pytest.raises(TooMuch) as refused:
        Search(replace(wish(person("Ab")), **facts))
    assert (refused.value.limit, refused.value.most) == limit
