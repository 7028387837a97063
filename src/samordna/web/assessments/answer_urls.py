"""The address of one-time links: short, because they travel in mail and on paper."""

from __future__ import annotations

from django.urls import path

from samordna.web.assessments import answering

urlpatterns = [path("<str:token>/", answering.by_link, name="answer_wave_by_link")]
