"""Pages about mail and programs that are told, the demo’s mail, what stops a mail; prefix: coalition.urls."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from coalition.notifications import views
from coalition.notifications.announcements import pages
from coalition.notifications.hook_desk import views as hooks
from coalition.notifications.leaving.views import mail_leave
from coalition.notifications.office import views as office
from coalition.notifications.previews import views as previews

urlpatterns = [
    path("", views.demo_mail, name="demo_mail"),
    path(_("reponses-recues/"), views.incoming_mail, name="incoming_mail"),
    path(_("envois/"), office.mail_office, name="mail_office"),
    path(_("envois/chercher/"), office.mail_search, name="mail_search"),
    path(_("envois/adresses/"), office.mail_stops, name="mail_stops"),
    path(_("envois/adresses/<int:pk>/reprendre/"), office.mail_lift, name="mail_lift"),
    path(_("envois/<int:pk>/"), office.mail_history, name="mail_history"),
    path(_("envois/<slug:what>/<int:pk>/relancer/"), office.mail_retry, name="mail_retry"),
    path(_("arreter/<str:word>/"), mail_leave, name="mail_leave"),
    path(_("apercus/"), previews.mail_previews, name="mail_previews"),
    path(_("apercus/<str:name>/<slug:language>/"), previews.mail_preview, name="mail_preview"),
    path(_("apercus/<str:name>/<slug:language>/html/"), previews.mail_preview_html, name="mail_preview_html"),
    path(_("logiciels-avertis/"), hooks.webhooks, name="webhooks"),
    path(_("logiciels-avertis/<int:pk>/"), hooks.webhook, name="webhook"),
    path(_("logiciels-avertis/<int:pk>/modifier/"), hooks.webhook_edit, name="webhook_edit"),
    path(_("logiciels-avertis/<int:pk>/agir/"), hooks.webhook_act, name="webhook_act"),
    path(_("annonces/"), pages.announcements, name="announcements"),
    path(_("annonces/nouvelle/"), pages.announcement_new, name="announcement_new"),
    path(_("annonces/<int:pk>/"), pages.announcement, name="announcement"),
    path(_("annonces/<int:pk>/modifier/"), pages.announcement_edit, name="announcement_edit"),
    path(_("annonces/<int:pk>/courriel/"), pages.announcement_mail, name="announcement_mail"),
    path(_("annonces/<int:pk>/proposer/"), pages.announcement_propose, name="announcement_propose"),
    path(_("annonces/<int:pk>/envoyer/"), pages.announcement_approve, name="announcement_approve"),
    path(_("annonces/<int:pk>/abandonner/"), pages.announcement_cancel, name="announcement_cancel"),
    path("<str:name>/", views.demo_mail_message, name="demo_mail_message"),
    path("<str:name>/html/", views.demo_mail_html, name="demo_mail_html"),
]
