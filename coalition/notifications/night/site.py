"""One door before every address of it: a superuser with a second factor, signed in through the site. Others: 404."""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from coalition.core.access import Hidden, is_organiser


class NightSite(AdminSite):
    """Nothing of it exists for others, its login page for nobody; leaving it is leaving the site."""

    site_header = site_title = index_title = _("Le site, la nuit")
    site_url = "/"
    enable_nav_sidebar = False
    # the front page without "recent actions": nothing is written here
    index_template = "admin/app_index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """A superuser with a verified address and a second factor."""
        account: Any = request.user
        return bool(is_organiser(account) and account.is_superuser)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every address passes here; whoever may not enter learns nothing of it."""
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def behind_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request):
                raise Hidden("django-admin")
            return inner(request, *args, **kwargs)

        return behind_the_door

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Django's templates ask for `user`, which our pages do without."""
        return {**super().each_context(request), "user": request.user}

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Never shown: people sign in through the site, with their second factor."""
        raise Hidden("django-admin")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The site's own page."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The site's own page."""
        return redirect("account_change_password")


night_site = NightSite("night")
