"""Start-up checks: every address declares the right it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

FOREIGN_RIGHTS = {
    "allauth.account": "public: signing in and out, and looking after one's own account, is the library's own check",
    "allauth.mfa": "account.use",
    "allauth.usersessions": "account.use",
    "ninja": "public: the API asks for a session or a token itself, per operation",
}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, path)
        else:
            yield path, pattern


def declared_right(pattern: URLPattern) -> str | None:
    """The right a view declares, or what a library's views are known to ask for; None when nobody has said."""
    right = getattr(pattern.callback, "right", None)
    if right is not None:
        return str(right)
    module = getattr(pattern.callback, "__module__", "")
    return next((stated for package, stated in FOREIGN_RIGHTS.items() if module.startswith(package)), None)


def every_address_declares_its_right(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """A forgotten declaration stops the start-up."""
    return [
        Error(f"The address /{path} declares no right.", hint="Use @requires or @public.", id="samordna.E001")
        for path, pattern in patterns()
        if declared_right(pattern) is None
    ]
