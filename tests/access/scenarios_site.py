"""Accounts, the admin, files, the API as a whole, exports, and the pages everybody reads."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import override_settings
from django.urls import reverse

from cases.actions import create_case
from coalition.core.access import EDITORS_LET_IN
from members.models import User
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

API_LISTS = (
    "api_cases",
    "api_charter",
    "api_charter_versions",
    "api_amendments",
    "api_organisations",
    "api_cosponsors",
)
LEAKS = (
    "author__email__startswith",
    "owner__email__startswith",
    "affiliation__account__email__startswith",
    "live",
    "state",
)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def _suspend(world: World, visitor: Visitor) -> None:
    if visitor.role in world.accounts:
        User.objects.filter(pk=world.accounts[visitor.role].pk).update(is_active=False)


def _take_second_factor(world: World, visitor: Visitor) -> None:
    Authenticator.objects.all().delete()


@row("site", "public page", "view", api=lambda _world: [("GET", reverse("api_root")), ("GET", reverse("api_schema"))])
def view_pages(world: World, visitor: Visitor) -> Answers:
    addresses = [
        "/fr/",
        "/en/",
        *(reverse(name) for name in ("coalition", "journal", "glossary", "robots", "sitemap", "health")),
    ]
    towns = visitor.get(reverse("places"), {"country": "FR", "city": "ren"})
    return [towns, *(visitor.get(address) for address in addresses)]


@row("site", "organisers’ desk", "open")
def open_desk(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("desk"))


@row("site", "outside the demo", "see outgoing mail or demo logins")
def see_demo(world: World, visitor: Visitor) -> Answers:
    return [
        visitor.get(reverse("demo_mail")),
        visitor.get(reverse("demo_mail_message", args=["x"])),
        visitor.get(reverse("demo")),
    ]


@row("account", "own", "change profile", acts=True)
def change_profile(world: World, visitor: Visitor) -> Answers:
    return visitor.post(
        reverse("account_overview"), {"name": "Autre nom", "language": "en", "time_zone": "Africa/Dakar"}
    )


@row("account", "own", "change e-mail (re-auth, confirm new, notify old)", acts=True, given=_take_second_factor)
def change_address(world: World, visitor: Visitor) -> Answers:
    """allauth asks an account to put its second factor away before it takes another address."""
    return visitor.post(reverse("account_email"), {"action_add": "", "email": "new@zorglubmail.example"})


@row("account", "own", "list + end sessions")
def sessions(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("usersessions_list"))


@row("account", "own", "see and change linked providers")
def linked_providers(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("socialaccount_connections"))


@row("site", "undeclared provider", "sign in through it")
def sign_in_through_an_undeclared_provider(world: World, visitor: Visitor) -> Answers:
    doors = [reverse(name, args=["proconnect"]) for name in ("openid_connect_login", "openid_connect_callback")]
    return [visitor.get(f"{doors[0]}?next=/fr/"), visitor.post(doors[0], {}), visitor.get(f"{doors[1]}?code=x&state=y")]


@row("account", "suspended", "any authenticated action with live session or token", given=_suspend)
def suspended(world: World, visitor: Visitor) -> Answers:
    return [
        visitor.get(reverse("account_overview")),
        visitor.post(reverse("account_overview"), {"name": "Autre nom", "language": "en", "time_zone": "UTC"}),
        visitor.get(reverse("case_drafts")),
        visitor.post(reverse("organisation_new"), {"name": "Ville", "kind": "authority", "country": "BE"}),
        visitor.get("/admin/"),
    ]


@row("admin", "/admin/ (Wagtail)", "enter")
def enter_admin(world: World, visitor: Visitor) -> Answers:
    return visitor.get("/admin/")


@row("admin", "/admin/ without second factor", "enter", given=_take_second_factor)
def enter_admin_with_password_only(world: World, visitor: Visitor) -> Answers:
    return [visitor.get("/admin/"), visitor.get("/admin/pages/"), visitor.get("/admin/users/")]


def _let_everybody_in(world: World, _visitor: Visitor) -> None:
    """Every account is in the group and has a second factor, whatever its role: the role must still decide."""
    world.cases["plain"] = create_case(
        actor=world.accounts["cityed_own"],
        organisation=world.organisations["own"],
        language="fr",
        content={"title": "Sans image"},
        now=NOW,
    )
    group = Group.objects.get_or_create(name=EDITORS_LET_IN)[0]
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for account in User.objects.all():
        account.groups.add(group)
        Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})


@row(
    "admin",
    "the editor of a case in /admin/",
    "open as an editor an organiser let in",
    given=_let_everybody_in,
    acts=True,
)
def edit_in_admin(world: World, visitor: Visitor) -> Answers:
    """Wagtail notes who has the editor open: the reading leaves a line."""
    page = f"/admin/pages/{world.cases['plain'].pk}"
    return [visitor.get(f"{page}/edit/"), visitor.get(f"{page}/view_draft/")]


@row("admin", "the rest of /admin/", "open as an editor an organiser let in", given=_let_everybody_in)
def rest_of_admin(_world: World, visitor: Visitor) -> Answers:
    places = ("", "pages/", "choose-page/", "pages/search/", "reports/aging-pages/")
    return [visitor.get(f"/admin/{place}") for place in places]


@row("admin", "/django-admin/", "enter")
def enter_django_admin(_world: World, visitor: Visitor) -> Answers:
    places = ("", "notifications/event/", "notifications/delivery/", "core/auditline/", "jsi18n/", "logout/")
    with override_settings(ROOT_URLCONF="tests.access.mounted"):
        return [visitor.get(f"/django-admin/{place}") for place in places]


@row("admin", "users, groups, roles", "view/change")
def admin_users(world: World, visitor: Visitor) -> Answers:
    return [visitor.get("/admin/users/"), visitor.get("/admin/groups/")]


@row("admin", "site settings, redirects, HTML blocks", "change")
def admin_settings(world: World, visitor: Visitor) -> Answers:
    return [visitor.get("/admin/redirects/"), visitor.get("/admin/sites/")]


@row("admin", "/api/v3/ Wagtail read-write API", "any")
def wagtail_api(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(address, follow=True) for address in ("/api/v3/pages/", "/api/v2/pages/", "/api/v2/images/")]


@row("admin", "internal admin API for a page without rights", "read fields")
def admin_api(world: World, visitor: Visitor) -> Answers:
    return visitor.get(f"/admin/api/main/pages/{world.cases['draft'].pk}/")


@row("case", "any", "change privacy")
def privacy(world: World, visitor: Visitor) -> Answers:
    return visitor.get(f"/admin/pages/{world.cases['published'].pk}/privacy/")


@row("case", "any", "move/reorder")
def move(world: World, visitor: Visitor) -> Answers:
    return visitor.get(f"/admin/pages/{world.cases['published'].pk}/move/")


@row("media", "any image", "rendition of an arbitrary filter spec")
def rendition(world: World, visitor: Visitor) -> Answers:
    return visitor.get("/images/AAAA/1/width-5000/", follow=True)


@row(
    "api",
    "published objects",
    "GET list/detail",
    api=lambda world: [
        *(("GET", reverse(name)) for name in API_LISTS),
        ("GET", reverse("api_case", args=[world.cases["published"].number])),
    ],
)
def api_read(world: World, visitor: Visitor) -> Answers:
    return []


@row(
    "api",
    "draft/private/hidden object",
    "GET detail by id",
    api=lambda world: [
        *(("GET", reverse("api_case", args=[world.cases[name].number])) for name in ("draft", "submitted", "private")),
        ("GET", reverse("api_organisation", args=[world.organisations["pending"].slug])),
        ("GET", reverse("api_amendment", args=[world.amendments["draft_member_own"].pk + 10_000])),
    ],
)
def api_hidden(world: World, visitor: Visitor) -> Answers:
    return []


@row("api", "any", "filter/order/expand on a non-public field", inputs=True)
def api_oracle(world: World, visitor: Visitor) -> Answers:
    """Either 400, or the very answer given without the filter: it must tell nothing."""
    answers = []
    for name in API_LISTS:
        plain = visitor.get(reverse(name)).json().get("count")
        for leak in LEAKS:
            answer = visitor.get(reverse(name), {leak: "zorglub"})
            assert answer.status_code == 400 or answer.json().get("count") == plain, f"{name}?{leak} tells"
            answers.append(answer)
    return answers


@row(
    "api",
    "any",
    "POST/PUT/PATCH/DELETE",
    api=lambda world: [
        (method, address)
        for method in UNSAFE
        for address in (
            *(reverse(name) for name in (*API_LISTS, "api_root", "api_schema")),
            reverse("api_case", args=[world.cases["published"].number]),
            reverse("api_organisation", args=[world.organisations["own"].slug]),
        )
    ],
)
def api_write(world: World, visitor: Visitor) -> Answers:
    return []


@row(
    "export",
    "open data (published cases, charter, co-sponsors)",
    "download",
    api=lambda _world: [("GET", reverse("api_cosponsors_csv")), ("GET", reverse("api_charter"))],
)
def open_data(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse(name)) for name in ("case_csv", "case_geojson")]
