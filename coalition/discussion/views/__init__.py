"""Pages of discussions; what other apps show of them on their own pages."""

from coalition.discussion.views.shown import ArticleTalk, Talk, article_talks, marked_html, talk_about

__all__ = ["ArticleTalk", "Talk", "article_talks", "marked_html", "talk_about"]
