"""Any operation from the command line: the same rights, the same journal, faults told one by one."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from samordna.core.models import JournalEntry
from samordna.domain.organisations.models import Organisation
from tests import factories as f

pytestmark = pytest.mark.django_db


def _call(*arguments: str, **options: str) -> dict:
    out = StringIO()
    call_command("call", *arguments, stdout=out, **options)
    return json.loads(out.getvalue())


def test_lists_operations_with_the_right_they_need():
    out = StringIO()
    call_command("call", stdout=out)
    assert "decisions.establish  (decision.lead)" in out.getvalue().splitlines()


def test_runs_an_operation_for_a_stated_purpose_and_writes_the_journal():
    given = json.dumps({"name": "Nyköpinge kommun", "kind": "municipality", "valid_from": "2026-01-01"})
    made = _call("organisations.register_organisation", given, purpose="first installation")
    assert Organisation.objects.get(pk=made["result"]).name == "Nyköpinge kommun"
    entry = JournalEntry.objects.latest("sequence")
    assert (entry.via, entry.action) == ("command", "organisation_registered")


def test_acts_as_a_holding_and_is_refused_as_anybody_would_be():
    collaboration = f.collaboration()
    outsider = f.holding(f.organisation())
    given = json.dumps({"collaboration_id": collaboration.pk, "name": "Ny"})
    with pytest.raises(CommandError) as refused:
        _call("collaborations.add_area", given, holding=outsider.pk)
    assert refused.value.returncode == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("[1]", "JSON"),
        ("{", "1"),
        ('{"nmae": "x"}', "nmae"),
        ("{}", "name"),
        ('{"name": "x", "kind": "municipality", "valid_from": "in May"}', "valid_from"),
    ],
)
def test_malformed_arguments_are_told_with_their_name_or_place(arguments, words):
    with pytest.raises(CommandError, match=words) as told:
        _call("organisations.register_organisation", arguments, purpose="try")
    assert told.value.returncode == 2


def test_unknown_operation_and_nobody_acting_are_told():
    with pytest.raises(CommandError, match=r"no\.such"):
        _call("no.such", "{}", purpose="try")
    with pytest.raises(CommandError, match="--as"):
        _call("organisations.register_organisation", '{"name": "x", "kind": "municipality"}')
