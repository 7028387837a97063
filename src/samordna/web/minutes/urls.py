"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.minutes import files, pages, register, writing

urlpatterns = [
    path("beslut/", register.register, name="forum_decisions"),
    path("beslut/fil/", register.as_file, name="forum_decisions_file"),
    path("mote/<str:meeting_id>/handlingar/", files.pack, name="meeting_pack"),
    path("mote/<str:meeting_id>/handlingar/vantan/", files.pack_waiting, name="pack_waiting"),
    path("mote/<str:meeting_id>/handlingar/ta-fram/", files.pack_asked, name="prepare_pack"),
    path("mote/<str:meeting_id>/protokoll/", pages.minutes, name="minutes"),
    path("mote/<str:meeting_id>/protokoll/pdf/", files.pdf, name="minutes_pdf"),
    path("mote/<str:meeting_id>/protokoll/word/", files.word, name="minutes_word"),
    path("mote/<str:meeting_id>/protokoll/jamfor/", pages.comparing, name="compare_minutes"),
    path("mote/<str:meeting_id>/protokoll/borja/", writing.drafting, name="draft_minutes"),
    path("mote/<str:meeting_id>/protokoll/skriv/", writing.writing, name="write_minutes"),
    path("mote/<str:meeting_id>/protokoll/hamta/", writing.gathering, name="gather_minutes_again"),
    path("mote/<str:meeting_id>/protokoll/justering/", writing.sending_out, name="send_minutes_out"),
    path("mote/<str:meeting_id>/protokoll/justera/", pages.agreeing, name="agree_to_minutes"),
    path("mote/<str:meeting_id>/protokoll/begar/", pages.asking, name="ask_for_change"),
    path("mote/<str:meeting_id>/protokoll/oppna/", writing.reopening, name="reopen_minutes"),
    path("mote/<str:meeting_id>/protokoll/las/", writing.locking, name="lock_minutes"),
    path("mote/<str:meeting_id>/protokoll/rattelse/", writing.correcting, name="note_correction"),
]
