"""What mail programs post by themselves to the address that stops a mail (RFC 8058)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect

ONE_CLICK = "One-Click"


def is_one_click(request: HttpRequest) -> bool:
    """The button of a mail program, not that of a page."""
    return request.POST.get("List-Unsubscribe") == ONE_CLICK


def answer_click(request: HttpRequest, *, page: str, stop: Callable[[], object]) -> HttpResponse:
    """204 once `stop` has run; a person who opens the address is led to `page`, which asks; 400 for any other form.

    For views that ask for no cookie and no token of a form, because the word in their address is signed.
    """
    if request.method != "POST":
        return HttpResponseRedirect(page, status=303)
    if not is_one_click(request):
        return HttpResponseBadRequest()
    stop()
    return HttpResponse(status=204)
