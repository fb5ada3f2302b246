"""Addresses of the demo's mail pages and of answers that came in, below the prefix given in coalition.urls."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from coalition.notifications import views

urlpatterns = [
    path("", views.demo_mail, name="demo_mail"),
    path(_("reponses-recues/"), views.incoming_mail, name="incoming_mail"),
    path("<str:name>/", views.demo_mail_message, name="demo_mail_message"),
    path("<str:name>/html/", views.demo_mail_html, name="demo_mail_html"),
]
