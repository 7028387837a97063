"""Pictures of pages, as somebody sees them: `python tools/screenshots.py [--as NAME] [--out FOLDER] ADDRESS…`.

Starts the site on the data folder in SAMORDNA_DATA (nothing else is touched), signs in as the person whose name, e-mail
address or role contains NAME (the first by name; nobody without it), and takes every address at 390 and 1400 pixels, in
light and dark. Files are named <address>-<width>-<light|dark>.png.

    SAMORDNA_DATA=/somewhere/var SAMORDNA_DEMO=1 PYTHONPATH=src:engine/src \
        python tools/screenshots.py --as samordnare --out pictures / /samverkan/ /fragor/abc/

`--widths 390,820,1400`, `--schemes light`, `--language en`, `--port 8319` and `--top` (the first screen only, instead of
the whole page) narrow it down. `--print` takes the page as it comes out on A4 instead: a PDF, and a picture as wide as the
paper's text. Prints a line per picture, and every error in the browser's console.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PAPER = 690  # an A4 page between its margins, in pixels
MARGINS = {"top": "16mm", "bottom": "16mm", "left": "14mm", "right": "14mm"}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def options(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--as", dest="person", default="")
    parser.add_argument("--out", type=Path, default=Path("pictures"))
    parser.add_argument("--widths", default="390,1400")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--language", default="sv")
    parser.add_argument("--port", type=int, default=8319)
    parser.add_argument("--top", action="store_true")
    parser.add_argument("--print", dest="paper", action="store_true")
    return parser.parse_args(arguments)


@contextmanager
def site(port: int) -> Iterator[str]:
    """The site, served for as long as the block runs."""
    environment = os.environ | {"SAMORDNA_DEBUG": "1"}
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("The site did not start; see the error above.")
        try:
            urllib.request.urlopen(f"{address}/halsa/", timeout=1)  # our own address on this machine
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The site did not answer within two minutes.")


def session_of(name: str) -> dict[str, Any]:
    """The session cookie of somebody who has just signed in, acting in the role that was asked for."""
    import django  # app ready

    django.setup()
    from django.conf import settings  # app ready
    from django.db.models import Q  # app ready
    from django.test import Client  # app ready

    from samordna.domain.organisations.models import Holding  # app ready

    wanted = Q(person__name__icontains=name) | Q(person__email__icontains=name) | Q(role__name__icontains=name)
    held = Holding.objects.filter(wanted).select_related("person", "role").order_by("person__name").first()
    if held is None:
        raise SystemExit(f"Nobody's name, address or role contains {name}.")
    client = Client()
    client.force_login(held.person)
    session = client.session
    session["holding"] = held.pk
    session.save()
    sys.stdout.write(f"as: {held.person.name}, {held.role.name}\n")
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def take(browser: Browser, address: str, cookie: dict[str, Any], chosen: argparse.Namespace) -> None:
    """Every picture that was asked for."""
    for width in map(int, chosen.widths.split(",")):
        for scheme in chosen.schemes.split(","):
            context = browser.new_context(
                viewport={"width": width, "height": 900 if width > 600 else 844},
                color_scheme=scheme,
                locale="sv-SE" if chosen.language == "sv" else "en-GB",
                reduced_motion="reduce",
            )
            if cookie:
                cookies: list[Any] = [{**cookie, "url": address}]
                context.add_cookies(cookies)
            _pictures(context.new_page(), address, f"{width}-{scheme}", chosen)
            context.close()


def _pictures(page: Any, address: str, kind: str, chosen: argparse.Namespace) -> None:
    page.on("console", lambda message: message.type == "error" and sys.stdout.write(f"console: {message.text}\n"))
    for path in chosen.addresses:
        answer = page.goto(address + path)
        name = path.split("?")[0].strip("/").replace("/", "-") or "start"
        if chosen.paper:
            page.emulate_media(media="print")
            page.pdf(path=chosen.out / f"{name}.pdf", format="A4", margin=MARGINS, prefer_css_page_size=True)
        file = chosen.out / f"{name}-{kind}.png"
        page.screenshot(path=file, full_page=not chosen.top)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        sys.stdout.write(f"{file}: {answer.status if answer else '?'}{' SCROLLS SIDEWAYS' if wide else ''}\n")


def main(arguments: list[str]) -> int:
    """Take the pictures."""
    chosen = options(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    if chosen.paper:
        chosen.widths, chosen.schemes = str(PAPER), "light"
    chosen.out.mkdir(parents=True, exist_ok=True)
    cookie = session_of(chosen.person) if chosen.person else {}
    with site(chosen.port) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        take(browser, address, cookie, chosen)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
