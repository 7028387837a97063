"""The main job, in a browser: one matter from gathering to followed, as five different people and one with only a link.

The demonstration world is loaded, the people sign in with one click, and everything is done with what is on the pages.
Pictures for the README are taken on the way when SAMORDNA_PICTURES names a folder.
"""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from PIL import Image

from samordna.cli.demo.loader import load
from samordna.core import clock
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.models import Matter
from tests.background import post_letters
from tests.browser.fixtures import PHONE, WIDE, Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine_process]
TITLE = "Betalningsansvar vid utskrivning"


@pytest.fixture
def matter(settings) -> Matter:
    settings.DEMO = True
    with translation.override("sv"):
        load()
    return Matter.objects.get(title=TITLE)


def sign_in(visit, name: str) -> Visitor:
    visitor = visit()
    visitor.open("/")
    visitor.page.get_by_role("button", name=name).click()
    return visitor


def follow_agenda(visitor: Visitor, address: str = "/") -> None:
    """Open the item of Mitt that is about the matter and leads to an address like this."""
    visitor.open("/")
    item = visitor.page.locator("li.waiting").filter(has_text=TITLE)
    item.locator(f"a[href*='{address}']").first.click()


def picture(visitor: Visitor, name: str, size: tuple[int, int] = WIDE) -> None:
    folder = os.environ.get("SAMORDNA_PICTURES")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    visitor.resize(size)
    path = f"{folder}/{name}.png"
    visitor.page.screenshot(path=path)
    Image.open(path).quantize(colors=128).save(path, optimize=True)
    visitor.resize(WIDE)


def answer_as_kvarnforsa(visitor: Visitor) -> None:
    """Two conditions in plain words, a benefit, and the answer is sent in."""
    page = visitor.page
    page.get_by_role("link", name="Under vilka förutsättningar").click()
    page.get_by_role("button", name="Belopp", exact=True).click()
    page.get_by_label("nationellt belopp").check()
    page.get_by_role("button", name="Visa som mening").last.click()
    assert page.get_by_label("nationellt belopp").is_checked(), "what was typed is kept when the reason is missing"
    page.get_by_label("Varför?").fill("Nämnden har beslutat att inte förhandla om egna belopp.")
    page.get_by_role("button", name="Visa som mening").last.click()
    assert "Belopp är nationellt belopp" in visitor.text("#bygg")
    page.get_by_role("button", name="Spara förutsättningen").click()
    page.get_by_role("button", name="Övergång", exact=True).click()
    page.locator("select[name=then-0-is]").select_option(label="är")
    page.locator("select[name=then-0-option]").select_option(label="ingen")
    page.get_by_label("Varför?").fill("Budgeten för året är redan lagd efter den nya regeln.")
    page.get_by_role("button", name="Visa som mening").last.click()
    page.get_by_role("button", name="Spara förutsättningen").click()
    page.get_by_role("button", name="Gå vidare").click()
    for name, figure in (("low", "200"), ("likely", "380"), ("high", "520")):
        page.locator(f"input[name={name}]").fill(figure)
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    send_in = page.get_by_role("button", name="Skicka in svaret")
    page.wait_for_load_state()
    if page.locator("input[name=answered_as]").count():
        page.locator("input[name=answered_as]").fill("Elif Demir, samverkansansvarig")
    send_in.click()


def link_from_the_coordinator(coordinator: Visitor, mailbox) -> str:
    """The coordinator mails Kvarnforsa a link; returns its path."""
    page = coordinator.page
    page.get_by_role("link", name="Fråga, påminn, skicka länkar").click()
    form = page.locator("form").filter(has=page.locator("input[type=email]")).first
    form.locator("input[type=email]").first.fill("elif@kvarnforsa.example")
    form.get_by_role("button").last.click()
    post_letters()
    return re.search(r"/svar/[^\s/]+/", mailbox[-1].body)[0]


def test_one_matter_from_gathering_to_followed(visit, matter, mailoutbox, tmp_path):
    anna = sign_in(visit, "Anna Lindqvist")
    follow_agenda(anna)
    assert "Väntar på: Kvarnforsa" in anna.text(), "silence is visible and stops the matter"
    picture(anna, "matter-phone", PHONE)
    path = link_from_the_coordinator(anna, mailoutbox)

    elif_demir = visit(size=PHONE)
    assert elif_demir.open(path) == 200
    answer_as_kvarnforsa(elif_demir)
    assert elif_demir.open(path) != 200 or "använd" in elif_demir.text().lower(), "a link is used once"

    follow_agenda(anna)
    anna.page.get_by_role("button", name="Gå vidare till avvägning").click()
    anna.page.get_by_role("button", name="Låt motorn föreslå").click()
    board = anna.text()
    assert "Granvattna kommun" in board
    assert "individuell efter 7 dagar" in board
    picture(anna, "board", (1400, 1500))
    document = exported(matter)

    erik = sign_in(visit, "Erik Skärström")
    follow_agenda(erik, "/beslut/forslag/")
    erik.page.locator("form[action*=prosa] input[type=radio]").first.check()
    erik.page.get_by_role("button", name="Svara").click()

    anna.page.get_by_role("link", name="Öppna förslaget").click()
    anna.page.get_by_role("button", name="Välj det här förslaget").click()
    anna.page.get_by_role("button", name="Förbered beslutet").click()
    lead_to_recommended(anna)
    decision = anna.page.url

    establish = anna.page.get_by_role("button", name="Fastställ").first
    assert establish.get_attribute("aria-disabled") == "true", "two have not lent their mandate and must adopt first"
    for name, body in (("Maria Ekdahl", "Hälso- och sjukvårdsnämnden"), ("Erik Skärström", "Kommunstyrelsen")):
        adopt(sign_in(visit, name), body)
    anna.page.goto(decision)
    anna.page.get_by_role("button", name="Fastställ").first.click()
    version = DecisionVersion.objects.get(decision__matter=matter)
    assert version.state == "in_force"
    assert {adoption.organisation.short_name for adoption in version.adoptions.all()} == {"Regionen", "Holmö"}

    follow(sign_in(visit, "Sara Hedlund"), "already_so")
    follow(sign_in(visit, "Nils Fjellborg"), "will_change")
    anna.open("/foljs/")
    assert TITLE in anna.text()
    picture(anna, "following")
    settled_on_the_command_line(document, version, tmp_path)
    assert anna.complaints == []


def lead_to_recommended(anna: Visitor) -> None:
    """Open the consultation, leave it with a reason that stays with the decision, and recommend."""
    page = anna.page
    page.locator("input[name=consultation-until]").fill((clock.day(clock.now()) + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="Skicka ut").click()
    page.get_by_text("Hoppa över ett steg, eller dra tillbaka versionen").click()
    page.locator("select[name=skip-step]").select_option("consultation")
    page.locator("textarea[name=skip-reason]").fill("Alla har redan lämnat synpunkter på styrgruppens möte.")
    page.get_by_role("button", name="Hoppa över").click()
    page.get_by_role("button", name="Rekommendera").click()


def adopt(manager: Visitor, body: str) -> None:
    follow_agenda(manager, "/beslut/")
    page = manager.page
    form = page.locator("form[action*=antagande]")
    form.locator("input[type=radio]").first.check()
    form.locator("input[name$=body]").fill(body)
    form.locator("input[name$=decided_on]").fill(clock.day(clock.now()).isoformat())
    form.locator("input[name$=paragraph]").fill("§ 112")
    form.get_by_role("button").last.click()


def follow(visitor: Visitor, answer: str) -> None:
    follow_agenda(visitor, "/foljs/")
    page = visitor.page
    page.locator(f"input[type=radio][value={answer}]").check()
    if answer == "will_change":
        page.locator("input[name=by]").fill("2027-06-30")
        page.locator("textarea[name=actions]").fill("Helgbemanningen byggs ut med två tjänster.")
    page.get_by_role("button", name="Lämna svaret").click()


def exported(matter: Matter) -> str:
    out = StringIO()
    call_command("export_matter", matter.pk, stdout=out)
    return out.getvalue()


def settled_on_the_command_line(document: str, version: DecisionVersion, folder: Path) -> None:
    """The same input through `samordna decide` gives the frame that was decided."""
    path = folder / "fraga.json"
    path.write_text(document)
    out = StringIO()
    call_command("decide", str(path), "--json", stdout=out)
    frame = {value.aspect_id: value.option_id for value in version.proposal.frame.all()}
    assert json.loads(out.getvalue())["proposal"]["frame"] == frame
