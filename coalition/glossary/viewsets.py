"""The terms in the admin: organisers add, define and correct them there."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from coalition.glossary.models import Term


class GlossaryViewSet(SnippetViewSet):
    """Organisers may add and change terms (`cases.actions.index` gives the rights), not delete them: addresses stay."""

    model = Term
    icon = "openquote"
    menu_label = _("Glossaire")
    add_to_admin_menu = True
    list_display: ClassVar = ["term_fr", "term_en", "acronym", "slug"]
    search_fields: ClassVar = ["term_fr", "term_en", "acronym", "definition_fr", "definition_en"]
    list_per_page = 100
