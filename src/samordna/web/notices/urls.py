"""Addresses of notices and of what one wants letters about."""

from __future__ import annotations

from django.urls import path

from samordna.web.notices import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("lasta/", views.mark_read, name="mark_notices_read"),
    path("brev/", views.choices, name="notice_choices"),
    path("brev/adress/", views.try_again, name="try_address_again"),
    path("avsluta/<str:ticket>/", views.stop, name="stop_letters"),
    path("paminnelser/<str:collaboration_id>/", views.reminder_days, name="reminder_days"),
    path("<str:notice_id>/", views.open_notice, name="open_notice"),
]
