"""What leaves with a case: its card for other sites, its references, links to share it that tell nobody anything."""

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

CARD_WIDTH, CARD_HEIGHT = 480, 340
"""Pixels of the frame of a card."""


def outputs_of(page: Any, url: str) -> dict[str, Any]:
    """For the template of a case: `url` is its permanent address. No query, and nothing is asked of anybody."""
    number, language = page.number, page.language
    pictures = page.pictures.all()[:1]
    return {
        "card_url": reverse("case_card", args=[number]),
        "card_code": card_code(number, page.title),
        "oembed_url": settings.BASE_URL + reverse("case_oembed") + "?" + urlencode({"url": url}),
        "bibtex_url": reverse("case_bibtex", args=[number]),
        "ris_url": reverse("case_ris", args=[number]),
        "json_url": reverse("api_case", args=[number]) + f"?language={language}",
        "share": share_links(page.title, url),
        "picture_url": settings.BASE_URL + reverse("case_picture", args=[pictures[0].picture_id]) if pictures else "",
        "picture_words": pictures[0].alternative if pictures else "",
    }


def card_code(number: int, title: str) -> str:
    """The HTML somebody pastes into another site: one frame, no script."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" referrerpolicy="no-referrer"></iframe>',
        settings.BASE_URL + reverse("case_card", args=[number]),
        title,
        CARD_WIDTH,
        CARD_HEIGHT,
    )


def share_links(title: str, url: str) -> list[dict[str, str]]:
    """Plain links: a mail to write, and two networks that learn of the reader only when the reader goes there."""
    body = f"{title}\n{url}"
    return [
        {"label": _("Par courriel"), "url": f"mailto:?subject={quote(title)}&body={quote(body)}"},
        {"label": "LinkedIn", "url": "https://www.linkedin.com/sharing/share-offsite/?" + urlencode({"url": url})},
        {"label": "Mastodon", "url": "https://share.joinmastodon.org/#text=" + quote(body)},
    ]
