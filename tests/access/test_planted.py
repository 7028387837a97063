"""Faults planted on purpose. Each of them is what somebody will do by mistake one day, and each must be caught."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_safe

from samordna.api import urls as api_urls  # noqa: F401  # mounts every area, so that every operation is registered
from samordna.config import urls as real
from samordna.core.operation import REGISTRY, UnloggedWrite, operation
from samordna.core.reading import WroteWhileReading, only_reading
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Organisation
from samordna.web.door import Request, public, requires
from tests import factories as f
from tests.access.canary.actors import Visitor
from tests.access.canary.knocking import Matrix
from tests.access.canary.routes import Route, Unbuildable, fillings
from tests.access.canary.world import World, build


def unprotected(request: Request) -> HttpResponse:
    return HttpResponse("anybody may read this")


@require_safe
@requires("matter.read")
def unscoped(request: Request) -> HttpResponse:
    """Declares the right, and forgets to ask for it: every matter there is."""
    return HttpResponse("\n".join(Matter.objects.values_list("title", flat=True)))


@require_safe
@public("planted")
def writes(request: Request) -> HttpResponse:
    Organisation.objects.update(name="changed by a reading")
    return HttpResponse()


@pytest.fixture
def plant(settings: Any) -> Callable[..., None]:
    """Serve these views beside the real addresses."""

    def use(*views: Any) -> None:
        conf = ModuleType("planted_urls")
        planted = [path(f"planted/{view.__name__}/", view, name=f"planted_{view.__name__}") for view in views]
        conf.urlpatterns = [*planted, path("", include(real.urlpatterns))]  # type: ignore[attr-defined]
        settings.ROOT_URLCONF = conf

    return use


def test_a_view_without_a_declared_right_stops_the_start(plant: Any) -> None:
    assert [error.id for error in run_checks(tags=["samordna"])] == []
    plant(unprotected)
    assert [error.id for error in run_checks(tags=["samordna"])] == ["samordna.E001"]


@pytest.mark.django_db
def test_even_an_undeclared_view_asks_for_a_sign_in(plant: Any) -> None:
    plant(unprotected)
    assert Client().get("/planted/unprotected/").status_code == 302


@pytest.mark.django_db
def test_the_matrix_sees_what_an_unscoped_query_lets_out(plant: Any) -> None:
    plant(unscoped)
    matrix = Matrix(world := build(), [outsider(world)])
    route = next(route for route in matrix.routes if route.name == "planted_unscoped")
    matrix.knock(matrix.everybody[0], route, "/planted/unscoped/", "GET", None)
    assert len(matrix.findings.leaks) == len(world.matters), "one for each matter of the world"
    assert all("title" in leak for leak in matrix.findings.leaks)


@pytest.mark.django_db
def test_the_matrix_sees_a_reading_that_writes(plant: Any) -> None:
    plant(writes)
    matrix = Matrix(world := build(), [outsider(world)])
    route = next(route for route in matrix.routes if route.name == "planted_writes")
    matrix.knock(matrix.everybody[0], route, "/planted/writes/", "GET", None)
    assert matrix.findings.failures, "the guard refuses it"
    assert not Organisation.objects.filter(name="changed by a reading").exists()


def outsider(world: World) -> Visitor:
    holding = world.holdings["outside manager"]
    visitor = Visitor("outsider", ("session", holding.person_id, holding.pk))
    visitor.client.force_login(holding.person)
    return visitor


def test_an_address_with_an_unknown_kind_of_object_fails_the_matrix() -> None:
    with pytest.raises(Unbuildable):
        fillings(Route("x/<str:plan_id>/", "x", ("plan_id",)), [{"matter_id": "m"}], "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisations_organisation SET name = 'x'",
        "DELETE FROM organisations_organisation",
        " ( INSERT INTO organisations_organisation (id) VALUES ('x'))",
        "WITH gone AS (SELECT 1) DELETE FROM organisations_organisation",
        "WITH new AS (INSERT INTO organisations_organisation (id) VALUES ('x') RETURNING id) SELECT * FROM new",
        "EXPLAIN ANALYZE DELETE FROM organisations_organisation",
        "PRAGMA user_version = 3",
        "/* SELECT */ DELETE FROM organisations_organisation",
    ],
)
def test_a_reading_that_writes_is_stopped_at_the_database(statement: str) -> None:
    from django.db import connection  # noqa: PLC0415  # the one place here that speaks SQL

    with only_reading(), pytest.raises(WroteWhileReading), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_write_without_a_journal_entry_is_rolled_back() -> None:
    """The operation is planted, so it is taken out of the register again."""

    def forgetful(*, actor: Any) -> None:
        f.organisation("nobody will know")

    run = operation("organisation.administer")(forgetful)
    REGISTRY.pop(f"{forgetful.__module__.split('.')[2]}.forgetful")
    with pytest.raises(UnloggedWrite):
        run(actor=None)
    assert not Organisation.objects.filter(name="nobody will know").exists()
