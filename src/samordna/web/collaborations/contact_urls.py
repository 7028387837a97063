"""Addresses of the search for contacts."""

from __future__ import annotations

from django.urls import path

from samordna.web.collaborations import contacts

urlpatterns = [path("", contacts.contacts, name="contacts")]
