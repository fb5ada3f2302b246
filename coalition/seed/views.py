"""The demo's own page: who one may sign in as, and the organisers' codes. It does not exist outside the demo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coalition.core.navigation import crumbs
from coalition.seed.people import demo_logins


@never_cache
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """Logins with fresh second-factor codes; 404 unless COALITION_DEMO is set."""
    if not settings.DEMO:
        raise Http404
    trail = crumbs(_("Démonstration"), request.path)
    return render(request, "seed/demo.html", {"logins": demo_logins(), "crumbs": trail})
