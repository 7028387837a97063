"""Documents in and out at full size: a spreadsheet with the answers of 290 participants, and an agreement between them.

The spreadsheet is the one that the product itself hands out for a matter in which everybody has answered; it is taken in,
through the page, in a matter with the same aspects where nobody has. The agreement has every heading of its kind and is
fetched as PDF and DOCX.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import sys
from statistics import median
from typing import Any

from figures_site import RUNS, Answer, asked, say, temporary_site

PARTICIPANTS = 290


def take_in(client: Any, given: Any, silent: Any) -> None:
    """Fetch the answers of one matter as a spreadsheet, and take them in in another."""
    from samordna.domain.matters.models import Condition

    place = f"/fragor/{silent.pk}/inhamtning/fil/"
    sheet = io.BytesIO(client.get(f"/fragor/{given.pk}/inhamtning/fil/kalkylblad.xlsx/").content)
    sheet.name = "svar.xlsx"
    say(f"import_{PARTICIPANTS}_file_kb", f"{len(sheet.getvalue()) / 1024:.1f}")
    preview = asked(client, place, {"file": sheet})
    shown = gzip.decompress(preview.response.content).decode()
    kept = re.search(r'name="kept" value="([^"]+)"', shown)
    if kept is None:
        raise RuntimeError("The preview had nothing to take in.")
    kept_at = asked(client, place, {"kept": kept[1]})
    said = Condition.objects.filter(matter=silent).count()
    if said != Condition.objects.filter(matter=given).count():
        raise RuntimeError("Not everything was taken in.")
    say(f"import_{PARTICIPANTS}_conditions", said)
    _seconds_of("preview", preview)
    _seconds_of("take_in", kept_at)


def _seconds_of(step: str, answer: Answer) -> None:
    say(f"import_{PARTICIPANTS}_{step}_seconds", f"{answer.waited / 1000:.2f}")
    say(f"import_{PARTICIPANTS}_{step}_queries", answer.queries)


def silent_twin(matter: Any, organisations: list[Any]) -> Any:
    """A matter with the same aspects, in which nobody has answered."""
    from tests import factories as f

    from samordna.domain.matters.models import Position

    twin = f.matter(matter.collaboration, title="Samma fråga en gång till")
    for aspect in matter.aspects.order_by("order"):
        labels = tuple(aspect.options.order_by("order").values_list("label", flat=True))
        f.aspect(twin, aspect.label, labels)
    Position.objects.bulk_create(Position(matter=twin, organisation=one) for one in organisations)
    return twin


def agreement(client: Any, lead: Any, collaboration: Any, parties: int) -> None:
    """The time and the bytes of an agreement between so many, as PDF and DOCX."""
    from tests import factories as f

    from samordna.domain.agreements import operations as do

    made = do.start_agreement(
        actor=lead, collaboration_id=collaboration.pk, kind="agreement", name="Överenskommelse", at=f.NOW
    )
    for section in made.versions.get().sections.filter(text=""):
        text = f"Vi är överens om det som står under {section.heading}, och följer det tills vi säger något annat. " * 6
        do.write_section(actor=lead, section_id=section.pk, revision=section.revision, text=text, at=f.NOW)
    for kind in ("pdf", "docx"):
        runs = [asked(client, f"/overenskommelser/{made.pk}/1/{kind}/") for _ in range(RUNS)]
        say(f"agreement_{parties}_parties_{kind}_bytes", len(runs[-1].response.content))
        say(f"agreement_{parties}_parties_{kind}_ms", f"{median(run.waited for run in runs):.0f}")


def main() -> int:
    """Measure agreements between few and between all, and then the import among all."""
    with temporary_site():
        from tests import factories as f
        from tests.many import SEED, heard, taking_part

        for parties in (5, PARTICIPANTS):
            collaboration = f.collaboration()
            organisations = taking_part(collaboration, parties)
            lead, client = _lead(f, collaboration)
            agreement(client, lead, collaboration, parties)
            if parties == PARTICIPANTS:
                given = heard(collaboration, organisations, random.Random(SEED))
                take_in(client, given, silent_twin(given, organisations))
    return 0


def _lead(f: Any, collaboration: Any) -> tuple[Any, Any]:
    """The coordinator, as an actor and signed in."""
    from django.test import Client

    from samordna.domain.organisations.access import actor_of

    held, client = f.holding(collaboration.host, role=collaboration.coordinator_role), Client()
    client.force_login(held.person)
    return actor_of(held), client


if __name__ == "__main__":
    sys.exit(main())
