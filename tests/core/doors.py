"""The site with a few more views that do one thing each, to see what the core makes of it."""

from itertools import count

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.cache import never_cache
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from coalition import urls as site
from coalition.core.access import Hidden, LoginNeeded, Refused, WrongState

COUNTER = count()
REFUSALS = {"login": LoginNeeded, "refused": Refused, "hidden": Hidden, "conflict": WrongState}


def page(request: HttpRequest) -> HttpResponse:
    """A page like any other."""
    return HttpResponse("page")


def form(request: HttpRequest) -> HttpResponse:
    """A page with a form token, which reads what is posted."""
    return HttpResponse(f"{get_token(request)} {len(request.POST)}")


def remember(request: HttpRequest) -> HttpResponse:
    """A page that looks into the session."""
    return HttpResponse(request.session.get("name", "nobody"))


def refuse(request: HttpRequest, how: str, sentence: str = "") -> HttpResponse:
    """Whatever refusal is asked for; an object that never was for any other word."""
    if how not in REFUSALS:
        raise Http404
    raise REFUSALS[how](sentence)


def store(request: HttpRequest) -> HttpResponse:
    """Hands a text to the database unseen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", [request.POST.get("text", "\x00")])
    return HttpResponse("stored")


def counted(request: HttpRequest) -> HttpResponse:
    """A page that differs each time it is made, and says what it was made from."""
    made = next(COUNTER)
    return HttpResponse(f"{made} {request.get_host()} {request.GET.urlencode()} {sorted(request.COOKIES)}")


class Problems(APIView):
    """An endpoint that fails as asked."""

    def get(self, request: Request, how: str) -> Response:
        """Raise what `how` names."""
        others = {"denied": PermissionDenied, "invalid": lambda _text: ValidationError({"limit": ["no"]})}
        if how == "throttled":
            raise Throttled(wait=7)
        raise (others.get(how) or REFUSALS[how])("")


handler400, handler404 = site.handler400, site.handler404
urlpatterns = [
    path("api/v1/problems/<str:how>/", Problems.as_view()),
    path("api/v1/refuse/<str:how>/", refuse),
    path("admin/door/", page),
    *i18n_patterns(
        path("page/", page),
        path("form/", form),
        path("remember/", remember),
        path("counted/", counted),
        path("counted/never/", never_cache(counted)),
        path("store/", store),
        path("refuse/<str:how>/", refuse),
        path("refuse/<str:how>/<str:sentence>/", refuse),
        path("api/<path:anything>", page),
    ),
    *site.urlpatterns,
]
