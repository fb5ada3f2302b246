"""Addresses under /fr/glossaire/ and /en/glossary/."""

from django.urls import path

from coalition.glossary import views

urlpatterns = [
    path("", views.glossary, name="glossary"),
    path("<slug:slug>/", views.glossary_term, name="glossary_term"),
]
