"""Catalogues without GNU gettext: `python tools/messages.py update [AREA…] | check | compile`.

One catalogue per area (src/samordna/locale/<area>/sv/LC_MESSAGES/django.po), so that people who work on different pages do
not write in the same file. `update` extracts the English msgids and keeps the translations that still fit; `check` fails
on anything missing, fuzzy or obsolete; `compile` makes the .mo files, which are not kept in the repository.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1] / "src" / "samordna"
LOCALE = ROOT / "locale"
LANGUAGE = "sv"
BOARD = (
    *("domain/decisions/queries/board.py", "domain/decisions/queries/pages.py"),
    *("web/decisions/", "web/templates/decisions/"),
)
MEETINGS = ("domain/forums/sentences.py",)  # what votes, calendars and times come to
SHELL = ("web/site/", "web/accounts/", "web/components/", "web/templates/")
STEPS = (
    *("organisations", "collaborations", "agreements", "matters", "forums", "decisions", "adherence", "overview"),
    *("scheduling", "conversations", "events", "worth", "admissions", "journal", "notices", "search", "help"),
    *("proceedings", "minutes", "assessments", "knowledge", "introductions", "followup", "change", "reports"),
)
KEYWORDS = {
    **dict.fromkeys(("_", "__", "_l", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "_n"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "_p", "_pg", "_pl"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy", "_np"), ((1, "c"), 2, 3)),
}


def area_of(path: Path) -> str:
    """The area whose catalogue a source file's strings belong to."""
    place = path.relative_to(ROOT).as_posix()
    if place.startswith(BOARD):
        return "board"
    if place.startswith(MEETINGS):
        return "meetings"
    for step in STEPS:
        homes = (f"domain/{step}/", f"web/{step}/", f"web/templates/{step}/", f"api/{step}.py")
        if place.startswith(homes):
            return step
    if place.startswith("cli/"):
        return "cli"
    return "shell" if place.startswith(SHELL) else "core"


def sources(area: str) -> Iterator[Path]:
    """The area's Python files and templates."""
    for path in sorted(ROOT.rglob("*")):
        wanted = path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts)
        if wanted and "migrations" not in path.parts and area_of(path) == area:
            yield path


def areas() -> list[str]:
    """Every area that has at least one source file."""
    return sorted({area_of(path) for path in ROOT.rglob("*.py")})


def strings(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """Babel's (line, message, comments, context) for one file."""
    text = path.read_text()
    if path.suffix != ".py":
        # What is left of a template is no Python; without its indentation it can still be cut into tokens.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    yield from extract("python", io.BytesIO(text.encode()), KEYWORDS, (), {"encoding": "utf-8"})


def template_of(area: str) -> Catalog:
    """What the area's sources ask for."""
    catalog = Catalog(locale=LANGUAGE, project="Samordna", charset="utf-8", creation_date=datetime(2026, 1, 1, tzinfo=UTC))
    for path in sources(area):
        for _line, message, _comments, context in strings(path):
            catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)], context=context)
    return catalog


def file_of(area: str) -> Path:
    """The area's catalogue."""
    return LOCALE / area / LANGUAGE / "LC_MESSAGES" / "django.po"


def stored(area: str) -> Catalog:
    """The area's catalogue as it is on disk; empty when there is none."""
    path = file_of(area)
    if not path.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8")


def update(area: str) -> Catalog:
    """Merge what the sources ask for into the stored catalogue, keeping translations; nothing is guessed."""
    catalog, wanted = stored(area), template_of(area)
    catalog.update(wanted, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.project, catalog.version = "Samordna", "0"
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "Samordna"
    catalog.revision_date = catalog.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalog.header_comment = "# Swedish. The msgids are the English edition."
    path = file_of(area)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False, sort_output=True, omit_header=False)
    return catalog


def _translated(message: Message) -> bool:
    text = message.string
    return all(text) if isinstance(text, (tuple, list)) else bool(text)


def faults(area: str) -> Iterator[str]:
    """Everything that keeps the area's Swedish from being whole."""
    have = stored(area)
    for wanted in template_of(area):
        message = have.get(wanted.id, wanted.context) if wanted.id else None
        if wanted.id and (message is None or not _translated(message)):
            yield f"{area}: not translated: {wanted.id!r} in {wanted.locations[0][0]}"
    for message in have:
        if message.id and message.fuzzy:
            yield f"{area}: fuzzy: {message.id!r}"
        for error in message.check(have) if message.id else ():
            yield f"{area}: {message.id!r}: {error}"


def compile_all() -> None:
    """Write the .mo beside each .po."""
    for path in sorted(LOCALE.glob("*/*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=LANGUAGE, charset="utf-8")
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is 1 when `check` finds a fault."""
    settings.configure(USE_I18N=False)
    django.setup()
    command, chosen = (arguments or ["check"])[0], arguments[1:] or areas()
    unknown = [area for area in chosen if not area.isidentifier()]
    if unknown:
        sys.stderr.write(f"An area is named by a word, not {unknown[0]!r}: {', '.join(areas())}.\n")
        return 2
    if command == "update":
        for area in chosen:
            update(area)
    if command == "compile":
        compile_all()
        return 0
    found = [fault for area in chosen for fault in faults(area)]
    for fault in found:
        sys.stdout.write(fault + "\n")
    sys.stdout.write(f"untranslated_or_faulty: {len(found)}\n")
    return 1 if found and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
