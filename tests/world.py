"""A small world that holds an account of every role and an object in every state, made through the actions of the site.

Each object the public must not see carries a canary: a word that is nowhere else. `build_world` writes into the open
transaction; whoever calls it rolls back.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from cases.actions import (
    add_picture,
    comment_case,
    create_case,
    link_reproduction,
    publish_case,
    save_case,
    submit_case,
)
from cases.models import CaseIndexPage, CasePage, Reproduction
from coalition.challenges.models import Challenge, Response
from coalition.contact.actions import send_message
from coalition.contact.models import Message
from coalition.core.access import ORGANISERS
from coalition.core.contacts import contact_subject
from coalition.core.subjects import Subject, find_subject, register_subject_source
from coalition.core.tokens import issue_token
from coalition.discussion.actions import delete_comment, hide_comment, report_comment, write_comment
from coalition.discussion.models import Comment
from coalition.pages.actions import cancel_event, create_event, publish_event
from coalition.pages.models import Event, EventWords
from coalition.seed.commitments import load_coalition
from coalition.seed.site_tree import load_site_tree
from members.actions import (
    CONFIRM_PURPOSE,
    add_affiliation,
    approve_cosponsorship,
    ask_support,
    confirm_cosponsorship,
    confirm_organisation,
    confirm_support,
    provide_document,
    request_organisation,
    save_draft,
    sign_cosponsorship,
    withdraw_cosponsorship,
)
from members.enums import Role
from members.models import Affiliation, Coalition, Cosponsorship, Organisation, Support, User
from members.notifications import SUPPORT_PURPOSE
from principles.actions import (
    accept_amendment,
    draft_amendment,
    draft_version,
    hide_amendment,
    open_amendment,
    publish_first_version,
    refuse_amendment,
    withdraw_amendment,
)
from principles.models import Amendment, ArticleText, Charter, CharterText, DraftVersion
from tests.challenges.in_world import add_challenges
from tests.discussion.inside import INSIDE, KIND

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ACCOUNTS = (
    "unverified",
    "registered",
    "member_own",
    "member_other",
    "rep_own",
    "rep_other",
    "cityed_own",
    "cityed_other",
    "organiser",
    "superuser",
)
ROLES = ("anon", *ACCOUNTS, "api_read")
CREATED = {
    "country": "FR",
    "kind": "authority",
    "city": "Rennes",
}


@dataclass
class World:
    """Everything the scenarios act on. Accounts by role, objects by what they are."""

    accounts: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cases: dict[str, CasePage] = field(default_factory=dict)
    amendments: dict[str, Amendment] = field(default_factory=dict)
    drafts: dict[str, DraftVersion] = field(default_factory=dict)
    acts: dict[str, Cosponsorship] = field(default_factory=dict)
    comments: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Comment] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)
    """Keys of pictures of cases by who may see them."""
    supports: dict[str, Support] = field(default_factory=dict)
    links: dict[str, Reproduction] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)
    responses: dict[str, Response] = field(default_factory=dict)
    now: datetime = NOW
    coalition: Coalition = field(default_factory=Coalition)
    charter: Charter = field(default_factory=Charter)
    secrets: dict[str, str] = field(default_factory=dict)
    """Secrets of mailed links by purpose."""
    fingerprint: dict[str, str] = field(default_factory=dict)
    """Of each table, while nobody has touched anything; taken by the matrix when it first needs it."""
    canaries: dict[str, frozenset[str]] = field(default_factory=dict)
    """Word -> roles that may meet it somewhere."""

    def account(self, role: str) -> User:
        """The account of a role, read anew, as a request would."""
        return User.objects.get(pk=self.accounts[role].pk)

    def hide(self, word: str, *readers: str) -> str:
        """Declare a canary and return it."""
        self.canaries[word] = frozenset(readers)
        return word


def build_world() -> World:
    """Write the whole world and return its objects."""
    world = World()
    _people(world)
    Page.objects.get(depth=2).delete()  # the page Wagtail starts with
    load_site_tree(NOW)
    world.coalition = load_coalition(NOW)
    _organisations(world)
    _charter(world)
    _amendments(world)
    _cases(world)
    _restricted_cases(world)
    _acts(world)
    _supports(world)
    _links(world)
    _messages(world)
    _discussions(world)
    _events(world)
    add_challenges(world)
    return world


def _people(world: World) -> None:
    organisers, _made = Group.objects.get_or_create(name=ORGANISERS)
    for role in (*ACCOUNTS, "second_organiser"):
        account = User.objects.create_user(f"{role}@zorglubmail.example", name=f"Name of {role}")
        EmailAddress.objects.create(user=account, email=account.email, verified=role != "unverified", primary=True)
        if role in ("organiser", "superuser", "second_organiser"):
            Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
        if role in ("organiser", "second_organiser"):
            account.groups.add(organisers)
        world.accounts[role] = account
    User.objects.filter(email__startswith="superuser@").update(is_superuser=True, is_staff=True)


def _organisation(world: World, name: str, rep: str, *, confirmed: bool = True, **texts: str) -> Organisation:
    organisation = request_organisation(actor=world.account(rep), name=name, now=NOW, **{**CREATED, **texts})
    if confirmed:
        confirm_organisation(organisation=organisation, actor=world.account("organiser"), now=NOW)
    return Organisation.objects.get(pk=organisation.pk)


def _join(world: World, organisation: Organisation, role: str, as_role: Role) -> None:
    add_affiliation(account=world.account(role), organisation=organisation, role=as_role, now=NOW)


def _organisations(world: World) -> None:
    """Own, other, and what belongs to own's people in each state."""
    people = world.organisations
    people["own"] = _organisation(world, "Ville Propre", "rep_own", summary_fr="Une ville.")
    people["other"] = _organisation(world, "Ville Autre", "rep_other")
    for side in ("own", "other"):
        _join(world, people[side], f"member_{side}", Role.MEMBER)
        _join(world, people[side], f"cityed_{side}", Role.EDITOR)
    _join(world, people["own"], "second_organiser", Role.MEMBER)
    secret = world.hide("zorglubpending", "member_own", "rep_own", "organiser", "superuser")
    people["pending"] = _organisation(
        world, f"Ville {secret}", "rep_own", confirmed=False, city="Dakar", country="SN", summary_fr=f"Une {secret}."
    )
    _join(world, people["pending"], "member_own", Role.MEMBER)
    for name in ("unsigned", "drafted", "awaiting", "submitted", "withdrawn"):
        people[name] = _organisation(world, f"Agence {name}", "rep_own")
        _join(world, people[name], "member_own", Role.MEMBER)


def _charter(world: World) -> None:
    articles = tuple(
        ArticleText(
            key=key,
            title_fr=f"Article {key}",
            title_en=f"Article {key}",
            text_fr=f"Texte {key}.",
            text_en=f"Text {key}.",
        )
        for key in ("ouverture", "partage", "preuve")
    )
    text = CharterText(title_fr="Charte", title_en="Charter", preamble_fr="Nous.", preamble_en="We.", articles=articles)
    version = publish_first_version(
        actor=world.account("organiser"), coalition=world.coalition, slug="charte", text=text, now=NOW
    )
    world.charter = Charter.objects.get(pk=version.charter_id)
    world.drafts["outdated"] = _version_draft(world, "zorglubolddraft")


def _version_draft(world: World, word: str) -> DraftVersion:
    """A next version in preparation, on the version in force, that only organisers may read."""
    world.hide(word, "organiser", "superuser", "second_organiser")
    text = world.charter.in_force.text()
    first = replace(text.articles[0], text_fr=f"Texte avec {word}.", text_en=f"Text with {word}.")
    changed = replace(text, articles=(first, *text.articles[1:]))
    return draft_version(actor=world.account("organiser"), coalition=world.coalition, text=changed, now=NOW)


def _draft(world: World, author: str, word: str, *, article: str = "ouverture", team: bool = False) -> Amendment:
    return draft_amendment(
        actor=world.account(author),
        charter=world.charter,
        article_key=article,
        organisation=None if team else world.organisations["own"],
        title=f"Dire {word}",
        text_fr=f"Texte avec {word}.",
        text_en=f"Text with {word}.",
        motive=f"Parce que {word} manque à cet article.",
        now=NOW,
    )


def _proposed(world: World, author: str, word: str, **where: Any) -> Amendment:
    return open_amendment(actor=world.account(author), amendment=_draft(world, author, word, **where), now=NOW)


def _amendments(world: World) -> None:
    """Own's drafts, one a writer; then one of each state, and one overtaken by a newer version."""
    every = world.amendments
    organiser, motive = world.account("organiser"), "Ce motif est lu de tous."
    for role in ("member_own", "rep_own"):
        word = world.hide(f"zorglubamendment{role.replace('_', '')}", role)
        every[f"draft_{role}"] = _draft(world, role, word)
    every["accepted"] = _proposed(world, "member_own", "accord", article="partage")
    every["conflicting"] = _proposed(world, "member_own", "collision", article="partage")
    accept_amendment(actor=organiser, amendment=every["accepted"], motive=motive, now=NOW)
    every["refused"] = _proposed(world, "member_own", "refus")
    refuse_amendment(actor=organiser, amendment=every["refused"], motive=motive, now=NOW)
    every["withdrawn"] = _proposed(world, "member_own", "retrait")
    withdraw_amendment(actor=world.account("member_own"), amendment=every["withdrawn"], now=NOW)
    every["open"] = _proposed(world, "member_own", "ouvert")
    every["open_rep"] = _proposed(world, "rep_own", "mandat")
    every["open_organiser"] = _proposed(world, "organiser", "maison", team=True)
    every["open_superuser"] = _proposed(world, "superuser", "sommet", team=True)
    inside = ("member_own", "member_other", "rep_own", "rep_other", "organiser", "superuser")
    Charter.objects.update(supporters_needed=1)
    word = world.hide("zorglubgathering", *inside)
    every["submitted"] = _proposed(world, "second_organiser", word, team=True)
    Charter.objects.update(supporters_needed=0)
    _hidden_amendments(world)
    world.charter.refresh_from_db()
    world.drafts["ready"] = _version_draft(world, "zorglubnextdraft")


def _hidden_amendments(world: World) -> None:
    """Own's member's and representative's, and a refused one: their words are nowhere but with them and the team."""
    every, why = world.amendments, "Ce texte vise une personne."
    readers = ("organiser", "superuser", "second_organiser")
    for role in ("member_own", "rep_own"):
        word = world.hide(f"zorglubmoderated{role.replace('_', '')}", role, *readers)
        every[f"hidden_{role}"] = _proposed(world, role, word)
    every["hidden_refused"] = _proposed(world, "superuser", world.hide("zorglubmoderatedrefused", *readers), team=True)
    organiser = world.account("organiser")
    refuse_amendment(actor=organiser, amendment=every["hidden_refused"], motive="Ce motif est lu de tous.", now=NOW)
    for name in ("hidden_member_own", "hidden_rep_own", "hidden_refused"):
        every[name] = hide_amendment(actor=organiser, amendment=every[name], reason=why, now=NOW)


def _case(world: World, title: str, *, organisation: str = "own", language: str = "fr", **more: Any) -> CasePage:
    content = {"title": title, "summary": f"Résumé de {title}.", "country": "FR", "city": "Rennes", **more}
    return create_case(
        actor=world.account("organiser"),
        organisation=world.organisations[organisation],
        language=language,
        content=content,
        now=NOW,
    )


def _published(world: World, title: str, **more: Any) -> CasePage:
    return publish_case(actor=world.account("organiser"), page=_case(world, title, **more), now=NOW)


def _reread(page: CasePage) -> CasePage:
    return CasePage.objects.select_related("organisation", "locale").get(pk=page.pk)


def _cases(world: World) -> None:
    """Published, draft, submitted, published with newer words."""
    writers = ("cityed_own", "organiser", "superuser")
    published = _published(world, "Cas publié")
    draft = _case(world, world.hide("zorglubdraftcase", *writers), latitude=48.1, longitude=-1.7)
    submitted = _case(world, world.hide("zorglubsubmittedcase", *writers))
    submit_case(actor=world.account("cityed_own"), page=submitted, now=NOW)
    revised = _published(world, "Cas repris")
    save_case(
        actor=world.account("cityed_own"),
        page=revised,
        content={"title": "Cas repris", "summary": world.hide("zorglubrevision", *writers)},
        based_on=_reread(revised).latest_revision_id,
        now=NOW,
    )
    published = publish_case(actor=world.account("organiser"), page=_pictured(world, published, "public"), now=NOW)
    _pictured(world, draft, "draft")
    word = world.hide("zorglubcomment", *writers)
    world.comments["submitted"] = comment_case(
        actor=world.account("organiser"), page=submitted, about="tried", text=f"Dites {word}.", now=NOW
    )
    pages = {"published": published, "draft": draft, "submitted": submitted, "revised": revised}
    world.cases.update({name: _reread(page) for name, page in pages.items()})


def _pictured(world: World, page: CasePage, name: str) -> CasePage:
    """The case with a small picture in its draft."""
    drawn = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(drawn, "JPEG")
    words = add_picture(
        actor=world.account("cityed_own"),
        page=_reread(page),
        upload=SimpleUploadedFile("photo.jpg", drawn.getvalue()),
        alternative="Une place",
        credit="Ville Propre, CC BY 4.0",
        caption="",
        now=NOW,
    )
    world.pictures[name] = words.pictures.all()[0].picture_id
    return page


def _restricted_cases(world: World) -> None:
    """A case kept for those who log in, and one below a list that is kept so."""
    inside = ("member_own", "rep_own", "cityed_own", "organiser", "superuser")
    private = _published(world, world.hide("zorglubprivatecase", *inside))
    below = _published(world, world.hide("zorglubbelowcase", *inside), language="en")
    index = CaseIndexPage.objects.get(locale__language_code="en")
    for page in (private, index):
        PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    world.cases.update({"private": _reread(private), "below": _reread(below)})


def _sign(world: World, organisation: str, word: str, *, named: bool = False) -> Cosponsorship:
    act, _made = sign_cosponsorship(
        coalition=world.coalition,
        organisation=world.organisations[organisation],
        actor=world.account("rep_own"),
        commitments=["document_cases"],
        sentences={"document_cases": f"Nous ferons {word}."},
        function="Adjointe",
        mandate_reference="zorglubmandate",
        name_is_public=named,
        now=NOW,
    )
    return act


def _token(world: World, act: Cosponsorship, *, lifetime: timedelta = timedelta(days=3650)) -> str:
    return issue_token(
        purpose=CONFIRM_PURPOSE, subject=act, address=world.accounts["rep_own"].email, lifetime=lifetime, now=NOW
    )


def _acts(world: World) -> None:
    """Drafted, awaiting the mail, waiting for the organisers, public, withdrawn: each of an organisation of its own."""
    readers = ("member_own", "rep_own", "organiser", "superuser")
    world.hide("zorglubmandate", "rep_own", "organiser", "superuser")
    world.acts["awaiting"] = _sign(world, "awaiting", world.hide("zorglubawaiting", *readers))
    world.secrets["awaiting"] = _token(world, world.acts["awaiting"])
    world.acts["submitted"] = _sign(world, "submitted", world.hide("zorglubsubmitted", *readers))
    world.acts["public"] = _sign(world, "own", "ceci", named=True)
    world.acts["withdrawn"] = _sign(world, "withdrawn", "cela")
    for name in ("submitted", "public", "withdrawn"):
        confirm_cosponsorship(token=_token(world, world.acts[name]), now=NOW)
    for name in ("public", "withdrawn"):
        act = Cosponsorship.objects.get(pk=world.acts[name].pk)
        approve_cosponsorship(cosponsorship=act, actor=world.account("organiser"), now=NOW)
    reason = world.hide("zorglubreason", *readers)
    withdraw_cosponsorship(cosponsorship=act, actor=world.account("rep_own"), reason=f"Le {reason}.", now=NOW)
    _draft_and_proof(world)
    world.acts = {name: Cosponsorship.objects.get(pk=act.pk) for name, act in world.acts.items()}


def _draft_and_proof(world: World) -> None:
    """An act nobody has signed yet, and the proof of a mandate joined to one that waits for the mail."""
    world.acts["draft"] = save_draft(
        coalition=world.coalition,
        organisation=world.organisations["drafted"],
        actor=world.account("rep_own"),
        statement=f"Peut-être {world.hide('zorglubdraftact', 'rep_own')}.",
        now=NOW,
    )
    provide_document(
        cosponsorship=Cosponsorship.objects.get(pk=world.acts["awaiting"].pk),
        actor=world.account("rep_own"),
        upload=SimpleUploadedFile("zorglubproof.pdf", b"%PDF-1.4 preuve"),
        now=NOW,
    )
    world.hide("zorglubproof", "rep_own", "organiser", "superuser")


def _support(world: World, name: str, email: str, *, public: bool, confirmed: bool = True) -> Support:
    """A person, by way of the mailed link when confirmed."""
    words = {"name": name, "city": "Dakar", "message": f"Phrase de {name}.", "name_is_public": public, "now": NOW}
    ask_support(coalition=world.coalition, email=email, **words)
    support = Support.objects.get(email=email)
    if confirmed:
        lifetime = timedelta(days=3650)
        secret = issue_token(purpose=SUPPORT_PURPOSE, subject=support, address=email, lifetime=lifetime, now=NOW)
        confirm_support(token=secret, **words)
    return Support.objects.get(pk=support.pk)


def _supports(world: World) -> None:
    """Nobody may read who has not confirmed, nor who did not agree to be named; in public not even the team."""
    waiting, silent = world.hide("zorglubwaitingsupport"), world.hide("zorglubsilentsupport")
    world.supports["awaiting"] = _support(world, waiting, "w@zorglubmail.example", public=True, confirmed=False)
    world.supports["silent"] = _support(world, silent, "s@zorglubmail.example", public=False)
    world.supports["named"] = _support(world, "Soutien nommé", "registered@zorglubmail.example", public=True)


def _links(world: World) -> None:
    """A public case redone by a public one, and by a draft: the latter is nowhere."""
    word = world.hide("zorglubredone", "cityed_own", "organiser", "superuser")
    for name, redo, said in (("shown", "revised", "Par SMS."), ("hidden", "draft", f"Avec {word}.")):
        world.links[name] = link_reproduction(
            actor=world.account("organiser"),
            original=world.cases["published"],
            redo=world.cases[redo],
            what_changed=said,
            what_came_out="",
            outcome="early",
            language="fr",
            now=NOW,
        )


def _messages(world: World) -> None:
    """One to the organisers, with a file; one to the team of own's public case."""
    readers = {"general": ("organiser", "superuser"), "team": ("cityed_own", "organiser", "superuser")}
    for name, about in (("general", None), ("team", contact_subject("case", world.cases["published"].number))):
        word = world.hide(f"zorglubmessage{name}", *readers[name])
        world.messages[name] = send_message(
            actor=None,
            subject=about,
            kind="question",
            name=f"Personne {word}",
            email=f"{name}@zorglubmail.example",
            body=f"Dites-moi {word}.",
            upload=SimpleUploadedFile("note.pdf", b"%PDF-1.4 note") if name == "general" else None,
            now=NOW,
        )


def _subject(kind: str, key: str) -> Subject:
    found = find_subject(kind, key)
    if found is None:
        raise LookupError(key)
    return found


def _discussions(world: World) -> None:
    """Comments of own's member and representative in each state, and one where only the coalition reads."""
    register_subject_source(KIND, INSIDE)
    article, said, organiser = _subject("article", "charte.preuve"), world.said, world.account("organiser")
    for role in ("member_own", "rep_own"):
        actor = world.account(role)
        word = world.hide(f"zorglubhidden{role.replace('_', '')}", role, "organiser", "superuser")
        said[f"visible_{role}"] = write_comment(actor=actor, subject=article, body=f"Ce que dit {role}.", now=NOW)
        hidden = write_comment(actor=actor, subject=article, body=f"Un mot : {word}.", now=NOW)
        said[f"hidden_{role}"] = hide_comment(actor=organiser, comment=hidden, reason="Hors du sujet.", now=NOW)
    actor = world.account("member_own")
    word = world.hide("zorglubdeletedcomment")
    deleted = write_comment(actor=actor, subject=article, body=f"Un mot : {word}.", now=NOW)
    said["deleted"] = delete_comment(actor=actor, comment=deleted, now=NOW)
    said["reported"] = write_comment(actor=actor, subject=article, body="Ce qui déplaît.", now=NOW)
    report_comment(actor=world.account("registered"), comment=said["reported"], reason="attack", now=NOW)
    readers = ("member_own", "member_other", "rep_own", "rep_other", "organiser", "superuser")
    word = world.hide("zorglubinsidecomment", *readers)
    said["inside"] = write_comment(actor=actor, subject=_subject(KIND, "i1"), body=f"Un mot : {word}.", now=NOW)
    said["closed"] = Comment(subject_kind="amendment", subject_key=f"charte.{world.amendments['refused'].number}")


def representative(world: World) -> Affiliation:
    """The running mandate of own's representative."""
    return Affiliation.objects.active().get(account=world.accounts["rep_own"], organisation=world.organisations["own"])


def _event(world: World, title: str) -> Event:
    begins = datetime(2029, 3, 2, 9, 0, tzinfo=UTC)
    said = EventWords(
        title=title,
        summary=f"On parle de {title}.",
        kind="workshop",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        country="FR",
        city="Rennes",
    )
    own = world.organisations["own"]
    return create_event(actor=world.account("cityed_own"), organisation=own, coalition=None, words=said, now=NOW)


def _events(world: World) -> None:
    """Own's events in each state."""
    writers = ("cityed_own", "rep_own", "organiser", "superuser", "second_organiser")
    every = world.events
    every["draft"] = _event(world, world.hide("zorglubeventdraft", *writers))
    for name in ("published", "cancelled"):
        event = _event(world, f"Atelier {name}")
        publish_event(actor=world.account("cityed_own"), event=event, based_on=event.version, now=NOW)
        every[name] = event
    reason = "La salle est prise."
    cancel_event(actor=world.account("cityed_own"), event=every["cancelled"], reason=reason, now=NOW)
    every.update({name: Event.objects.get(pk=event.pk) for name, event in every.items()})
