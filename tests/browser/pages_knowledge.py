"""Toolboxes, matching, profiles and words."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from samordna.core import clock
from samordna.domain.knowledge.models import Fact, Meaning, ProfileVersion, Service
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.browser.pages import Visit, page

LEGAL = {"law": "Hälso- och sjukvårdslagen (2017:30)", "chapter": "5", "paragraph": "1", "says": "god vård"}


def _toolbox() -> tuple[Holding, Service]:
    reader = f.holding(f.organisation("Sunnanå kommun", area_code="2180"))
    sick = Fact.objects.create(label="Får sjukpenning", kind="yes_no", named_at=f.NOW)
    age = {"fact": "age", "kind": "number", "least": "16", "most": "67", "one_of": [], "negated": False}
    paid = {
        "fact": sick.pk,
        "kind": "yes_no",
        "one_of": ["yes"],
        "negated": False,
        "ground": "27 kap. SFB",
    }
    groups = [{"together": "all", "criteria": [age]}, {"together": "none", "criteria": [paid]}]
    today = clock.day(clock.now())
    for number, day in enumerate((today, f.START)):
        service = Service.objects.create(
            role=reader.role,
            key=uuid4(),
            name=f"Rehabiliteringskoordinator {number + 1}",
            description="En fast kontakt som samordnar vägen tillbaka till arbete.",
            eligibility=groups,
            waiting="två veckor",
            waiting_on=day,
            assured_on=day,
            valid_from=f.START,
        )
    profile = {
        "organisation": reader.role.organisation,
        "number": 1,
        "mission": "Vi ger stöd.",
        "cannot": "Ingen vård.",
    }
    row = LEGAL | {"source": "", "valid_from": "2017-04-01", "valid_to": "2026-01-01"}
    ProfileVersion.objects.create(**profile, legal=[row], review_on=f.START, told_at=f.NOW)
    return reader, service


@page("The toolboxes of all")
def toolboxes() -> Visit:
    reader, _service = _toolbox()
    return Visit(address=reverse("toolbox"), holding=reader)


@page("A service that is not confirmed")
def service() -> Visit:
    reader, service = _toolbox()
    return Visit(address=reverse("service", args=[service.pk]), holding=reader)


@page("Changing a service and its conditions")
def service_form() -> Visit:
    reader, service = _toolbox()
    return Visit(address=reverse("reword_service", args=[service.pk]), holding=reader)


@page("A situation to be matched")
def matching() -> Visit:
    reader, _service = _toolbox()
    return Visit(address=reverse("match_situation"), holding=reader)


@page("Profiles side by side")
def side_by_side() -> Visit:
    reader, _service = _toolbox()
    other = f.organisation("Region Havet")
    address = f"{reverse('compare_profiles')}?med={reader.role.organisation_id}&med={other.pk}"
    return Visit(address=address, holding=reader)


@page("Writing a profile")
def profile_form() -> Visit:
    reader, _service = _toolbox()
    return Visit(address=reverse("write_profile", args=[reader.role.organisation_id]), holding=reader)


@page("Words of a collaboration")
def words() -> Visit:
    given = f.collaboration(f.organisation("Samverkanskansliet"), name="Utskrivning i länet")
    reader = f.holding(f.organisation("Sunnanå kommun"))
    f.participation(given, reader.role.organisation)
    for own, text in ((None, "När läkaren säger det."), (reader.role.organisation, "När hemmet är ordnat.")):
        said = {"word": "Utskrivningsklar", "text": text, "told_at": f.NOW}
        Meaning.objects.create(collaboration=given, organisation=own, **said)
    return Visit(address=reverse("words", args=[given.pk]), holding=reader)
