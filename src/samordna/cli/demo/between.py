"""Between meetings: what is said, a time that is looked for, and days together. All of it is fictional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.domain.conversations import operations as conversations
from samordna.domain.events import operations as events
from samordna.domain.forums import operations as forums
from samordna.domain.scheduling import operations as scheduling
from samordna.domain.scheduling.operations.asking import Sought

if TYPE_CHECKING:
    from samordna.domain.events.models import Event
    from samordna.domain.forums.models import Forum

WANTED = {
    "region-rep": "must",
    "strandsala-rep": "must",
    "kvarnforsa-rep": "must",
    "holmo-rep": "should",
    "granvattna-rep": "may",
}
OFFICE = "Region Fjärdslands kontor"
VISIT_NOTES = (
    "Teamet träffar personen på sjukhuset dagen före hemgången och är hemma när hen kommer. "
    "De har ett gemensamt schema för arbetsterapeut, sjuksköterska och undersköterska.\n\n"
    "Det vi tar med oss: ett och samma telefonnummer dygnet runt, och att hjälpmedlen står på plats före hemgången."
)
PROGRAMME = (
    "9.00 Så ser läget ut i länet\n9.45 Tre berättelser: en som kom hem på en lördag\n"
    "11.00 I grupper: vad krävs för hemgång på helger?\n13.00 Vad vi kan lova varandra\n15.00 Vem gör vad till när"
)


def talk(world: World, local: Forum, preparing: Forum) -> None:
    """A question in the local group: asked, answered, and taken further as an item of those who prepare."""
    asks, answers = world.actor("strandsala-rep"), world.actor("region-rep")
    first = "Två anhöriga har hört av sig: ingen ringde innan deras mamma kom hem. Vems uppgift är det i dag?"
    told: Given = {"mentions": [world.roles["region-rep"]], "at": world.ago(6)}
    subject = "Vem ringer den anhöriga?"
    thread = conversations.start_thread(actor=asks, forum_id=local.pk, subject=subject, text=first, **told)
    quoted = thread.messages.get().pk
    reply = "Hos oss ringer avdelningen, men bara på vardagar. På helger tror jag att det faller mellan stolarna."
    conversations.say_message(actor=answers, thread_id=thread.pk, text=reply, quotes=quoted, at=world.ago(5.8))
    ask = "Då tycker jag att vi skriver in det i checklistan. Kan beredningsgruppen ta det?"
    also: Given = {"mentions": [world.roles["samordnare"], world.roles["kvarnforsa-rep"]], "at": world.ago(5)}
    said = conversations.say_message(actor=asks, thread_id=thread.pk, text=ask, **also)
    conversations.take_further_as_item(
        actor=asks,
        message_id=said.pk,
        forum_id=preparing.pk,
        kind="discussion",
        title="Vem ringer den anhöriga före hemgången?",
        purpose="En rad i checklistan som säger vem som ringer, också på helger.",
        at=world.ago(5),
    )


def time_to_find(world: World, forum: Forum) -> None:
    """Five roles look for an hour and a half: two have given their calendars, two have answered, one has said nothing."""
    own, at = world.coordinator(), world.ago(5)
    first, last = world.workday(6), world.workday(27)
    sought = Sought(
        title="Extra möte om jourtelefonen",
        minutes=90,
        first_on=first,
        last_on=last,
        opens=time(9),
        closes=time(16),
        weekdays=(0, 1, 2, 3),
        answer_by=world.workday(5),
        wanted={world.roles[key]: how for key, how in WANTED.items()},
    )
    question = scheduling.ask_about_time(actor=own, forum_id=forum.pk, sought=sought, at=at)
    about: Given = {"question_id": question.pk, "at": at}
    ways = {"strandsala": 15, "kvarnforsa": 40, "holmo": 95, "granvattna": 110}
    travel = {world.places[key]: minutes for key, minutes in ways.items()}
    scheduling.add_meeting_place(actor=own, name=OFFICE, seats=12, travel=travel, **about)
    scheduling.add_meeting_place(actor=own, name="På länk", online=True, **about)
    asked = {row.role_id: row.pk for row in question.asked.all()}
    for key, hours in (("strandsala-rep", (8, 12)), ("holmo-rep", (13, 17))):
        busy = _calendar(world, first, last, hours)
        scheduling.give_busy_hours(actor=world.actor(key), asked_id=asked[world.roles[key]], calendar=busy, at=world.ago(4))
    options = scheduling.propose_best_times(actor=own, question_id=question.pk, at=world.ago(3))
    says: Mapping[str, Sequence[str]] = {
        "region-rep": ("yes", "no", "yes", "if_need_be", "yes"),
        "kvarnforsa-rep": ("yes", "yes", "no", "yes", "no"),
    }
    for key, row in says.items():
        answers = {option.pk: value for option, value in zip(options, row, strict=False)}
        reasons = {pk: "Nämnden sammanträder" for pk, value in answers.items() if value == "no"}
        about = {"asked_id": asked[world.roles[key]], "at": world.ago(2)}
        scheduling.answer_times(actor=world.actor(key), answers=answers, reasons=reasons, **about)


def _calendar(world: World, first: date, last: date, hours: tuple[int, int]) -> bytes:
    """A calendar file as programs export it: busy at these hours on every second day."""
    days = [first + timedelta(days=step) for step in range(0, (last - first).days, 2)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Påhittad kalender//SV"]
    for day in days:
        begins, ends = (f"{day:%Y%m%d}T{hour:02}0000" for hour in hours)
        stamp = f"{world.now:%Y%m%dT%H%M%SZ}"
        row = ("BEGIN:VEVENT", f"UID:{begins}@demo.example", f"DTSTAMP:{stamp}", f"DTSTART:{begins}", f"DTEND:{ends}")
        lines += [*row, "SUMMARY:Upptagen", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def days_together(world: World, forum: Forum, preparing: Forum) -> None:
    """A visit that led to something, and a planning day to come."""
    _visit(world, forum, preparing)
    _planning_day(world, forum)


def _visit(world: World, forum: Forum, preparing: Forum) -> None:
    on = world.workday(-33)
    visit = events.plan_event(
        actor=world.coordinator(),
        forum_id=forum.pk,
        kind="study_visit",
        title="Studiebesök hos Strandsalas hemgångsteam",
        why="Se hur ett team arbetar de första dygnen hemma, och vad som går att låna.",
        for_whom="Du som planerar eller tar emot hemgång",
        on=on,
        begins=time(9),
        ends=time(12),
        place="Hemgångsteamet, Strandsala",
        places=4,
        answer_by=on - timedelta(days=7),
        at=world.ago(70),
    )
    events.invite_to_event(actor=world.coordinator(), event_id=visit.pk, at=world.ago(68))
    keys = ("region-rep", "kvarnforsa-rep", "granvattna-rep", "bjorkhede-rep", "lindemala-rep")
    _answer(world, visit, dict.fromkeys(keys, "coming"), world.ago(60))
    over = clock.noon(on) + timedelta(hours=3)
    own = world.coordinator()
    about: Given = {"event_id": visit.pk, "at": over}
    forums.hold_meeting(actor=own, meeting_id=visit.meeting_id, at=over)
    came = [row.pk for row in visit.enrolments.order_by("answered_at", "pk")[:4]]
    events.note_who_came(actor=own, came=came, **about)
    events.note_event(actor=own, notes=VISIT_NOTES, **about)
    visitor, day = world.actor("kvarnforsa-rep"), over + timedelta(days=2)
    title, why = "Hjälpmedlen på plats före hemgången", "Strandsala gör så redan. Kan alla?"
    said: Given = {"kind": "discussion", "title": title, "purpose": why}
    item = forums.raise_item(actor=visitor, forum_id=preparing.pk, at=day, **said)
    how = "Vi såg att det går, och vill pröva det i hela länet."
    led: Given = {"kind": "item", "thing_id": item.pk, "how": how}
    events.tell_what_event_led_to(actor=visitor, event_id=visit.pk, at=day, **led)


def _planning_day(world: World, forum: Forum) -> None:
    on = world.workday(45)
    coming = events.plan_event(
        actor=world.coordinator(),
        forum_id=forum.pk,
        kind="planning_day",
        title="Planeringsdag: hemgång på helger",
        why="Vi lägger upp arbetet för det kommande året och lär känna varandras villkor.",
        for_whom="Chefer och samverkansansvariga hos alla som är med",
        programme=PROGRAMME,
        on=on,
        begins=time(9),
        ends=time(16),
        places=40,
        answer_by=on - timedelta(days=14),
        at=world.ago(9),
    )
    events.invite_to_event(actor=world.coordinator(), event_id=coming.pk, at=world.ago(9))
    _answer(world, coming, {"strandsala-rep": "coming", "region-rep": "coming", "holmo-chef": "cannot"}, world.ago(7))


def _answer(world: World, event: Event, answers: Mapping[str, str], at: datetime) -> None:
    for minute, (key, answer) in enumerate(answers.items()):
        when = at + timedelta(minutes=minute)
        events.answer_event(actor=world.actor(key), event_id=event.pk, answer=answer, at=when)
