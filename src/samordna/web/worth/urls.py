"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.worth import pages

urlpatterns = [
    path("forum/<str:forum_id>/", pages.forum_worth, name="forum_worth"),
    path("mote/<str:meeting_id>/", pages.check, name="check_meeting"),
]
