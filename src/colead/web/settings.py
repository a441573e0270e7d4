"""Settings: what an installation may decide, from its environment and its data folder.

COLEAD_DATA       folder of the database, the key and the clones; the platform's data folder by default
COLEAD_DATABASE   postgresql://user:password@host/name; SQLite in the data folder by default
COLEAD_HOSTS      names that the site is reached by, separated by commas; this machine only by default
COLEAD_SECURE     1 behind https: cookies travel encrypted only, and browsers are told to insist on it
COLEAD_PROXIES    how many trusted proxies stand in front and name the client; none by default
COLEAD_REACH      hosts of one's own that may be fetched from: names, addresses, networks, by commas; none
COLEAD_CA         a file of certificates by which these hosts are trusted; the system's by default
COLEAD_ISSUES     forges that a pasted issue's address is fetched from, by commas; empty: none. By default
                  github.com, gitlab.com and codeberg.org, and those that the area's repositories come from
COLEAD_DISK       megabytes that all clones together may take; 20480 by default
COLEAD_LARGEST    megabytes that one clone may take; 4096 by default
COLEAD_MAIL       smtp://user:password@host:port or smtps://...; without it no link is mailed
COLEAD_MAIL_FROM  the address that mails come from
COLEAD_ADDRESS    where people reach the site, as it stands in mails; http://127.0.0.1:8730 by default
COLEAD_ZONE       the time zone in which days and hours are told, such as Europe/Paris; UTC by default
COLEAD_OIDC       https address of a sign-in service (OpenID Connect); none by default
COLEAD_OIDC_CLIENT, COLEAD_OIDC_SECRET, COLEAD_OIDC_NAME   how it knows Colead, and its name on the button
"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from colead.web.folder import data_folder

HERE = Path(__file__).resolve().parent


def database(address: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address, or for SQLite in the data folder where it is empty."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "colead.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",  # a read that turns into a write would be refused
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    told = urlsplit(address)
    host = told.hostname or parse_qs(told.query).get("host", [""])[0]  # a folder names a socket in it
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(told.path.lstrip("/")),
        "USER": unquote(told.username or ""),
        "PASSWORD": unquote(told.password or ""),
        "HOST": unquote(host),
        "PORT": told.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a question takes longer than answering it does; moments are read as text, see chain.py.
        "OPTIONS": {"options": "-c jit=off -c DateStyle=ISO"},
    }


def key_in(folder: Path) -> str:
    """The installation's secret, made at the first start and readable by its owner alone."""
    place = folder / "key"
    try:
        return place.read_text(encoding="ascii")
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, half = tempfile.mkstemp(dir=folder, prefix="key-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process was faster
            os.link(half, place)
    finally:
        os.unlink(half)
    return place.read_text(encoding="ascii")


def mail(address: str) -> dict[str, Any]:
    """Django's settings for mail; whoever gives a password to it is spoken to encrypted."""
    told = urlsplit(address)
    sealed = told.scheme == "smtps"
    return {
        "EMAIL_HOST": told.hostname or "",
        "EMAIL_PORT": told.port or (465 if sealed else 587 if told.username else 25),
        "EMAIL_HOST_USER": unquote(told.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(told.password or ""),
        "EMAIL_USE_SSL": sealed,
        "EMAIL_USE_TLS": not sealed and bool(told.username),
        "EMAIL_TIMEOUT": 20,
    }


DATA = data_folder()
SECURE = os.environ.get("COLEAD_SECURE") == "1"
REACH = tuple(one.strip().lower() for one in os.environ.get("COLEAD_REACH", "").split(",") if one.strip())
ISSUES = tuple(
    one.strip().lower()
    for one in os.environ.get("COLEAD_ISSUES", "github.com,gitlab.com,codeberg.org").split(",")
    if one.strip()
)
AUTHORITIES = os.environ.get("COLEAD_CA", "")
DISK = int(os.environ.get("COLEAD_DISK") or 20_480) << 20
LARGEST = int(os.environ.get("COLEAD_LARGEST") or 4_096) << 20
PROXIES = int(os.environ.get("COLEAD_PROXIES") or 0)

DEBUG = False
SECRET_KEY = key_in(DATA)
ALLOWED_HOSTS = [one for one in os.environ.get("COLEAD_HOSTS", "").split(",") if one] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [f"https://{one}" for one in ALLOWED_HOSTS] if SECURE else []
ROOT_URLCONF = "colead.web.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "colead.web.people",
    "colead.web.areas",
    "colead.web.repositories",
    "colead.web.briefs",
    "colead.web.parts",
    "colead.web.inbox",
    "colead.web.questions",
    "colead.web.concerns",
    "colead.web.threads",
    "colead.web.prototypes",
    "colead.web.meetings",
    "colead.web.reserve",
    "colead.web.jobs",
    "colead.web.decisions",
    "colead.web.tradeoffs",
    "colead.web.search",
    "colead.web.together",
    "colead.web.api",
    "colead.web.design",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "colead.web.policy.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "colead.web.people.door.Passes",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "design" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
            ],
            "builtins": ["colead.web.design.templatetags.design"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]
DATABASES = {"default": database(os.environ.get("COLEAD_DATABASE", ""))}
if os.environ.get("COLEAD_DATABASE"):
    INSTALLED_APPS.append("procrastinate.contrib.django")  # wakes the workers
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
SESSION_ENGINE = "colead.web.people.sessions"
SESSION_COOKIE_NAME = "__Host-colead" if SECURE else "colead"
SESSION_COOKIE_AGE = 30 * 86_400
MAILS = bool(os.environ.get("COLEAD_MAIL"))
globals().update(mail(os.environ.get("COLEAD_MAIL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("COLEAD_MAIL_FROM") or "colead@localhost"
ADDRESS = (os.environ.get("COLEAD_ADDRESS") or "http://127.0.0.1:8730").rstrip("/")
OIDC = os.environ.get("COLEAD_OIDC", "").rstrip("/")
OIDC_CLIENT = os.environ.get("COLEAD_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("COLEAD_OIDC_SECRET", "")
OIDC_NAME = os.environ.get("COLEAD_OIDC_NAME") or (urlsplit(OIDC).hostname or "")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-colead-form" if SECURE else "colead-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "colead.web.faults.forged"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [HERE / "design" / "static", ("page", HERE.parent / "writers" / "page")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("COLEAD_ZONE") or "UTC"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
