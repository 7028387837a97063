"""Signing in and one's own account: the sign-in library's pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.urls")),
]
