"""Terms say nothing about people."""

from coalition.core.privacy import declare

declare("glossary.Term", impersonal=("*",))
