"""The providers of sign-in that the site's owner has configured: one file, read when the site starts.

The file is TOML, named by SAMORDNA_PROVIDERS, with a `[[provider]]` for each; `docs/how-to/drift.md` shows one. The site
trusts what a provider says about who somebody is. What that gives is decided here: `vouches_for_email` names the domains
whose addresses it is believed about, `numbers` the organisations it may speak of (empty: any), `levels` its own names of
levels of assurance, and `level` the one that holds when it tells none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from samordna.core.assurance import HIGHEST, LEVELS
from samordna.core.errors import Absent
from samordna.domain.organisations.number import written

OIDC, SAML = "oidc", "saml"
NEEDED = {OIDC: ("issuer", "client_id"), SAML: ("issuer", "sso_url", "certificates")}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider. `issuer`: its own name for itself (OpenID Connect's issuer, SAML's entityID)."""

    id: str
    name: str
    kind: str
    issuer: str
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scope: str = "openid profile email https://id.oidc.se/scope/naturalPersonOrgId"
    sso_url: str = ""
    certificates: tuple[str, ...] = ()
    asks_for: tuple[str, ...] = ()
    vouches_for_email: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    level: int = 1
    levels: Mapping[str, int] = field(default_factory=dict)

    def level_of(self, name: str) -> int:
        """The level that the provider's word for it stands for."""
        return self.levels.get(name) or LEVELS.get(name) or self.level

    def believed_about(self, email: str) -> bool:
        """Is the provider believed when it says that somebody has this address?"""
        return email.rpartition("@")[2].lower() in self.vouches_for_email

    def may_speak_of(self, number: str) -> bool:
        """May the provider say that somebody belongs to the organisation with this number?"""
        return not self.numbers or number in self.numbers


def read_providers(path: str) -> dict[str, Provider]:
    """The providers by id; raises `ImproperlyConfigured`, naming the provider and what is wrong with it."""
    if not path:
        return {}
    try:
        data = tomllib.loads(Path(path).read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ImproperlyConfigured(f"SAMORDNA_PROVIDERS cannot be read: {error}") from error
    found = [_provider(row) for row in data.get("provider", [])]
    if len({each.id for each in found}) != len(found):
        raise ImproperlyConfigured("SAMORDNA_PROVIDERS: two providers have the same id.")
    return {each.id: each for each in found}


def _provider(row: Mapping[str, Any]) -> Provider:
    name = row.get("id", "?")

    def wrong(what: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"SAMORDNA_PROVIDERS, provider {name}: {what}")

    unknown = set(row) - {each.name for each in fields(Provider)}
    lacking = [key for key in ("id", "name", "kind", *NEEDED.get(str(row.get("kind")), ())) if not row.get(key)]
    if unknown or lacking:
        raise wrong(f"unknown: {sorted(unknown)}; missing: {lacking}")
    if row["kind"] not in NEEDED or not re.fullmatch(r"[a-z0-9-]{1,40}", str(name)):
        raise wrong("kind is oidc or saml, and id is at most 40 small letters, digits and hyphens")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    values["numbers"] = tuple(written(number) for number in row.get("numbers", ()))
    values["vouches_for_email"] = tuple(domain.lower() for domain in row.get("vouches_for_email", ()))
    provider = Provider(**values)
    address = urlsplit(provider.sso_url or provider.issuer)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise wrong("its address begins with https://")
    if not all(0 <= level <= HIGHEST for level in (provider.level, *provider.levels.values())):
        raise wrong(f"a level is 0 to {HIGHEST}")
    return provider


def providers() -> dict[str, Provider]:
    """Every configured provider, by id."""
    found: dict[str, Provider] = settings.PROVIDERS
    return found


def provider_called(provider_id: str) -> Provider:
    """The provider with this id; `Absent` when none is configured."""
    found = providers().get(provider_id)
    if found is None:
        raise Absent
    return found
