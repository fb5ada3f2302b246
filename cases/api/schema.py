"""The write API in the words of OpenAPI: made from the fields of a case, so that it cannot tell another story."""

from typing import Any

from django.db import models
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from cases.actions.cells import WRITTEN_PARTS
from cases.enums import CONTENT_FIELDS, MOST_ROWS, PARTS, ReviewState
from cases.models import CasePage
from cases.models.pages import PrinciplesField
from cases.models.parts import PART_MODELS
from cases.models.terms import TermField, TermListField

Schema = dict[str, Any]
TYPES: tuple[tuple[type, Schema], ...] = (
    (models.DateField, {"type": "string", "format": "date"}),
    (models.BooleanField, {"type": "boolean"}),
    (models.DecimalField, {"type": "string", "format": "decimal"}),
    (models.FloatField, {"type": "number"}),
    (models.IntegerField, {"type": "integer"}),
    (models.URLField, {"type": "string", "format": "uri"}),
)


def _of_keys(field: Any) -> Schema | None:
    """What a field of the codebook or of the charter holds; None for any other."""
    if isinstance(field, TermListField):
        told = f"Keys of the codebook: {field.vocabulary}."
        return {"type": "array", "items": {"type": "string"}, "description": told}
    if isinstance(field, PrinciplesField):
        return {"type": "array", "items": {"type": "string"}, "description": "Keys of articles of the charter."}
    if isinstance(field, TermField):
        return {"type": "string", "description": f"A key of the codebook: {field.vocabulary}."}
    return None


def _of_field(field: Any) -> Schema:
    """What one field of a model holds."""
    keys = _of_keys(field)
    if keys is not None:
        return keys
    if field.choices and field.name != "country":
        return {"type": "string", "enum": [str(key) for key, _label in field.choices]}
    known = next((schema for kind, schema in TYPES if isinstance(field, kind)), None)
    if known is not None:
        return {**known, "nullable": True} if field.null else dict(known)
    return {"type": "string", "maxLength": field.max_length} if field.max_length else {"type": "string"}


def _of_part(part: str) -> Schema:
    """The rows of one part."""
    fields = {name: _of_field(PART_MODELS[part]._meta.get_field(name)) for name in PARTS[part]}
    return {"type": "array", "maxItems": MOST_ROWS, "items": {"type": "object", "properties": fields}}


WORDS: Schema = {
    **{name: _of_field(CasePage._meta.get_field(name)) for name in CONTENT_FIELDS},
    **{part: _of_part(part) for part in WRITTEN_PARTS},
}
IDENTITY: Schema = {
    "external_id": {"type": "string", "maxLength": 120, "description": "Yours, single in your organisation."},
    "language": {"type": "string", "enum": ["fr", "en"]},
}
NEW: Schema = {
    "type": "object",
    "required": ["title"],
    "properties": {**IDENTITY, **WORDS},
    "additionalProperties": False,
}
CHANGE: Schema = {
    "type": "object",
    "properties": {
        "based_on": {"type": "integer", "description": "The revision you read; or send it as If-Match."},
        **WORDS,
    },
    "additionalProperties": False,
}
DRAFT: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "number": {"type": "integer", "description": "Permanent number of the case."},
        "state": {"type": "string", "enum": ReviewState.values},
        "based_on": {"type": "integer", "description": "The latest revision; also the ETag."},
        "updated_at": {"type": "string", "format": "date-time"},
        "url": {"type": "string", "format": "uri", "description": "Where people write it."},
        **IDENTITY,
        **WORDS,
        "pictures": _of_part("updates") | {"items": {"type": "object"}},
    },
}
DRAFT_LIST: Schema = {
    "type": "object",
    "properties": {
        "count": {"type": "integer"},
        "next": {"type": "string", "nullable": True},
        "previous": {"type": "string", "nullable": True},
        "results": {"type": "array", "items": DRAFT},
    },
}
PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "object", "description": "Sentences by field, in the language of Accept-Language."},
    },
}
CONFLICT: Schema = {**PROBLEM, "properties": {**PROBLEM["properties"], "current": DRAFT}}
REFUSALS = {
    400: OpenApiResponse(PROBLEM, "Something cannot be kept: sentences by field."),
    401: OpenApiResponse(PROBLEM, "No token, or one that is revoked, out of date or orphaned."),
    429: OpenApiResponse(PROBLEM, "Too many requests: see Retry-After."),
}
NOT_FOUND = {404: OpenApiResponse(PROBLEM, "No such case in the organisation of this token.")}
STALE = {
    409: OpenApiResponse(CONFLICT, "Somebody saved since `based_on`, or the case stands still: the current words."),
    412: OpenApiResponse(CONFLICT, "Somebody saved since If-Match: the current words."),
    428: OpenApiResponse(PROBLEM, "Say which revision you read."),
}
IF_MATCH = OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="The ETag you read.")
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, description="Instead of external_id; 100 characters."
)
EXAMPLE = OpenApiExample(
    "A case in a few words",
    value={
        "external_id": "observatory-42",
        "language": "fr",
        "title": "Prendre son tour par SMS",
        "summary": "Un message remplace la file d’attente.",
        "stage": "pilot",
        "country": "TG",
        "city": "Lomé",
        "indicators": [{"label": "Attente", "unit": "min", "baseline": "62", "value": "15"}],
    },
    request_only=True,
)
