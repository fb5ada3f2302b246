"""Settings shared by development, tests and production; every value that varies comes from the environment.

`.env.example` documents each variable. Types are enforced by django-environ at start.
"""

from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from coalition.settings.accounts import *  # noqa: F403
from coalition.settings.accounts import OIDC_PROVIDERS
from coalition.settings.cases import (
    CASE_CONFIRM_EVERY as CASE_CONFIRM_EVERY,
    CASE_SCHEDULE,
    CASE_STALE_AFTER as CASE_STALE_AFTER,
)
from coalition.settings.dates import DATES_SCHEDULE
from coalition.settings.delivery import (
    BOUNCE_ADDRESS as BOUNCE_ADDRESS,
    MAIL_EVENTS_SECRET as MAIL_EVENTS_SECRET,
    MAIL_PACE as MAIL_PACE,
)
from coalition.settings.night import DJANGO_ADMIN, NIGHT_APPS, NIGHT_SILENCED
from coalition.settings.openid import form_targets
from coalition.settings.replies import (
    REPLY_ADDRESS as REPLY_ADDRESS,
    REPLY_IMAP_URL as REPLY_IMAP_URL,
    REPLY_SCHEDULE,
)

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# Core ---------------------------------------------------------------------
SECRET_KEY: str = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", str, [])
DEBUG: bool = env.bool("DEBUG", False)
BASE_URL: str = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", str, ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", str, [])
ROOT_URLCONF = "coalition.urls"
WSGI_APPLICATION = "coalition.wsgi.application"
AUTH_USER_MODEL = "members.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    "coalition.pages",
    "cases",
    "principles",
    "coalition.challenges",
    "coalition.discussion",
    "members",
    "coalition.contact",
    "coalition.notifications",
    "coalition.glossary",
    "coalition.core",
    "coalition.seed",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "members.apps.AccountsAdminConfig",  # wagtail.users, with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_countries",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(NIGHT_APPS if DJANGO_ADMIN else []),
]
SILENCED_SYSTEM_CHECKS = NIGHT_SILENCED if DJANGO_ADMIN else []

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "coalition.core.middleware.InputGateMiddleware",
    "coalition.core.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coalition.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "coalition.core.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coalition.core.middleware.VerdictMiddleware",
    "members.adapters.AccountPagesMiddleware",
    "members.adapters.AdminDoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "coalition.core.context_processors.site",
                "coalition.core.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "coalition.core.templatetags.bilingual",
                "coalition.core.templatetags.design",
                "coalition.core.templatetags.markup",
                "coalition.core.templatetags.places",
                "coalition.core.templatetags.typography",
            ],
        },
    }
]

# Database: PostgreSQL is the only one (ADR 0001) ----------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", "postgres://coalition@localhost/coalition")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"].setdefault("OPTIONS", {})
STATEMENT_TIMEOUT: str = env.str("DB_STATEMENT_TIMEOUT", "5s")
DATABASES["default"]["OPTIONS"]["options"] = f"-c statement_timeout={STATEMENT_TIMEOUT} -c lock_timeout=3s -c jit=off"

# Caches: limits and sessions live in PostgreSQL so that they hold when Valkey is away; Valkey only rings Celery's bell.
REDIS_URL: str = env.str("REDIS_URL", "redis://localhost:6379/0")
IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "pages": IN_MEMORY,
    "parts": {**IN_MEMORY, "LOCATION": "parts"},
}
# What our pages read from an address, in the order of the key; whatever else a link carries is dropped.
PAGE_CACHE_PARAMETERS = ["q", "stage", "domain", "country", "city", "kind", "side", "language", "sort", "page"]
PAGE_CACHE_PARAMETERS += ["state", "article", "old", "new", "offers", "seeks", "commitment", "standing", "square"]
PAGE_CACHE_PARAMETERS += ["priority", "instrument", "organisation_kind", "cost_band", "read_in", "has_indicators"]
PAGE_CACHE_PARAMETERS += ["failed_or_stopped", "coalition", "where", "when", "phase", "theme", "sought"]
PAGE_CACHE_EXCLUDED = ["/fr/compte/", "/en/account/", "/fr/courrier/", "/en/mail/"]
# each letter typed is another address: browsers keep these answers, the memory of pages would be flooded by them
PAGE_CACHE_EXCLUDED += ["/fr/lieux/", "/en/places/", "/fr/cas/oembed.json", "/en/cases/oembed.json"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "coalition.core.views.csrf_failure"

# Languages: French first, complete English catalogue ------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
LANGUAGE_COOKIE_NAME = "langue"
USE_TZ = True
TIME_ZONE = "UTC"

# Static files and media ------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", str(BASE_DIR / "var" / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Wagtail -------------------------------------------------------------------------
COALITION_NUMBER: int = env.int("COALITION_NUMBER", 11)
WAGTAIL_SITE_NAME = env.str("SITE_NAME", "Villes numériques ouvertes")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/fr/compte/login/"
WAGTAILIMAGES_IMAGE_MODEL = "core.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "core.File"
WAGTAILDOCS_EXTENSIONS = ["csv", "json", "geojson", "odp", "ods", "odt", "pdf", "txt", "xlsx", "docx"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILLOCALIZE_MACHINE_TRANSLATOR: dict[str, object] = {}

# Mail: every message becomes a delivery row; the worker alone talks to SMTP (ADR 0002) ----
EMAIL_BACKEND = "coalition.notifications.backends.OutboxBackend"
vars().update({k: v for k, v in env.email_url("EMAIL_URL", "smtp://localhost:1025").items() if k != "EMAIL_BACKEND"})
EMAIL_TIMEOUT = 10
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Villes numériques ouvertes <coalition@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# letters of the organising team to many people at once: how many may leave in seven days
ANNOUNCEMENTS_A_WEEK: int = env.int("ANNOUNCEMENTS_A_WEEK", 3)
DEMO_MAIL_DIR: str = env.str("DEMO_MAIL_DIR", "")
DEMO: bool = env.bool("COALITION_DEMO", False)

# Celery is a bell; polling the tables is the truth -------------------------------------
CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://')}" if REDIS_URL.startswith("unix://") else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2, "visibility_timeout": 120}
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
WEBHOOKS_MAY_STAY_INSIDE = False
"""Tests only: programs may be told over plain HTTP and at addresses of this machine."""
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "deliver due mail": {
        "task": "coalition.notifications.tasks.deliver_due",
        "schedule": 2.0,
        "options": {"expires": 2},
    },
    "tell programs": {
        "task": "coalition.notifications.tasks.tell_programs",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "write digests": {"task": "coalition.notifications.tasks.write_digests", "schedule": 900.0},
    "publish what is due": {"task": "cases.tasks.publish_scheduled", "schedule": 60.0, "options": {"expires": 60}},
    "bring in the files of cities": {"task": "cases.tasks.bring_in_cases", "schedule": 3.0, "options": {"expires": 3}},
    "forget what is past its retention": {
        "task": "coalition.core.tasks.purge_personal_data",
        "schedule": crontab(hour=3, minute=10),
    },
    "end mandates on their day": {"task": "members.tasks.mandates.end_mandates", "schedule": 3600.0},
    "follow the charter": {"task": "principles.tasks.follow_the_charter", "schedule": 30.0, "options": {"expires": 30}},
    "tell of deadlines": {"task": "principles.tasks.tell_of_deadlines", "schedule": 3600.0},
    "ask for renewals and remind": {"task": "members.tasks.renewals.ask_and_remind", "schedule": 3600.0},
    **CASE_SCHEDULE,
    **DATES_SCHEDULE,
    **REPLY_SCHEDULE,
}

# API ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DEFAULT_PAGINATION_CLASS": "coalition.core.api.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "coalition.core.api.problem_response",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Coalition",
    "DESCRIPTION": "Public data of the network: cases, charter, organisations.",
    "VERSION": "1",
    "SERVE_URLCONF": "coalition.api",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "AmendmentState": "principles.enums.AmendmentState",
        "CaseKind": "cases.enums.Kind",
        "CommentState": "coalition.discussion.enums.CommentState",
        "PassageState": "coalition.discussion.enums.PassageState",
        "OrganisationKind": "members.enums.Kind",
        "LocalChangeKind": "members.enums.LocalChangeKind",
        "AmendmentKind": "principles.enums.AmendmentKind",
        "Resource": "members.enums.Resource",
    },
}

# Security -----------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *form_targets(OIDC_PROVIDERS)],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
ADMIN_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django_tasks": {"level": "WARNING"}, "wagtail": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
