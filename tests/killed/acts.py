"""What the processes that are killed do, with a site's own settings around them; Django is set up before the import."""

from __future__ import annotations

import sys
from datetime import timedelta

from django.core.management import call_command
from django.db import transaction

from samordna.core import clock, tasks
from samordna.core.models import OutgoingLetter, Task
from samordna.core.outbox import Letter, put
from samordna.core.verification import verify
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath
from samordna.domain.organisations.operations import make_api_token
from samordna.domain.proceedings.models import Note
from tests import factories as f
from tests.domain.proceedings.world import sat


def prepare() -> None:
    """An empty database with somebody in it: a role, and a key to the API that may write for its organisation; and a
    meeting that goes on, with a key of whoever keeps its notes."""
    call_command("migrate", verbosity=0)
    held = f.holding(f.organisation(), RoleKind.ADMINISTRATOR)
    issued = make_api_token(actor=actor_of(held), label="kill", may_write=True, days=1)
    met = sat().opened()
    keeper = make_api_token(actor=met.secretary, label="kill", may_write=True, days=1)
    _say(held.role_id, issued.secret, met.item.pk, keeper.secret)


def letters(count: str) -> None:
    """Put so many letters in the outbox."""
    with transaction.atomic():
        put([Letter(recipient=f"n{n}@example.se", subject="s", body="b") for n in range(int(count))], clock.now())


def work() -> None:
    """The worker, whose leases are short so that the next one need not wait for minutes."""
    tasks.LEASE = timedelta(seconds=1)
    call_command("work")


def tell() -> None:
    """What the database holds: letters sent, tasks left, the topics of contact paths, notes (the latest first) and how long
    they are, faults of the journal."""
    notes = Note.objects.filter(beside=False).order_by("-number").values_list("text", flat=True)
    _say("sent", *OutgoingLetter.objects.filter(sent_at__isnull=False).values_list("pk", flat=True))
    _say("left", str(Task.objects.filter(done_at__isnull=True).count()))
    _say("topics", *ContactPath.objects.values_list("topic", flat=True))
    _say("notes", *(f"{text[:40].split(':')[0]}:{len(text)}" for text in notes))
    _say("faults", str(len(verify().faults)))


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")


ACTS = {"prepare": prepare, "letters": letters, "work": work, "tell": tell}
START = "import sys, django; django.setup(); from tests.killed.acts import ACTS; ACTS[sys.argv[1]](*sys.argv[2:])"
