"""The write API: a program of an organisation creates, reads, changes and sends its drafts, under a token.

Everything goes through the acts of the site. Nothing is published here, and the session of a browser opens nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.actions import CaseRecord, EditConflict, InvalidCase, create_case, save_case, submit_case
from cases.actions.cells import WRITTEN, BadCell, CellReader, read_line
from cases.actions.importing import blank_words, known_case
from cases.api import schema
from cases.api.catalogue import CaseList
from cases.models import CasePage
from cases.models.words import changed_words, told_words
from coalition.core.access import Hidden, can
from coalition.core.api import Pages, PlainJSON, problem
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from members.adapters import HoldsToken, OrganisationTokens, TokenThrottle

LONGEST_ID = 120
LONGEST_KEY = 100
ETAG = re.compile(r'(?:W/)?"(\d{1,18})"')


def told(page: CasePage) -> dict[str, Any]:
    """A draft as its program reads it back: what it may write, and what the site says of it."""
    words = page.latest_words()
    revision: Any = page.latest_revision
    return {
        "id": page.pk,
        "number": page.number,
        "external_id": page.external_id,
        "language": page.language,
        "state": page.review_state.value,
        "based_on": revision.pk,
        "updated_at": revision.created_at.isoformat(),
        "url": settings.BASE_URL + reverse("case_edit", args=[page.pk]),
        **told_words(words),
    }


def answer(page: CasePage, *, status: int = 200) -> Response:
    """The case as it now stands, under its ETag."""
    current = CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)
    body = told(current)
    response = Response(body, status=status)
    response["ETag"] = f'"{body["based_on"]}"'
    response["Cache-Control"] = "private, no-store"
    return response


def stale(page: CasePage, *, status: int = 409) -> Response:
    """Somebody was faster: the words as they now stand, and nothing written."""
    current = CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)
    return problem(status, _("Quelqu’un a enregistré ce cas entre-temps : rien n’est écrit."), current=told(current))


def refuse(error: DomainError) -> ValidationError:
    """An action's refusal, by field."""
    if isinstance(error, InvalidCase):
        return ValidationError(error.errors)
    return ValidationError({error.field or "case": [str(error.message)]})


def sent(request: Any, *besides: str) -> dict[str, Any]:
    """The object of a request; ValidationError when it is none, or names what a draft does not hold."""
    if not isinstance(request.data, Mapping):
        raise ValidationError({"case": [_("Un objet JSON est attendu.")]})
    known = {*WRITTEN, *besides}
    strange = [str(name)[:80] for name in request.data if name not in known]
    if strange:
        raise ValidationError({name: [_("Champ inconnu.")] for name in strange})
    return dict(request.data)


def read_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """Words of a case from what was sent."""
    try:
        return CellReader().words({name: values[name] for name in WRITTEN if name in values})
    except InvalidCase as error:
        raise refuse(error) from error


class TokenView(APIView):
    """What every door of this API asks: a token, not too often, in JSON."""

    authentication_classes = (OrganisationTokens,)
    permission_classes = (HoldsToken,)
    throttle_classes = (TokenThrottle,)
    parser_classes = (PlainJSON,)

    def find(self, pk: int) -> CasePage:
        """The case of this organisation; of another there is none. It is written to those who may write it only."""
        cases = CasePage.objects.select_related("organisation", "locale", "latest_revision")
        token: Any = self.request.auth
        page: CasePage | None = cases.filter(pk=pk, organisation=token.organisation).first()
        if page is None or not can(self.request.user, "case.preview", page):
            raise Hidden
        return page


class Cases(CaseList):
    """Published cases for everybody; a new draft for a program that holds its organisation's token."""

    parser_classes = (PlainJSON,)

    def _writes(self) -> bool:
        return getattr(self.request, "method", "") == "POST"

    def get_authenticators(self) -> Any:
        """Reading knows nobody."""
        return [OrganisationTokens()] if self._writes() else []

    def get_permissions(self) -> Any:
        """Writing needs a token."""
        return [HoldsToken()] if self._writes() else super().get_permissions()

    def get_throttles(self) -> Any:
        """Writing is counted."""
        return [TokenThrottle()] if self._writes() else super().get_throttles()

    @extend_schema(
        operation_id="cases_create",
        parameters=[schema.IDEMPOTENCY_KEY],
        filters=False,
        request={"application/json": schema.NEW},
        responses={
            201: OpenApiResponse(schema.DRAFT, "The new draft."),
            200: OpenApiResponse(schema.DRAFT, "It was there already, with the same words."),
            409: OpenApiResponse(schema.CONFLICT, "Another text bears this identifier: change it instead."),
            **schema.REFUSALS,
        },
        examples=[schema.EXAMPLE],
    )
    def post(self, request: Any) -> Response:
        """Create a draft. The same identifier (or Idempotency-Key) twice makes one draft."""
        values = sent(request, "external_id", "language")
        record = CaseRecord(
            external_id=_identifier(request, values),
            language=_language(values),
            organisation_name=request.auth.organisation.name,
            country="",
            content=read_words(values),
        )
        if not record.content.get("title"):
            raise ValidationError({"title": [_("Cette réponse est nécessaire.")]})
        try:
            return self._create(request, record)
        except IntegrityError:  # the same identifier came twice at once: the other one made it
            return self._create(request, record)

    def _create(self, request: Any, record: CaseRecord) -> Response:
        organisation = request.auth.organisation
        known = known_case(actor=request.user, record=record, organisation=organisation) if record.external_id else None
        if known is not None:
            same = not changed_words(known.latest_words(), record.content)
            return answer(known) if same else stale(known)
        try:
            with transaction.atomic():
                page = create_case(
                    actor=request.user,
                    organisation=organisation,
                    language=record.language,
                    content=record.content,
                    external_id=record.external_id,
                    now=timezone.now(),
                )
        except DomainError as error:
            raise refuse(error) from error
        made = answer(page, status=201)
        made["Location"] = settings.BASE_URL + reverse("api_case_draft", args=[page.pk])
        return made


def _identifier(request: Any, values: Mapping[str, Any]) -> str:
    """The program's own identifier of the case, or one made of its Idempotency-Key; "" for neither."""
    given, key = values.get("external_id") or "", request.headers.get("Idempotency-Key", "")
    if not isinstance(given, str) or len(given.strip()) > LONGEST_ID:
        raise ValidationError({"external_id": [_("Un identifiant compte au plus 120 caractères.")]})
    if len(key) > LONGEST_KEY:
        raise ValidationError({"Idempotency-Key": [_("Cette clé compte au plus 100 caractères.")]})
    try:
        said = read_line(given)
    except BadCell as error:
        raise ValidationError({"external_id": [str(error.message)]}) from error
    return said or (f"key:{key}" if key else "")


def _language(values: Mapping[str, Any]) -> str:
    """The language of the text; that of the request when it does not say."""
    language = values.get("language") or reader_language()
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": [_("Cette langue n’est pas connue : fr ou en.")]})
    return str(language)


class Drafts(TokenView):
    """What the organisation has on the desk."""

    @extend_schema(
        operation_id="case_drafts_list",
        responses={200: schema.DRAFT_LIST, 401: schema.REFUSALS[401], 429: schema.REFUSALS[429]},
    )
    def get(self, request: Any) -> Response:
        """Drafts and unpublished changes, last touched first; `limit` and `offset`."""
        drafts = CasePage.objects.drafts_for(request.auth.organisation).with_reviews()
        pages = Pages()
        rows = pages.paginate_queryset(drafts, request, view=self) or []
        listed = pages.get_paginated_response([told(page) for page in rows])
        listed["Cache-Control"] = "private, no-store"
        return listed


class Draft(TokenView):
    """One case of the organisation, as last saved."""

    @extend_schema(
        operation_id="case_drafts_retrieve",
        responses={200: schema.DRAFT, 401: schema.REFUSALS[401], **schema.NOT_FOUND, 429: schema.REFUSALS[429]},
    )
    def get(self, request: Any, pk: int) -> Response:
        """Its words, public or not, with the revision they are."""
        return answer(self.find(pk))

    @extend_schema(
        operation_id="case_drafts_partial_update",
        parameters=[schema.IF_MATCH],
        request={"application/json": schema.CHANGE},
        responses={200: schema.DRAFT, **schema.REFUSALS, **schema.NOT_FOUND, **schema.STALE},
    )
    def patch(self, request: Any, pk: int) -> Response:
        """Change the words that are named."""
        return self._save(request, pk, whole=False)

    @extend_schema(
        operation_id="case_drafts_update",
        parameters=[schema.IF_MATCH],
        request={"application/json": schema.CHANGE},
        responses={200: schema.DRAFT, **schema.REFUSALS, **schema.NOT_FOUND, **schema.STALE},
    )
    def put(self, request: Any, pk: int) -> Response:
        """Say the whole text: words that are not named become empty. Pictures stay."""
        return self._save(request, pk, whole=True)

    def _save(self, request: Any, pk: int, *, whole: bool) -> Response:
        page = self.find(pk)
        values = sent(request, "based_on")
        based_on, refused = _read_revision(request, values)
        if based_on is None:
            return problem(428, _("Dites quelle version vous avez lue : « based_on », ou l’en-tête If-Match."))
        words = read_words(values)
        if whole and not words.get("title"):
            raise ValidationError({"title": [_("Cette réponse est nécessaire.")]})
        content = (blank_words(CasePage()) | words) if whole else words
        try:
            save_case(actor=request.user, page=page, content=content, based_on=based_on, now=timezone.now())
        except EditConflict:
            return stale(page, status=refused)
        except DomainError as error:
            raise refuse(error) from error
        return answer(page)


def _read_revision(request: Any, values: Mapping[str, Any]) -> tuple[int | None, int]:
    """The revision the program has read, and what to answer when it is no longer the latest."""
    match = request.headers.get("If-Match", "")
    if match:
        found = ETAG.fullmatch(match.strip())
        if found is None:
            raise ValidationError({"If-Match": [_("Donnez l’ETag que vous avez lu.")]})
        return int(found[1]), 412
    based_on = values.get("based_on")
    if based_on is not None and (type(based_on) is not int or based_on < 0):
        raise ValidationError({"based_on": [_("Un nombre entier est attendu.")]})
    return based_on, 409


class DraftSubmission(TokenView):
    """Sending a draft to the organisers."""

    @extend_schema(
        operation_id="case_drafts_submit",
        parameters=[schema.IF_MATCH],
        request=None,
        responses={200: schema.DRAFT, **schema.REFUSALS, **schema.NOT_FOUND, **schema.STALE},
    )
    def post(self, request: Any, pk: int) -> Response:
        """The organisers are told; from then on the words stand still. 409 when it was already sent."""
        page = self.find(pk)
        based_on, refused = _read_revision(request, {})
        if based_on is not None and based_on != page.latest_revision_id:
            return stale(page, status=refused)
        try:
            submit_case(actor=request.user, page=page, now=timezone.now())
        except DomainError as error:
            raise refuse(error) from error
        return answer(page)
