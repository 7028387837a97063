"""Letters without a mail server: printed by an installation, kept as files by the demonstration."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

pytestmark = pytest.mark.django_db


def _send() -> None:
    letter = EmailMessage("Kallelse", "Vi ses.", "samordna@demo.example", ["anna@demo.example"])
    get_connection("samordna.domain.site.mail.Backend").send_messages([letter])


def test_the_demonstration_keeps_its_letters_as_files(settings, tmp_path: Path, capsys):
    settings.DEMO, settings.DATA = True, tmp_path
    _send()
    assert "Vi ses." in next((tmp_path / "letters").iterdir()).read_text()
    assert capsys.readouterr().out == ""


def test_an_installation_without_a_mail_server_prints_them(settings, tmp_path: Path, capsys):
    settings.DEMO, settings.DATA = False, tmp_path
    _send()
    assert "Vi ses." in capsys.readouterr().out
    assert not (tmp_path / "letters").exists()
