"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.proceedings import doing, questions, running

urlpatterns = [
    path("mote/<str:meeting_id>/pagar/", running.running, name="proceedings"),
    path("mote/<str:meeting_id>/oppna/", running.opening, name="open_meeting"),
    path("mote/<str:meeting_id>/avsluta/", running.ending, name="end_meeting"),
    path("mote/<str:meeting_id>/narvaro/", running.attending, name="note_attendance"),
    path("mote/<str:meeting_id>/narvaro/svarat/", running.attending_answered, name="note_those_who_come"),
    path("mote/<str:meeting_id>/narvaro/<str:attendance_id>/gick/", running.leaving, name="end_attendance"),
    path("mote/<str:meeting_id>/struket/", running.striking, name="strike_attendance"),
    path("mote/<str:meeting_id>/punkt/<str:item_id>/borja/", running.beginning, name="begin_item"),
    path("mote/<str:meeting_id>/punkt/<str:item_id>/klar/", running.finishing, name="finish_item"),
    path("mote/<str:meeting_id>/punkt/<str:item_id>/anteckning/", running.writing, name="write_note"),
    path("mote/<str:meeting_id>/punkt/<str:item_id>/undan/<str:note_id>/", running.settling, name="settle_note"),
    path("mote/<str:meeting_id>/punkt/<str:item_id>/fraga/", questions.asking, name="open_question"),
    path("mote/<str:meeting_id>/fraga/<str:motion_id>/rost/", questions.voting, name="cast_vote"),
    path("mote/<str:meeting_id>/fraga/<str:motion_id>/ovriga/", questions.voting_for_the_rest, name="cast_for_the_rest"),
    path("mote/<str:meeting_id>/fraga/<str:motion_id>/avgor/", questions.settling, name="settle_question"),
    path("mote/<str:meeting_id>/fraga/<str:motion_id>/lamna/", questions.leaving, name="leave_question"),
    path("mote/<str:meeting_id>/fraga/<str:motion_id>/reservation/", questions.reserving, name="reserve_oneself"),
    path("mote/<str:meeting_id>/atgard/", doing.noting, name="note_action_point"),
    path("atgard/<str:point_id>/", doing.point, name="action_point"),
    path("atgard/<str:point_id>/klar/", doing.finishing, name="finish_action_point"),
    path("atgard/<str:point_id>/lagg-ner/", doing.dropping, name="drop_action_point"),
    path("atgard/<str:point_id>/andra/", doing.changing, name="change_action_point"),
    path("atgard/<str:point_id>/ta-upp-igen/", doing.reopening, name="reopen_action_point"),
]
