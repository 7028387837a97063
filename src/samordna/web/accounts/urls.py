"""Signing in and one's own account: the sign-in library's pages and our own."""

from __future__ import annotations

from django.urls import include, path

from samordna.web.accounts import arriving, views

urlpatterns = [
    path("", views.account, name="account"),
    path("demo/", views.demo_sign_in, name="demo_sign_in"),
    path("via/<str:provider_id>/", arriving.depart, name="depart"),
    path("via/<str:provider_id>/svar/", arriving.arrive_oidc, name="arrive_oidc"),
    path("via/<str:provider_id>/intyg/", arriving.saml_assertion, name="saml_assertion"),
    path("via/<str:provider_id>/klart/", arriving.arrive_saml, name="arrive_saml"),
    path("via/<str:provider_id>/metadata/", arriving.saml_metadata, name="saml_metadata"),
    path("kopplingar/<str:identity_id>/ta-bort/", arriving.disconnect, name="disconnect_identity"),
    path("", include("allauth.urls")),
]
