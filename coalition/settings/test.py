"""Tests: the real database, broker and SMTP; only the password hash is weakened, for speed."""

import atexit
import shutil
import tempfile
from pathlib import Path

from coalition.settings.base import *  # noqa: F403
from coalition.settings.base import CACHES, INSTALLED_APPS, STORAGES, TEMPLATES
from coalition.settings.night import DJANGO_ADMIN, NIGHT_APPS, NIGHT_SILENCED

SECRET_KEY = "test-only-not-secret"  # noqa: S105 - never used outside tests
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Pictures of tests go into a folder of this process, gone with it.
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="coalition-media-"))
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # type: ignore[index]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
DEFAULT_FROM_EMAIL = "Coalition <coalition@example.org>"
MAIL_PACE = {}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Each test rolls the database back, and with it the generation that keeps these caches honest.
FORGETFUL = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {**CACHES, "pages": FORGETFUL, "parts": FORGETFUL}
# Installed, so that the matrix can mount it (tests/access/mounted.py); not mounted by default, as everywhere.
INSTALLED_APPS = INSTALLED_APPS if DJANGO_ADMIN else [*INSTALLED_APPS, *NIGHT_APPS]
SILENCED_SYSTEM_CHECKS = NIGHT_SILENCED
