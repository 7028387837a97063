"""Addresses of answer links: short, because they travel in mail."""

from __future__ import annotations

from django.urls import path

from samordna.web.matters import answering, inquiring, reconsidering

urlpatterns = [
    path("<str:token>/", answering.answer, name="answer"),
    path("<str:token>/omprova/<str:condition_id>/pris/", reconsidering.offer_by_link, name="offer_by_link"),
    path("<str:token>/fragor/", inquiring.inquiries_by_link, name="inquiries_by_link"),
]
