"""Shared pieces of the public read API."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import exception_handler

from coalition.core.access import AccessError, Verdict

PROBLEM = "application/problem+json"
STATUS = {Verdict.LOGIN: 401, Verdict.FORBIDDEN: 403, Verdict.HIDDEN: 404, Verdict.CONFLICT: 409}


class PlainJSON(JSONParser):
    """JSON a program may send; what is nested too deep is refused like any other broken text."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """ParseError for whatever cannot be read."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("Ce JSON ne se lit pas.")) from None


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
        return problem(status, _title_of(status))
    if isinstance(exc, Http404):
        return problem(404, _title_of(404))
    response = exception_handler(exc, context)
    if response is not None:
        title = str(exc.default_detail) if isinstance(exc, APIException) else _("Accès refusé.")
        response.data = _body(response.status_code, title, response.data)
        response.content_type = PROBLEM
    return response


def _title_of(status: int) -> str:
    """What a refusal of the one door says to a program."""
    if status == 404:
        return _("Introuvable.")
    return _("Son état ne le permet pas en ce moment.") if status == 409 else _("Accès refusé.")


def problem(status: int, title: str, detail: Any = None, **more: Any) -> Response:
    """An RFC 9457 problem document; `detail` is a sentence, or sentences by field."""
    return Response({**_body(status, title, detail), **more}, status=status, content_type=PROBLEM)


def _body(status: int, title: str, detail: Any = None) -> dict[str, Any]:
    body = {"type": "about:blank", "title": title, "status": status}
    return body if detail is None else {**body, "detail": detail}
