"""Addresses under /fr/cas/ and /en/cases/. Published cases are Wagtail pages below the list, answered here faster."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.views import catalogue, contribution, exports, history, outputs, pictures, reproductions, review

urlpatterns = [
    path("", catalogue.case_index, name="case_index"),
    path(_("cas.csv"), exports.case_csv, name="case_csv"),
    path(_("cas.geojson"), exports.case_geojson, name="case_geojson"),
    path(_("cas.atom"), require_safe(exports.CaseFeed()), name="case_feed"),
    path(_("lexique-des-champs/"), catalogue.case_codebook, name="case_codebook"),
    path("images/<int:pk>/", pictures.case_picture, name="case_picture"),
    path("<int:number>/", catalogue.case, name="case"),
    path("<int:number>/versions/", history.case_versions, name="case_versions"),
    path("<int:number>/versions/<int:old>/<int:new>/", history.case_version_changes, name="case_version_changes"),
    path("<int:number>-<str:words>/", catalogue.case_page, name="case_page"),
    path(_("documenter/"), contribution.case_new, name="case_new"),
    path(_("vos-cas/"), contribution.case_drafts, name="case_drafts"),
    path(_("fiche/<int:pk>/ecrire/"), contribution.case_edit, name="case_edit"),
    path(_("fiche/<int:pk>/apercu/"), contribution.case_preview, name="case_preview"),
    path(_("apercu/<str:signed>/"), contribution.case_shared, name="case_shared"),
    path(_("fiche/<int:pk>/image/"), pictures.case_picture_add, name="case_picture_add"),
    path(_("fiche/<int:pk>/copier/"), contribution.case_copy, name="case_copy"),
    path(_("fiche/<int:pk>/remarque/<int:comment>/"), contribution.case_settle_comment, name="case_settle_comment"),
    path(_("fiche/<int:pk>/historique/"), history.case_history, name="case_history"),
    path(_("fiche/<int:pk>/historique/<int:old>/<int:new>/"), history.case_compare, name="case_compare"),
    path(_("fiche/<int:pk>/historique/<int:revision>/"), history.case_restore, name="case_restore"),
    path(_("fiche/<int:pk>/envoyer/"), contribution.case_submit, name="case_submit"),
    path(_("fiche/<int:pk>/reprendre/"), contribution.case_take_back, name="case_take_back"),
    path(_("fiche/<int:pk>/traduire/"), contribution.case_translate, name="case_translate"),
    path(_("fiche/<int:pk>/supprimer/"), contribution.case_delete, name="case_delete"),
    path(_("fiche/<int:pk>/relire/"), review.case_review, name="case_review"),
    path(_("fiche/<int:pk>/publier/"), review.case_publish, name="case_publish"),
    path(_("fiche/<int:pk>/programmer/"), review.case_schedule, name="case_schedule"),
    path(_("fiche/<int:pk>/commenter/"), review.case_comment, name="case_comment"),
    path(_("fiche/<int:pk>/renvoyer/"), review.case_return, name="case_return"),
    path(_("fiche/<int:pk>/retirer/"), review.case_unpublish, name="case_unpublish"),
    path(_("<int:number>/carte/"), outputs.case_card, name="case_card"),
    path(_("<int:number>/cas.bib"), outputs.case_bibtex, name="case_bibtex"),
    path(_("<int:number>/cas.ris"), outputs.case_ris, name="case_ris"),
    path(_("<int:number>/refait/"), reproductions.case_redo, name="case_redo"),
    path(_("refait/<int:pk>/retirer/"), reproductions.case_unlink, name="case_unlink"),
    path("oembed.json", outputs.case_oembed, name="case_oembed"),
]
