"""Addresses under the account's, of each declared provider; allauth finds them through `CheckedProvider`."""

from django.urls import path

from members.oidc import views

urlpatterns = [
    path("oidc/<slug:provider_id>/login/", views.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
]
