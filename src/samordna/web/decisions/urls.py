"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.decisions import board

urlpatterns = [
    path("tavla/<str:matter_id>/", board.board, name="board"),
    path("tavla/<str:matter_id>/rakna/", board.propose, name="propose"),
    path("tavla/<str:matter_id>/nytt/", board.board, name="new_proposal"),
    path("tavla/<str:matter_id>/lat-bli/", board.board, name="let_be"),
    path("forslag/<str:proposal_id>/", board.board, name="proposal"),
]
