"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.collaborations import (
    carrying,
    contacts,
    deepening,
    goals,
    leading,
    mandates,
    picturing,
    sponsoring,
    views,
)

urlpatterns = [
    path("", views.collaborations, name="collaborations"),
    path("ny/", views.new_collaboration, name="start_collaboration"),
    path("deltagande/<str:participation_id>/avsluta/", leading.leaving, name="leave_collaboration"),
    path("parter/<str:party_id>/djup/", leading.party_depth, name="set_party_depth"),
    path("parter/<str:party_id>/undantag/", leading.exemption, name="exempt_party"),
    path("undantag/<str:exemption_id>/avsluta/", leading.exemption_ending, name="end_exemption"),
    path("mandat/<str:mandate_id>/", mandates.mandate, name="mandate"),
    path("mandat/<str:mandate_id>/saga-upp/", mandates.notice, name="give_notice"),
    path("mandat/<str:mandate_id>/angra-uppsagning/", mandates.notice_withdrawal, name="withdraw_notice"),
    path("mandat/<str:mandate_id>/aterta/", mandates.revocation, name="revoke_mandate"),
    path("mal/<str:goal_id>/revidera/", goals.revising, name="revise_goal"),
    path("mal/<str:goal_id>/avsluta/", goals.ending, name="end_goal"),
    path("bild/<str:point_id>/ta-bort/", picturing.point_removing, name="remove_point"),
    path("<str:collaboration_id>/", views.collaboration, name="collaboration"),
    path("roller/<str:collaboration_role_id>/bar/", carrying.letting_carry, name="let_role_carry"),
    path("roller/<str:collaboration_role_id>/stang/", carrying.closing, name="close_collaboration_role"),
    path("<str:collaboration_id>/roller/", carrying.roles, name="collaboration_roles"),
    path("<str:collaboration_id>/roller/ny/", carrying.opening, name="open_collaboration_role"),
    path("<str:collaboration_id>/kontakter/", contacts.network, name="collaboration_contacts"),
    path("<str:collaboration_id>/mal/", goals.goals, name="goals"),
    path("<str:collaboration_id>/mal/nytt/", goals.setting, name="set_goal"),
    path("<str:collaboration_id>/bild/", picturing.picture, name="picture"),
    path("<str:collaboration_id>/bild/ny/", picturing.point_adding, name="add_point"),
    path("<str:collaboration_id>/sponsor/", sponsoring.sponsor, name="name_sponsor"),
    path("<str:collaboration_id>/sponsor/avsluta/", sponsoring.sponsor_ending, name="end_sponsor"),
    path("<str:collaboration_id>/var-syn/", picturing.view, name="tell_view"),
    path("<str:collaboration_id>/oppna/", views.opening, name="open_to_participants"),
    path("<str:collaboration_id>/aktivera/", views.activation, name="activate_collaboration"),
    path("<str:collaboration_id>/stang/", leading.closing, name="close_collaboration"),
    path("<str:collaboration_id>/syfte/", leading.purpose, name="restate_purpose"),
    path("<str:collaboration_id>/beslutsgang/", leading.steps, name="settle_steps"),
    path("<str:collaboration_id>/malgrupp/", leading.target_group, name="set_target_group"),
    path("<str:collaboration_id>/malgrupp/prova/", views.case, name="test_case"),
    path("<str:collaboration_id>/amnen/nytt/", leading.area, name="add_area"),
    path("<str:collaboration_id>/deltagare/ny/", leading.letting_in, name="let_in"),
    path("<str:collaboration_id>/mandat/nytt/", mandates.mandate_giving, name="give_mandate"),
    path("<str:collaboration_id>/mandat/delegera/", mandates.delegation, name="delegate_mandate"),
    path("<str:collaboration_id>/djup/", deepening.depth, name="change_depth"),
    path("<str:collaboration_id>/vem-beslutar/", views.deciding, name="who_decides"),
]
