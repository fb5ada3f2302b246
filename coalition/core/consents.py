"""What people agree to: purposes with the words they were asked in, and the record of who agreed, when, how.

    register_purpose(Purpose("support.mail", "2026-11", _("J’accepte de recevoir des nouvelles de la coalition.")))
    give_consent(account=None, address="a@b.example", purpose="support.mail", language="fr", method="double_opt_in",
                 proof="token 12", now=now)

The hash is that of the sentence in the language it was shown in. An old version of a sentence stays registered for as
long as a consent refers to it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

from django.db.models import Q
from django.utils import translation

from coalition.core.models import Consent


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose in one wording. `text` is the sentence beside the box (str, lazily translated)."""

    name: str
    version: str
    text: Any


_purposes: dict[str, dict[str, Purpose]] = {}


def register_purpose(purpose: Purpose) -> None:
    """Add a wording; the last registered is the one shown. ValueError when a version gets other words."""
    known = _purposes.setdefault(purpose.name, {})
    if purpose.version in known and known[purpose.version] != purpose:
        raise ValueError(f"{purpose.name} {purpose.version} has words already")
    known[purpose.version] = purpose


def current_purpose(name: str) -> Purpose:
    """The wording shown today. LookupError for a purpose nobody registered."""
    return list(_purposes[name].values())[-1]


def consent_text(name: str, language: str, version: str = "") -> str:
    """The sentence of a purpose in a language, in today's wording or an earlier one."""
    purpose = _purposes[name][version] if version else current_purpose(name)
    with translation.override(language):
        return str(purpose.text)


def consent_digest(name: str, language: str, version: str = "") -> str:
    """SHA-256 of the UTF-8 bytes of that sentence, 64 hexadecimal digits."""
    return hashlib.sha256(consent_text(name, language, version).encode()).hexdigest()


def network_of(address: str) -> str:
    """The network an IP address is in, /24 or /48, which is all that is kept of it; "" when it is none."""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def give_consent(
    *,
    account: Any,
    address: str,
    purpose: str,
    language: str,
    method: str,
    proof: str,
    now: datetime,
    network: str = "",
) -> Consent:
    """Record that `account`, or the owner of `address`, agreed. `network` may be an IP address: it is cut down.

    `method` says how ("form", "double_opt_in", "paper"); `proof` names what shows it ("cosponsorship 12", "token 8").
    """
    return Consent.objects.create(
        account=account,
        address=address.lower(),
        purpose=purpose,
        text_version=current_purpose(purpose).version,
        text_sha256=consent_digest(purpose, language),
        language=language,
        given_at=now,
        method=method,
        proof=proof,
        network=network_of(network),
    )


def withdraw_consent(*, purpose: str, now: datetime, account: Any = None, address: str = "", proof: str = "") -> int:
    """Withdraw the running consents of that purpose, of the account or the address, and the proof when one is named.

    Returns how many ended. ValueError when neither account nor address is given.
    """
    if account is None and not address:
        raise ValueError("whose consent?")
    whose = Q(account=account) if account is not None else Q(address=address.lower())
    running = Consent.objects.filter(whose, purpose=purpose, withdrawn_at=None)
    if proof:
        running = running.filter(proof=proof)
    return running.update(withdrawn_at=now)
