"""What the admin shows of the glossary."""

from wagtail.snippets.models import register_snippet

from coalition.glossary.viewsets import GlossaryViewSet

register_snippet(GlossaryViewSet)
