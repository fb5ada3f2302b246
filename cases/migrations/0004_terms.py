"""The vocabularies a site starts with. Organisers rename, define, add and put aside; keys stay."""

from typing import Any

from django.db import migrations

TERMS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "domain": (
        ("services", "Services et accès aux droits", "Services and access to rights",
         "Gérer les services urbains et permettre à chacun d’y accéder : eau, déchets, énergie, social, démarches.",
         "Running urban services and letting everybody reach them: water, waste, energy, welfare, paperwork."),
        ("planning", "Aménagement et cadre de vie", "Planning and living environment",
         "Connaître, planifier et transformer la ville : cartes, transports, logement, espace public, environnement.",
         "Knowing, planning and changing the city: maps, transport, housing, public space, environment."),
        ("economy", "Économie et emploi", "Economy and jobs",
         "Faire vivre l’économie locale : commerce, travail, entreprises, innovation sociale, paiement.",
         "Keeping the local economy alive: trade, work, firms, social innovation, payment."),
        ("democracy", "Démocratie et participation", "Democracy and participation",
         "Décider avec les habitants et leur rendre des comptes : budgets, consultations, transparence.",
         "Deciding with residents and being accountable to them: budgets, consultations, transparency."),
    ),
    "priority": (
        ("economy", "Développer l’économie", "Develop the economy",
         "Le numérique au service des activités, de l’emploi et de l’innovation du territoire.",
         "Digital tools serving the activities, jobs and innovation of the territory."),
        ("inclusion", "Inclure et faire participer", "Include and involve",
         "Le numérique au service de l’inclusion sociale et de la démocratie locale.",
         "Digital tools serving social inclusion and local democracy."),
        ("planning", "Mieux aménager", "Plan better",
         "Le numérique au service de la connaissance du territoire, de l’urbanisme et de l’environnement.",
         "Digital tools serving knowledge of the territory, urban planning and the environment."),
        ("administration", "Mieux administrer", "Administer better",
         "Le numérique au service d’une administration plus efficace, plus transparente et plus proche.",
         "Digital tools serving a more effective, more transparent and closer administration."),
    ),
    "layer": (
        ("infrastructure", "Réseaux et énergie", "Networks and energy",
         "Ce sur quoi tout repose : électricité, fibre, réseaux mobiles et locaux, hébergement.",
         "What everything rests on: electricity, fibre, mobile and local networks, hosting."),
        ("equipment", "Équipements et capteurs", "Equipment and sensors",
         "Ce qui mesure, affiche ou relie dans la ville : téléphones, capteurs, bornes, cartes à puce.",
         "What measures, shows or connects in the city: phones, sensors, terminals, smart cards."),
        ("data", "Données et cartes", "Data and maps",
         "Ce que l’on recueille, partage et protège : registres, cartes, données ouvertes, standards.",
         "What is collected, shared and protected: registers, maps, open data, standards."),
        ("platforms", "Logiciels et plateformes", "Software and platforms",
         "Ce qui traite les données et met en relation : applications, plateformes, algorithmes.",
         "What processes data and connects people: applications, platforms, algorithms."),
        ("uses", "Usages et services", "Uses and services",
         "Ce que les habitants et les agents en font : services rendus, pratiques, compétences.",
         "What residents and staff do with it: services delivered, practices, skills."),
    ),
    "instrument": (
        ("hackathon", "Hackathon", "Hackathon",
         "Un temps court où des équipes fabriquent des prototypes à partir d’un problème posé par la ville.",
         "A short event where teams build prototypes from a problem set by the city."),
        ("open_innovation", "Innovation ouverte", "Open innovation",
         "Chercher avec d’autres, hors de ses murs, les idées et les solutions.",
         "Looking for ideas and solutions with others, outside one’s own walls."),
        ("call_for_projects", "Appel à projets innovants", "Call for innovative projects",
         "Un sujet, un règlement et une aide, ouverts à qui propose une réponse.",
         "A subject, rules and support, open to whoever offers an answer."),
        ("procurement", "Clauses de commande publique", "Public procurement clauses",
         "Acheter autrement : données ouvertes, standards, logiciels libres, essais, inscrits au contrat.",
         "Buying differently: open data, standards, free software, trials, written into the contract."),
        ("intrapreneurship", "Intrapreneuriat", "Intrapreneurship",
         "Des agents qui portent un projet neuf dans leur administration, avec du temps et un mandat.",
         "Staff who carry a new project inside their administration, with time and a mandate."),
        ("dedicated_structure", "Structure dédiée", "Dedicated structure",
         "Un service, un laboratoire, une agence ou une société créés pour le numérique de la ville.",
         "A department, laboratory, agency or company created for the city’s digital work."),
        ("label_prize", "Label ou prix", "Label or prize",
         "Une reconnaissance publique donnée à des initiatives, avec ou sans argent.",
         "Public recognition given to initiatives, with or without money."),
        ("fair_forum", "Salon ou forum", "Fair or forum",
         "Une rencontre publique pour montrer, débattre et mettre en relation.",
         "A public meeting to show, debate and connect."),
        ("startup_support", "Appui aux jeunes entreprises et tiers-lieux", "Support to start-ups and third places",
         "Des lieux, du conseil ou de l’argent pour ceux qui commencent.",
         "Places, advice or money for those who are starting."),
    ),
    "responsibility": (
        ("do", "Faire", "Do it oneself",
         "La collectivité conçoit et exploite elle-même, avec ses agents.",
         "The authority designs and runs it itself, with its own staff."),
        ("have_done", "Faire faire", "Have it done",
         "La collectivité confie, achète ou délègue, et garde la règle du jeu.",
         "The authority entrusts, buys or delegates, and keeps the rules of the game."),
        ("encourage", "Encourager", "Encourage",
         "D’autres font ; la collectivité aide, ouvre ses données ou lève un obstacle.",
         "Others do it; the authority helps, opens its data or lifts an obstacle."),
    ),
    "scope": (
        ("district", "Quartier", "District", "Une partie de la ville.", "A part of the city."),
        ("city", "Ville", "City", "Toute la commune.", "The whole municipality."),
        ("metropolis", "Agglomération", "Metropolitan area",
         "Plusieurs communes d’un même bassin de vie.", "Several municipalities of one living area."),
        ("region", "Région", "Region", "Une région, une province ou un État fédéré.", "A region, province or state."),
        ("nation", "Pays", "Nation", "Tout un pays.", "A whole country."),
    ),
    "cost_band": (
        ("none", "Sans dépense particulière", "No particular expense",
         "Rien d’autre que le temps des personnes.", "Nothing but people’s time."),
        ("under_10k", "Moins de 10 000 €", "Under €10,000",
         "Somme dépensée depuis le début, hors salaires, convertie en euros.",
         "Spent since the start, salaries excluded, converted to euros."),
        ("10k_100k", "De 10 000 à 100 000 €", "€10,000 to €100,000",
         "Somme dépensée depuis le début, hors salaires, convertie en euros.",
         "Spent since the start, salaries excluded, converted to euros."),
        ("100k_1m", "De 100 000 € à 1 million", "€100,000 to €1 million",
         "Somme dépensée depuis le début, hors salaires, convertie en euros.",
         "Spent since the start, salaries excluded, converted to euros."),
        ("over_1m", "Plus d’un million d’euros", "Over €1 million",
         "Somme dépensée depuis le début, hors salaires, convertie en euros.",
         "Spent since the start, salaries excluded, converted to euros."),
    ),
    "connectivity": (
        ("none", "Aucune", "None",
         "Fonctionne sans réseau pour l’habitant : papier, affichage, guichet.",
         "Works without a network for residents: paper, posters, counter."),
        ("voice_sms", "Voix et SMS", "Voice and SMS",
         "Un téléphone ordinaire suffit : appel, SMS, code USSD.", "Any phone will do: call, SMS, USSD code."),
        ("occasional", "Internet par moments", "Occasional internet",
         "Une connexion de temps en temps suffit, même lente.", "A connection now and then is enough, even a slow one."),
        ("permanent", "Internet en continu", "Permanent internet",
         "Ne marche qu’avec une connexion stable.", "Works only with a stable connection."),
    ),
    "family": (
        ("economic", "Économique", "Economic",
         "Coûts, recettes, emplois, temps gagné ou perdu.", "Costs, revenue, jobs, time won or lost."),
        ("technical", "Technique et gestion", "Technical and management",
         "Fiabilité, délais, couverture, qualité des données et du service.",
         "Reliability, delays, coverage, quality of data and service."),
        ("social", "Sociale", "Social",
         "Qui s’en sert, qui n’y a pas accès, ce que les habitants en disent.",
         "Who uses it, who has no access, what residents say about it."),
        ("environmental", "Environnementale", "Environmental",
         "Énergie, eau, déchets, air, déplacements, matériel.", "Energy, water, waste, air, travel, hardware."),
    ),
    "side": (
        ("offer", "Offre", "Supply",
         "Celui qui conçoit, fournit ou exploite le service.", "Whoever designs, supplies or runs the service."),
        ("demand", "Commande", "Commissioning",
         "Celui qui décide, achète, finance ou fixe la règle.", "Whoever decides, buys, funds or sets the rules."),
        ("use", "Usages", "Use",
         "Celui qui s’en sert, ou parle pour ceux qui s’en servent.", "Whoever uses it, or speaks for those who do."),
    ),
}  # fmt: skip


def write_terms(apps: Any, _editor: Any) -> None:
    """Ten apart, so that a new value finds its place between two others."""
    term = apps.get_model("cases", "Term")
    names = ("key", "label_fr", "label_en", "definition_fr", "definition_en")
    term.objects.bulk_create(
        term(vocabulary=vocabulary, position=10 * rank, **dict(zip(names, row, strict=True)))
        for vocabulary, rows in TERMS.items()
        for rank, row in enumerate(rows, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_full_sheet")]

    operations = [migrations.RunPython(write_terms, migrations.RunPython.noop)]
