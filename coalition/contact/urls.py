"""Addresses of the contact desk, below the prefix given in coalition.urls."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from coalition.contact import views

urlpatterns = [
    path("", views.contact, name="contact"),
    path(_("merci/"), views.contact_sent, name="contact_sent"),
    path("messages/", views.contact_inbox, name="contact_inbox"),
    path("messages/<uuid:key>/", views.contact_message, name="contact_message"),
    path(_("messages/<uuid:key>/classer/"), views.contact_close, name="contact_close"),
    path(_("messages/<uuid:key>/effacer/"), views.contact_delete, name="contact_delete"),
    path(_("messages/<uuid:key>/piece/"), views.contact_attachment, name="contact_attachment"),
    path("<slug:kind>/<int:number>/", views.contact_about, name="contact_about"),
]
