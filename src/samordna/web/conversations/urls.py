"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.conversations import furthering, pages

urlpatterns = [
    path("forum/<str:forum_id>/", pages.forum_threads, name="forum_threads"),
    path("fraga/<str:matter_id>/", pages.matter_threads, name="matter_threads"),
    path("trad/<str:thread_id>/", pages.thread, name="thread"),
    path("inlagg/<str:message_id>/andra/", pages.rewording, name="reword_message"),
    path("inlagg/<str:message_id>/dra-tillbaka/", pages.withdrawing, name="withdraw_message"),
    path("inlagg/<str:message_id>/arende/", furthering.as_item, name="take_further_as_item"),
    path("inlagg/<str:message_id>/fraga/", furthering.as_matter, name="take_further_as_matter"),
    path("inlagg/<str:message_id>/erfarenhet/", furthering.as_experience, name="take_further_as_experience"),
]
