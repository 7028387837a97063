"""N3: to follow up results is not enough: analyse to a need of change that is driven to change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.change.models import Chain, Change, ChangeNeed, Turn
from samordna.domain.followup.models import Result
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reminding import remind
from tests.domain.change.test_sources import measured
from tests.domain.collaborations.setting import client_of, setting
from tests.spec.test_R3_own_follow_up import words

pytestmark = pytest.mark.django_db


def begun_from_a_result(given):
    """The organisation's own result, analysed from its own page."""
    measured(given)
    result = Result.objects.filter(organisation=given.own).order_by("starts_on")[0]
    browser, begin = client_of(given.manager), f"/forandring/ny/{given.collaboration.pk}/"
    offered = f"{begin}?slag=result&amp;id={result.pk}"
    assert offered in browser.get(f"/uppfoljning/resultat/{result.pk}/").content.decode(), "a result asks to be analysed"
    sent = {"kind": "result", "thing_id": result.pk, "title": "Fler väntar än förut"}
    return browser, browser.post(begin, sent).headers["Location"], result


def waits(browser, chain):
    """Whom and what the chain's own page and the board say that it waits for; none once it is closed."""
    page, board = words(browser.get(chain)), words(browser.get("/forandring/"))
    title = Chain.objects.get().title
    assert title in board
    return page.split("Väntar på", 1)[1][:90].strip() if "Väntar på" in page else ""


def test_n3_a_result_is_open_until_it_is_analysed_changed_and_measured_again():
    """Step by step from a bad result to a judged effect: it closes no sooner, and says whom it waits for."""
    given = setting()
    own, chain, result = begun_from_a_result(given)
    today = clock.day(clock.now())
    close, asked = f"{chain}stang/", []

    def step(address, sent):
        asked.append(waits(own, chain))
        assert "Havsnäs" in asked[-1], asked[-1]
        assert own.post(close, {"outcome": "Klart"}).status_code == 422, "nothing is closed that is waited for"
        assert own.post(address, sent).status_code == 302, address

    assert own.post(f"{chain}analyserad/", {}).status_code == 422, "an analysis says what it says, and what has to change"
    step(f"{chain}vad/", {"finding": "Det väntas längst på fredagar"})
    step(f"{chain}orsak/", {"kind": "organisation", "text": "Ingen planerar på fredagar"})
    step(f"{chain}behov/", {"text": "Planering varje fredag"})
    step(f"{chain}analyserad/", {})
    need = f"/forandring/behov/{ChangeNeed.objects.get().pk}"
    step(f"{need}/vems/", {"to": given.own.pk})
    planned = {
        "what": "En fredagsansvarig",
        "for_the_individual": "Hem före helgen",
        "role_id": given.manager.role_id,
        "by": today + timedelta(days=20),
        "measure": "words:",
        "measure_text": "Räkna de som väntar",
        "measure_on": today + timedelta(days=60),
    }
    step(f"{need}/andra/", planned)
    change = f"/forandring/andring/{Change.objects.get().pk}"
    step(f"{change}/klar/", {"words": "Från i måndags"})
    step(f"{change}/effekt/", {"kind": "too_early", "said": "Två veckor", "next_on": today + timedelta(days=90)})
    step(f"{change}/effekt/", {"kind": "better", "said": "Hälften så många väntar"})
    assert len(set(asked)) >= 5, "analyse, place, plan, change, measure"
    assert own.post(close, {"outcome": "Hälften så många väntar"}).status_code == 302
    assert Chain.objects.get().closed_at is not None
    assert waits(own, chain) == ""
    assert chain in own.get(f"/uppfoljning/resultat/{result.pk}/").content.decode(), (
        "and the result leads to what came of it"
    )


def test_n3_an_analysis_says_what_has_to_change_or_why_nothing_has_to():
    given = setting()
    own, chain, _result = begun_from_a_result(given)
    own.post(f"{chain}vad/", {"finding": "Två personer räknades två gånger"})
    assert own.post(f"{chain}analyserad/", {}).status_code == 422
    assert own.post(f"{chain}analyserad/", {"none_reason": "Räknefelet är rättat"}).status_code == 302
    assert "Räknefelet är rättat" in own.get(chain).content.decode()
    assert Chain.objects.get().closed_at is not None


def test_n3_a_link_that_grows_stale_is_chased():
    """What is late stands first on the board, in Mitt, and reminds whoever it waits for."""
    given = setting()
    own, chain, _result = begun_from_a_result(given)
    Turn.objects.update(analyse_by=clock.day(clock.now()) - timedelta(days=8))
    assert chain in own.get("/").content.decode()
    assert "För sent: 1" in own.get("/forandring/").content.decode()
    remind(clock.now())
    notice = Notice.objects.get(kind="chain_late")
    assert (notice.about_id, notice.person_id) == (Chain.objects.get().pk, given.manager.person_id)


def test_n3_what_has_to_change_is_raised_where_it_is_decided_and_found_from_both():
    """A need goes on as a routine, named anew since everybody reads it; each of the two leads to the other."""
    given = setting()
    own, chain, _result = begun_from_a_result(given)
    own.post(f"{chain}vad/", {"finding": "Det väntas längst på fredagar"})
    own.post(f"{chain}orsak/", {"kind": "rules", "text": "Ingen rutin säger vem"})
    own.post(f"{chain}behov/", {"text": "En rutin för fredagar"})
    own.post(f"{chain}analyserad/", {})
    need = f"/forandring/behov/{ChangeNeed.objects.get().pk}"
    own.post(f"{need}/vems/", {"to": given.own.pk})
    form = own.get(f"{need}/ta-upp/dokument/").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert not sent["name"], "the chain is the organisation's own, and a document's name is read by all"
    sent["name"] = "En rutin för fredagar"
    routine = own.post(f"{need}/ta-upp/dokument/", sent).headers["Location"]
    assert routine in own.get(chain).content.decode()
    assert chain in own.get(routine).content.decode()
    other = client_of(given.other_manager)
    assert chain not in other.get(routine).content.decode(), "the chain is the organisation's own"
