"""Addresses of this area: letting people and organisations in."""

from __future__ import annotations

from django.urls import path

from samordna.web.admissions import organisations, providers, roles

urlpatterns = [
    path("organisationer/<str:organisation_id>/", roles.invitations, name="invitations"),
    path("organisationer/<str:organisation_id>/forsta/", roles.first_administrator, name="invite_administrator"),
    path("inloggningssatt/", providers.sign_in_ways, name="sign_in_ways"),
    path("organisationer/<str:organisation_id>/inloggning/", providers.signing_in_page, name="signing_in"),
    path("organisationer/<str:organisation_id>/inloggning/anvand/", providers.using, name="use_provider"),
    path("organisationer/<str:organisation_id>/inloggning/sluta/", providers.dropping, name="stop_using_provider"),
    path("regler/<str:rule_id>/avsluta/", providers.rule_ending, name="end_affiliation_rule"),
    path("samverkan/<str:collaboration_id>/", organisations.organisation_invitations, name="organisation_invitations"),
    path("samverkan/<str:collaboration_id>/registrerade/", organisations.letting_in_each, name="let_in_each"),
    path("inbjudningar/<str:invitation_id>/igen/", roles.sending_again, name="send_again"),
    path("inbjudningar/<str:invitation_id>/aterta/", roles.withdrawing, name="withdraw_invitation"),
]
