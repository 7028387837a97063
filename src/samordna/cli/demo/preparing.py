"""The preparatory group: a series of meetings with exceptions, one meeting whose minutes are out, and its checks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from samordna.cli.demo.sitting import Taken, minuted, planned, sit
from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.domain.forums import operations as forums
from samordna.domain.minutes import operations as minutes
from samordna.domain.scheduling import operations as scheduling
from samordna.domain.scheduling.enums import Pattern
from samordna.domain.scheduling.patterns import Said, Wished, rule_of
from samordna.domain.worth import operations as worth

if TYPE_CHECKING:
    from samordna.domain.forums.models import Forum, Meeting

REPRESENTATIVES = ("region-rep", "strandsala-rep", "kvarnforsa-rep", "lindemala-rep", "bjorkhede-rep", "granvattna-rep")
SUMMER, JULY, CHRISTMAS = (6, 7, 8), 7, 12
EARLIER = (
    Taken(
        kind="discussion",
        title="Fredagar efter klockan 16",
        purpose="Förstå varför ingen svarar.",
        note="Växeln stänger 16. Kvarnforsa har ett eget nummer som fungerar. Förslag: ett gemensamt nummer på helger.",
    ),
    Taken(
        kind="planning",
        title="Underlag till chefsforum",
        purpose="Vem skriver vad.",
        note="Region Fjärdsland skriver om bemanning, Strandsala om hemgång på helger.",
        todo=("Skriv underlaget om hemgång på helger", "strandsala-rep", 20),
    ),
)
LATEST = (
    Taken(
        kind="information",
        title="Avvikelser sedan förra mötet",
        purpose="Alla har samma bild.",
        note="Sex avvikelser, färre än förra gången. Två gäller läkemedelslistor.",
    ),
    Taken(
        kind="discussion",
        title="Checklistan efter ett halvår",
        purpose="Se om den används.",
        note="Den används på fem av sju avdelningar. Frågan om god man saknas och ska in.",
        minutes=25,
        todo=("Lägg till frågan om god man i checklistan", "region-rep", 14),
    ),
    Taken(
        kind="planning",
        title="Kontaktdagar hos Strandsala",
        purpose="Bestäm veckodag.",
        note="Vi ses på tisdagar klockan 8.30 på familjecentralen.",
    ),
)

LOCALLY = (
    Taken(
        kind="discussion",
        title="Vem möter upp vid dörren",
        purpose="Ingen ska komma hem till ett tomt hus.",
        note="Hemtjänsten kan om de får veta tiden dagen före. Avdelningen ringer senast klockan 14.",
    ),
    Taken(
        kind="information",
        title="Nya ansikten",
        purpose="Veta vem man ringer.",
        note="Regionen har en ny vårdplanerare från nästa månad. Namnet läggs bland kontaktvägarna.",
    ),
)


def local_meetings(world: World, forum: Forum) -> None:
    """A meeting last week, of which the minutes are being drafted, and the next one, which is called."""
    there = ("strandsala-rep", "region-rep", "kvarnforsa-rep")
    held = planned(world, forum, world.workday(-9), (10, 11), 7)
    sit(world, forum, held, LOCALLY, there)
    minutes.draft_minutes(actor=world.coordinator(), meeting_id=held.pk, at=held.starts_at + timedelta(days=1))
    planned(world, forum, world.workday(6), (10, 11), 9)


def prepared(world: World, forum: Forum) -> None:
    """Every second week since a month ago. The latest meeting was days ago; one to come is moved, one is left out."""
    latest = world.workday(-4)
    first, left_out, moved = (latest + timedelta(days=days) for days in (-14, 42, 14))
    quiet = CHRISTMAS if latest.month in SUMMER else JULY
    said = Said(pattern=Pattern.WEEKS, weekday=latest.weekday(), every=2, not_in=(quiet,))
    begins, ends = time(9), time(10, 30)
    wished = Wished(starts_on=first, begins=begins, ends=ends, rule=rule_of(said), left_out=(left_out,))
    at = clock.noon(first) - timedelta(days=12)
    series = scheduling.start_series(actor=world.coordinator(), forum_id=forum.pk, wished=wished, at=at)
    meetings = {
        clock.day(row.meeting.starts_at): row.meeting for row in series.occurrences.select_related("meeting__forum")
    }
    if moved in meetings:
        why: Given = {"title": "Beredning inför chefsforum", "place": "Folkets hus i Kvarnforsa"}
        about: Given = {"meeting_id": meetings[moved].pk, "on": moved, "begins": time(13), "ends": time(15)}
        forums.change_meeting(actor=world.coordinator(), at=world.ago(2), **about, **why)
    _called(world, meetings[first])
    _called(world, meetings[latest])
    _sat(world, forum, meetings[first], meetings[latest])


def _called(world: World, meeting: Meeting) -> None:
    at = meeting.starts_at - timedelta(days=9)
    meeting.refresh_from_db()
    forums.call_meeting(actor=world.coordinator(), meeting_id=meeting.pk, at=at)


def _sat(world: World, forum: Forum, earlier: Meeting, latest: Meeting) -> None:
    """The earlier one is minuted and was thought of by those who were there; the latest is out for adjustment."""
    sit(world, forum, earlier, EARLIER, REPRESENTATIVES, ("holmo-rep",))
    by, day = ("region-rep", "strandsala-rep"), earlier.starts_at
    minuted(world, earlier, by, sent=day + timedelta(days=1), lock=day + timedelta(days=6))
    _checked(world, earlier, day + timedelta(days=1))
    sit(world, forum, latest, LATEST, REPRESENTATIVES)
    sent = latest.starts_at + timedelta(hours=5)
    minuted(world, latest, ("region-rep", "kvarnforsa-rep", "lindemala-rep"), sent=sent)
    about: Given = {"meeting_id": latest.pk, "at": sent + timedelta(hours=4)}
    minutes.agree_to_minutes(actor=world.actor("region-rep"), number=1, **about)
    words = "Under kontaktdagar sade vi varannan tisdag, inte varje."
    minutes.ask_for_change(actor=world.actor("lindemala-rep"), words=words, **about)
    said: Given = {"worth": "yes", "decided": "nothing", "change": ""}
    worth.check_meeting(actor=world.actor("region-rep"), meeting_id=latest.pk, at=sent, **said)


def _checked(world: World, meeting: Meeting, at: datetime) -> None:
    """Five answers, which is as many as are shown together; and what was changed because of them."""
    rows = (
        ("yes", "Underlagen kom i tid den här gången."),
        ("yes", ""),
        ("partly", "Vi hann inte med sista punkten. Börja med det som ska till chefsforum."),
        ("yes", ""),
        ("no", "Halva mötet handlade om en fråga som bara rörde två av oss."),
    )
    for key, (value, change) in zip(REPRESENTATIVES, rows, strict=False):
        about: Given = {"worth": value, "decided": "nothing", "change": change, "meeting_id": meeting.pk}
        worth.check_meeting(actor=world.actor(key), at=at, **about)
    text = "Frågor till chefsforum ligger nu först på dagordningen. Det som bara rör två tar de två för sig."
    forum, when = meeting.forum_id, at + timedelta(days=8)
    worth.tell_what_changed(actor=world.coordinator(), forum_id=forum, text=text, at=when)
