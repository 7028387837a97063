"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.forums import pages, seating, setting_up, sharing

urlpatterns = [
    path("", pages.forums, name="forums"),
    path("nytt/<str:collaboration_id>/", setting_up.new_forum, name="start_forum"),
    path("plats/<str:seat_id>/lamna/", seating.unseating, name="unseat_role"),
    path("dag/<str:day_id>/sluta/", seating.day_ending, name="end_joint_day"),
    path("<str:forum_id>/", pages.forum, name="forum"),
    path("<str:forum_id>/beskriv/", setting_up.description, name="describe_forum"),
    path("<str:forum_id>/beslutsordning/", setting_up.routine, name="set_routine"),
    path("<str:forum_id>/stang/", setting_up.closing, name="close_forum"),
    path("<str:forum_id>/plats/", seating.seating, name="seat_role"),
    path("<str:forum_id>/dag/", seating.joint_day, name="add_joint_day"),
    path("<str:forum_id>/dela/", sharing.sharing, name="share_forum"),
    path("<str:forum_id>/dela/<str:collaboration_id>/ja/", sharing.accepting, name="accept_sharing"),
    path("<str:forum_id>/dela/<str:collaboration_id>/nej/", sharing.ending, name="end_sharing"),
]
