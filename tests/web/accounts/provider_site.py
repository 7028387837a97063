"""A whole second site that is a provider of OpenID Connect: Django with the sign-in library's own provider, on loopback.

Run as a program with a port and the address to send the browser back to; says `ready` when it serves.
"""

from __future__ import annotations

import sys
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

AFFILIATION = "https://id.oidc.se/claim/orgAffiliation"
SCOPE = "https://id.oidc.se/scope/naturalPersonOrgId"
PERSON = ("anna", "anna@nord.example", "a password of hers")


def configure(port: int, key: str) -> None:
    """A site with nothing but accounts, sessions and the provider."""
    settings.configure(
        SECRET_KEY="only for this process",
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:provider?mode=memory&cache=shared"}},
        INSTALLED_APPS=[
            *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"),
            *("allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            *("django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware"),
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        ROOT_URLCONF=__name__,
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        SESSION_COOKIE_NAME="provider",
        IDP_OIDC_PRIVATE_KEY=key,
        IDP_OIDC_ADAPTER=f"{__name__}.Adapter",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
    )
    django.setup()


def adapter_class() -> type[Any]:
    """The library's adapter, that also tells an affiliation and a level; made once Django is set up."""
    from allauth.idp.oidc.adapter import DefaultOIDCAdapter

    class Adapter(DefaultOIDCAdapter):  # type: ignore[misc]
        def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Any, **given: Any) -> dict[str, Any]:
            told: dict[str, Any] = super().get_claims(purpose, user, client, scopes, **given)
            if SCOPE in scopes:
                told |= {AFFILIATION: "anna.k@212000-1397", "name": "Anna Ek"}
            return told

        def populate_id_token(self, id_token: Any, client: Any, scopes: Any, **given: Any) -> None:
            id_token["acr"] = "http://id.elegnamnden.se/loa/1.0/loa3"

    return Adapter


def fill(callback: str) -> None:
    """Somebody to be, and the site that asks."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model

    call_command("migrate", verbosity=0, run_syncdb=True)
    person = get_user_model().objects.create_user(PERSON[0], PERSON[1], PERSON[2])
    EmailAddress.objects.create(user=person, email=PERSON[1], verified=True, primary=True)
    client = Client(id="samordna", name="Samordna", skip_consent=True, redirect_uris=callback)
    client.scopes = client.default_scopes = "\n".join(["openid", "profile", "email", SCOPE])
    client.set_secret("a secret between the two")
    client.save()


class Quiet(WSGIRequestHandler):
    """Writes no lines."""

    def log_message(self, *given: Any) -> None:
        return


def be_anna(request: Any) -> Any:
    """Stands in for the provider's own sign-in page, which is not what is tried."""
    from django.contrib.auth import get_user_model, login
    from django.http import HttpResponse

    login(request, get_user_model().objects.get(username=PERSON[0]), "allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponse("ok")


def main(port: int, key: str, callback: str) -> None:
    """Serve until killed."""
    configure(port, key)
    globals()["Adapter"] = adapter_class()
    from django.urls import include, path

    accounts = [path("accounts/", include("allauth.account.urls")), path("be-anna/", be_anna)]
    globals()["urlpatterns"] = [*accounts, path("", include("allauth.idp.urls"))]
    fill(callback)
    server = make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    sys.modules["tests.web.accounts.provider_site"] = sys.modules["__main__"]
    main(int(sys.argv[1]), sys.stdin.read(), sys.argv[2])
