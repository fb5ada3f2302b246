"""Addresses under /fr/discussion/ and /en/discussion/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from coalition.discussion.views import moderating, threads, writing

urlpatterns = [
    path(_("signalements/"), moderating.reports, name="reports"),
    path(_("commentaire/<int:pk>/"), threads.comment, name="comment"),
    path(_("commentaire/<int:pk>/repondre/"), writing.comment_reply, name="comment_reply"),
    path(_("commentaire/<int:pk>/corriger/"), writing.comment_edit, name="comment_edit"),
    path(_("commentaire/<int:pk>/retirer/"), writing.comment_delete, name="comment_delete"),
    path(_("commentaire/<int:pk>/signaler/"), moderating.comment_report, name="comment_report"),
    path(_("commentaire/<int:pk>/moderer/"), moderating.comment_hide, name="comment_hide"),
    path(_("commentaire/<int:pk>/retablir/"), moderating.comment_restore, name="comment_restore"),
    path("<slug:kind>/<str:key>/", threads.discussion, name="discussion"),
    path(_("<slug:kind>/<str:key>/commenter/"), writing.comment_new, name="comment_new"),
    path(_("<slug:kind>/<str:key>/passage/"), writing.remark_new, name="remark_new"),
    path(_("<slug:kind>/<str:key>/fil.atom"), threads.discussion_feed, name="discussion_feed"),
]
