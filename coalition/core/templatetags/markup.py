"""Markdown of contributors and descriptions for machines, in templates."""

import html
import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from coalition.core.markdown import to_html
from coalition.core.templatetags.typography import typo

register = template.Library()
INERT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.filter
def markdown(source: object, top: int = 3) -> SafeString:
    """Sanitised HTML of a Markdown text in the reader's typography, its headings starting at level `top`."""
    return mark_safe(typo(to_html(str(source or ""), top)))  # noqa: S308 - to_html sanitises, typo only moves spaces


@register.filter
def plain(source: object) -> str:
    """The words of a Markdown text without its signs, for an excerpt; escaped again where it is shown."""
    return html.unescape(strip_tags(to_html(str(source or "")))).strip()


@register.simple_tag
def json_ld(data: object) -> SafeString:
    """A schema.org description as a `<script type="application/ld+json">`; nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder).translate(INERT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - no <, > or & is left
