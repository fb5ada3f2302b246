"""Pictures of cases: sending one, and seeing one when the door allows."""

from mimetypes import guess_type
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.images.exceptions import InvalidFilterSpecError

from cases.actions import add_picture
from cases.enums import LONGEST_SHOWN
from cases.forms import PictureForm
from cases.models import SentPicture
from cases.views.contribution import find_case
from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.models import Picture

WEEK = 7 * 24 * 3600


@require_http_methods(["GET", "POST"])
def case_picture_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for one picture; what was typed is kept when the file is refused, the file must be chosen again."""
    page = find_case(pk)
    require(request.user, "case.edit", page)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_picture(
                actor=request.user,
                page=page,
                upload=form.cleaned_data["picture"],
                alternative=form.cleaned_data["alternative"],
                credit=form.cleaned_data["credit"],
                caption=form.cleaned_data["caption"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("picture", str(error.message))
        else:
            messages.success(request, _("L’image est dans votre brouillon."))
            return redirect("case_edit", page.pk)
    status = 422 if form.is_bound else 200
    return render(request, "cases/case_picture.html", {"form": form, "page": page}, status=status)


@require_safe
def case_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of a case, at a size for reading. Public when a public case shows it, else for those who write it."""
    picture = get_object_or_404(Picture, pk=pk)
    require(request.user, "case_picture.view", picture)
    kept = picture.file if SentPicture.objects.filter(picture=picture).exists() else _made_small(picture)
    try:
        with kept.open("rb") as file:
            data = file.read()  # a few hundred kilobytes: it was made small when it came in
    except OSError as error:
        raise Http404 from error
    response = HttpResponse(data, content_type=guess_type(kept.name)[0])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=WEEK)
    return response


def _made_small(picture: Picture) -> Any:
    """A picture organisers put into Wagtail's library: in a form without the metadata of the original."""
    try:
        return picture.get_rendition(f"max-{LONGEST_SHOWN}x{LONGEST_SHOWN}").file
    except (OSError, InvalidFilterSpecError) as error:
        raise Http404 from error
