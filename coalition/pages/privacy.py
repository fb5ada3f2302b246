"""The site's own pages hold nothing about people but who edited them."""

from coalition.core.personal import BY_WHOM
from coalition.core.privacy import declare

for _label in ("HomePage", "StandardPage"):
    declare(f"pages.{_label}", treatment="journal", fields={"owner": BY_WHOM, "locked_by": BY_WHOM}, impersonal=("*",))
