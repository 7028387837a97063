"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.change import acting, analysing, pages, raising

urlpatterns = [
    path("", pages.board, name="chains"),
    path("ny/<str:collaboration_id>/", analysing.beginning, name="begin_chain"),
    path("behov/<str:change_need_id>/vems/", acting.placing, name="place_need"),
    path("behov/<str:change_need_id>/svara/", acting.answering, name="answer_need"),
    path("behov/<str:change_need_id>/slapp/", acting.letting_go, name="let_need_go"),
    path("behov/<str:change_need_id>/andra/", acting.planning, name="plan_change"),
    path("behov/<str:change_need_id>/ta-upp/", raising.ways, name="raise_need"),
    path("behov/<str:change_need_id>/ta-upp/arende/", raising.matter, name="raise_matter"),
    path("behov/<str:change_need_id>/ta-upp/dokument/", raising.document, name="raise_document"),
    path("behov/<str:change_need_id>/ta-upp/version/", raising.version, name="raise_version"),
    path("behov/<str:change_need_id>/ta-upp/beslut/", raising.revision, name="raise_revision"),
    path("andring/<str:change_id>/planera-om/", acting.replanning, name="replan_change"),
    path("andring/<str:change_id>/klar/", acting.finishing, name="finish_change"),
    path("andring/<str:change_id>/avsta/", acting.dropping, name="drop_change"),
    path("andring/<str:change_id>/effekt/", acting.judging, name="judge_effect"),
    path("<str:chain_id>/", pages.chain, name="chain"),
    path("<str:chain_id>/vad/", analysing.finding, name="write_finding"),
    path("<str:chain_id>/orsak/", analysing.causing, name="add_cause"),
    path("<str:chain_id>/orsak/<str:cause_id>/bort/", analysing.uncausing, name="remove_cause"),
    path("<str:chain_id>/behov/", analysing.needing, name="add_change_need"),
    path("<str:chain_id>/analyserad/", analysing.concluding, name="conclude_analysis"),
    path("<str:chain_id>/dela/", analysing.sharing, name="share_chain"),
    path("<str:chain_id>/stang/", analysing.closing, name="close_chain"),
    path("<str:chain_id>/varv/", analysing.turning, name="begin_turn"),
]
