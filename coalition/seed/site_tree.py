"""The pages every installation starts with: a home and a list of cases in each language, and the pages of text."""

from datetime import datetime
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cases.actions import ensure_case_index, ensure_review_workflow
from coalition.pages.models import HomePage, StandardPage
from coalition.seed.content import LANGUAGES, read, text
from coalition.seed.glossary import load_glossary

LEDE = {
    "fr": (
        "Des villes d’Europe et d’Afrique racontent ce qu’elles essaient, ce qui marche et ce qui échoue. De ces cas, "
        "elles tirent une charte qu’elles écrivent ensemble, article par article, et qu’elles signent."
    ),
    "en": (
        "Cities in Europe and Africa tell what they try, what works and what fails. From these cases they draw a "
        "charter that they write together, article by article, and sign."
    ),
}


def _live(parent: Page, page: Page) -> Any:
    """Add `page` below `parent`, published; it is returned as it is in the tree."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _home(locale: Locale) -> HomePage:
    """The home page of one language, made when it is not there."""
    found = HomePage.objects.filter(locale=locale).first()
    if found is not None:
        return found
    content = read("coalition")
    other = HomePage.objects.first()
    page = HomePage(
        title=text(content, "name", locale.language_code),
        slug=f"accueil-{locale.language_code}",
        headline=text(content, "title", locale.language_code),
        lede=LEDE[locale.language_code],
        locale=locale,
    )
    if other is not None:
        page.translation_key = other.translation_key
    made: HomePage = _live(Page.objects.get(depth=1), page)
    return made


def _standard_pages(home: HomePage) -> None:
    language = home.locale.language_code
    for entry in read("pages")["page"]:
        if StandardPage.objects.child_of(home).filter(slug=text(entry, "slug", language)).exists():
            continue
        page = StandardPage(
            title=text(entry, "title", language),
            slug=text(entry, "slug", language),
            body=text(entry, "body", language),
            locale=home.locale,
            show_in_menus=True,
        )
        other = StandardPage.objects.filter(slug=text(entry, "slug", LANGUAGES[0])).first()
        if other is not None:
            page.translation_key = other.translation_key
        _live(home, page)


def load_site_tree(now: datetime) -> None:
    """Make what is missing of the tree; safe to repeat. The page Wagtail starts with goes once our home is there."""
    homes = [_home(Locale.objects.get_or_create(language_code=language)[0]) for language in LANGUAGES]
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id != homes[0].pk:
        site.root_page = homes[0]
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()
    for page in Page.objects.filter(depth=2).exclude(pk__in=[home.pk for home in homes]):
        if type(page.specific) is Page:
            page.delete()
    for home in homes:
        ensure_case_index(home=home, now=now)
        _standard_pages(home)
    ensure_review_workflow()
    load_glossary(now)
