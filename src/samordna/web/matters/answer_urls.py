"""Addresses of answer links: short, because they travel in mail."""

from __future__ import annotations

from django.urls import path

from samordna.web.matters import answering

urlpatterns = [
    path("<str:token>/", answering.answer, name="answer"),
]
