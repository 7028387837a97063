"""All addresses: the site and the API."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("samordna.api.urls")),
    path("api/scim/v2/", include("samordna.api.scim.urls")),
    path("", include("samordna.web.urls")),
]
