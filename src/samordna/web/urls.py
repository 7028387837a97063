"""The site's addresses, in Swedish, by area."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("samordna.web.site.urls")),
    path("", include("samordna.web.overview.urls")),
    path("konto/", include("samordna.web.accounts.urls")),
    path("overenskommelser/", include("samordna.web.agreements.urls")),
    path("forum/", include("samordna.web.minutes.urls")),
    path("forum/", include("samordna.web.scheduling.urls")),
    path("forum/", include("samordna.web.proceedings.urls")),
    path("forum/", include("samordna.web.forums.urls")),
    path("tillfallen/", include("samordna.web.events.urls")),
    path("introduktioner/", include("samordna.web.introductions.urls")),
    path("uppfoljning/", include("samordna.web.followup.urls")),
    path("forandring/", include("samordna.web.change.urls")),
    path("varde/", include("samordna.web.worth.urls")),
    path("rapporter/", include("samordna.web.reports.urls")),
    path("enkater/", include("samordna.web.assessments.urls")),
    path("enkatsvar/", include("samordna.web.assessments.answer_urls")),
    path("samtal/", include("samordna.web.conversations.urls")),
    path("kalender/", include("samordna.web.forums.calendar_urls")),
    path("organisationer/", include("samordna.web.organisations.urls")),
    path("verktygslador/", include("samordna.web.knowledge.urls")),
    path("kontakter/", include("samordna.web.collaborations.contact_urls")),
    path("samverkan/", include("samordna.web.collaborations.urls")),
    path("fragor/", include("samordna.web.matters.urls")),
    path("svar/", include("samordna.web.matters.answer_urls")),
    path("beslut/", include("samordna.web.decisions.urls")),
    path("foljs/", include("samordna.web.adherence.urls")),
    path("sok/", include("samordna.web.search.urls")),
    path("slapp-in/", include("samordna.web.admissions.urls")),
    path("inbjudan/", include("samordna.web.admissions.invitation_urls")),
    path("aviseringar/", include("samordna.web.notices.urls")),
    path("hjalp/", include("samordna.web.help.urls")),
    path("journal/", include("samordna.web.journal.urls")),
]
