"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.knowledge import exchanging, keeping, matching, pages, profiles

urlpatterns = [
    path("", pages.toolbox_list, name="toolbox"),
    path("hos/<str:organisation_id>/att-bekrafta/", pages.to_confirm, name="own_toolbox_to_confirm"),
    path("vem-kan-hjalpa/", matching.matching, name="match_situation"),
    path("profil/<str:organisation_id>/", profiles.profile, name="profile"),
    path("profil/<str:organisation_id>/skriv/", profiles.writing, name="write_profile"),
    path("sida-vid-sida/", profiles.compared, name="compare_profiles"),
    path("ord/<str:collaboration_id>/", profiles.words, name="words"),
    path("betydelse/<str:meaning_id>/ta-bort/", profiles.taking_away, name="take_word_away"),
    path("insats/<str:service_id>/", pages.service, name="service"),
    path("insats/<str:service_id>/version/<int:number>/", pages.version, name="service_version"),
    path("insats/<str:service_id>/andra/", keeping.rewording, name="reword_service"),
    path("insats/<str:service_id>/bekrafta/", keeping.assuring, name="assure_service"),
    path("insats/<str:service_id>/avsluta/", keeping.ending, name="end_service"),
    path("hos/<str:organisation_id>/ny/", keeping.opening, name="open_service"),
    path("hos/<str:organisation_id>/fil/", exchanging.importing, name="import_services"),
    path("hos/<str:organisation_id>/hsds.json", exchanging.exporting, name="export_services"),
    path("hos/<str:organisation_id>/fraga/", keeping.naming, name="name_fact"),
]
