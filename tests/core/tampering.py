"""What somebody with full write access to the database can do to the journal. Each kind takes the journal's length, the
size of the checkpoint that was kept elsewhere, and a source of chance; the thorough ones make everything fit again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db.models import F

from samordna.core import checkpoints, journal, merkle
from samordna.core.models import Checkpoint, JournalEntry, JournalHead, JournalPayload
from tests.core.journals import write

Tampering = Callable[[int, int, Random], None]
KINDS: dict[str, Tampering] = {}
FAR = 1_000_000


def kind(tampering: Tampering) -> Tampering:
    KINDS[tampering.__name__] = tampering
    return tampering


def entry_at(sequence: int) -> JournalEntry:
    return JournalEntry.objects.select_related("payload").get(pk=sequence)


def make_everything_fit(key: Ed25519PrivateKey | None = None) -> None:
    """Recompute leaves, head and the journal's own checkpoints, as somebody who has the program and the key can."""
    sizes = set(Checkpoint.objects.values_list("size", flat=True))
    Checkpoint.objects.all().delete()
    frontier: list[bytes] = []
    latest = None
    for size, entry in enumerate(JournalEntry.objects.order_by("sequence"), start=1):
        leaf = merkle.leaf_hash(journal.entry_bytes(entry))
        JournalEntry.objects.filter(pk=entry.pk).update(leaf=leaf.hex())
        frontier, latest = merkle.append(frontier, size - 1, leaf), entry.at
        if size in sizes or size % checkpoints.EVERY == 0:
            root = merkle.root_of(frontier)
            note = checkpoints.state(size, root, key).note
            Checkpoint.objects.create(size=size, root=root.hex(), at=entry.at, note=note)
    JournalHead.objects.update(
        size=JournalEntry.objects.count(), frontier=[part.hex() for part in frontier], latest_at=latest
    )


def move(first: int, last: int, by: int) -> None:
    """Renumber entries `first` to `last` with their payloads, by way of far away, so that numbers never collide."""
    for step in (FAR, by - FAR):
        JournalPayload.objects.filter(entry__gte=first, entry__lte=last).update(entry_id=F("entry_id") + step)
        JournalEntry.objects.filter(pk__range=(first, last)).update(sequence=F("sequence") + step)
        first, last = first + step, last + step


def remove(first: int, last: int) -> None:
    JournalPayload.objects.filter(entry__gte=first, entry__lte=last).delete()
    JournalEntry.objects.filter(pk__range=(first, last)).delete()


def start_over() -> None:
    remove(0, FAR)
    Checkpoint.objects.all().delete()
    JournalHead.objects.all().delete()


@kind
def change_a_field(length: int, kept: int, chance: Random) -> None:
    name = chance.choice([*journal.TEXT_FIELDS])
    JournalEntry.objects.filter(pk=chance.randrange(kept)).update(**{name: "x"})


@kind
def change_a_field_and_its_leaf(length: int, kept: int, chance: Random) -> None:
    entry = entry_at(chance.randrange(kept))
    entry.person_id = "somebodyelse"
    entry.leaf = merkle.leaf_hash(journal.entry_bytes(entry)).hex()
    entry.save()


@kind
def change_a_field_and_make_everything_fit(length: int, kept: int, chance: Random) -> None:
    JournalEntry.objects.filter(pk=chance.randrange(kept)).update(action="condition_withdrawn")
    make_everything_fit()


@kind
def change_a_payload(length: int, kept: int, chance: Random) -> None:
    JournalPayload.objects.filter(pk=chance.randrange(kept)).update(content='{"reason":"another"}')


@kind
def change_a_payload_and_make_everything_fit(length: int, kept: int, chance: Random) -> None:
    entry = entry_at(chance.randrange(kept))
    entry.payload.content = '{"reason":"another"}'
    entry.payload.save()
    entry.commitment = journal.commitment(entry.payload.salt, entry.payload.content.encode())
    entry.save()
    make_everything_fit()


@kind
def change_a_salt(length: int, kept: int, chance: Random) -> None:
    JournalPayload.objects.filter(pk=chance.randrange(kept)).update(salt=secrets.token_hex(32))


@kind
def spoil_a_salt(length: int, kept: int, chance: Random) -> None:
    JournalPayload.objects.filter(pk=chance.randrange(kept)).update(salt="not hexadecimal")


@kind
def remove_a_payload_without_a_decision(length: int, kept: int, chance: Random) -> None:
    JournalPayload.objects.filter(pk=chance.randrange(kept)).delete()


@kind
def delete_in_the_middle(length: int, kept: int, chance: Random) -> None:
    sequence = chance.randrange(kept)
    remove(sequence, sequence)


@kind
def delete_in_the_middle_and_close_the_gap(length: int, kept: int, chance: Random) -> None:
    sequence = chance.randrange(kept)
    remove(sequence, sequence)
    move(sequence + 1, length - 1, -1)
    make_everything_fit()


@kind
def delete_the_tail(length: int, kept: int, chance: Random) -> None:
    remove(chance.randrange(kept), length - 1)


@kind
def delete_the_tail_and_make_everything_fit(length: int, kept: int, chance: Random) -> None:
    remove(chance.randrange(kept), length - 1)
    make_everything_fit()


@kind
def insert(length: int, kept: int, chance: Random) -> None:
    place = chance.randrange(kept)
    move(place, length - 1, 1)
    copy = entry_at(place + 1)
    content, salt = copy.payload.content, copy.payload.salt
    copy.sequence = place
    copy.save(force_insert=True)
    JournalPayload.objects.create(entry=copy, salt=salt, content=content)


@kind
def insert_and_make_everything_fit(length: int, kept: int, chance: Random) -> None:
    insert(length, kept, chance)
    make_everything_fit()


@kind
def swap_two(length: int, kept: int, chance: Random) -> None:
    first, second = chance.sample(range(kept), 2)
    move(first, first, 2 * FAR)
    move(second, second, first - second)
    move(first + 2 * FAR, first + 2 * FAR, second - first - 2 * FAR)


@kind
def swap_two_and_make_everything_fit(length: int, kept: int, chance: Random) -> None:
    swap_two(length, kept, chance)
    make_everything_fit()


@kind
def replace_the_whole_by_a_shorter_one(length: int, kept: int, chance: Random) -> None:
    start_over()
    write(chance.randrange(1, kept))


@kind
def replace_the_whole_by_a_longer_one(length: int, kept: int, chance: Random) -> None:
    start_over()
    write(length + chance.randrange(5))


@kind
def continue_from_a_fork(length: int, kept: int, chance: Random) -> None:
    first = chance.randrange(kept)
    remove(first, length - 1)
    Checkpoint.objects.filter(size__gt=first).delete()
    make_everything_fit()
    write(length - first)


@kind
def backdate(length: int, kept: int, chance: Random) -> None:
    JournalEntry.objects.filter(pk=chance.randrange(kept)).update(at=F("at") - timedelta(days=chance.randrange(1, 99)))


@kind
def backdate_within_what_is_possible(length: int, kept: int, chance: Random) -> None:
    JournalEntry.objects.filter(pk=chance.randrange(1, kept)).update(at=F("at") - timedelta(seconds=1))
    make_everything_fit()


@kind
def swap_the_key(length: int, kept: int, chance: Random) -> None:
    Path(settings.SIGNING_KEY).write_text(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    make_everything_fit()


@kind
def sign_with_another_key(length: int, kept: int, chance: Random) -> None:
    make_everything_fit(Ed25519PrivateKey.generate())


@kind
def roll_the_checkpoints_back(length: int, kept: int, chance: Random) -> None:
    Checkpoint.objects.filter(size__gt=chance.randrange(kept)).delete()


@kind
def edit_a_checkpoint(length: int, kept: int, chance: Random) -> None:
    checkpoint = chance.choice(list(Checkpoint.objects.all()))
    checkpoint.root = secrets.token_hex(32)
    checkpoint.save()


@kind
def spoil_a_checkpoint(length: int, kept: int, chance: Random) -> None:
    checkpoint = chance.choice(list(Checkpoint.objects.all()))
    checkpoint.note = checkpoint.note.replace("\n\n", "\n")
    checkpoint.save()


@kind
def edit_the_frontier(length: int, kept: int, chance: Random) -> None:
    head = JournalHead.objects.get()
    head.frontier[chance.randrange(len(head.frontier))] = secrets.token_hex(32)
    head.save()


@kind
def edit_the_length(length: int, kept: int, chance: Random) -> None:
    JournalHead.objects.update(size=chance.choice([chance.randrange(length), length + 1 + chance.randrange(9)]))


@kind
def renumber(length: int, kept: int, chance: Random) -> None:
    move(chance.randrange(kept), length - 1, 1)


@kind
def edit_a_leaf(length: int, kept: int, chance: Random) -> None:
    JournalEntry.objects.filter(pk=chance.randrange(kept)).update(leaf=secrets.token_hex(32))


@kind
def write_beyond_the_end(length: int, kept: int, chance: Random) -> None:
    copy = entry_at(chance.randrange(kept))
    copy.sequence = length + chance.randrange(3)
    copy.save(force_insert=True)


@kind
def remove_the_head(length: int, kept: int, chance: Random) -> None:
    JournalHead.objects.all().delete()
