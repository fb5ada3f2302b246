"""Shared pieces of the public read API."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from coalition.core.access import AccessError, Verdict

PROBLEM = "application/problem+json"
STATUS = {Verdict.LOGIN: 401, Verdict.FORBIDDEN: 403, Verdict.HIDDEN: 404, Verdict.CONFLICT: 409}


class Pages(LimitOffsetPagination):
    """`?limit=&offset=`, at most 200 rows a page and an offset PostgreSQL can hold."""

    default_limit = 50
    max_limit = 200

    def get_offset(self, request: Any) -> int:
        """The offset asked, capped at two thousand million."""
        return min(super().get_offset(request), 2_000_000_000)


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Every API error as an RFC 9457 problem document."""
    if isinstance(exc, AccessError):
        status = STATUS[exc.verdict]
        return _problem(status, _("Accès refusé.") if status != 404 else _("Introuvable."))
    if isinstance(exc, Http404):
        return _problem(404, _("Introuvable."))
    response = exception_handler(exc, context)
    if response is not None:
        title = str(exc.default_detail) if isinstance(exc, APIException) else _("Accès refusé.")
        response.data = _body(response.status_code, title, response.data)
        response.content_type = PROBLEM
    return response


def _problem(status: int, title: str) -> Response:
    return Response(_body(status, title), status=status, content_type=PROBLEM)


def _body(status: int, title: str, detail: Any = None) -> dict[str, Any]:
    body = {"type": "about:blank", "title": title, "status": status}
    return body if detail is None else {**body, "detail": detail}
