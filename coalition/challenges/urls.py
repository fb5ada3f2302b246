"""Addresses of challenges, below the prefix given in coalition.urls."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from coalition.challenges.views import answering, board, deciding, exports, page, received, responding, writing

urlpatterns = [
    path("", board.challenges, name="challenges"),
    path(_("defis.csv"), exports.challenge_csv, name="challenge_csv"),
    path(_("defis.atom"), exports.challenge_feed, name="challenge_feed"),
    path(_("ecrire/"), writing.challenge_new, name="challenge_new"),
    path(_("ecrire/<slug:slug>/"), writing.challenge_write, name="challenge_write"),
    path(_("reponses/<int:pk>/"), answering.challenge_response, name="challenge_response"),
    path(_("reponses/<int:pk>/decider/"), answering.challenge_response_answer, name="challenge_response_answer"),
    path(_("reponses/<int:pk>/modifier/"), responding.challenge_response_edit, name="challenge_response_edit"),
    path(_("reponses/<int:pk>/nommer/"), responding.challenge_response_name, name="challenge_response_name"),
    path(_("reponses/<int:pk>/retirer/"), responding.challenge_response_withdraw, name="challenge_response_withdraw"),
    path("<slug:slug>/", page.challenge, name="challenge"),
    path(_("<slug:slug>/modifier/"), writing.challenge_edit, name="challenge_edit"),
    path(_("<slug:slug>/publier/"), deciding.challenge_publish, name="challenge_publish"),
    path(_("<slug:slug>/conclure/"), deciding.challenge_close, name="challenge_close"),
    path(_("<slug:slug>/rouvrir/"), deciding.challenge_reopen, name="challenge_reopen"),
    path(_("<slug:slug>/retirer/"), deciding.challenge_withdraw, name="challenge_withdraw"),
    path(_("<slug:slug>/reponses/"), received.challenge_responses, name="challenge_responses"),
    path(_("<slug:slug>/reponses.csv"), received.challenge_responses_csv, name="challenge_responses_csv"),
    path(_("<slug:slug>/repondre/"), responding.challenge_answer, name="challenge_answer"),
]
