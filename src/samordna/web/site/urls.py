"""Addresses of the frame itself."""

from __future__ import annotations

from django.urls import path

from samordna.web.site import health, pages, settings, views

urlpatterns = [
    path("", views.home, name="home"),
    path("roll/", views.act_as, name="act_as"),
    path("sprak/", views.set_language, name="set_language"),
    path("halsa/", health.health, name="health"),
    path("halsa/redo/", health.ready, name="ready"),
    path("halsa/detaljer/", health.details, name="health_details"),
    path("kom-igang/", settings.set_up, name="set_up"),
    path("installningar/", settings.settings, name="settings"),
    path("installningar/om/", settings.site_changing, name="change_site"),
    path("installningar/mejl/", settings.mail_changing, name="change_mail"),
    path("installningar/mejl/prova/", settings.mail_trying, name="try_mail"),
    path("installningar/overlamna/", settings.handing_over, name="hand_site_over"),
    path("farg/<int:hue>.css", pages.hue, name="hue"),
    path("om/", pages.about, name="about"),
    path("tillganglighet/", pages.accessibility, name="accessibility"),
    path("komponenter/", pages.gallery, name="gallery"),
]
