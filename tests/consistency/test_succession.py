"""Everything that points to an organisation or a role says what becomes of it when the organisation is succeeded."""

from __future__ import annotations

from django.apps import apps

from samordna.domain.organisations.carrying import HISTORY, KINDS, Way
from samordna.domain.organisations.models import Organisation, Role


def _pointers() -> set[tuple[str, str]]:
    return {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model in (Organisation, Role)
    }


def test_every_pointer_to_an_organisation_or_a_role_says_what_becomes_of_it():
    carried = {(kind.model._meta.label, kind.path.split("__")[0]) for kind in KINDS.values()}
    unsaid = _pointers() - carried - HISTORY
    assert not unsaid, (
        f"{sorted(unsaid)}: register a Kind in the app's succession.py (see organisations/carrying.py), or say "
        "with stays() that it tells what somebody did."
    )
    assert not HISTORY - _pointers(), "what stays is there"


def test_what_cannot_end_by_itself_says_how_it_ends():
    for kind in KINDS.values():
        ways_to_end = (kind.until, kind.ended, kind.end_with, kind.may_rest, not kind.endable, kind.way is Way.LAW)
        role_alone = kind.name in {"own_routine_role"}  # ends with its routine
        assert any(ways_to_end) or role_alone, f"{kind.name} could be left to nobody"
