"""Addresses of series and of times that are looked for."""

from __future__ import annotations

from django.urls import path

from samordna.web.scheduling import series, times

urlpatterns = [
    path("serie/<str:series_id>/", series.series, name="series"),
    path("serie/<str:series_id>/andra/", series.changing, name="change_series"),
    path("serie/<str:series_id>/avsluta/", series.ending, name="end_series"),
    path("tid/<str:question_id>/", times.question, name="time_question"),
    path("tid/<str:question_id>/andra/", times.changing, name="change_time_question"),
    path("tid/<str:question_id>/plats/", times.placing, name="add_meeting_place"),
    path("tid/<str:question_id>/foresla/", times.proposing, name="propose_time"),
    path("tid/<str:question_id>/foresla-basta/", times.proposing_best, name="propose_best_times"),
    path("tid/<str:question_id>/lagg-ned/", times.dropping, name="drop_time_question"),
    path("tidsforslag/<str:option_id>/dra-tillbaka/", times.withdrawing, name="withdraw_time"),
    path("tidsforslag/<str:option_id>/valj/", times.choosing, name="choose_time"),
    path("motesplats/<str:spot_id>/ta-bort/", times.unplacing, name="remove_meeting_place"),
    path("tillfragad/<str:asked_id>/", times.answering, name="answer_times"),
    path("tillfragad/<str:asked_id>/kalender/", times.calendar, name="give_busy_hours"),
    path("tillfragad/<str:asked_id>/kalender/ta-bort/", times.calendar_removing, name="remove_busy_hours"),
    path("<str:forum_id>/serie/", series.starting, name="start_series"),
    path("<str:forum_id>/tid/", times.asking, name="ask_about_time"),
]
