"""Every public prefix on one screen."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from coalition.core.views import places
from coalition.notifications.agenda.views import agenda, agenda_private, agenda_public
from coalition.notifications.news_views import news, news_mark, news_read
from coalition.notifications.reader_views import follow, follows, preferences
from coalition.notifications.stops.hooks import mail_events
from coalition.pages.views import SITEMAPS, delivery_health, health, robots
from coalition.seed.views import demo
from members.views import account_overview, erase, my_data, my_data_file

urlpatterns = [
    path("healthz", health, name="health"),
    path("healthz/delivery", delivery_health, name="delivery_health"),
    path("mail/events", mail_events, name="mail_events"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("coalition.api")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

if settings.DJANGO_ADMIN:  # for whoever operates the site at night; behind one door, which answers 404 to others
    urlpatterns.append(path("django-admin/", include("coalition.notifications.night.urls")))

if settings.DEMO:  # no web server stands in front of the demo: it gives out the pictures made for pages itself
    folder = {"document_root": settings.MEDIA_ROOT / "images"}
    urlpatterns.append(path("media/images/<path:path>", serve, folder, name="demo_pictures"))

urlpatterns += i18n_patterns(
    path(_("compte/"), account_overview, name="account_overview"),
    path(_("compte/donnees/"), my_data, name="my_data"),
    path(_("compte/donnees/<uuid:key>/"), my_data_file, name="my_data_file"),
    path(_("compte/effacement/"), erase, name="erase"),
    path(_("compte/nouvelles/"), news, name="news"),
    path(_("compte/nouvelles/lues/"), news_read, name="news_read"),
    path(_("compte/nouvelles/<int:pk>/"), news_mark, name="news_mark"),
    path(_("compte/notifications/"), preferences, name="preferences"),
    path(_("compte/suivis/"), follows, name="follows"),
    path(_("compte/suivre/<slug:kind>/<str:key>/"), follow, name="follow"),
    path(_("compte/agenda/"), agenda, name="agenda"),
    path(_("agenda.ics"), agenda_public, name="agenda_public"),
    path(_("agenda/<str:word>.ics"), agenda_private, name="agenda_private"),
    path(_("compte/"), include("allauth.urls")),
    path(_("organisations/"), include("members.urls")),
    path(_("charte/"), include("principles.urls")),
    path(_("cas/"), include("cases.urls")),
    path(_("defis/"), include("coalition.challenges.urls")),
    path("contact/", include("coalition.contact.urls")),
    path(_("glossaire/"), include("coalition.glossary.urls")),
    path(_("discussion/"), include("coalition.discussion.urls")),
    path(_("courrier/"), include("coalition.notifications.urls")),
    path(_("lieux/"), places, name="places"),
    path("demo/", demo, name="demo"),
    path("", include("coalition.pages.urls")),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)

handler400 = "coalition.core.views.bad_request"
handler404 = "coalition.core.views.page_not_found"
