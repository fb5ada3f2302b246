"""Pages of the site that belong to no other app."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from coalition.core.models import BasePage
from coalition.core.navigation import crumbs
from coalition.pages.models.events import next_events
from coalition.pages.querysets.home import home_context


class HomePage(BasePage):
    """The front page: what the network does, what changed, what one can do in a moment."""

    template = "pages/home.html"
    show_in_menus_default = False

    headline: "models.CharField[str, str]" = models.CharField(_("titre"), max_length=120)
    lede: "models.TextField[str, str]" = models.TextField(_("chapeau"), max_length=400)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("headline"), FieldPanel("lede")]

    class Meta:
        verbose_name = _("page d’accueil")

    def translated_urls(self) -> dict[str, str]:
        """The front page of each language stands at its root."""
        return {code: f"/{code}/" for code, _label in settings.LANGUAGES}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the front page shows, read from every app."""
        return {**super().get_context(request, *args, **kwargs), **home_context(), "agenda": self._agenda}

    def _agenda(self) -> dict[str, Any]:
        """The next events; asked when the page is not in memory."""
        return {"next_events": next_events(timezone.now()), "events_url": reverse("events")}


class StandardPage(BasePage):
    """A page of text: legal notice, accessibility, how the charter is written."""

    template = "pages/standard.html"
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    body: "models.TextField[str, str]" = models.TextField(
        _("texte"), help_text=_("Markdown : titres, listes, liens, gras.")
    )

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page de texte")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with its crumbs."""
        return {**super().get_context(request, *args, **kwargs), "crumbs": crumbs(self.title, "")}
