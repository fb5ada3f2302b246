"""Addresses under /charte/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from principles.views import amendments, reading, writing

urlpatterns = [
    path("", reading.charter, name="charter"),
    path(_("version/<int:number>/"), reading.charter_version, name="charter_version"),
    path(_("comparer/<int:old>/<int:new>/"), reading.charter_compare, name="charter_compare"),
    path(_("fil.atom"), reading.charter_feed, name="charter_feed"),
    path(_("amendements/"), amendments.amendment_list, name="amendment_list"),
    path(_("amendement/<int:number>/"), amendments.amendment, name="amendment"),
    path(_("amendement/<int:number>/retirer/"), amendments.amendment_withdraw, name="amendment_withdraw"),
    path(_("amendement/<int:number>/adopter/"), amendments.amendment_accept, name="amendment_accept"),
    path(_("amendement/<int:number>/refuser/"), amendments.amendment_refuse, name="amendment_refuse"),
    path(_("article/<slug:key>/amender/"), writing.amendment_new, name="amendment_new"),
    path(_("brouillon/<int:pk>/"), writing.amendment_draft, name="amendment_draft"),
]
