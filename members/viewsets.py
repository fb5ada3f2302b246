"""The admin's screens for accounts, without first and last names."""

from typing import Any

from django.db.models import QuerySet
from wagtail.users.views.users import IndexView, UserViewSet

from members.admin_forms import AccountCreationForm, AccountEditForm


class AccountIndexView(IndexView):
    """The list of accounts, by name or address."""

    @property
    def search_fields(self) -> set[str]:
        """Where the search box looks."""
        return {"email", "name"}

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Sorted by name, which Wagtail supposes to be in two parts."""
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "email")
        return super().order_queryset(queryset)


class AccountViewSet(UserViewSet):
    """Accounts in the admin: superusers only, by Django's permissions."""

    index_view_class = AccountIndexView
    create_template_name = "members/admin/account_create.html"
    edit_template_name = "members/admin/account_edit.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        """Our forms instead of Wagtail's, which ask for a first and a last name."""
        return AccountEditForm if for_update else AccountCreationForm
