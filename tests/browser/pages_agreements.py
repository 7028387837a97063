"""Documents in the states that matter: lists, a draft, one to sign, one in force, differences, forms sent empty."""

from __future__ import annotations

from datetime import date

from samordna.domain.agreements import operations as do
from samordna.domain.organisations.models import Holding
from tests.browser.pages import Visit, page
from tests.domain.agreements.world import Agreed, in_force, offered, world, write
from tests.domain.collaborations.test_operations_mandates import give
from tests.factories import NOW

HOME = "/overenskommelser/"


def _holding(actor: object) -> Holding:
    return Holding.objects.get(pk=actor.holding_id)


def _in_force() -> Agreed:
    agreed = world()
    give(agreed.given)
    in_force(agreed, valid_from=date(2026, 2, 1))
    return agreed


@page("agreements")
def agreements() -> Visit:
    return Visit(address=HOME, holding=_holding(_in_force().coordinator))


@page("no agreements yet")
def none() -> Visit:
    agreed = world()
    agreed.agreement.versions.get().sections.all().delete()
    agreed.agreement.versions.all().delete()
    agreed.agreement.delete()
    return Visit(address=HOME, holding=_holding(agreed.given.manager))


@page("a document with an untidy history")
def untidy() -> Visit:
    agreed = world()
    rows = [
        {"label": "1", "valid_from": date(2013, 11, 1), "valid_to": date(2017, 1, 1)},
        {"label": "0.1", "valid_from": date(2015, 4, 1), "note": "Omslaget säger annat"},
    ]
    taking = {"agreement_id": agreed.agreement.pk, "source": "Diariet", "versions": rows, "at": NOW}
    do.take_in_history(actor=agreed.coordinator, **taking)
    return Visit(address=f"{HOME}{agreed.agreement.pk}/", holding=_holding(agreed.coordinator))


@page("an organisation's own routine")
def own_routine() -> Visit:
    agreed = _in_force()
    own = do.start_own_routine(
        actor=agreed.given.manager, collaboration_id=agreed.given.collaboration.pk, name="Hos oss", at=NOW
    )
    return Visit(address=f"{HOME}{own.pk}/", holding=_holding(agreed.given.manager))


@page("a draft, as its coordinator")
def draft() -> Visit:
    agreed = world()
    write(agreed, text="Ett stycke.\n\n- en punkt\n\n## En rubrik\n\nEtt till.")
    return Visit(address=f"{HOME}{agreed.agreement.pk}/1/", holding=_holding(agreed.coordinator))


@page("an agreement in force")
def version() -> Visit:
    agreed = _in_force()
    return Visit(address=f"{HOME}{agreed.agreement.pk}/1/", holding=_holding(agreed.given.manager))


@page("signing, sent empty")
def signing() -> Visit:
    agreed = world()
    address = f"{HOME}version/{offered(agreed).pk}/skriv-under/"
    holding = _holding(agreed.given.manager)
    return Visit(address=address, holding=holding, act=lambda shown: shown.click("form.form .actions button"))


@page("differences between versions")
def differences() -> Visit:
    agreed = _in_force()
    do.start_version(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, at=NOW)
    write(agreed, text="Vi gör det ännu bättre.")
    return Visit(address=f"{HOME}{agreed.agreement.pk}/jamfor/", holding=_holding(agreed.given.manager))


@page("writing a section")
def section() -> Visit:
    agreed = world()
    address = f"{HOME}avsnitt/{agreed.section('parties').pk}/"
    return Visit(address=address, holding=_holding(agreed.coordinator))


@page("sealing what lacks something")
def sealing() -> Visit:
    agreed = world()
    address = f"{HOME}utkast/{agreed.draft.pk}/forsegla/"
    return Visit(address=address, holding=_holding(agreed.coordinator))


@page("a draft's head")
def head() -> Visit:
    agreed = world()
    return Visit(address=f"{HOME}utkast/{agreed.draft.pk}/huvud/", holding=_holding(agreed.coordinator))


@page("taking in a history")
def history() -> Visit:
    agreed = world()
    return Visit(address=f"{HOME}{agreed.agreement.pk}/historik/", holding=_holding(agreed.coordinator))


@page("beginning a document")
def start() -> Visit:
    agreed = world()
    return Visit(address=f"{HOME}ny/{agreed.given.collaboration.pk}/", holding=_holding(agreed.coordinator))


@page("the rules that bind one")
def rules() -> Visit:
    return Visit(address=f"{HOME}regler/", holding=_holding(_in_force().given.manager))
