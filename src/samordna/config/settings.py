"""Settings. Everything an installation may change is an environment variable that begins with SAMORDNA_; the table of them
is generated into docs/reference/settings.md from `SETTINGS` below."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samordna.core.assurance import level_in, requirements
from samordna.domain.admissions.providers import read_providers


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it means and what holds when it is absent."""

    name: str
    default: str
    meaning: str


ROOT = Path(__file__).resolve().parents[1]

SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("SAMORDNA_DATA", "var", "Folder for the database file, the signing key and the secret key."),
        Setting("SAMORDNA_DATABASE", "", "PostgreSQL as postgresql://user:password@host:port/name; empty means SQLite."),
        Setting("SAMORDNA_DEMO", "", "1 serves the demonstration world with its log-ins on the sign-in page."),
        Setting("SAMORDNA_DEBUG", "", "1 shows error details in the browser; never where others can reach it."),
        Setting("SAMORDNA_HOSTS", "localhost,127.0.0.1", "Host names that the site answers to, separated by commas."),
        Setting("SAMORDNA_ORIGIN", "", "The site's own address, for links in mail: https://samordna.example.se."),
        Setting("SAMORDNA_MAIL", "", "Mail server as smtp://user:password@host:port; empty: the one of the settings page."),
        Setting("SAMORDNA_MAIL_FROM", "samordna@localhost", "Sender of mail."),
        Setting(
            "SAMORDNA_CALENDAR_ANSWERS",
            "",
            "Address to which calendars send answers to calls; empty: they send none, and one answers on the page.",
        ),
        Setting("SAMORDNA_PROVIDERS", "", "File (TOML) with the providers of sign-in; empty means local accounts only."),
        Setting("SAMORDNA_ASSURANCE", "0", "Level of assurance, 0-4, that a sign-in needs to act in a role here."),
        Setting("SAMORDNA_ASSURANCE_FOR", "", "Levels that single rights need, as agreement.sign=3, mandate.give=2."),
        Setting(
            "SAMORDNA_HEALTH_TOKEN", "", "Opens /halsa/detaljer/ to whoever sends it as a bearer token; empty closes it."
        ),
        Setting(
            "SAMORDNA_LOG", "json", "json: one object per line, without personal data; text: for reading while developing."
        ),
        Setting("SAMORDNA_HUE", "250", "The installation's own hue, 0-360, used for links, buttons and marks."),
        Setting("SAMORDNA_SOLVE_SECONDS", "10", "Longest time that one attempt of the engine may take."),
        Setting("SAMORDNA_SOLVE_MEGABYTES", "1024", "Most memory that one attempt of the engine may use."),
    )
}


def value(name: str) -> str:
    """The setting's value: from the environment, else its default."""
    return os.environ.get(name, SETTINGS[name].default)


def _on(name: str) -> bool:
    return value(name) in {"1", "true", "yes"}


DATA = Path(value("SAMORDNA_DATA")).resolve()
DEMO = _on("SAMORDNA_DEMO")
DEBUG = _on("SAMORDNA_DEBUG")


def _secret_key() -> str:
    """Made once per installation and kept beside the database, readable by its owner only."""
    path = DATA / "secret-key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(48).hex())
    return path.read_text().strip()


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("SAMORDNA_DATABASE must begin with postgresql://, or be empty for SQLite.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host") or parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


# FULL, not NORMAL: with NORMAL a power cut loses decisions that were already acknowledged.
_PRAGMAS = "journal_mode=WAL synchronous=FULL foreign_keys=ON secure_delete=ON mmap_size=134217728 "
_PRAGMAS += "cache_size=-20000 temp_store=MEMORY journal_size_limit=27103364"


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / ("demo.sqlite3" if DEMO else "samordna.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in _PRAGMAS.split()),
        },
    }


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = value("SAMORDNA_HOSTS").split(",")
ORIGIN = value("SAMORDNA_ORIGIN")
SECURE = ORIGIN.startswith("https://")
DATABASES = {"default": _postgresql(value("SAMORDNA_DATABASE")) if value("SAMORDNA_DATABASE") else _sqlite()}

INSTALLED_APPS = [
    "samordna.core",
    "samordna.domain.organisations",
    "samordna.domain.site",
    "samordna.domain.collaborations",
    "samordna.domain.knowledge",
    "samordna.domain.agreements",
    "samordna.domain.matters",
    "samordna.domain.forums",
    "samordna.domain.scheduling",
    "samordna.domain.decisions",
    "samordna.domain.adherence",
    "samordna.domain.assessments",
    "samordna.domain.minutes",
    "samordna.domain.conversations",
    "samordna.domain.events",
    "samordna.domain.introductions",
    "samordna.domain.followup",
    "samordna.domain.change",
    "samordna.domain.worth",
    "samordna.domain.reports",
    "samordna.domain.proceedings",
    "samordna.domain.search",
    "samordna.domain.admissions",
    "samordna.domain.notices",
    "samordna.web",
    "samordna.cli",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samordna.web.logs.requests",
    "samordna.web.middleware.security_headers",
    "samordna.web.middleware.without_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "samordna.web.middleware.language_of_last_resort",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samordna.web.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samordna.web.middleware.acting",
    "samordna.web.middleware.Refusals",
]

ROOT_URLCONF = "samordna.config.urls"
WSGI_APPLICATION = "samordna.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samordna.web.context.shell",
            ],
            "builtins": ["samordna.web.components.tags", "template_partials.templatetags.partials"],
        },
    }
]

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "samordna.web.sent.form_too_old"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "samordna.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {  # per address on the network (ip), account or address for mail (key), and person (user)
    "login": "50/15m/ip",
    "login_failed": "50/15m/ip,5/15m/key",
    "reset_password": "20/15m/ip,5/15m/key",
    "reset_password_from_key": "20/15m/ip",
    "reauthenticate": "10/15m/user",
    "change_password": "5/15m/user",
    "manage_email": "10/15m/user",
    "calendar": "600/15m/ip",  # calendars that fetch meetings; many of them behind one address
    "arrive": "60/15m/ip",  # begun and answered sign-ins by a provider
}
CACHES = {  # what limits count and which one-time codes are spent, for every process of this machine
    "default": {
        "BACKEND": "samordna.web.accounts.counted.CountedInFiles",
        "LOCATION": DATA / "counted",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # 200 MB on most disks; a quarter of an hour of 55 new addresses a second
    },
    "memory": {  # what can be asked again at any time, for this process alone
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "memory",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samordna"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_NAME = "__Host-samordna" if SECURE else "samordna"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = sorted(path for path in (ROOT / "locale").glob("*") if path.is_dir())
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
PROVIDERS = read_providers(value("SAMORDNA_PROVIDERS"))
ASSURANCE = level_in(value("SAMORDNA_ASSURANCE"), "SAMORDNA_ASSURANCE")
ASSURANCE_FOR = requirements(value("SAMORDNA_ASSURANCE_FOR"))
HUE = value("SAMORDNA_HUE")
SIGNING_KEY = DATA / "journal-key"
SOLVE_SECONDS = float(value("SAMORDNA_SOLVE_SECONDS"))
PATIENCE_SECONDS = 0.8  # so long a page waits for the engine before it says that the answer is being worked out
SOLVE_MEGABYTES = int(value("SAMORDNA_SOLVE_MEGABYTES"))

DEFAULT_FROM_EMAIL = value("SAMORDNA_MAIL_FROM")
CALENDAR_ANSWERS = value("SAMORDNA_CALENDAR_ANSWERS")


def _mail(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


EMAIL_BACKEND = "samordna.domain.site.mail.Backend"  # the server that is named on the settings page
MAIL_BY_ENVIRONMENT = bool(value("SAMORDNA_MAIL"))
if MAIL_BY_ENVIRONMENT:
    globals().update(_mail(value("SAMORDNA_MAIL")))

HEALTH_TOKEN = value("SAMORDNA_HEALTH_TOKEN")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "samordna.web.logs.Lines"},
        "text": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "text" if value("SAMORDNA_LOG") == "text" else "json"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "samordna": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # what is not found is in the line of its request
    },
}
