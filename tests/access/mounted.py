"""The addresses of an installation that asked for Django's own admin."""

from django.urls import include, path

from coalition import urls as site

urlpatterns = [path("django-admin/", include("coalition.notifications.night.urls")), *site.urlpatterns]
handler400 = site.handler400
handler404 = site.handler404
