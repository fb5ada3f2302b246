"""The one door stands before Wagtail's own for our pages, so that both never disagree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cases.models import CaseIndexPage, CasePage
from cases.views.catalogue import serve_case, serve_index
from cases.viewsets import TermViewSet


@hooks.register("before_serve_page", order=-10)
def serve_through_the_door(page: Any, request: HttpRequest, _args: Any, _kwargs: Any) -> HttpResponse | None:
    """Cases and their lists are answered here, after our rules; other pages go on to Wagtail's."""
    if isinstance(page, CasePage):
        return serve_case(request, page)
    if isinstance(page, CaseIndexPage):
        return serve_index(request, page)
    return None


register_snippet(TermViewSet)
