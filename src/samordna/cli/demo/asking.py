"""What the county has asked itself, and what those who take part have said to each other. All of it is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from samordna.cli.demo.cast import CARE_PLACES
from samordna.cli.demo.world import Given, World
from samordna.core import clock, outbox
from samordna.domain.assessments import operations as assessments
from samordna.domain.assessments.access import asked_about, bearer_of, link_of
from samordna.domain.assessments.answers import variables
from samordna.domain.assessments.enums import Level, QuestionKind
from samordna.domain.assessments.reading import content_of

if TYPE_CHECKING:
    from samordna.domain.assessments.models import Wave

AT_WORK = (("region", "Vårdplanerare och avdelningschefer", 3), ("strandsala", "Biståndshandläggare och hemtjänst", 2))
"""Organisation, whom it asks by links, and about where on the scale they answer."""
TOKEN = re.compile(r"[\w-]{40,}")
LEVELS = (*(Level.MIDDLE,) * 5, *(Level.PROFESSIONAL,) * 5)
SHIFTS = (0, 1, -1, 0, 1, -1, 0, 1)  # where a question lies beside the others
FIRST_CHANGES = ("Ring tidigare på dagen.", "", "Färre möten om samma sak.", "", "Säg vem som svarar på helger.", "")
WHY_SELF = "Vi har arbetat ihop i snart två år. Vad behöver vi bli bättre på?"
WHY_CLOSE = "Underlag till planeringsdagen: var vinner vi på att arbeta närmare, och var räcker det att hänvisa?"


def ask_in_waves(world: World, care: str) -> None:
    """A self-assessment that two have answered in numbers, a pulse, and an assessment that is open."""
    own = world.coordinator()
    itself = assessments.take_questionnaire(actor=own, collaboration_id=care, key="self_short", at=world.ago(90))
    said: Given = {"why": WHY_SELF, "ask_level": True}
    wave = _wave(world, itself.pk, 75, 55, **said)
    for place, name, about in AT_WORK:
        _by_links(world, wave, place, name, about)
    _pulse(world, care)
    close = assessments.take_questionnaire(actor=own, collaboration_id=care, key="integration", at=world.ago(8))
    said = {"why": WHY_CLOSE, "anonymous": False, "role_kinds": ["representative"]}
    wave = _wave(world, close.pk, 5, -16, **said)
    for number, key in enumerate(("region-rep", "kvarnforsa-rep", "holmo-rep")):
        answers = _answers(wave, number, 3, own_id=world.places[key.removesuffix("-rep")])
        assessments.reply_to_wave(actor=world.actor(key), wave_id=wave.pk, typed=answers, at=world.ago(3))


def _wave(world: World, questionnaire_id: str, opens: float, closes: float, **more: object) -> Wave:
    days: Given = {"opens_on": clock.day(world.ago(opens)), "closes_on": clock.day(world.ago(closes)), **more}
    return assessments.plan_wave(actor=world.coordinator(), questionnaire_id=questionnaire_id, at=world.ago(opens), **days)


def _by_links(world: World, wave: Wave, place: str, name: str, about: int) -> None:
    """Those who work there answer by the links in their letters, each at a level of its own; two have not answered."""
    own, at = world.coordinator(), world.ago(75)
    group = assessments.add_group(actor=own, wave_id=wave.pk, name=name, organisation_id=world.places[place], at=at)
    asked = [f"{place}-medarbetare-{number}@demo.example" for number in range(len(LEVELS) + 2)]
    assessments.make_links(actor=own, group_id=group.pk, recipients=asked, at=at)
    tokens = [TOKEN.findall(text)[-1] for text in outbox.waiting_for(asked)]
    for number, (token, level) in enumerate(zip(tokens, LEVELS, strict=False)):
        bearer, given = bearer_of(link_of(token)), _answers(wave, number, about)
        assessments.reply_by_link(actor=bearer, token=token, typed=given, level=level, at=world.ago(70 - number))


def _answers(wave: Wave, number: int, about: int, own_id: str = "") -> dict[str, Sequence[str]]:
    """Answers around a place on the scale: some higher, some lower, and higher for what is needed."""
    organisations = [each.pk for each in asked_about(wave) if each.pk != own_id] if own_id else []
    given: dict[str, Sequence[str]] = {}
    for at, one in enumerate(variables(content_of(wave.version), organisations)):
        if one.question.kind == QuestionKind.TEXT:
            given[one.name] = [FIRST_CHANGES[number % len(FIRST_CHANGES)]]
        else:
            shift = SHIFTS[(at // 2 + about) % len(SHIFTS)]
            level = 4 + (number + at // 2) % 2 if one.needed and not own_id else about + shift + (number * 2 + at) % 3 - 1
            given[one.name] = [str(max(1, min(5, level)))]
    return given


def _pulse(world: World, care: str) -> None:
    """Three questions every fourth week: the first time is over, and the next opens by itself."""
    own = world.coordinator()
    pulse = assessments.take_questionnaire(actor=own, collaboration_id=care, key="pulse", at=world.ago(45))
    wave = _wave(world, pulse.pk, 40, 30)
    asked = [f"{place}-{role}" for place in CARE_PLACES for role in ("rep", "chef")]
    for number, key in enumerate([key for key in asked if key in world.holdings][:11]):
        typed = _answers(wave, number, 4)
        assessments.reply_to_wave(actor=world.actor(key), wave_id=wave.pk, typed=typed, at=world.ago(38))
    first_on = clock.day(world.now) + timedelta(days=3)
    assessments.set_rhythm(actor=own, questionnaire_id=pulse.pk, weeks=4, first_on=first_on, at=world.ago(29))


def listen(world: World, care: str) -> None:
    """Feedback, of which one is answered, and thanks."""
    text = "Kallelserna till beredningsgruppen kommer för sent för oss som behöver åka båt."
    said = assessments.give_feedback(actor=world.answerer("holmo"), collaboration_id=care, text=text, at=world.ago(34))
    done = "Vi kallar nu tre veckor före, och Holmö kan alltid vara med på länk."
    about: Given = {"feedback_id": said.pk, "outcome": "changed", "answer": done}
    assessments.answer_feedback(actor=world.coordinator(), at=world.ago(27), **about)
    text = "Det är svårt att se vilka beslut som gäller oss från och med i dag, och vilka som väntar på andra."
    assessments.give_feedback(actor=world.answerer("lindemala"), collaboration_id=care, text=text, at=world.ago(4))
    thanks = (
        ("bjorkhede", "strandsala", "Tack för att vi fick låna er arbetsterapeut i tre veckor.", "Ingen fick vänta"),
        ("region", "kvarnforsa", "Ert eget nummer på fredagar fick oss att pröva en jourtelefon.", "Färre fick ligga kvar"),
        (
            "granvattna",
            "holmo",
            "Er checklista för lång resväg gick att använda som den var.",
            "Rätt hjälpmedel från start",
        ),
    )
    for days, (giver, receiver, words, helped) in zip((50, 21, 2), thanks, strict=True):
        to: Given = {"organisation_id": world.places[receiver], "text": words, "helped": helped}
        assessments.thank_organisation(actor=world.answerer(giver), collaboration_id=care, at=world.ago(days), **to)
