"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.agreements import keeping, pages, rules, signing, starting, writing

urlpatterns = [
    path("", pages.agreements, name="agreements"),
    path("regler/", rules.rules, name="rules"),
    path("ny/<str:collaboration_id>/", starting.new_agreement, name="start_agreement"),
    path("egen-rutin/<str:collaboration_id>/", starting.new_own_routine, name="start_own_routine"),
    path("avsnitt/<str:section_id>/", writing.section, name="write_section"),
    path("avsnitt/<str:section_id>/flytta/", writing.section_moving, name="move_section"),
    path("avsnitt/<str:section_id>/ta-bort/", writing.section_removing, name="remove_section"),
    path("utkast/<str:draft_id>/huvud/", writing.head, name="restate_head"),
    path("utkast/<str:draft_id>/avsnitt/nytt/", writing.new_section, name="add_section"),
    path("utkast/<str:draft_id>/forsegla/", signing.sealing, name="seal_version"),
    path("version/<str:draft_id>/skriv-under/", signing.signing, name="sign_version"),
    path("version/<str:draft_id>/avboj/", signing.declining, name="decline_to_sign"),
    path("version/<str:draft_id>/galler-mellan/", signing.concluding, name="conclude_among_signers"),
    path("version/<str:draft_id>/dra-tillbaka/", signing.withdrawing, name="withdraw_version"),
    path("<str:agreement_id>/", pages.agreement, name="agreement"),
    path("<str:agreement_id>/ny-version/", writing.new_version, name="start_version"),
    path("<str:agreement_id>/beskriv/", keeping.description, name="describe_document"),
    path("<str:agreement_id>/oversyn/", keeping.review, name="review_document"),
    path("<str:agreement_id>/upphav/", keeping.repeal, name="repeal_document"),
    path("<str:agreement_id>/historik/", keeping.history, name="take_in_history"),
    path("<str:agreement_id>/vilar-pa/", keeping.grounds, name="rest_on"),
    path("<str:agreement_id>/vilar-pa/<str:ground_id>/ta-bort/", keeping.ground_removing, name="stop_resting_on"),
    path("<str:agreement_id>/jamfor/", pages.comparison, name="compare_versions"),
    path("<str:agreement_id>/<int:number>/", pages.version, name="agreement_version"),
    path("<str:agreement_id>/<int:number>/pdf/", pages.pdf, name="agreement_pdf"),
    path("<str:agreement_id>/<int:number>/docx/", pages.word, name="agreement_word"),
]
