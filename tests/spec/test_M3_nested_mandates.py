"""M3: a collaboration that lies in another decides what that one delegates to it, and never further than that one does."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.authority import Decider, Ground, Ruling
from samordna.domain.collaborations.models import Mandate
from samordna.domain.collaborations.operations import revoke_mandate
from samordna.domain.collaborations.queries.rulings import rulings
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import Setting, client_of, setting
from tests.domain.collaborations.test_operations_mandates import give

pytestmark = pytest.mark.django_db


class Nested:
    """A group within a collaboration: two that take part in both, and one that takes part in the group alone."""

    def __init__(self, **clause: object) -> None:
        self.above: Setting = setting()
        self.group = f.collaboration(parent=self.above.collaboration, name="Läkemedelsgruppen")
        self.area = f.area(self.group, "Läkemedel")
        self.coordinator = f.coordinator_of(self.group)
        self.alone = f.organisation("Granvattna")
        for each in (self.above.own, self.above.other, self.alone):
            f.participation(self.group, each)
        self.lent = give(self.above, clauses=[{"area_id": self.above.area.pk} | clause])
        self.page = f"/samverkan/{self.group.pk}/mandat/delegera/"
        self.api = f"/api/v1/collaborations/{self.group.pk}/mandates/delegate"

    def clause(self, **more: object) -> dict[str, object]:
        return {"area_id": self.area.pk, "within_id": self.above.beneath.pk} | more

    def delegate(self, *clauses: dict[str, object], **more: object):
        body = {"wording": "Gruppen beslutar om läkemedel.", "source": "Rådet § 7", "clauses": clauses or (self.clause(),)}
        return client_of(self.above.coordinator).post(self.api, body | more, "application/json")

    def ruled(self, organisation) -> Ruling:
        self.group.refresh_from_db()
        return rulings(self.group, self.area.pk, clock.now())[organisation.pk]


def test_what_is_delegated_counts_for_those_for_whom_the_one_above_decides_and_the_page_says_within_what():
    """One has lent to the collaboration above, so the group decides for it and for nobody else; card and reasons say so."""
    nested = Nested()
    typed = {"wording": "Gruppen beslutar.", "source": "Rådet § 7", f"says_{nested.area.pk}": "yes"}
    typed |= {f"within_{nested.area.pk}": nested.above.beneath.pk, f"following_{nested.area.pk}": "must"}
    client = client_of(nested.above.coordinator)
    offered = client.get(nested.page).content.decode()
    assert "Delegera ett mandat till Läkemedelsgruppen" in offered
    assert "Betalning (för 1 av 3 här)" in offered
    rehearsed = client.post(nested.page, typed | {"rehearse": "1"}).content.decode()
    assert rehearsed.count("Havsnäs</td>") == 1
    assert not Mandate.objects.filter(form="delegated").exists()
    assert client.post(nested.page, typed).status_code == 302
    bound, free = nested.ruled(nested.above.own), nested.ruled(nested.above.other)
    assert (bound.decides, bound.ground, bound.following) == (Decider.COORDINATION, Ground.DELEGATED, "must")
    assert (free.decides, nested.ruled(nested.alone).decides) == (Decider.ORGANISATION, Decider.ORGANISATION)
    mandate = Mandate.objects.get(form="delegated")
    reader = client_of(f.actor(nested.alone, RoleKind.REPRESENTATIVE))
    shown = reader.get(f"/samverkan/mandat/{mandate.pk}/").content.decode()
    assert "Inom ramen för" in shown
    assert "1 av 3" in shown
    assert f"/samverkan/{nested.above.collaboration.pk}/" not in shown
    asked = {"amne": nested.area.pk, "organisation": nested.above.own.pk}
    told = reader.get(f"/samverkan/{nested.group.pk}/vem-beslutar/", asked).content.decode()
    for sentence in (
        "delegerat inom ramen för Nära vård",
        "Så här är det i Nära vård:",
        "Havsnäs har lånat ut sitt mandat",
    ):
        assert sentence in told
    matter = f.matter(nested.group, area=nested.area)
    card = reader.get(f"/fragor/{matter.pk}/").content.decode().split('id="mandate-card"')[1].split("</section>")[0]
    assert "inom ramen för Nära vård" in card


def test_what_reaches_further_than_the_one_above_is_refused_with_a_sentence():
    """An area it does not decide in, a must where one may choose, deciding that is still theirs, and a time too long."""
    nested = Nested(following="may")
    tomorrow = clock.day(clock.now()) + timedelta(days=1)
    elsewhere = f.area(nested.above.collaboration, "Transport")
    refusals = {
        "beslutar inte om Transport för någon som deltar här": {"within_id": elsewhere.pk},
        "Välj vilket ämnesområde i Nära vård": {"within_id": ""},
        "1: Välj vilket ämnesområde i Nära vård": {"within_id": "finnsinte", "coordination_decides": False},
        "så det kan inte bli ett måste här": {"following": "must"},
        "så det kan inte tas ifrån dem": {"following": "may", "participants_no_longer_decide": True},
    }
    for sentence, changed in refusals.items():
        answer = nested.delegate(nested.clause(**changed))
        assert answer.status_code == 422
        assert sentence in answer.json()["detail"]
    nested.lent.valid_to = tomorrow
    nested.lent.save()
    late = nested.delegate(nested.clause(following="may"), valid_to=(tomorrow + timedelta(days=9)).isoformat())
    assert "så det kan inte delegeras" in late.json()["detail"]
    assert nested.delegate(nested.clause(following="may")).status_code == 201


def test_only_the_coordinator_above_delegates_and_takes_back():
    """The group's own coordinator, and a manager of somebody who takes part, are told who can; a stranger finds nothing."""
    nested = Nested()
    for actor, status in ((nested.coordinator, 403), (nested.above.manager, 403), (f.actor(f.organisation()), 404)):
        assert client_of(actor).post(nested.page, {}).status_code == status
    mandate = nested.delegate().json()["id"]
    address = f"/samverkan/mandat/{mandate}/aterta/"
    assert client_of(nested.above.manager).post(address, {"reason": "Nej"}).status_code == 403
    assert client_of(nested.above.coordinator).post(address, {"reason": "Klart"}).status_code == 302
    assert "1 av 3" not in client_of(nested.above.coordinator).get(f"/samverkan/mandat/{mandate}/").content.decode()
    assert nested.ruled(nested.above.own).decides is Decider.ORGANISATION


def test_a_revocation_above_shows_what_falls_in_the_group_and_takes_it_at_once():
    """Before the lender takes its mandate back it sees the group's rulings and matters; after, the mandate says it rests
    on nothing, and a decision in the group needs the lender's own adoption again."""
    nested = Nested()
    mandate = nested.delegate().json()["id"]
    f.matter(nested.group, area=nested.area, title="Läkemedelslista vid utskrivning")
    client = client_of(nested.above.manager)
    rehearsed = client.get(f"/samverkan/mandat/{nested.lent.pk}/aterta/").content.decode()
    assert "i Läkemedelsgruppen" in rehearsed
    assert "Läkemedelslista vid utskrivning" in rehearsed
    answer = client.get(f"/api/v1/mandates/{nested.lent.pk}/rehearsal").json()
    assert {row["beneath"] for row in answer["changes"]} == {"", "Läkemedelsgruppen"}
    assert nested.ruled(nested.above.own).decides is Decider.COORDINATION
    revoke_mandate(actor=nested.above.manager, mandate_id=nested.lent.pk)
    fallen = nested.ruled(nested.above.own)
    assert (fallen.decides, fallen.needs_adoption) == (Decider.ORGANISATION, True)
    shown = client.get(f"/samverkan/mandat/{mandate}/").content.decode()
    assert "Mandatet saknar grund just nu" in shown
    told = client.get(f"/api/v1/collaborations/{nested.group.pk}/areas/{nested.area.pk}/rulings/{nested.above.own.pk}")
    assert "beslutar inte själv om Betalning för Havsnäs" in str(told.json()["why"])
    assert "Nära vård kan också delegera" in told.json()["missing"]


def test_a_rehearsed_clause_that_cannot_be_said_is_refused_with_a_sentence():
    """Neither must nor may: the rehearsal says so of the clause, as the giving does."""
    nested = Nested()
    body = {"form": "delegated", "clauses": [nested.clause(following="x")]}
    address = f"/api/v1/collaborations/{nested.group.pk}/mandates/rehearse"
    answer = client_of(nested.above.coordinator).post(address, body, "application/json")
    assert (answer.status_code, "Klausul 1: Välj om" in answer.json()["detail"]) == (422, True)


def test_the_one_above_is_named_only_where_something_is_delegated():
    """Who takes part in the group alone does not learn from what is missing that there is one above, nor its name."""
    nested = Nested()
    address = f"/api/v1/collaborations/{nested.group.pk}/areas/{nested.area.pk}/rulings/{nested.alone.pk}"
    client = client_of(f.actor(nested.alone, RoleKind.REPRESENTATIVE))
    assert "Nära vård" not in str(client.get(address).json())
    nested.delegate()
    assert "Nära vård" in client.get(address).json()["missing"]


def test_what_a_closed_collaboration_delegated_is_borne_no_longer():
    """Closing the one above takes the deciding from the group at once, with the day as the reason; before, it held."""
    nested = Nested()
    assert nested.delegate().status_code == 201
    before = clock.now()
    closing = client_of(nested.above.coordinator).post(
        f"/api/v1/collaborations/{nested.above.collaboration.pk}/close", {"reason": "Klart"}, "application/json"
    )
    assert (closing.status_code, nested.ruled(nested.above.own).decides) == (200, Decider.ORGANISATION)
    asked = {"amne": nested.area.pk, "organisation": nested.above.own.pk}
    reader = client_of(f.actor(nested.alone, RoleKind.REPRESENTATIVE))
    told = reader.get(f"/samverkan/{nested.group.pk}/vem-beslutar/", asked).content.decode()
    assert "Samverkan upphörde den" in told
    shown = client_of(nested.above.coordinator).get(f"/samverkan/mandat/{nested.lent.pk}/").content.decode()
    assert "Samverkan har upphört" in shown
    assert rulings(nested.group, nested.area.pk, before)[nested.above.own.pk].decides is Decider.COORDINATION
