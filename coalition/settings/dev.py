"""Development and demo: forgiving defaults, no HTTPS, static files straight from the source folders."""

from coalition.settings.base import *  # noqa: F403
from coalition.settings.base import STORAGES, env

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "development-only-not-secret")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", str, ["127.0.0.1", "localhost", "[::1]"])
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
