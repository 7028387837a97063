from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Forbidden, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.organisations.contacts import contact_paths
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath
from samordna.domain.organisations.operations import close_contact_path, open_contact_path
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)


def opened(of, kind=RoleKind.REPRESENTATIVE, **changes):
    given = {"actor": f.actor(of, kind), "topic": "Utskrivning på helgen", "how": "010-100 20 30", "at": NOW}
    given["role_id"] = changes.pop("role_id", "") or f.role(of, name="Bakjour").pk
    return open_contact_path(**given | changes)


def test_a_path_leads_to_a_role_and_tells_who_holds_it_that_day():
    own = f.organisation("Havsnäs")
    first = f.holding(own, RoleKind.OFFICER, valid_to=TODAY)
    second = f.holding(own, role=first.role, valid_from=TODAY)
    opened(own, role_id=first.role_id, valid_from=date(2026, 2, 1), when_not="Nattetid", from_whom="sjukhus")
    (today,), (then,) = contact_paths([own.pk], TODAY), contact_paths([own.pk], TODAY - timedelta(days=1))
    assert (today.holders, then.holders) == ((second.person.name,), (first.person.name,))
    assert (today.when_not, today.from_whom, today.vacant) == ("Nattetid", "sjukhus", False)
    assert contact_paths([own.pk], date(2026, 1, 31)) == ()
    assert JournalEntry.objects.filter(action="contact_path_opened").count() == 1


def test_representatives_managers_and_administrators_keep_their_own_organisations_paths():
    own = f.organisation("Havsnäs")
    for kind in (RoleKind.REPRESENTATIVE, RoleKind.MANAGER, RoleKind.ADMINISTRATOR):
        opened(own, kind)
    for kind in (RoleKind.OFFICER, RoleKind.COORDINATOR):
        with pytest.raises(Forbidden):
            opened(own, kind)
    with pytest.raises(Forbidden, match=r"another organisation|annan organisation"):
        opened(own, role_id=f.role(f.organisation()).pk)


def test_what_is_wrong_is_said_at_once_and_nothing_is_stored():
    own = f.organisation("Havsnäs")
    role = f.role(own, valid_from=date(2026, 6, 1))
    with pytest.raises(Invalid) as wrong:
        opened(own, topic=" ", how="x" * 301, role_id=role.pk, valid_from=date(2026, 5, 1), valid_to=date(2026, 4, 1))
    assert set(wrong.value.fields) == {"topic", "how", "valid_from", "valid_to"}
    assert not ContactPath.objects.exists()


def test_a_path_is_ended_and_not_erased():
    own = f.organisation("Havsnäs")
    actor, path = f.actor(own), opened(own, valid_from=date(2026, 2, 1))
    with pytest.raises(Invalid):
        close_contact_path(actor=actor, contact_path_id=path.pk, valid_to=date(2026, 2, 1), at=NOW)
    close_contact_path(actor=actor, contact_path_id=path.pk, at=NOW)
    assert contact_paths([own.pk], TODAY) == ()
    assert len(contact_paths([own.pk], TODAY - timedelta(days=1))) == 1
    with pytest.raises(Refused, match=r"already|redan"):
        close_contact_path(actor=actor, contact_path_id=path.pk, at=NOW)


def test_an_organisation_has_a_bounded_number_of_paths(monkeypatch):
    monkeypatch.setattr("samordna.domain.organisations.operations.contacts.MOST_CONTACT_PATHS", 2)
    own = f.organisation("Havsnäs")
    opened(own)
    opened(own)
    with pytest.raises(TooLarge, match="2"):
        opened(own)
