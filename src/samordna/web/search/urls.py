"""Addresses of the search, of what one has at hand, and of the palette."""

from __future__ import annotations

from django.urls import path

from samordna.web.search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("forslag/", views.suggestions, name="suggestions"),
    path("favoriter/<str:kind>/<str:object_id>/behall/", views.keep, name="keep_favourite"),
    path("favoriter/<str:kind>/<str:object_id>/slapp/", views.drop, name="drop_favourite"),
]
