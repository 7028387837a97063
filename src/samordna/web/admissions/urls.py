"""Addresses of this area: letting people and organisations in."""

from __future__ import annotations

from django.urls import path

from samordna.web.admissions import organisations, roles

urlpatterns = [
    path("organisationer/<str:organisation_id>/", roles.invitations, name="invitations"),
    path("organisationer/<str:organisation_id>/forsta/", roles.first_administrator, name="invite_administrator"),
    path("samverkan/<str:collaboration_id>/", organisations.organisation_invitations, name="organisation_invitations"),
    path("samverkan/<str:collaboration_id>/registrerade/", organisations.letting_in_each, name="let_in_each"),
    path("inbjudningar/<str:invitation_id>/igen/", roles.sending_again, name="send_again"),
    path("inbjudningar/<str:invitation_id>/aterta/", roles.withdrawing, name="withdraw_invitation"),
]
