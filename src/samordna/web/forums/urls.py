"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.forums import agenda, answering, calendar, items, meeting, pages, seating, setting_up, sharing

urlpatterns = [
    path("", pages.forums, name="forums"),
    path("nytt/<str:collaboration_id>/", setting_up.new_forum, name="start_forum"),
    path("plats/<str:seat_id>/lamna/", seating.unseating, name="unseat_role"),
    path("dag/<str:day_id>/sluta/", seating.day_ending, name="end_joint_day"),
    path("kalender/", calendar.my_calendar, name="my_calendar"),
    path("kalender/ny/", calendar.making, name="make_calendar_address"),
    path("kalender/<str:address_id>/avsluta/", calendar.ending, name="end_calendar_address"),
    path("mote/<str:meeting_id>/", meeting.meeting, name="meeting"),
    path("mote/<str:meeting_id>/mote.ics", calendar.meeting_file, name="meeting_file"),
    path("mote/<str:meeting_id>/svar/", answering.answering, name="answer_call"),
    path("mote/<str:meeting_id>/svar/annan/", answering.others_answer, name="others_answer"),
    path("mote/<str:meeting_id>/svar/kalender/", answering.calendar_answer, name="take_calendar_answer"),
    path("mote/<str:meeting_id>/andra/", meeting.changing, name="change_meeting"),
    path("mote/<str:meeting_id>/kalla/", meeting.calling, name="call_meeting"),
    path("mote/<str:meeting_id>/hallet/", meeting.holding, name="hold_meeting"),
    path("mote/<str:meeting_id>/stall-in/", meeting.cancelling, name="cancel_meeting"),
    path("punkt/<str:item_id>/", items.item, name="item"),
    path("punkt/<str:item_id>/andra/", items.description, name="describe_item"),
    path("punkt/<str:item_id>/dra-tillbaka/", items.withdrawing, name="withdraw_item"),
    path("punkt/<str:item_id>/underlag/", items.paper, name="add_paper"),
    path("punkt/<str:item_id>/underlag/<str:paper_id>/ta-bort/", items.paper_removing, name="remove_paper"),
    path("punkt/<str:item_id>/flytta/", agenda.moving, name="move_item"),
    path("punkt/<str:item_id>/placera/", agenda.placing, name="place_item"),
    path("punkt/<str:item_id>/ta-upp/", agenda.taking_up, name="take_up_item"),
    path("punkt/<str:item_id>/for-over/", agenda.carrying, name="carry_item"),
    path("<str:forum_id>/", pages.forum, name="forum"),
    path("<str:forum_id>/beskriv/", setting_up.description, name="describe_forum"),
    path("<str:forum_id>/beslutsordning/", setting_up.routine, name="set_routine"),
    path("<str:forum_id>/stang/", setting_up.closing, name="close_forum"),
    path("<str:forum_id>/plats/", seating.seating, name="seat_role"),
    path("<str:forum_id>/mote/", meeting.planning, name="plan_meeting"),
    path("<str:forum_id>/punkt/", items.raising, name="raise_item"),
    path("<str:forum_id>/dag/", seating.joint_day, name="add_joint_day"),
    path("<str:forum_id>/dela/", sharing.sharing, name="share_forum"),
    path("<str:forum_id>/dela/<str:collaboration_id>/ja/", sharing.accepting, name="accept_sharing"),
    path("<str:forum_id>/dela/<str:collaboration_id>/nej/", sharing.ending, name="end_sharing"),
]
