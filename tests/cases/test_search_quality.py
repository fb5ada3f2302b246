"""Sixty questions as an officer of a city types them, on the real records: who reads the first five finds the case.

The records expected were chosen by reading the collections, not by trying the search. Nothing of the records is kept
here but their identifiers.
"""

from pathlib import Path

from django.core.cache import caches
from django.utils.translation import override

from cases.models import CasePage, CatalogueEntry
from cases.search import Selection
from coalition.seed.glossary import load_glossary
from tests.cases.collections import MOMENT, fill_catalogue

FIRST = 5
SHARE = 0.9
B, P, D, X = "beta.gouv:", "dataportals:", "dpg:", "ips-x:"

FRENCH: dict[str, tuple[str, ...]] = {
    "logements vacants": (f"{B}zero-logement-vacant",),
    "signaler un depot sauvage": (f"{B}anct-pni-5",),
    "gaspillage alimentaire cantine": (f"{B}anti-gaspi-cantine", f"{B}rest-0"),
    "co-voiturage solidaire": (f"{B}comobi",),
    "covoiturage -scellés": (f"{B}comobi",),
    "chemin rural": (f"{B}voies-locales-en-commun",),
    "punaises de lits": (f"{B}stop-punaises",),
    "démocratie participative": (f"{B}anct-pni-4",),
    "concertation entre citoyens et collectivités": (f"{B}idquart",),
    "médiateurs numeriques": (f"{B}suite.d.outils.des.mediateurs.numeriques",),
    "friches": (f"{B}mutafriches", f"{B}benefriches", f"{B}urbanvitaliz", f"{B}inventaire.friches.agricoles"),
    "harcelement à l’école": (f"{B}lutte.contre.le.harcelement.en.milieu.scolaire", f"{B}kamehameha"),
    "base des adresses": (f"{B}ban", f"{B}bases.adresses.locales"),
    "documents d'urbanisme": (f"{B}docurba",),
    "télémedecine à la campagne": (f"{B}anct-pni-7",),
    "préparation des conseils municipaux": (f"{B}anct-pni-42",),
    "commerces coeur de ville": (f"{B}anct-pni-47", f"{B}boursoloco"),
    "panier alimentaire solidaire": (f"{B}anct-pni-30",),
    "amiante": (f"{B}bati-amiante",),
    "encombrants habitat social": (f"{B}anct-pni-9",),
    "photovoltaique": (f"{B}cadransolaire", f"{B}pv.facile"),
    "carte de fidélité commerces": (f"{B}anct-pni-34",),
    '"monuments historiques" objets': (f"{B}collectif_objets",),
    "prélèvements d’eau": (f"{B}prelevements.deau", f"{B}partageons-l-eau", f"{B}conseau"),
    "maladies des arbres en foret": (f"{B}sylva-san",),
    "tiers lieu": (f"{B}anct-pni-32",),
    "budgets participatifs": (f"{B}ogptoolbox", f"{X}10413"),
    "données ouvertes Bordeaux": (f"{P}ville-bordeaux", f"{P}cub-bordeaux"),
    "données ouvertes zimbabwé": (f"{P}zimbabwe_opendataforafrica",),
    "réfugié": (f"{B}refugies.info",),
}

ENGLISH: dict[str, tuple[str, ...]] = {
    "holiday rental fraud": (f"{X}10073", f"{X}10597"),
    "air quality": (f"{P}open-air-quality", f"{X}10829"),
    "illegal dumping": (f"{X}10285",),
    "phone while driving camera": (f"{X}10076",),
    "universal basic income": (f"{D}social-income", f"{D}impactmarket"),
    "offline forms": (f"{D}odk",),
    "graz opendata": (f"{P}graz",),
    "mowing of grassland": (f"{X}10640", f"{X}10023", f"{X}10592"),
    "predict road accidents": (f"{X}10377", f"{X}10079", f"{X}10515"),
    "blockchain subsidies -healthcare": (f"{X}10729",),
    "water levels": (f"{X}10385", f"{X}10247"),
    "deliberation with citizens": (f"{D}your-priorities",),
    "budget data south africa": (f"{P}southafrica_vulekamali", f"{P}southafrica_municipal_data"),
    "pay tax in bitcoin": (f"{X}10796",),
    "crowdsourced datasets british columbia": (f"{P}opendatabc-data-catalogue",),
    "eviction": (f"{D}eviction-maps",),
    "subtitling videos": (f"{X}10188",),
    "heating consumption forecast": (f"{X}10264",),
    "suicide prevention": (f"{X}10435", f"{X}10119"),
    '"text-to-speech" estonia': (f"{X}10261",),
    "sanctioning unemployed": (f"{X}10216",),
    "medical record system": (f"{D}bahmni", f"{D}openmrs"),
    "road data victoria": (f"{P}vicroads-open-data",),
    "wildlife camera": (f"{D}zamba",),
    "street lighting sensors": (f"{X}10402", f"{X}10396"),
    "parking control scan car": (f"{X}10355",),
    "land registry blockchain": (f"{X}10692", f"{X}10719", f"{X}10764"),
    "crowd monitoring": (f"{X}10682",),
    "litter map": (f"{D}openlittermap",),
    "smart waste container": (f"{X}10371",),
}


def test_the_case_looked_for_is_among_the_first_five(real_data: Path, site_lists: dict[str, object]) -> None:
    caches["pages"].clear()
    load_glossary(MOMENT)
    assert fill_catalogue(real_data, site_lists) == 2_171
    wrong = [*_missed("fr", FRENCH), *_missed("en", ENGLISH)]
    asked = len(FRENCH) + len(ENGLISH)
    said = f"{asked - len(wrong)} of {asked} among the first {FIRST}"
    assert len(wrong) <= asked * (1 - SHARE), "\n".join([said, *wrong])


def _missed(language: str, questions: dict[str, tuple[str, ...]]) -> list[str]:
    """The questions whose case is not among the first five, with what came instead."""
    missed = []
    with override(language):
        for words, expected in questions.items():
            answer = CatalogueEntry.objects.answer(Selection(q=words), language)
            pages = CasePage.objects.in_bulk([entry.pk for entry in answer[:FIRST]])
            names = [page.external_id for page in pages.values()]
            if not set(names) & set(expected):
                missed.append(f"{language} {words!r}: {names}{' (partly)' if answer.partly else ''}")
    return missed
