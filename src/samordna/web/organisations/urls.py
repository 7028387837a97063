"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.organisations import contacts, people, roles, tokens, views

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("nycklar/", tokens.tokens, name="api_tokens"),
    path("nycklar/<str:token_id>/aterkalla/", tokens.token_revoking, name="revoke_api_token"),
    path("roller/<str:role_id>/", roles.role, name="role"),
    path("roller/<str:role_id>/beskriv/", roles.role_describing, name="describe_role"),
    path("roller/<str:role_id>/stang/", roles.role_closing, name="close_role"),
    path("roller/<str:role_id>/ge/", roles.role_giving, name="give_role"),
    path("innehav/<str:holding_id>/avsluta/", roles.holding_ending, name="end_holding"),
    path("innehav/<str:holding_id>/ersattare/", roles.deputy, name="appoint_deputy"),
    path("id/<str:external_id>/avsluta/", people.id_ending, name="end_external_id"),
    path("kontaktvagar/<str:contact_path_id>/avsluta/", contacts.contact_ending, name="close_contact_path"),
    path("<str:organisation_id>/", views.organisation, name="organisation"),
    path("<str:organisation_id>/personer/", people.people, name="people"),
    path("<str:organisation_id>/personer/fil/<str:form>/", people.fetch, name="roster_file"),
    path("<str:organisation_id>/personer/<str:person_id>/id/", people.id_recording, name="record_external_id"),
    path("<str:organisation_id>/personer/<str:person_id>/slutat/", people.leaving, name="let_member_leave"),
    path("<str:organisation_id>/personer/<str:person_id>/ater/", people.returning, name="let_member_return"),
    path("<str:organisation_id>/roller/ny/", roles.new_role, name="open_role"),
    path("<str:organisation_id>/kontaktvagar/ny/", contacts.new_contact, name="open_contact_path"),
    path("<str:organisation_id>/delar/ny/", roles.new_organisation, name="register_organisation"),
]
