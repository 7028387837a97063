"""Authority against the oracle, over every combination of what it depends on. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import pytest

from samordna.domain.collaborations.authority import Briefs, Ruling, missing_clause, ruling
from samordna.domain.collaborations.depth import DepthSetting
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.facts import AreaFact, AuthorityFacts, ClauseFact, ExemptionFact, MandateFact, PartFact
from samordna.domain.collaborations.phrases import sentence, told
from samordna.domain.collaborations.rehearsal import (
    in_parent,
    rehearse,
    touched_by,
    with_mandate,
    without_mandate,
    without_participant,
)
from tests.domain.collaborations.authority_oracle import answer

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
AREAS = {
    "top": AreaFact(id="top", name="Health"),
    "above": AreaFact(id="above", name="Discharge", parent_id="top"),
    "here": AreaFact(id="here", name="Payment", parent_id="above"),
    "beneath": AreaFact(id="beneath", name="Amount", parent_id="here"),
    "aside": AreaFact(id="aside", name="Transport", parent_id="above"),
}
NAMES = {"self": "Havsnäs", "superior": "Länsstyrelsen", "other": "Storstad"}
LIVES = {
    "in_force": {"valid_from": TODAY, "valid_to": TODAY + DAY},
    "notice_running": {"valid_from": date(2026, 1, 1), "ends_on": TODAY + DAY},
    "notice_out": {"valid_from": date(2026, 1, 1), "valid_to": TODAY + DAY, "ends_on": TODAY},
    "revoked": {"valid_from": date(2026, 1, 1), "revoked_at": AT},
    "expired": {"valid_from": date(2026, 1, 1), "valid_to": TODAY},
    "not_yet": {"valid_from": TODAY + DAY},
}
PARTS = {
    "in": (PartFact(party_id="p", joined_on=TODAY, left_on=TODAY + DAY),),
    "not_yet": (PartFact(party_id="p", joined_on=TODAY + DAY),),
    "left": (PartFact(party_id="p", joined_on=date(2026, 1, 1), left_on=TODAY),),
}
ENDED = {"closed": {"closed_at": AT}, "term": {"valid_to": TODAY}}
FORMS = [str(form.value) for form in MandateForm]
GIVER = {"own": "self", "lent": "self", "duty_to_agree": "superior", "granted": "superior"}


def mandate(form="lent", giver="self", state="in_force", over="here", decides=True, no_longer=False, follow="must"):
    return {
        "form": form,
        "giver": giver,
        "state": state,
        "over": over,
        "decides": decides,
        "no_longer": no_longer,
        "follow": follow,
    }


def fact(given, name: str) -> MandateFact:
    clause = ClauseFact(
        area_id=given["over"],
        within="here" if given["form"] == "delegated" else None,
        coordination_decides=given["decides"],
        participants_no_longer_decide=given["no_longer"],
        following=Following(given["follow"]),
    )
    life = LIVES[given["state"]]
    form = MandateForm(given["form"])
    return MandateFact(id=name, form=form, giver_id=given["giver"], source="KS § 1", clauses=(clause,), **life)


def facts_of(world) -> AuthorityFacts:
    mandates: dict[str, tuple[MandateFact, ...]] = {}
    for number, given in enumerate(world["mandates"]):
        if given["form"] != "delegated":
            mandates[given["giver"]] = (*mandates.get(given["giver"], ()), fact(given, f"m{number}"))
    return AuthorityFacts(
        areas=AREAS,
        mandates=mandates,
        parts={"self": PARTS[world["part"]]},
        depth=DepthSetting(join=world["join"], contribute="may", follow=world["follow"]),
        superior_id="superior",
        names=NAMES,
        delegated=tuple(fact(m, f"m{n}") for n, m in enumerate(world["mandates"]) if m["form"] == "delegated"),
        parent=facts_of(world["parent"]) if world.get("parent") else None,
        parent_name="Länsrådet" if world.get("parent") else "",
        **ENDED.get(world.get("ended"), {}),
    )


def rule(world) -> Ruling:
    return ruling("here", "self", AT, facts_of(world))


def said(given: Ruling):
    return (
        *(str(given.decides), given.following, given.following_once_adopted),
        *(given.needs_adoption, given.may_decide_itself, given.may_leave),
    )


def world_of(*mandates, part="in", join="may", follow="may"):
    return {"mandates": mandates, "part": part, "join": join, "follow": follow}


def test_one_mandate_in_every_combination_agrees_with_the_oracle():
    forms, givers, states = tuple(GIVER), ("self", "superior", "other"), tuple(LIVES)
    over, flags, follows = ("here", "above", "top", "aside", "beneath"), (False, True), ("must", "may")
    depths, parts = ("may", "if_in", "must"), tuple(PARTS)
    compared = 0
    for form, giver, state, area, decides, no_longer, follow in product(forms, givers, states, over, flags, flags, follows):
        one = mandate(form, giver, state, area, decides, no_longer, follow)
        for depth, part in product(depths, parts):
            world = world_of(one, part=part, join=depth, follow=depth)
            assert said(rule(world)) == answer(world), world
            compared += 1
    assert compared == 4 * 3 * 6 * 5 * 2 * 2 * 2 * 3 * 3


def test_two_mandates_in_every_combination_agree_with_the_oracle():
    kinds = [
        mandate(form, GIVER[form], state, over, decides, no_longer, follow)
        for form, state, over, decides, no_longer, follow in product(
            GIVER, ("in_force", "revoked"), ("here", "above"), (False, True), (False, True), ("must", "may")
        )
    ]
    compared = 0
    for first, second in product(kinds, kinds):
        world = world_of(first, second)
        assert said(rule(world)) == answer(world), world
        compared += 1
    assert compared == 128**2


def passed_on(**changes):
    return mandate("delegated", "other", **changes)


def test_what_is_passed_on_agrees_with_the_oracle_under_every_parent():
    """Every delegated clause beside every mandate of its own, under every mandate, part and depth of the one it lies in."""
    flags, follows = (False, True), ("must", "may")
    above = [
        world_of(mandate(form, GIVER[form], state, "here", decides, no_longer, follow), part=part, follow=depth)
        for form, state, decides, no_longer, follow in product(GIVER, LIVES, flags, flags, follows)
        for part, depth in (("in", "must"), ("left", "may"))
        if decides or state == "in_force"
    ]
    ended = [world | {"ended": way} for world in above[::14] for way in ENDED]
    beside = [mandate(form, GIVER[form], decides=decides, no_longer=True) for form, decides in product(GIVER, flags)]
    delegated = [
        passed_on(over=over, decides=decides, no_longer=taken, follow=follow)
        for over, decides, taken, follow in product(("here", "above", "aside"), flags, flags, follows)
    ]
    compared = 0
    for number, (parent, one) in enumerate(product([*above, *ended], delegated)):
        world = world_of(one, beside[number % len(beside)], follow=("may", "if_in")[number // 3 % 2]) | {"parent": parent}
        assert said(rule(world)) == answer(world), world
        compared += 1
    assert compared == (224 + 2 * 16) * 24


def test_a_delegated_mandate_falls_with_what_it_was_taken_from():
    """Lent to the parent, passed on twice: taking it back there changes the answer two levels down, and says why."""
    top = world_of(mandate())
    middle = world_of(passed_on()) | {"parent": top}
    facts = facts_of(world_of(passed_on()) | {"parent": middle})
    given = ruling("here", "self", AT, facts)
    assert (str(given.decides), str(given.ground)) == ("coordination", "delegated")
    told_above = [reason.text for reason in flat(told(given.why))]
    assert any("Länsrådet" in text and "Payment" in text for text in told_above)
    fallen = rehearse(facts, in_parent(in_parent(without_mandate("m0", AT))), AT, areas=("here",))
    assert [(str(found.after.decides), str(found.after.ground)) for found in fallen] == [("organisation", "own")]
    assert any(reason.kind == "mandate_not_borne" for reason in kinds_in(fallen[0].after.why))


def test_what_is_counted_is_what_is_ruled():
    """Law: without reasons the answers are the same, for organisations in like and unlike standing, asked in any order."""
    of = ("self", "other", "superior")
    for seed in range(120):
        draw = Random(seed)

        def world(draw: Random = draw) -> dict:
            forms = (*GIVER, *(["delegated"] * 2))
            given = [
                mandate(
                    form := draw.choice(forms),
                    "superior" if form == "granted" else draw.choice(of),
                    draw.choice(("in_force", "in_force", *LIVES)),
                    draw.choice(("here", "above", "top")),
                    draw.random() < 0.8,
                    draw.random() < 0.5,
                    draw.choice(("must", "may")),
                )
                for _ in range(draw.randint(0, 5))
            ]
            return world_of(*given, follow=draw.choice(("may", "if_in"))) | {"ended": draw.choice((None, None, "closed"))}

        middle = world() | {"parent": world()}
        facts = facts_of(world() | {"parent": middle})
        parts = {each: PARTS[draw.choice(("in", "in", "left"))] for each in (*of, "fourth", "fifth")}
        above = replace(facts.parent, parts=parts)
        facts = replace(
            facts, parts=parts, parent=above, party_depths={"p": DepthSetting(follow=draw.choice(("", "must")))}
        )
        briefs, asked = Briefs(facts, AT), list(product(AREAS, parts))
        draw.shuffle(asked)
        for area, each in asked:
            full, brief = ruling(area, each, AT, facts), briefs.of(area, each)
            told_briefly = (brief.area_id, brief.decides, brief.following, brief.may_decide_itself)
            assert told_briefly == (area, full.decides, full.following, full.may_decide_itself), (seed, area, each)


@pytest.mark.parametrize("way", ENDED)
def test_in_what_has_ended_nothing_is_decided_and_what_was_decided_before_stays(way):
    """Its mandates are named with the day it ended; asked about a moment before, the answer is as it was."""
    running = mandate("granted", "superior", state="notice_running", no_longer=True)
    world = world_of(mandate(), running) | {"ended": way}
    given = rule(world)
    assert said(given) == answer(world)
    days = [reason.facts["day"] for reason in kinds_in(given.why) if reason.kind == "mandate_ended"]
    assert days == [TODAY, TODAY]
    facts = replace(facts_of(world), parts={"self": (PartFact(party_id="p", joined_on=TODAY - DAY),)})
    assert str(ruling("here", "self", AT - DAY, facts).ground) == "granted"


def test_an_exemption_frees_and_never_binds_harder_than_the_matter_does():
    """Law: with an exemption every verb binds as hard as without it or less, whatever the levels set."""
    settings = ("", "may", "if_in", "must")
    for wide, matter, freed in product(("may", "if_in", "must"), settings, settings):
        facts = AuthorityFacts(
            areas=AREAS,
            parts={"self": PARTS["in"]},
            depth=DepthSetting(join="may", contribute="may", follow=wide),
            matter_depth=DepthSetting(follow=matter),
        )
        exemption = ExemptionFact(party_id="p", setting=DepthSetting(follow=freed), starts_on=None, ends_on=None)
        order = ("may", "if_in", "must")
        without, given = (
            ruling("here", "self", AT, each).depth.follow for each in (facts, replace(facts, exemptions=(exemption,)))
        )
        loosest = min((without, freed or without), key=order.index)
        assert given == loosest, (wide, matter, freed)


def test_what_is_passed_on_never_reaches_further_than_where_it_comes_from():
    """Law: whoever the child's coordination decides for by delegation, the parent's decides for, at least as hard."""
    for form, follow, taken, depth in product(GIVER, ("must", "may"), (False, True), ("may", "if_in", "must")):
        parent = world_of(mandate(form, GIVER[form], no_longer=taken, follow=follow))
        child = rule(world_of(passed_on(no_longer=True), follow=depth) | {"parent": parent})
        above = rule(parent)
        assert (str(child.ground) == "delegated") == (str(above.decides) == "coordination")
        if str(child.ground) == "delegated":
            assert child.following == above.following or child.following == "may"
            assert child.may_decide_itself or not above.may_decide_itself


def flat(given):
    return [given, *(deeper for each in given.because for deeper in flat(each))]


kinds_in = flat


@pytest.mark.parametrize("level", ["matter", "party", "collaboration"])
def test_nearest_depth_holds_for_each_verb_by_itself(level):
    settings = {name: DepthSetting() for name in ("matter", "party", "collaboration")}
    settings[level] = DepthSetting(join="must", follow="if_in")
    facts = AuthorityFacts(
        areas=AREAS,
        parts={"self": PARTS["in"]},
        depth=settings["collaboration"],
        party_depths={"p": settings["party"]},
        matter_depth=settings["matter"],
    )
    given = ruling("here", "self", AT, facts)
    assert (given.depth.join, given.depth.contribute, given.depth.follow) == ("must", "may", "if_in")
    assert {str(set_by) for verb, set_by in given.depth.set_by.items() if verb != "contribute"} == {level}


def test_party_overrides_collaboration_and_matter_overrides_both():
    facts = facts_of(world_of(follow="must"))
    party = DepthSetting(follow="may")
    loosened = AuthorityFacts(areas=AREAS, parts=facts.parts, depth=facts.depth, party_depths={"p": party})
    assert not ruling("here", "self", AT, loosened).depth.must_follow
    assert ruling("here", "self", AT, facts).depth.must_follow


def test_a_mandate_taken_back_is_named_in_the_reason_and_does_not_count():
    given = rule(world_of(mandate(state="revoked")))
    basis = given.why.because[0]
    assert [reason.kind for reason in basis.because] == ["mandate_revoked"]
    assert given.mandate_ids == ()


def test_mandates_that_stand_back_are_named():
    given = rule(world_of(mandate(), mandate("granted", "superior", over="above")))
    kinds = [reason.kind for reason in given.why.because[0].because]
    assert kinds == ["clause", "stands_back"]
    assert given.mandate_ids == ("m1",)


def test_an_area_taken_out_of_a_grant_is_named_as_an_exception():
    broad = mandate("granted", "superior", over="top")
    narrow = mandate("granted", "superior", decides=False)
    given = rule(world_of(broad, narrow))
    assert str(given.decides) == "organisation"
    assert "exception" in [reason.kind for reason in given.why.because[0].because]


def test_every_reason_has_a_sentence_in_every_combination():
    for form, giver, state, over, decides in product(
        FORMS, ("self", "superior"), tuple(LIVES), ("here", "above"), (False, True)
    ):
        for part, depth in product(PARTS, ("may", "if_in", "must")):
            worlds = (mandate(form, giver, state, over, decides), mandate("lent"))
            world = world_of(*worlds, part=part, join=depth, follow=depth)
            assert told(rule(world).why).text


def test_missing_clause_is_named_with_the_one_who_can_give_it():
    facts = facts_of(world_of())
    lacking = missing_clause(ruling("here", "self", AT, facts), facts)
    assert lacking is not None
    assert "Havsnäs" in sentence(lacking)
    assert "Länsstyrelsen" in sentence(lacking)
    enough = facts_of(world_of(mandate()))
    assert missing_clause(ruling("here", "self", AT, enough), enough) is None


@pytest.mark.parametrize(
    ("world", "kind"),
    [
        (world_of(mandate("granted", "superior", decides=False, no_longer=True)), "missing_from_superior"),
        (world_of(part="left"), "missing_participation"),
    ],
)
def test_missing_clause_says_what_stands_in_the_way(world, kind):
    facts = facts_of(world)
    lacking = missing_clause(ruling("here", "self", AT, facts), facts)
    assert lacking is not None
    assert lacking.kind == kind


def test_rehearsing_a_revocation_gives_what_the_revocation_gives():
    before = facts_of(world_of(mandate()))
    lasting = rehearse(before, without_mandate("m0", AT), AT)
    assert [(found.area_id, found.organisation_id) for found in lasting] == [("here", "self"), ("beneath", "self")]
    assert {str(found.after.decides) for found in lasting} == {"organisation"}
    assert before == facts_of(world_of(mandate()))


def test_rehearsing_a_mandate_not_yet_given_and_a_leaving():
    before = facts_of(world_of())
    lent = fact(mandate(over="above"), "new")
    given = rehearse(before, with_mandate(lent), AT)
    assert {found.area_id for found in given} == {"above", "here", "beneath", "aside"}
    assert touched_by(before, lent) == (("above", "here", "beneath", "aside"), ("self",))
    assert touched_by(before, fact(mandate("granted", "superior"), "g"))[1] is None
    left = rehearse(before, without_participant("self", TODAY), AT, areas=("here",))
    assert [str(found.after.ground) for found in left] == ["outside"]


def test_areas_that_point_at_each_other_do_not_hang():
    circle = {"a": AreaFact(id="a", name="A", parent_id="b"), "b": AreaFact(id="b", name="B", parent_id="a")}
    facts = AuthorityFacts(areas=circle, parts={"self": PARTS["in"]})
    assert ruling("a", "self", AT, facts).participates
    with pytest.raises(KeyError):
        ruling("c", "self", AT, facts)
