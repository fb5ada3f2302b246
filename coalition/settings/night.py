"""Django's own admin for whoever operates the site at night (docs/features/access.md). Not mounted unless asked for."""

import environ

DJANGO_ADMIN: bool = environ.Env().bool("COALITION_DJANGO_ADMIN", False)
NIGHT_APPS = ["django.contrib.admin.apps.SimpleAdminConfig"]
NIGHT_SILENCED = ["admin.E402", "admin.E404", "admin.W411"]
"""Its pages get account, messages and request from elsewhere (`coalition.notifications.night.site`)."""
