"""The help: the same guides as the documentation, beside the tasks, and everything that they name exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import get_resolver, reverse

from samordna.config.settings import LOCALE_PATHS
from samordna.web.checks import patterns
from samordna.web.help.guides import NAMES, guide_of, pieces
from samordna.web.help.topics import TOPICS
from tests import factories as f
from tests.domain.collaborations.setting import client_of

EXAMPLES = {
    *("Fristdagar är minst 3", "Om dagtyp är kalenderdag så är övergång minst sex månader", "beslut", "besluten"),
    *("Ctrl + K", "⌘ + K", "er organisation", "släpptes inte in"),
}
"""What stands in italics without being something on a page: examples of what one may write, and keys."""


def _on_pages() -> set[str]:
    """Every Swedish text of the product."""
    said: set[str] = set()
    for folder in LOCALE_PATHS:
        with Path(folder, "sv/LC_MESSAGES/django.po").open("rb") as file:
            for message in read_po(file, locale="sv"):
                said.update(message.string if isinstance(message.string, (tuple, list)) else [message.string])
    return {_bare(text) for text in said}


def _begins_some(named: str, known: set[str]) -> bool:
    """A guide may stop before a text's end, where the page goes on with what it is about."""
    return any(text.startswith(named) for text in known)


def _bare(text: str) -> str:
    return text.casefold().strip().rstrip(".?")


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_button_that_a_guide_names_exists(name):
    known, missing = _on_pages(), []
    for block in guide_of(name):
        for item in block.items:
            for piece in item:
                parts = piece.text.split(" → ") if piece.kind == "named" else []
                missing += [part for part in parts if part not in EXAMPLES and not _begins_some(_bare(part), known)]
    assert missing == []


def test_every_topic_leads_from_a_page_that_exists_to_a_passage_that_exists():
    names = {pattern.name for _path, pattern in patterns(get_resolver())}
    for page, topic in TOPICS.items():
        guide, passage = topic.split("#")
        assert page in names, page
        assert passage in {block.anchor for block in guide_of(guide) if block.kind == "heading"}, topic


@pytest.mark.django_db
def test_the_help_is_one_press_away_and_can_be_read_without_an_account():
    page = client_of(f.actor(f.organisation())).get(reverse("search")).content.decode()
    address = re.search(r'class="help" href="([^"]+)"', page)
    assert address is not None
    path, anchor = address.group(1).split("#")
    guide = Client().get(path).content.decode()
    assert f'id="{anchor}"' in guide
    assert "Hitta det du letar efter" in guide
    assert Client().get(reverse("guide", args=["finns-inte"])).status_code == 404
    assert all(f"/hjalp/{name}/" in Client().get(reverse("help")).content.decode() for name in NAMES)


def test_the_forms_of_markdown_become_pieces():
    found = [(piece.kind, piece.text) for piece in pieces("Välj *Sök* och **se** `kod` [här](x.md) <b>")]
    assert found == [
        ("text", "Välj "),
        ("named", "Sök"),
        ("text", " och "),
        ("strong", "se"),
        ("text", " "),
        ("code", "kod"),
        ("text", " "),
        ("link", "här"),
        ("text", " <b>"),
    ]


def test_an_installed_wheel_has_the_guides_and_the_catalogues(tmp_path):
    """What the help pages show and what they are translated with, where there is no checkout beside the program."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(ZipFile(wheel).namelist())
    assert {f"samordna/how-to/{name}.md" for name in NAMES} <= names
    areas = {Path(folder).name for folder in LOCALE_PATHS}
    assert {f"samordna/locale/{area}/sv/LC_MESSAGES/django.mo" for area in areas} <= names
