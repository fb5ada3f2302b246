"""Words of names, hosts of web sites and domains of mail, as organisations are compared by them."""

import re
import unicodedata
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import override
from django_countries import countries

from coalition.core.text import fold

_GENERIC_TEXT = """
ville commune mairie municipalite municipality city town council de du des d la le les l the of and et a en
association asbl asso ong ngo gmbh sa sas sarl ltd inc foundation fondation ayuntamiento ajuntament concello
udala comune gemeente stadt stad kommune kommun kaupunki obec mesto miasto urzad miejski municipio municipal
municipalidad prefeitura camara grad magistrat del della delle dei di do da dos das el los las y e und der die
das von fur per pour for to in
"""
GENERIC = frozenset(_GENERIC_TEXT.split())
"""Words that tell nothing apart: what every city calls itself, legal forms, small words of several languages."""

_KIND_TEXT = """
hub hubs lab labs laboratory tech technology technologies technologie innovation innovations innovative innovate
centre center centro startup startups incubator incubateur incubation accelerator space spaces coworking cowork
makerspace fablab code coder open data digital numerique opendata portal portail development developpement
business enterprise entrepreneur entrepreneurs entrepreneurship national nationale federal government
gouvernement governo gobierno ministry ministere ministerio department departement departamento direction
directorate general generale agency agence office bureau service services public publique region regional
province provincial county state district university universite universidad universita universiteit college
school institute institut instituto research recherche information informatics communication network reseau
group groupe community communaute initiative project projet programme program africa african europe european
international academy academie company societe authority autorite administration secretariat commission
committee hospital hopital hospitalier museum musee library bibliotheque police court tribunal parliament
parlement chamber chambre
"""
KIND_WORDS = frozenset(_KIND_TEXT.split())
"""Words that say what sort of body it is: two of the same city may share them and be two."""

_SHARED_TEXT = """
facebook.com m.facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com youtu.be tiktok.com
t.me wa.me threads.net mastodon.social bsky.app github.com gitlab.com sites.google.com docs.google.com
drive.google.com google.com goo.gl bit.ly linktr.ee medium.com meetup.com eventbrite.com eventbrite.fr
helloasso.com wikipedia.org fr.wikipedia.org en.wikipedia.org arcgis.com hub.arcgis.com opendata.arcgis.com
data.gouv.fr notion.site carrd.co canva.site about.me
"""
SHARED_HOSTS = frozenset(_SHARED_TEXT.split())
_SHARED_SUFFIXES = """
.wordpress.com .blogspot.com .wixsite.com .weebly.com .webnode.com .tumblr.com .medium.com .arcgis.com .notion.site
.carrd.co .jimdofree.com .over-blog.com .e-monsite.com .facebook.com .linkedin.com .github.io .gitlab.io .gitlab.com
"""
SHARED_SUFFIXES = tuple(_SHARED_SUFFIXES.split())
"""Hosts where anybody may have a page: two organisations that share one share nothing."""

_WEBMAIL_TEXT = """
gmail.com googlemail.com yahoo.com yahoo.fr yahoo.co.uk ymail.com hotmail.com hotmail.fr hotmail.co.uk
outlook.com outlook.fr live.com live.fr msn.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.fr gmx.net
web.de mail.com mail.ru yandex.com yandex.ru proton.me protonmail.com pm.me tutanota.com tuta.io zoho.com
fastmail.com laposte.net orange.fr wanadoo.fr free.fr sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr
aliceadsl.fr voila.fr skynet.be telenet.be bluewin.ch qq.com 163.com 126.com naver.com hey.com mailo.com
netcourrier.com riseup.net disroot.org posteo.de posteo.net ovh.fr
"""
WEBMAIL = frozenset(_WEBMAIL_TEXT.split())
"""Domains where anybody may open a mailbox: an address there proves nothing about an organisation."""

_SUFFIX_TEXT = """
gouv.fr asso.fr com.fr co.uk org.uk gov.uk ac.uk nhs.uk gov.br com.br org.br com.au gov.au edu.au co.za org.za
gov.za ac.za gouv.sn edu.sn gouv.ci co.ke or.ke go.ke ac.ke go.tz ac.tz co.jp or.jp go.jp ac.jp lg.jp gob.es
gov.it gov.pt gob.mx com.mx gov.in nic.in ac.in europa.eu gc.ca qc.ca gouv.qc.ca
"""
PUBLIC_SUFFIXES = frozenset(_SUFFIX_TEXT.split())
"""Domains under which many bodies have their own."""

WORD = re.compile(r"[a-z0-9]+")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "KATAKANA-HIRAGANA"})


def name_key(name: str) -> str:
    """The telling words of a name, folded, sorted, at most 500 characters; all its words when none is telling."""
    words = WORD.findall(fold(name))
    telling = sorted({word for word in words if word not in GENERIC}) or sorted(set(words))
    return " ".join(telling)[:500]


def web_domain(address: str) -> str:
    """The host of a web address without "www.": "https://www.Lome.tg/x" -> "lome.tg"; "" when there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")[:253]


def is_shared_host(host: str) -> bool:
    """Whether anybody may have a page there: "facebook.com", "sites.google.com", anything under "github.io"."""
    return host in SHARED_HOSTS or host.endswith(SHARED_SUFFIXES)


def mail_domain(text: str) -> str:
    """The e-mail domain a person wrote, in ASCII: "@Lomé.tg" -> "xn--lom-dma.tg"; "" when it is none."""
    written = unicodedata.normalize("NFC", text).strip().lower().rpartition("@")[2].rstrip(".")
    try:
        domain = written.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return domain if len(domain) <= 253 and DOMAIN.fullmatch(domain) else ""


def is_open_to_anybody(domain: str) -> bool:
    """Whether an address there proves nothing: webmail, pages for all, or a suffix under which many have their own."""
    return domain in WEBMAIL or domain in PUBLIC_SUFFIXES or is_shared_host(domain)


def scripts(name: str) -> tuple[str, ...]:
    """The writings a name mixes, when it mixes several: "Ville de P\u0430ris" -> ("Cyrillic", "Latin"); else none.

    Names that Chinese, Japanese and Korean readers write together count as one writing.
    """
    found = set()
    for letter in name:
        if letter.isalpha():
            writing = unicodedata.name(letter, "UNKNOWN").split()[0]
            found.add("CJK" if writing in EAST_ASIAN else writing)
    return tuple(sorted(writing.capitalize() for writing in found)) if len(found) > 1 else ()


@cache
def country_names(country: str) -> frozenset[str]:
    """What a country is called in the site's languages, folded."""
    names = set()
    for language, _label in settings.LANGUAGES:
        with override(language):
            names.add(fold(countries.name(country)))
    return frozenset(names)


@cache
def country_stems(country: str) -> tuple[str, ...]:
    """Beginnings of the words of a country's names: "GH" -> ("ghana",), for Ghana and Ghanaian."""
    words = {word for name in country_names(country) for word in WORD.findall(name)}
    return tuple(sorted({word[:6] for word in words if len(word) > 3 and word not in GENERIC}))
