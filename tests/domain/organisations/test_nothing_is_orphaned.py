"""After any reorganisations everything that lives belongs to somebody who lives, or is listed as asked about.

What lives is said here by another hand than the application's: a row lives while none of the fields that end things is set,
and belongs to whatever organisation or role it points to. Only what tells of something done may point to the past.
"""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.domain.adherence.models import OwnWork
from samordna.domain.collaborations.enums import MandateForm
from samordna.domain.collaborations.models import Clause, Collaboration, Mandate, Participation
from samordna.domain.matters.models import Position
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import Outcome, ReorganisationKind, RoleKind, SidePart
from samordna.domain.organisations.models import Carried, ContactPath, Holding, Organisation, Role
from samordna.domain.organisations.operations import (
    carry_out_reorganisation,
    place_things,
    plan_reorganisation,
    plan_undoing,
)
from samordna.domain.organisations.orphans import orphans
from samordna.domain.organisations.planning import found_in
from tests import factories as f

pytestmark = pytest.mark.django_db
START = date(2027, 1, 1)
ENDS = (
    "valid_to",
    "left_on",
    "ended_at",
    "withdrawn_at",
    "revoked_at",
    "released_at",
    "closed_at",
    "ended_on",
    "accepted_at",
)
TELLS = {
    *("organisations.Succession", "organisations.Carried", "organisations.Side", "organisations.Reorganisation"),
    *("collaborations.PurposeConfirmation", "collaborations.PicturePoint", "collaborations.PictureMark"),
    *("agreements.Signature", "adherence.FollowingAnswer", "adherence.Experience"),
}
SYSTEM = Actor.command("a drawn reorganisation")


def build():
    """Three towns and an office: roles, holders, contact paths, collaborations, mandates, a matter, own work."""
    host = f.organisation("Kansliet")
    towns = [f.organisation(name) for name in ("Ask", "Björk", "Cypress")]
    together = f.collaboration(host)
    f.holding(host, role=together.coordinator_role)
    area, goal = f.area(together), f.goal(together)
    matter = f.matter(together, area=area)
    for place, town in enumerate([host, *towns]):
        chief = f.holding(town, RoleKind.MANAGER)
        ContactPath.objects.create(topic="Jour", to_role=chief.role, how="Ring", valid_from=f.START)
        if town == host:
            continue
        f.position(matter, town)
        f.party_need(together, town)
        words = {"what": "Ringer", "how": "Hem i tid", "stated_at": f.NOW, "stated_by": chief}
        OwnWork.objects.create(goal=goal, organisation=town, **words)
        if place != 2:
            given_by = {"form": MandateForm.LENT, "giver": town, "holder_role": together.coordinator_role}
            lent = Mandate.objects.create(
                collaboration=together, wording="Får besluta", source="§ 1", valid_from=f.START, **given_by
            )
            Clause.objects.create(mandate=lent, area=area)
            given_by |= {"valid_from": START + timedelta(days=25)}
            Mandate.objects.create(collaboration=together, wording="Får senare", source="§ 2", **given_by)
    f.holding(towns[1], RoleKind.COORDINATOR, valid_from=START + timedelta(days=15))
    return together


def living(on):
    return list(Organisation.objects.exclude(valid_to__lte=on).filter(valid_from__lt=on).order_by("name", "pk"))


def takes_part(organisation, on):
    return Participation.objects.on(on).filter(organisation_id=organisation).exists()


def manager(of, on):
    held = Holding.objects.on(on).filter(role__organisation=of, role__kind=RoleKind.MANAGER).select_related("role").first()
    return actor_of(held) if held else None


def left_behind(on):
    """(model, field, row) of all that lives and points to somebody who does not."""
    open_questions = set(
        Carried.objects.filter(outcome=Outcome.ASKED, answered_at=None).values_list("thing_id", flat=True)
    ) | set(Carried.objects.filter(outcome=Outcome.JOINS).values_list("thing_id", flat=True))
    gone = set(Organisation.objects.filter(valid_to__lte=on).values_list("pk", flat=True))
    gone_roles = set(Role.objects.filter(valid_to__lte=on).values_list("pk", flat=True))
    gone_roles |= set(Role.objects.filter(organisation__in=gone).values_list("pk", flat=True))
    for model in apps.get_models():
        if model._meta.label in TELLS:
            continue
        pointers = [field for field in model._meta.concrete_fields if field.related_model in (Organisation, Role)]
        names = {field.name for field in model._meta.concrete_fields}
        for row in model._default_manager.all() if pointers else ():
            ended = [getattr(row, name) for name in ENDS if name in names and getattr(row, name)]
            if (
                any(not isinstance(end, date) or str(end)[:10] <= on.isoformat() for end in ended)
                or row.pk in open_questions
            ):
                continue
            for field in pointers:
                value = getattr(row, field.attname)
                if model is Position and not takes_part(value, on):
                    continue  # it tells what was said by somebody who is heard no more
                if value in (gone if field.related_model is Organisation else gone_roles):
                    yield model._meta.label, field.name, row.pk


def round_in_circles():
    """Every organisation that is part of itself, by way of others."""
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    for pk in parents:
        upper, steps = parents[pk], 0
        while upper and upper != pk and steps <= len(parents):
            upper, steps = parents[upper], steps + 1
        if upper == pk:
            yield pk


def place_what_is_left(planned, draw):
    """Whoever owns it says where it goes; what cannot end goes to somebody."""
    sides = list(planned.sides.filter(part=SidePart.AFTER).order_by("pk").values_list("pk", flat=True))
    _things, result = found_in(planned)
    for kind in sorted({thing.kind for thing in result.unplaced}):
        if sides:
            place_things(
                actor=SYSTEM, reorganisation_id=planned.pk, kind=kind, whole=f"goes:{draw(st.sampled_from(sides))}"
            )


def step(draw, number, on):
    """One drawn reorganisation, planned, placed, agreed to and carried out; or refused, and then nothing has changed."""
    towns = living(on)
    first, other = draw(st.permutations(towns))[:2]
    kind = draw(st.sampled_from(ReorganisationKind.values))
    given = {
        "merge": {"others": [other.pk], "begin": [f"Sammanslagen {number}"]}
        if draw(st.booleans())
        else {"receivers": [other.pk]},
        "split": {"begin": [f"Norra {number}", f"Södra {number}"]}
        if draw(st.booleans())
        else {"receivers": [first.pk], "begin": [f"Avknoppad {number}"]},
        "rename": {"new_name": f"Nytt namn {number}"},
        "move": {"new_parent_id": other.pk},
        "close": {"receivers": [other.pk]} if draw(st.booleans()) else {},
    }[kind]
    at = clock.noon(on)
    planned = plan_reorganisation(
        actor=SYSTEM, organisation_id=first.pk, kind=kind, happens_on=on, ground="Draget", at=at, **given
    )
    return carry(planned, draw, on)


def carry(planned, draw, on):
    at = clock.noon(on)
    place_what_is_left(planned, draw)
    planned.sides.update(agreed_at=at)
    return carry_out_reorganisation(actor=SYSTEM, reorganisation_id=planned.pk, at=at)


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_nothing_is_orphaned_after_any_reorganisations(data):
    with transaction.atomic():
        together, on, done = build(), START, []
        for number in range(data.draw(st.integers(1, 4))):
            on += timedelta(days=10)
            before = Organisation.objects.count()
            if len(living(on)) < 2:
                break
            try:
                with transaction.atomic():
                    if done and data.draw(st.integers(0, 3)) == 0:
                        undone = plan_undoing(
                            actor=SYSTEM, reorganisation_id=done.pop().pk, happens_on=on, ground="Åter", at=clock.noon(on)
                        )
                        carry(undone, data.draw, on)
                    else:
                        done.append(step(data.draw, number, on))
            except Denied:
                assert Organisation.objects.count() == before
            for day in (on, on + timedelta(days=1)):
                assert list(left_behind(day)) == []
                assert orphans(day) == []
            assert not list(round_in_circles())
            led = Collaboration.objects.get(pk=together.pk)
            assert led.coordinator_role.organisation.valid_to is None
        transaction.set_rollback(True)
