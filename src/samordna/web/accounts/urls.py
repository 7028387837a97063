"""Signing in and one's own account: the sign-in library's pages and our own."""

from __future__ import annotations

from django.urls import include, path

from samordna.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("demo/", views.demo_sign_in, name="demo_sign_in"),
    path("", include("allauth.urls")),
]
