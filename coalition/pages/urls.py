"""Addresses of the pages that bring several apps together."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from coalition.pages import views
from coalition.pages.views import event_life, event_list, event_page, event_writing

EVENTS = [
    path("", event_list.events, name="events"),
    path(_("rendez-vous.csv"), event_list.event_csv, name="event_csv"),
    path(_("rendez-vous.ics"), event_list.event_calendar, name="event_calendar"),
    path(_("nouveau/"), event_writing.event_new, name="event_new"),
    path(_("a-vous/"), event_writing.event_desk, name="event_desk"),
    path("<slug:slug>/", event_page.event, name="event"),
    path("<slug:slug>.ics", event_page.event_file, name="event_file"),
    path(_("<slug:slug>/modifier/"), event_writing.event_edit, name="event_edit"),
    path(_("<slug:slug>/publier/"), event_writing.event_publish, name="event_publish"),
    path(_("<slug:slug>/annuler/"), event_life.event_cancel, name="event_cancel"),
    path(_("<slug:slug>/compte-rendu/"), event_life.event_report, name="event_report"),
    path(_("<slug:slug>/reprendre/"), event_life.event_withdraw, name="event_withdraw"),
]

urlpatterns = [
    path(_("coalition/"), views.coalition, name="coalition"),
    path(_("coalition/<int:number>/"), views.coalition_by_number, name="coalition_by_number"),
    path(_("journal/"), views.journal, name="journal"),
    path(_("fil/"), views.changes_feed, name="changes_feed"),
    path(_("confidentialite/"), views.privacy, name="privacy"),
    path(_("a-traiter/"), views.desk, name="desk"),
    path(_("rendez-vous/"), include(EVENTS)),
]
