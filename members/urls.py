"""Addresses under /organisations/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from members import views

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path(_("nouvelle/"), views.organisation_new, name="organisation_new"),
    path(_("co-porteurs/"), views.cosponsors, name="cosponsors"),
    path(_("co-porteurs/signer/"), views.cosponsorship_sign, name="cosponsorship_sign"),
    path(_("co-porteurs/confirmer/<str:token>/"), views.cosponsorship_confirm, name="cosponsorship_confirm"),
    path(_("co-porteurs/<int:pk>/"), views.cosponsorship, name="cosponsorship"),
    path(_("co-porteurs/<int:pk>/reponse/"), views.cosponsorship_decide, name="cosponsorship_decide"),
    path(_("co-porteurs/<int:pk>/retrait/"), views.cosponsorship_withdraw, name="cosponsorship_withdraw"),
    path("<slug:slug>/", views.organisation, name="organisation"),
    path(_("<slug:slug>/reponse/"), views.organisation_decide, name="organisation_decide"),
    path(_("<slug:slug>/modifier/"), views.organisation_edit, name="organisation_edit"),
]
