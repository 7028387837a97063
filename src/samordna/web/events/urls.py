"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.events import pages, preparing

urlpatterns = [
    path("", pages.events, name="events"),
    path("nytt/<str:forum_id>/", preparing.planning, name="plan_event"),
    path("<str:event_id>/", pages.event, name="event"),
    path("<str:event_id>/svara/", pages.answering, name="answer_event"),
    path("<str:event_id>/ledde-till/", pages.leading_to, name="tell_what_event_led_to"),
    path("<str:event_id>/andra/", preparing.describing, name="describe_event"),
    path("<str:event_id>/bjud-in/", preparing.inviting, name="invite_to_event"),
    path("<str:event_id>/narvaro/", preparing.attendance, name="note_who_came"),
    path("<str:event_id>/anteckningar/", preparing.noting, name="note_event"),
]
