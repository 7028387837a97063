"""The address of an invitation: short, because it travels in mail."""

from __future__ import annotations

from django.urls import path

from samordna.web.admissions import accepting

urlpatterns = [path("<str:token>/", accepting.invitation, name="invitation")]
