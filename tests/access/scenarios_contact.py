"""Messages to a team and to the organisers; links between cases."""

from django.urls import reverse

from tests.access.matrix import Answers, row
from tests.access.surfaces import shown_in
from tests.access.visitor import Visitor
from tests.world import World

WORDS = {
    "kind": "question",
    "body": "Combien de temps faut-il ?",
    "name": "Awa",
    "email": "awa@zorglubmail.example",
    "agree": "on",
}


@row("contact", "new", "send", acts=True)
def send(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("contact"), WORDS)


@row("case", "published", "report / remark to the authors", acts=True)
def remark(world: World, visitor: Visitor) -> Answers:
    address = reverse("contact_about", args=["case", world.cases["published"].number])
    return [visitor.post(address, {**WORDS, "kind": kind}) for kind in ("remark", "report")]


@row("contact", "stored", "list/read")
def read_messages(world: World, visitor: Visitor) -> Answers:
    one = reverse("contact_message", args=[world.messages["general"].public_id])
    return [visitor.get(reverse("contact_inbox")), visitor.get(one)]


@row("contact", "stored", "read attachment by URL")
def read_attachment(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("contact_attachment", args=[world.messages["general"].public_id]))


@row("contact", "stored", "reply / close", acts=True)
def reply_and_close(world: World, visitor: Visitor) -> Answers:
    key = world.messages["general"].public_id
    reply = visitor.post(reverse("contact_message", args=[key]), {"body": "Deux mois."})
    return [reply, visitor.post(reverse("contact_close", args=[key]), {"reason": "Répondu."})]


@row("contact", "stored", "delete before retention date", acts=True)
def delete(world: World, visitor: Visitor) -> Answers:
    """The one without a file: what leaves the disk does not come back with the savepoint."""
    key = world.messages["team"].public_id
    return visitor.post(reverse("contact_delete", args=[key]), {"reason": "La personne le demande."})


@row("contact", "forwarded to a team", "read and answer", acts=True)
def answer_as_team(world: World, visitor: Visitor) -> Answers:
    address = reverse("contact_message", args=[world.messages["team"].public_id])
    return [visitor.get(address), visitor.post(address, {"body": "Deux mois."})]


@row(
    "reproduction",
    "both public",
    "read (pages, API, map)",
    api=lambda world: [("GET", reverse("api_reproductions")),
                       ("GET", reverse("api_case", args=[world.cases["published"].number]))],
)  # fmt: skip
def read_link(world: World, visitor: Visitor) -> Answers:
    pages = [world.cases[name].url for name in ("published", "revised")]
    return all(shown_in(visitor, ["par sms."], [page]) for page in pages)


@row("reproduction", "to a draft", "appears anywhere")
def draft_link_appears(world: World, visitor: Visitor) -> Answers:
    places = [world.cases["published"].url, reverse("case_index"), reverse("api_reproductions")]
    places.append(reverse("api_case", args=[world.cases["published"].number]))
    counted = visitor.get(places[-1]).json()["reproductions"]
    return bool(shown_in(visitor, ["zorglubredone"], places)) or counted != 1


@row("reproduction", "none", "link", acts=True)
def link(world: World, visitor: Visitor) -> Answers:
    words = {"redo": world.cases["revised"].pk, "what_changed": "Le lieu.", "outcome": "early"}
    return visitor.post(reverse("case_redo", args=[world.cases["published"].number]), words)


@row("reproduction", "both public", "remove with a motive", acts=True)
def unlink(world: World, visitor: Visitor) -> Answers:
    address = reverse("case_unlink", args=[world.links["shown"].pk])
    return visitor.post(address, {"reason": "Ce n’est pas le même projet."})
