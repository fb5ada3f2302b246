"""Addresses of the pages that bring several apps together."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from coalition.pages import views

urlpatterns = [
    path(_("coalition/"), views.coalition, name="coalition"),
    path(_("coalition/<int:number>/"), views.coalition_by_number, name="coalition_by_number"),
    path(_("journal/"), views.journal, name="journal"),
    path(_("fil/"), views.changes_feed, name="changes_feed"),
    path(_("confidentialite/"), views.privacy, name="privacy"),
    path(_("a-traiter/"), views.desk, name="desk"),
]
