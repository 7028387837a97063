"""Who is part of whom, when some of them end and those who take over were above or below them."""

from datetime import date

import pytest

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.organisations.models import Organisation, Succession
from samordna.domain.organisations.operations import carry_out_reorganisation, plan_reorganisation
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 1)
SYSTEM = Actor.command("a test")


@pytest.fixture
def line(db):
    """Five organisations, each part of the one before."""
    made = []
    for name in "ABCDE":
        made.append(f.organisation(name, parent=made[-1] if made else None))
    return dict(zip("ABCDE", made, strict=True))


def carried_out(**given):
    planned = plan_reorganisation(actor=SYSTEM, happens_on=DAY, ground="§ 1", at=f.NOW, **given)
    planned.sides.update(agreed_at=f.NOW)
    return carry_out_reorganisation(actor=SYSTEM, reorganisation_id=planned.pk, at=clock.noon(DAY))


def parents():
    return {
        one.name: one.parent.name if one.parent else ""
        for one in Organisation.objects.exclude(valid_to__lte=DAY).select_related("parent")
    }


def test_what_begins_when_one_merges_with_its_own_part_is_part_of_the_nearest_above_that_goes_on(line):
    carried_out(organisation_id=line["C"].pk, kind="merge", others=[line["B"].pk], begin=["F"])
    assert parents() == {"A": "", "F": "A", "D": "F", "E": "D"}


def test_one_that_takes_over_from_what_it_was_part_of_steps_up(line):
    carried_out(organisation_id=line["B"].pk, kind="close", receivers=[line["C"].pk])
    assert parents() == {"A": "", "C": "A", "D": "C", "E": "D"}


def test_one_that_takes_over_from_two_levels_up_makes_no_circle(line):
    carried_out(organisation_id=line["B"].pk, kind="close", receivers=[line["E"].pk])
    assert parents() == {"A": "", "C": "A", "D": "C", "E": "D"}


def test_what_ends_at_the_top_leaves_the_next_part_of_nothing_and_the_past_as_it_was(line):
    carried_out(organisation_id=line["A"].pk, kind="merge", others=[line["B"].pk], receivers=[line["D"].pk])
    assert parents() == {"C": "", "D": "C", "E": "D"}
    told = {row.old_name: row.old_parent_id for row in Succession.objects.all()}
    assert told == {"A": None, "B": line["A"].pk}
    assert Organisation.objects.get(pk=line["B"].pk).parent_id == line["A"].pk
