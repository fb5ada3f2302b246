"""Addresses under /charte/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from principles.views import (
    amendments,
    deciding,
    files,
    placing,
    positions,
    preparing,
    reading,
    rewriting,
    rulebook,
    together,
    tracing,
    writing,
)

urlpatterns = [
    path("", reading.charter, name="charter"),
    path(_("version/<int:number>/"), reading.charter_version, name="charter_version"),
    path(_("comparer/<int:old>/<int:new>/"), reading.charter_compare, name="charter_compare"),
    path(_("fil.atom"), reading.charter_feed, name="charter_feed"),
    path(_("amendements/"), amendments.amendment_list, name="amendment_list"),
    path(_("amendement/<int:number>/"), amendments.amendment, name="amendment"),
    path(_("amendement/<int:number>/retirer/"), deciding.amendment_withdraw, name="amendment_withdraw"),
    path(_("amendement/<int:number>/adopter/"), deciding.amendment_accept, name="amendment_accept"),
    path(_("amendement/<int:number>/refuser/"), deciding.amendment_refuse, name="amendment_refuse"),
    path(_("amendement/<int:number>/position/"), positions.amendment_position, name="amendment_position"),
    path(_("amendement/<int:number>/positions/"), positions.amendment_positions, name="amendment_positions"),
    path(_("amendement/<int:number>/redactions/"), rewriting.amendment_wordings, name="amendment_wordings"),
    path(_("amendement/<int:number>/rediger/"), rewriting.amendment_revise, name="amendment_revise"),
    path(_("amendement/<int:number>/langue/<slug:language>/"), rewriting.amendment_leg, name="amendment_leg"),
    path(_("amendement/<int:number>/reprendre/"), rewriting.amendment_resolve, name="amendment_resolve"),
    path(_("amendement/<int:number>/soutenir/"), together.amendment_endorse, name="amendment_endorse"),
    path(_("reglement/"), rulebook.charter_rules, name="charter_rules"),
    path(_("article/ajouter/"), placing.amendment_insert, name="amendment_insert"),
    path(_("article/<slug:key>/enlever/"), placing.amendment_remove, name="amendment_remove"),
    path(_("article/<slug:key>/deplacer/"), placing.amendment_move, name="amendment_move"),
    path(_("article/<slug:key>/amender/"), writing.amendment_new, name="amendment_new"),
    path(_("brouillon/<int:pk>/"), writing.amendment_draft, name="amendment_draft"),
    path(_("brouillon/<int:pk>/ensemble/"), together.amendment_coauthors, name="amendment_coauthors"),
    path(_("invitation/<int:pk>/"), together.amendment_coauthor_answer, name="amendment_coauthor_answer"),
    path(_("comparer/"), reading.charter_compare_choose, name="charter_compare_choose"),
    path(_("chronologie/"), tracing.charter_timeline, name="charter_timeline"),
    path(_("version/<int:number>/fichiers/"), files.version_files, name="version_files"),
    path(_("version/<int:number>/fichiers/<slug:kind>/"), files.version_file, name="version_file"),
    path(
        _("version/<int:number>/fichiers/<slug:kind>/avec-opinions/"),
        files.version_file_opinions,
        name="version_file_opinions",
    ),
    path(_("version/<int:number>/imprimer/"), files.version_print, name="version_print"),
    path(_("version/<int:number>/origines/"), tracing.version_origins, name="version_origins"),
    path(_("version/<int:number>/origines/<slug:key>/"), tracing.article_origins, name="article_origins"),
    path(_("version/<int:number>/retablir/"), preparing.version_restore, name="version_restore"),
    path(_("preparation/"), preparing.version_drafts, name="version_drafts"),
    path(_("preparation/articles/"), preparing.version_board, name="version_board"),
    path(_("preparation/<int:pk>/"), preparing.version_draft, name="version_draft"),
    path(_("preparation/<int:pk>/modifier/"), preparing.version_draft_edit, name="version_draft_edit"),
    path(_("preparation/<int:pk>/publier/"), preparing.version_draft_publish, name="version_draft_publish"),
    path(_("preparation/<int:pk>/reprendre/"), preparing.version_draft_rebase, name="version_draft_rebase"),
    path(_("preparation/<int:pk>/supprimer/"), preparing.version_draft_delete, name="version_draft_delete"),
    path(
        _("preparation/<int:pk>/comparer/<int:number>/"), preparing.version_draft_compare, name="version_draft_compare"
    ),
]
