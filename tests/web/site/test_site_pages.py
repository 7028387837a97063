"""The first set-up, the settings, health, the log, and the page about accessibility."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samordna.core.models import Checkpoint, JournalEntry, JournalPayload
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Person
from samordna.domain.site import access
from samordna.domain.site.access import awaits_set_up, set_up_key
from samordna.domain.site.models import Backup, Site
from samordna.domain.site.queries import checks
from samordna.domain.site.secrecy import opened
from samordna.web.logs import Lines
from tests import factories as f
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db
TYPED = {
    "organisation": "Fjärdslands kansli",
    "kind": "coordination_office",
    "number": "",
    "name": "Ada Berg",
    "email": "ada@example.se",
    "password": "en lång rad av ord 77",
    "again": "en lång rad av ord 77",
    "language": "sv",
    "mail_host": "mail.example.se",
    "mail_port": "587",
    "mail_security": "starttls",
    "mail_user": "samordna",
    "mail_password": "mejlhemligheten",
    "mail_from": "samordna@example.se",
}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


def test_a_new_site_is_set_up_once_by_whoever_has_the_key(client):
    address, key = reverse("set_up"), set_up_key()
    waiting = "Ingen är här än. Den som installerade webbplatsen gör i ordning den"
    assert waiting in client.get(reverse("account_login")).content.decode()
    assert (access._key_file().stat().st_mode & 0o777, set_up_key()) == (0o600, key)
    assert [client.get(address, {"nyckel": wrong}).status_code for wrong in ("", "fel", key[:-1])] == [404, 404, 404]
    assert client.post(address, TYPED | {"key": "fel"}).status_code == 404
    assert "Gör i ordning webbplatsen" in client.get(address, {"nyckel": key}).content.decode()
    bad = client.post(address, TYPED | {"key": key, "again": "en annan", "email": "ingen", "mail_from": ""})
    page = bad.content.decode()
    assert (bad.status_code, Site.objects.exists(), Person.objects.exists()) == (422, False, False)
    assert "Fjärdslands kansli" in page
    assert key in page
    assert "inte lika" in page
    short = client.post(address, TYPED | {"key": key, "password": "kort", "again": "kort", "number": "212000-0000"})
    assert (short.status_code, Person.objects.exists()) == (422, False)
    assert client.post(address, TYPED | {"key": key}).status_code == 302
    site, person = Site.objects.get(), Person.objects.get()
    assert (site.owner_role.organisation.name, person.check_password(TYPED["password"])) == ("Fjärdslands kansli", True)
    assert (opened(site.mail_password), "mejlhemligheten" in site.mail_password) == ("mejlhemligheten", False)
    assert not awaits_set_up()
    assert waiting not in client.get(reverse("account_login")).content.decode()
    assert not access._key_file().exists()
    assert client.get(address, {"nyckel": key}).status_code == client.post(address, TYPED | {"key": key}).status_code == 404
    said = "".join(JournalPayload.objects.values_list("content", flat=True))
    assert JournalEntry.objects.filter(action="site_set_up").exists()
    assert TYPED["password"] not in said
    assert "mejlhemligheten" not in said


def test_the_set_up_is_closed_where_an_administrator_is_there_already(client):
    key = set_up_key()
    f.holding(f.organisation(), RoleKind.ADMINISTRATOR)
    assert client.get(reverse("set_up"), {"nyckel": key}).status_code == 404


def _site() -> tuple[Client, Any]:
    own = f.organisation("Kansliet")
    held = f.holding(own, RoleKind.ADMINISTRATOR)
    Site.objects.create(pk=1, name="Samordna", owner_role=held.role, set_up_at=f.NOW)
    client = Client()
    client.force_login(held.person)
    return client, held


def test_the_settings_are_for_whoever_looks_after_the_site():
    client, held = _site()
    other = f.holding(f.organisation("Grannen"), RoleKind.ADMINISTRATOR)
    address = reverse("settings")
    assert [client_of(f.actor(held.role.organisation, kind)).get(address).status_code for kind in RoleKind] == [403] * 5
    Backup.objects.create(made_at=f.NOW, file_name="samordna.tar", sha256="0" * 64, size=1, entries=7)
    page = client.get(address).content.decode()
    assert "Webbplatsens inställningar" in page
    assert "samordna.tar" in page
    assert "7 journalposter" in page
    typed = {"name": "Fjärdsland", "language": "en", "contact": "010-12 34 56"}
    assert client.post(reverse("change_site"), typed).status_code == 302
    assert "010-12 34 56" in Client().get(reverse("accessibility")).content.decode()
    assert '<html lang="en"' in Client().get(reverse("about")).content.decode()  # no language asked for
    bad = client.post(
        reverse("change_mail"), {"mail_host": "mail.example.se", "mail_port": "99999", "mail_security": "tls"}
    )
    assert (bad.status_code, "mail.example.se" in bad.content.decode()) == (422, True)
    given = {name: value for name, value in TYPED.items() if name.startswith("mail_")}
    assert client.post(reverse("change_mail"), given | {"mail_host": "127.0.0.1", "mail_port": "1"}).status_code == 302
    assert client.post(reverse("change_mail"), given | {"mail_host": "127.0.0.1", "mail_port": "1", "mail_password": ""})
    assert opened(Site.objects.get().mail_password) == "mejlhemligheten"
    assert "mejlhemligheten" not in client.get(address).content.decode()
    refused = client.post(reverse("try_mail"))
    assert (refused.status_code, mail.outbox) == (422, [])
    told = client.get("/api/v1/site").json()
    assert (told["has_password"], told["mail_host"], "mejlhemligheten" in str(told)) == (True, "127.0.0.1", False)
    assert {check["name"] for check in client.get("/api/v1/site/health").json()} >= {"database", "disk", "backup", "tasks"}
    assert client_of(f.actor(f.organisation())).get("/api/v1/site").status_code == 403
    assert client.post(reverse("hand_site_over"), {"role_id": other.role_id}).status_code == 302
    assert client.get(address).status_code == 403
    assert client_of(f.actor(f.organisation())).post(reverse("hand_site_over"), {"role_id": "x"}).status_code == 403


def test_health_is_told_in_three_steps(settings):
    client = Client()
    assert client.get("/halsa/").json() == {"status": "ok"}
    assert client.get("/halsa/redo/").status_code == 200
    assert client.get("/halsa/detaljer/").status_code == 404
    settings.HEALTH_TOKEN = "a-long-token"
    assert client.get("/halsa/detaljer/", headers={"authorization": "Bearer fel"}).status_code == 404
    answer = client.get("/halsa/detaljer/", headers={"authorization": "Bearer a-long-token"})
    assert answer.status_code == 503
    assert answer.json()["checks"]["backup"] == {"well": False, "value": "–"}
    assert answer.json()["checks"]["database"]["well"]
    assert answer.json()["checks"]["letters"]["value"].startswith("0 letters_waiting, 0 letters_held")
    assert dict(_days_of_the_checkpoint(datetime(2026, 11, 22, hour, 30, tzinfo=UTC) for hour in (22, 23))) == {
        22: "2026-11-22",
        23: "2026-11-23",
    }, "half past eleven at night in Greenwich is tomorrow in Sweden"


def _days_of_the_checkpoint(moments: Iterable[datetime]) -> Iterator[tuple[int, str]]:
    for size, at in enumerate(moments):
        Checkpoint.objects.create(size=size + 1, root="0" * 64, at=at, note="-")
        yield at.hour, next(each.value for each in checks(at) if each.name == "checkpoint")


def test_the_log_has_a_line_for_each_request_and_no_word_of_anybody(client, caplog, monkeypatch):
    lines, formatter = [], Lines()
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(formatter.format(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    secret = "Jag-heter-Ada-Berg"
    try:
        client.raise_request_exception = False
        client.get(f"/svar/{secret}/", {"q": secret}, headers={"referer": f"https://x/{secret}", "user-agent": secret})
        client.post("/konto/login/", {"login": f"{secret}@example.se", "password": secret})
        client.get(f"/finns-inte/{secret}/")

        def fail(*_args: Any, **_named: Any) -> None:
            raise ValueError(f"{secret} ada@example.se 19121212-1212")

        monkeypatch.setattr("samordna.web.site.health.is_ready", fail)
        answer = client.get("/halsa/redo/", headers={"x-request-id": "abc-123-def"})
        logging.getLogger("elsewhere").warning("Could not reach ada@example.se for 19121212-1212 with %s", secret)
    finally:
        logging.getLogger().removeHandler(handler)
    text = "\n".join(lines)
    assert not [word for word in (secret, "ada@example.se", "19121212") if word in text], text
    told = [json.loads(line) for line in lines]
    assert {"svar/<str:token>/", "konto/login/", "halsa/redo/", ""} <= {line.get("route") for line in told}
    failed = [line for line in told if line.get("request") == "abc-123-def"]
    assert (answer.status_code, answer["X-Request-ID"]) == (500, "abc-123-def")
    assert any(line.get("exception") == "ValueError" and "fail" in line["where"][-1] for line in failed)
    assert {"at", "level", "logger", "event"} <= set(told[0])
