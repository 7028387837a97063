"""Addresses of the frame itself."""

from __future__ import annotations

from django.urls import path

from samordna.web.site import pages, views

urlpatterns = [
    path("", views.home, name="home"),
    path("roll/", views.act_as, name="act_as"),
    path("sprak/", views.set_language, name="set_language"),
    path("halsa/", views.health, name="health"),
    path("farg/<int:hue>.css", pages.hue, name="hue"),
    path("om/", pages.about, name="about"),
    path("tillganglighet/", pages.accessibility, name="accessibility"),
    path("komponenter/", pages.gallery, name="gallery"),
]
