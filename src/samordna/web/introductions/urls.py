"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.introductions import doing, keeping, pages

urlpatterns = [
    path("", pages.introductions, name="introductions"),
    path("organisation/<str:organisation_id>/", pages.people, name="introduced_people"),
    path("organisation/<str:organisation_id>/utbildade.xlsx", pages.people_file, name="introduced_file"),
    path("organisation/<str:organisation_id>/ny/", keeping.beginning, name="begin_introduction"),
    path("samverkan/<str:collaboration_id>/", pages.counted, name="introduced_count"),
    path("samverkan/<str:collaboration_id>/ny/", keeping.beginning_together, name="begin_joint_introduction"),
    path("innehav/<str:holding_id>/", pages.holder, name="introduced_holder"),
    path("innehav/<str:holding_id>/utbildning/", doing.training, name="fill_in_training"),
    path("innehav/<str:holding_id>/<str:programme_id>/", doing.vouching, name="vouch_for_steps"),
    path("utbildning/<str:training_id>/ta-bort/", doing.taking_training_away, name="take_training_away"),
    path("steg/<str:step_id>/", keeping.rewording, name="introduction_step"),
    path("steg/<str:step_id>/gjort/", doing.marking, name="mark_step_done"),
    path("steg/<str:step_id>/flytta/", keeping.moving, name="move_introduction_step"),
    path("steg/<str:step_id>/ta-ut/", keeping.taking_out, name="end_introduction_step"),
    path("steg/<str:step_id>/tillfallen/", keeping.choosing_sessions, name="introduction_sessions"),
    path("gjort/<str:done_id>/angra/", doing.taking_back, name="take_back_done"),
    path("<str:programme_id>/", pages.programme, name="introduction"),
    path("<str:programme_id>/andra/", keeping.describing, name="describe_introduction"),
    path("<str:programme_id>/publicera/", keeping.publishing, name="publish_introduction"),
    path("<str:programme_id>/avsluta/", keeping.ending, name="end_introduction"),
    path("<str:programme_id>/steg/", keeping.adding, name="add_introduction_step"),
    path("<str:programme_id>/rakna-med/", doing.counting, name="count_introduction"),
]
