"""What every test gets: plain static files, an own data folder, fast password hashing, and no network."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import TestCase

import pytest
from django.conf import settings as configured
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from django.template import engines
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as profiles

from samordna.cli.new_database import fill_in_what_models_do_not_say
from samordna.core import clock
from tests.browser.fixtures import chair, chromium, look, visit
from tests.engine import ask_here
from tests.present import now

__all__ = ["chair", "chromium", "look", "visit"]  # here, once: two folders use the browser, and there can only be one


profiles.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
profiles.register_profile("drawn", profiles.get_profile("steady"), derandomize=False, print_blob=True)
profiles.load_profile("drawn" if os.environ.get("SAMORDNA_DRAWN") else "steady")
"""The same examples every time, so that one change is not refused for what another did; `make test-drawn` draws new ones.
How fast this machine is decides no test."""

gc.disable()  # until all tests are read: nothing of what is read is let go of, and looking for it takes half of the time
clock.now = now  # before any test is read, since some take the day when they are
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
LONGEST = (
    "canary/test_matrix",
    "killed",
    "test_from_the_start",
    "test_doors",
    "test_upgrade",
    "test_oracle_agrees",
    "test_broken_off",
    "test_demo_",
    "test_mutants",
    "test_as_seen_by",
    "test_whole_loop",
    "test_going_kept",
    "test_lists",
)


def asks_a_database(item: pytest.Item) -> bool:
    """Is the test marked as one that may use the database, or a class that may prepare it by itself?"""
    fixtures = set(getattr(item, "fixturenames", ()))
    of_class = isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, TestCase)
    return of_class or item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(DATABASE)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files go first, so that one process does not work on one of them alone when the others are done.

    With `SAMORDNA_ASKING_DATABASE` only what asks a database: the rest says the same on another one.
    """
    if os.environ.get("SAMORDNA_ASKING_DATABASE"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = [item for item in items if asks_a_database(item)]
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: min((places[name] for name in LONGEST if name in item.nodeid), default=len(LONGEST)))


def pytest_collection_finish() -> None:
    """What has been read stays, so it is not gone through again each time that something is let go of."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database, as an installation has it when it is prepared."""
    configured.MIGRATION_MODULES = {}
    with django_db_blocker.unblock():
        fill_in_what_models_do_not_say()
    # A test that empties the database would make Django's own permissions anew otherwise. That takes longer than emptying
    # it, and nothing of ours asks for them: the rights are in `samordna.core.policy`.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(autouse=True)
def _plain_surroundings(settings: Any, tmp_path: Path) -> None:
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = tmp_path
    settings.PATIENCE_SECONDS = 60  # how fast this machine is decides no test
    settings.SIGNING_KEY = tmp_path / "journal-key"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PROVIDERS = {}
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"{tmp_path} {name}"}
        for name in ("default", "memory")
    }


@pytest.fixture(autouse=True)
def _engine_within_reach(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is marked `engine_process` starts the engine's processes (see `tests.engine`)."""
    if request.node.get_closest_marker("engine_process") is None:
        monkeypatch.setattr("samordna.domain.decisions.workers.ask", ask_here)
        monkeypatch.setattr("samordna.domain.decisions.workers.get_ready", lambda: None)


@pytest.fixture(autouse=True)
def _one_language() -> None:
    """A page leaves its language in the thread; without this a test would begin in that of whichever ran before it."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


class Missing(str):
    """An undefined template variable fails the test that renders it."""

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"The template uses {missing}, which the view does not give.")

    def __contains__(self, text: object) -> bool:
        return text == "%s"


@pytest.fixture(scope="session", autouse=True)
def _undefined_template_variables_fail() -> Iterator[None]:
    engine = engines["django"].engine
    engine.string_if_invalid = Missing("%s")
    yield
    engine.string_if_invalid = ""
