"""How each line that points to an organisation moves when two become one, and which of two stays when both cannot.

| two at once | who stays | what becomes of the other |
| --- | --- | --- |
| running mandates of one account | the stronger role | ended that day |
| mandates of an organisation nobody confirmed | none | ended; the person asks to join the one that stays |
| live acts in a coalition | official, then waiting, then draft; the older | withdrawn with the reason; a draft erased |
| running supports of a coalition | the older | withdrawn |
| published adoptions of a coalition's charter | the later decision | withdrawn with the reason |
| open invitations of one address | the one of the organisation that stays | cancelled |
| open requests of one account to join | the one of the organisation that stays | taken back |
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from coalition.core.attachments import delete_attachment
from coalition.core.merging import Moved, plain_move, register_move
from members.actions.affiliations import tell
from members.actions.cosponsorships import end_consents
from members.actions.mailrooms import move_mail_rules, move_mailbox
from members.actions.moves import move_act
from members.enums import (
    PUBLIC,
    AdoptionState,
    ChangeState,
    CosponsorshipState,
    InvitationState,
    JoinRequestState,
    OrganisationState,
    Role,
    SupportState,
)
from members.models import (
    Affiliation,
    Cosponsorship,
    DistinctPair,
    Invitation,
    JoinRequest,
    LocalAdoption,
    Organisation,
    OrganisationToken,
    Support,
    VerifiedDomain,
)
from members.rules.mandates import roles_to_ask

TARGET = "members.Organisation"
TOKENS = "members.OrganisationToken.organisation"
STRENGTH = (Role.MEMBER, Role.EDITOR, Role.REPRESENTATIVE)
NEARNESS = (CosponsorshipState.SUBMITTED, CosponsorshipState.AWAITING, CosponsorshipState.DRAFT)


def _end_line(line: Affiliation, now: datetime) -> None:
    Affiliation.objects.filter(pk=line.pk, ended_on=None).update(ended_on=now.date())


def move_affiliations(kept: Organisation, gone: Organisation, now: datetime) -> Moved:
    """Mandates move with their history; what nobody confirmed gives no right over what was confirmed."""
    if (gone.state, kept.state) == (OrganisationState.PENDING, OrganisationState.CONFIRMED):
        return _ask_to_join_instead(kept, gone, now)
    running = {line.account_id: line for line in kept.affiliations.active()}
    settled = 0
    for line in gone.affiliations.active():
        rival = running.get(line.account_id)
        if rival is None:
            continue
        weaker, stronger = sorted((line, rival), key=lambda one: (STRENGTH.index(Role(one.role)), one is rival))
        _end_line(weaker, now)
        Invitation.objects.open().filter(hands_over=weaker).update(hands_over=stronger)
        settled += 1
    return Moved(gone.affiliations.update(organisation=kept), settled)


def _ask_to_join_instead(kept: Organisation, gone: Organisation, now: datetime) -> Moved:
    """End, where they are, the mandates of a request nobody confirmed; their holders ask to join `kept`."""
    inside = set(kept.affiliations.active().values_list("account_id", flat=True))
    asking = set(kept.join_requests.open().values_list("account_id", flat=True))
    lines = list(gone.affiliations.active().select_related("account"))
    for line in lines:
        _end_line(line, now)
        if line.account_id in inside | asking:
            continue
        asked = JoinRequest.objects.create(
            organisation=kept, account=line.account, role=roles_to_ask()[-1], function=line.function, created_at=now
        )
        tell("affiliation.requested", asked, line.account, now)
    return Moved(settled=len(lines))


def move_invitations(kept: Organisation, gone: Organisation, now: datetime) -> Moved:
    """Of two open ones to an address, that of the organisation that stays."""
    open_there = {email.lower() for email in kept.invitations.open().values_list("email", flat=True)}
    twice = [one.pk for one in gone.invitations.open() if one.email.lower() in open_there]
    settled = Invitation.objects.filter(pk__in=twice).update(state=InvitationState.CANCELLED, answered_at=now)
    return Moved(gone.invitations.update(organisation=kept), settled)


def move_join_requests(kept: Organisation, gone: Organisation, now: datetime) -> Moved:
    """Of two open ones of an account, that to the organisation that stays; none of who is inside already."""
    asking = set(kept.join_requests.open().values_list("account_id", flat=True))
    inside = set(kept.affiliations.active().values_list("account_id", flat=True))
    twice = gone.join_requests.open().filter(account_id__in=asking | inside)
    settled = twice.order_by().update(state=JoinRequestState.WITHDRAWN, decided_at=now)
    return Moved(gone.join_requests.update(organisation=kept), settled)


def _standing(act: Cosponsorship) -> tuple[int, float, int]:
    """Orders live acts: official ones first, then those closest to it; the older first among equals."""
    rank = 0 if act.state in PUBLIC else 1 + NEARNESS.index(CosponsorshipState(act.state))
    moment = act.decided_at or act.signed_at or act.drafted_at
    return rank, moment.timestamp() if moment else 0.0, act.pk


def end_act(act: Cosponsorship, reason: str, now: datetime) -> None:
    """Withdraw a live act for a reason that is not its organisation's own; a draft, which binds nobody, is erased."""
    if act.state == CosponsorshipState.DRAFT:
        document: Any = act.mandate_document
        act.reservations.all().delete()
        act.delete()
        if document is not None:
            transaction.on_commit(partial(delete_attachment, document))
        return
    move_act(act, CosponsorshipState.WITHDRAWN, withdrawn_at=now, withdrawal_reason=reason, asked_at=None)
    act.changes.filter(state=ChangeState.OPEN).update(state=ChangeState.DECLINED, decided_at=now, motive=reason)
    end_consents(act, now)


def move_acts(kept: Organisation, gone: Organisation, now: datetime) -> Moved:
    """One live act a coalition: the first official one; every other keeps its page and says why it ended."""
    live = {act.coalition_id: act for act in kept.cosponsorships.live()}
    lines, settled = gone.cosponsorships.count(), 0
    for act in gone.cosponsorships.live().select_related("mandate_document"):
        rival = live.get(act.coalition_id)
        if rival is None:
            continue
        end_act(
            max(act, rival, key=_standing), _("Acte en double : les deux organisations n’en font plus qu’une."), now
        )
        settled += 1
    gone.cosponsorships.update(organisation=kept)
    return Moved(lines, settled)


def move_supports(kept: Organisation, gone: Organisation, now: datetime) -> Moved:
    """One running support a coalition: the older."""
    running = {support.coalition_id: support for support in kept.supports.active()}
    settled = 0
    for support in gone.supports.active():
        rival = running.get(support.coalition_id)
        if rival is not None:
            later = max(support, rival, key=lambda one: (one.confirmed_at, one.pk))
            Support.objects.filter(pk=later.pk).update(state=SupportState.WITHDRAWN, withdrawn_at=now)
            settled += 1
    return Moved(gone.supports.update(organisation=kept), settled)


def move_adoptions(kept: Organisation, gone: Organisation, now: datetime) -> Moved:
    """One published adoption a coalition: the later decision, which speaks for both."""
    standing = {one.coalition_id: one for one in kept.adoptions.filter(state=AdoptionState.PUBLISHED)}
    settled = 0
    for adoption in gone.adoptions.filter(state=AdoptionState.PUBLISHED):
        rival = standing.get(adoption.coalition_id)
        if rival is not None:
            earlier = min(adoption, rival, key=lambda one: (one.adopted_on, one.pk))
            end_adoptions([earlier], _("Une décision plus récente de la même organisation la remplace."), now)
            settled += 1
    return Moved(gone.adoptions.update(organisation=kept), settled)


def end_adoptions(adoptions: Iterable[LocalAdoption], reason: str, now: datetime) -> int:
    """Say that these adoptions no longer hold, and why; how many there were."""
    standing = LocalAdoption.objects.filter(pk__in=[one.pk for one in adoptions], state=AdoptionState.PUBLISHED)
    return standing.update(state=AdoptionState.WITHDRAWN, withdrawn_at=now, withdrawal_reason=reason)


def move_pairs(kept: Organisation, gone: Organisation, _now: datetime) -> Moved:
    """What was told apart from the one that goes is told apart from the one that stays."""
    pairs = list(DistinctPair.objects.filter(Q(first=gone) | Q(second=gone)))
    DistinctPair.objects.filter(pk__in=[pair.pk for pair in pairs]).delete()
    for pair in pairs:
        other = pair.second_id if pair.first_id == gone.pk else pair.first_id
        if other != kept.pk:
            first, second = sorted((kept.pk, other))
            said = {"decided_by_id": pair.decided_by_id, "decided_at": pair.decided_at}
            DistinctPair.objects.get_or_create(first_id=first, second_id=second, defaults=said)
    return Moved(len(pairs))


def register() -> None:
    """Called once, when the app is ready. Mandates first: what follows asks who is inside."""
    for key, move, label in (
        ("members.Affiliation.organisation", move_affiliations, gettext_lazy("mandats")),
        ("members.Invitation.organisation", move_invitations, gettext_lazy("invitations")),
        ("members.JoinRequest.organisation", move_join_requests, gettext_lazy("demandes d’entrée")),
        ("members.VerifiedDomain.organisation", plain_move(VerifiedDomain, "organisation"), gettext_lazy("domaines")),
        (
            TOKENS,
            plain_move(OrganisationToken, "organisation"),
            gettext_lazy("jetons"),
        ),
        ("members.MailRule.organisation", move_mail_rules, gettext_lazy("choix de courrier")),
        ("members.SharedMailbox.organisation", move_mailbox, gettext_lazy("boîtes communes")),
        ("members.Cosponsorship.organisation", move_acts, gettext_lazy("actes signés")),
        ("members.Support.organisation", move_supports, gettext_lazy("soutiens")),
        ("members.LocalAdoption.organisation", move_adoptions, gettext_lazy("adoptions locales")),
        ("members.DistinctPair.first", move_pairs, gettext_lazy("ressemblances écartées")),
        ("members.DistinctPair.second", move_pairs, gettext_lazy("ressemblances écartées")),
        ("members.Organisation.merged_into", plain_move(Organisation, "merged_into"), gettext_lazy("réunions passées")),
    ):
        register_move(TARGET, key, move, label)
