"""The address from which calendars fetch meetings."""

from __future__ import annotations

from django.urls import path

from samordna.web.forums import calendar

urlpatterns = [path("<str:ticket>.ics", calendar.feed, name="calendar_feed")]
