"""No letter tells its reader what it may not see, judged by the oracle and not by the policy that chose what to send."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail

from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.models import Choice, Notice
from samordna.domain.organisations.models import Holding, Person
from tests.access import oracle
from tests.access.canary.knocking import Matrix
from tests.access.canary.world import World
from tests.access.mirror import facts_of_database, moment
from tests.background import work


def test_no_letter_tells_its_reader_what_it_may_not_see(world: World, matrix: Matrix) -> None:
    """Everybody wants letters about everything; there are letters, they hold canaries, and only such as their readers may
    see, and none of them in a subject."""
    people = set(Notice.objects.values_list("person_id", flat=True))
    Notice.objects.update(settled_at=None)
    Choice.objects.bulk_create(Choice(person_id=pk, group=group, rhythm=Rhythm.DAILY) for pk in people for group in Group)
    work(world.now)
    before = len(mail.outbox)
    work(world.now + timedelta(days=1))
    facts, at = facts_of_database(), moment(world.now)
    held: list[str] = []
    readers = set(Person.objects.filter(pk__in=people).values_list("email", flat=True))
    for letter in mail.outbox[before:]:
        if letter.to[0] not in readers:  # an invitation, which the matrix looks at
            continue
        acting = [("session", *row) for row in _holdings(letter.to[0])]
        for canary in world.cage.found_in([letter.subject, letter.body, letter.alternatives[0][0]]):
            held.append(canary.what)
            told = matrix.told_in(canary.thing) if canary.action == "be told of" else [canary.thing]
            action = "read" if canary.action == "be told of" else canary.action
            seen = any(oracle.allowed(facts, row, action, each, at) for row in acting for each in told)
            assert seen, f"{letter.to} is told the {canary.what}"
            assert canary.text not in letter.subject
    assert held


def _holdings(email: str) -> list[tuple[str, str]]:
    return list(Holding.objects.filter(person__email=email).values_list("person_id", "pk"))
