"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.reports import pages

urlpatterns = [
    path("kapitel/<str:chapter_id>/", pages.writing, name="write_chapter"),
    path("kapitel/<str:chapter_id>/flytta/", pages.moving, name="move_chapter"),
    path("ar/<str:annual_report_id>/", pages.report, name="annual_report"),
    path("ar/<str:annual_report_id>/rapport.<str:ending>", pages.as_file, name="annual_report_file"),
    path("ar/<str:annual_report_id>/hamta/", pages.drawing, name="draw_report_again"),
    path("ar/<str:annual_report_id>/ta-bort/", pages.withdrawing, name="withdraw_from_report"),
    path("ar/<str:annual_report_id>/anta/", pages.adopting, name="adopt_report"),
    path("<str:collaboration_id>/", pages.reports, name="annual_reports"),
    path("<str:collaboration_id>/borja/", pages.beginning, name="begin_annual_report"),
]
