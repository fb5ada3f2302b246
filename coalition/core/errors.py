"""Errors an action raises when the rule of the domain, not the access, says no."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal with a sentence for the reader; forms show it and keep what was typed.

    `message` is a translatable sentence in French; `field` names the form field concerned, or "" for the whole form.
    """

    def __init__(self, message: str | Promise, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
