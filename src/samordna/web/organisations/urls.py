"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.organisations import contacts, people, reorganising, roles, tokens, views

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
    path("omorganisationer/", reorganising.reorganisation_list, name="reorganisations"),
    path("omorganisationer/overtar/<str:carried_id>/", reorganising.carried_answering, name="answer_for_carried"),
    path("omorganisationer/<str:reorganisation_id>/", reorganising.reorganisation, name="reorganisation"),
    path(
        "omorganisationer/<str:reorganisation_id>/godkann/",
        reorganising.reorganisation_agreeing,
        name="agree_to_reorganisation",
    ),
    path(
        "omorganisationer/<str:reorganisation_id>/genomfor/",
        reorganising.reorganisation_carrying,
        name="carry_out_reorganisation",
    ),
    path(
        "omorganisationer/<str:reorganisation_id>/stall-in/",
        reorganising.reorganisation_calling_off,
        name="call_off_reorganisation",
    ),
    path("omorganisationer/<str:reorganisation_id>/tillbaka/", reorganising.reorganisation_undoing, name="plan_undoing"),
    path("omorganisationer/<str:reorganisation_id>/<str:kind>/", reorganising.reorganisation_kind, name="place_things"),
    path("<str:organisation_id>/omorganisera/", reorganising.reorganisation_planning, name="plan_reorganisation"),
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
