"""What the floor's tables, and those of the packages we stand on, hold about people."""

from django.utils.translation import gettext_lazy as _

from coalition.core.privacy import CLEAR, Treatment, declare, keep, register_treatment, replace_by

BY_WHOM = keep(_("La trace de qui a agi reste, sans nom : le compte effacé n’en porte plus."))
PUBLISHED = keep(_("Ce qui a été publié au nom d’une organisation reste à cette organisation."))


def declare_treatments() -> None:
    """The lines of the register that concern the whole site."""
    register_treatment(
        Treatment(
            key="account",
            title=_("Votre compte et sa sécurité"),
            purpose=_("Vous reconnaître, protéger votre compte, vous montrer vos appareils connectés."),
            basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
            data=_("Nom, adresse électronique, langue, fuseau horaire, mot de passe haché, second facteur, appareils."),
            recipients=_("L’équipe d’organisation du réseau, pour l’adresse électronique."),
            retention=_("Tant que le compte sert ; trois ans sans connexion, puis effacement après un avis."),
        )
    )
    register_treatment(
        Treatment(
            key="journal",
            title=_("Journal des actes et fichiers joints"),
            purpose=_("Pouvoir dire qui a signé, décidé ou publié quoi, et quand."),
            basis=_("Intérêt légitime du réseau à prouver ses actes (article 6.1.f du RGPD)."),
            data=_("Identité du compte, acte, date, objet de l’acte, fichiers déposés."),
            recipients=_("L’équipe d’organisation du réseau."),
            retention=_("Autant que les actes eux-mêmes ; le nom disparaît avec le compte."),
        )
    )


def declare_published_treatments() -> None:
    """The lines of the register that concern what is published, and agreed to."""
    register_treatment(
        Treatment(
            key="contributions",
            title=_("Cas et amendements"),
            purpose=_("Publier ce que les organisations écrivent, et savoir qui l’a écrit pour elles."),
            basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
            data=_("Identité du compte qui écrit, propose ou décide."),
            recipients=_("Le public pour l’organisation ; l’équipe d’organisation du réseau pour la personne."),
            retention=_("Autant que la publication ; le nom disparaît avec le compte."),
        )
    )
    register_treatment(
        Treatment(
            key="consent",
            title=_("Vos accords"),
            purpose=_("Prouver ce que vous avez accepté, dans quels termes, et quand vous l’avez retiré."),
            basis=_("Obligation légale (article 7.1 du RGPD)."),
            data=_("Compte ou adresse, objet de l’accord, version et empreinte du texte, date, réseau tronqué."),
            recipients=_("L’équipe d’organisation du réseau."),
            retention=_("Tant que l’accord vaut, puis cinq ans sans l’adresse."),
        )
    )


def declare_own() -> None:
    """Tables of this app."""
    declare("core.Picture", treatment="journal", fields={"uploaded_by_user": BY_WHOM}, impersonal=("*",))
    declare("core.PictureRendition", impersonal=("*",))
    declare("core.File", treatment="journal", fields={"uploaded_by_user": BY_WHOM}, impersonal=("*",))
    declare(
        "core.Attachment",
        treatment="journal",
        owners=("uploaded_by",),
        fields={
            "name": replace_by("document"),
            "file": keep(_("La pièce prouve un acte de l’organisation : elle reste avec lui, et n’est pas publique.")),
        },
        impersonal=("content_type", "sha256"),
    )
    declare(
        "core.Consent",
        treatment="consent",
        owners=("account",),
        addresses=("address",),
        fields={
            "address": CLEAR,
            "network": CLEAR,
            "purpose": keep(_("La preuve de l’accord reste cinq ans, sans votre adresse.")),
        },
        impersonal=("text_version", "text_sha256", "language", "method", "proof"),
    )
    declare_own_records()


def declare_own_records() -> None:
    """Tables of this app that hold proofs, secrets and logs."""
    declare("core.Erasure", impersonal=("address_digest",))
    declare("core.PurgeRun", impersonal=("step",))
    declare(
        "core.TemporaryExport",
        treatment="account",
        owners=("account",),
        impersonal=("kind", "session_digest"),
        delete=True,
    )
    declare(
        "core.OneTimeToken",
        treatment="account",
        addresses=("address",),
        impersonal=("purpose", "digest"),
        delete=True,
    )
    declare(
        "core.AuditLine",
        treatment="journal",
        owners=("actor",),
        fields={"action": BY_WHOM},
        impersonal=("label", "data"),
    )


def declare_accounts() -> None:
    """Tables of django-allauth and of the sessions: they go with the account."""
    for label, owner in (
        ("account.EmailAddress", "user"),
        ("account.EmailConfirmation", "email_address__user"),
        ("mfa.Authenticator", "user"),
        ("socialaccount.SocialAccount", "user"),
        ("socialaccount.SocialToken", "account__user"),
        ("usersessions.UserSession", "user"),
    ):
        addresses = ("email",) if label == "account.EmailAddress" else ()
        declare(label, treatment="account", owners=(owner,), addresses=addresses, impersonal=("*",), delete=True)
    declare("socialaccount.SocialApp", impersonal=("*",))
    declare("sessions.Session", treatment="account", impersonal=("*",))


def declare_wagtail() -> None:
    """Tables of Wagtail: who edited what stays as a key to the account; what only serves the editor goes."""
    for label, owner in (
        ("wagtailadmin.EditingSession", "user"),
        ("wagtailadmin.FormState", "user"),
        ("wagtailcore.APIToken", "user"),
        ("wagtailcore.PageSubscription", "user"),
        ("wagtailcore.UploadedFile", "uploaded_by_user"),
        ("wagtailusers.UserProfile", "user"),
    ):
        declare(label, treatment="account", owners=(owner,), impersonal=("*",), delete=True)
    for label, keys in (
        ("wagtailcore.Page", ("owner", "locked_by")),
        ("wagtailcore.Revision", ("user",)),
        ("wagtailcore.ModelLogEntry", ("user",)),
        ("wagtailcore.PageLogEntry", ("user",)),
        ("wagtailcore.Comment", ("user", "resolved_by")),
        ("wagtailcore.CommentReply", ("user",)),
        ("wagtailcore.WorkflowState", ("requested_by",)),
        ("wagtailcore.TaskState", ("finished_by",)),
        ("wagtaildocs.Document", ("uploaded_by_user",)),
        ("wagtailimages.Image", ("uploaded_by_user",)),
        ("wagtail_localize.StringTranslation", ("last_translated_by",)),
        ("wagtail_localize.SegmentOverride", ("last_translated_by",)),
    ):
        declare(label, treatment="journal", fields=dict.fromkeys(keys, BY_WHOM), impersonal=("*",))


WITHOUT_PEOPLE = frozenset(
    {"admin", "auth", "contenttypes", "taggit", "wagtailembeds", "wagtailredirects", "wagtailsearch"}
)
"""Apps of other packages whose tables describe the site, never a person; nothing is written into that of the admin."""


def declare_floor() -> None:
    """Everything above; called once, when the app is ready."""
    declare_treatments()
    declare_published_treatments()
    declare_own()
    declare_accounts()
    declare_wagtail()
