"""A draft two fictional organisations write together, to try the drafting room with their accounts."""

from datetime import datetime, timedelta

from django.db import transaction

from coalition.seed.content import read, text
from members.models import Organisation, User
from principles.actions import answer_coauthor, draft_amendment, invite_coauthor
from principles.models import Amendment, Charter


@transaction.atomic
def load_shared_drafts(
    charter: Charter, accounts: dict[str, User], organisations: dict[str, Organisation], now: datetime
) -> None:
    """Drafts with a co-author who accepted, named by their title; once."""
    for entry in read("charter")["shared_draft"]:
        title, author = text(entry, "title", "fr"), accounts[entry["author"]]
        if Amendment.objects.filter(author=author, title=title).exists():
            continue
        article = Charter.objects.get(pk=charter.pk).in_force.articles.get(key=entry["article"])
        begun = now - timedelta(days=1)
        draft = draft_amendment(
            actor=author,
            charter=charter,
            article_key=article.key,
            organisation=organisations[entry["organisation"]],
            title=title,
            motive=text(entry, "motive", "fr"),
            text_fr=f"{article.text_fr}\n{text(entry, 'added', 'fr')}",
            now=begun,
        )
        partner = organisations[entry["with"]]
        invitation = invite_coauthor(actor=author, amendment=draft, organisation=partner, now=begun)
        answer_coauthor(actor=accounts[entry["with_account"]], invitation=invitation, accepts=True, now=begun)
