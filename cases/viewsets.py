"""The vocabularies of cases in the admin: added, defined and put aside there, never deleted while cases hold them."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from cases.models import Term


class TermViewSet(SnippetViewSet):
    """Organisers hold the rights to add and change terms (`actions/index.py`), not to delete them."""

    model = Term
    icon = "tag"
    menu_label = _("Termes des cas")
    add_to_admin_menu = True
    list_display: ClassVar = ["label_fr", "label_en", "vocabulary", "key", "position", "active"]
    list_filter: ClassVar = ["vocabulary", "active"]
    search_fields: ClassVar = ["label_fr", "label_en", "key"]
    list_per_page = 100
