"""Addresses under /django-admin/, where COALITION_DJANGO_ADMIN mounts them."""

from importlib import import_module

from django.urls import URLPattern, URLResolver

from coalition.notifications.night.site import night_site

import_module("coalition.notifications.night.tables")
app_name = "admin"
urlpatterns: list[URLPattern | URLResolver] = night_site.get_urls()
