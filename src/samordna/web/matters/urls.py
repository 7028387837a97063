"""Addresses of matters."""

from __future__ import annotations

from django.urls import path

from samordna.web.matters import answering, asking, drafting, exchanging, inquiring, moving, outlining, pages, reconsidering

urlpatterns = [
    path("ny/<str:collaboration_id>/", drafting.new_matter, name="new_matter"),
    path("ny/<str:collaboration_id>/fil/", outlining.new_from_file, name="new_from_file"),
    path("<str:matter_id>/", pages.matter, name="matter"),
    path("<str:matter_id>/andra/", drafting.change_matter, name="change_matter"),
    path("<str:matter_id>/aspekter/ny/", drafting.new_aspect, name="new_aspect"),
    path("<str:matter_id>/aspekter/<str:aspect_id>/", drafting.change_aspect, name="change_aspect"),
    path("<str:matter_id>/aspekter/<str:aspect_id>/bort/", drafting.remove_aspect, name="remove_aspect"),
    path("<str:matter_id>/aspekter/<str:aspect_id>/flytta/", drafting.move_aspect, name="move_aspect"),
    path("<str:matter_id>/fragor/", inquiring.inquiries, name="inquiries"),
    path("<str:matter_id>/skicka-ut/", asking.start_gathering, name="start_gathering"),
    path("<str:matter_id>/inhamtning/", asking.asking, name="asking"),
    path("<str:matter_id>/inhamtning/paminn/", asking.remind, name="remind"),
    path("<str:matter_id>/inhamtning/nya/", asking.ask_newcomers, name="ask_newcomers"),
    path("<str:matter_id>/inhamtning/dag/", asking.set_answer_day, name="set_answer_day"),
    path("<str:matter_id>/inhamtning/lank/", asking.send_link, name="send_link"),
    path("<str:matter_id>/inhamtning/lank/<str:link_id>/", asking.revoke_link, name="revoke_link"),
    path("<str:matter_id>/inhamtning/fil/", exchanging.exchange, name="exchange"),
    path("<str:matter_id>/inhamtning/fil/<str:form>/", exchanging.fetch, name="fetch_exchange"),
    path("<str:matter_id>/gemensamt/<str:what>/", moving.whole, name="whole"),
    path("<str:matter_id>/vidare/<str:to>/", moving.advance, name="advance_matter"),
    path("<str:matter_id>/avsluta/<str:how>/", moving.close, name="close_matter"),
    path("<str:matter_id>/ateroppna/", moving.reopen, name="reopen_matter"),
    path("<str:matter_id>/foljd/", moving.follow_up, name="follow_up_matter"),
    path("<str:matter_id>/omprova/<str:condition_id>/", reconsidering.ask, name="reconsider"),
    path("<str:matter_id>/omprova/<str:condition_id>/svar/", reconsidering.answer, name="answer_reconsideration"),
    path("<str:matter_id>/omprova/<str:condition_id>/pris/", reconsidering.offer, name="offer_to_relax"),
    path("<str:matter_id>/svar/<str:position_id>/", answering.position, name="position"),
    path("<str:matter_id>/svar/<str:position_id>/fil/", exchanging.own, name="own_exchange"),
    path("<str:matter_id>/svar/<str:position_id>/fil/<str:form>/", exchanging.fetch_own, name="fetch_own_exchange"),
    path("<str:matter_id>/svar/<str:position_id>/oppna/", answering.reopen, name="reopen_position"),
    path("<str:matter_id>/svar/<str:position_id>/avstar/", asking.decline, name="record_declining"),
]
