"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.decisions import balance, board, consulting, decisions, detail, proposals

urlpatterns = [
    path("", decisions.binds_us, name="binds_us"),
    path("tavla/<str:matter_id>/", board.board, name="board"),
    path("tavla/<str:matter_id>/rakna/", board.propose, name="propose"),
    path("tavla/<str:matter_id>/nytt/", proposals.new_proposal, name="new_proposal"),
    path("tavla/<str:matter_id>/balans/", balance.balance, name="balance"),
    path("tavla/<str:matter_id>/balans/timpris/", balance.rate, name="hourly_rate"),
    path("tavla/<str:matter_id>/balans/tid/", balance.time, name="estimate_time"),
    path("tavla/<str:matter_id>/balans/fordelning/", balance.share, name="share_cost"),
    path("tavla/<str:matter_id>/detaljniva/", detail.detail_level, name="detail_level"),
    path("tavla/<str:matter_id>/lat-bli/", decisions.let_be, name="let_be"),
    path("forslag/<str:proposal_id>/", proposals.proposal, name="proposal"),
    path("forslag/<str:proposal_id>/andra/", proposals.change_proposal, name="change_proposal"),
    path("forslag/<str:proposal_id>/andringsforslag/", proposals.amend, name="amend_proposal"),
    path("forslag/<str:proposal_id>/kontrollera/", proposals.check, name="check_proposal"),
    path("forslag/<str:proposal_id>/dela/", proposals.share, name="share_proposal"),
    path("forslag/<str:proposal_id>/ta-tillbaka/", proposals.withdraw, name="withdraw_proposal"),
    path("forslag/<str:proposal_id>/valj/", proposals.choose, name="choose_proposal"),
    path("forslag/<str:proposal_id>/prosa/<str:condition_id>/", proposals.answer_prose, name="answer_prose"),
    path("forslag/<str:proposal_id>/forbered/", decisions.prepare, name="prepare_decision"),
    path("forslag/<str:proposal_id>/ersatt/", decisions.replace, name="replace_decision"),
    path("version/<str:version_id>/remiss/", decisions.open_consultation, name="open_consultation"),
    path("version/<str:version_id>/remissvar/", decisions.answer_consultation, name="answer_consultation"),
    path("version/<str:version_id>/avbojt/", consulting.record_not_answering, name="record_not_answering"),
    path("version/<str:version_id>/paminn/", consulting.remind_of_decision, name="remind_of_decision"),
    path("remissvar/<str:answer_id>/bemot/", consulting.reply_to_objection, name="reply_to_objection"),
    path("remissvar/<str:answer_id>/undanrojt/", consulting.clear_objection, name="clear_objection"),
    path("version/<str:version_id>/hoppa-over/", decisions.skip_step, name="skip_step"),
    path("version/<str:version_id>/rekommendera/", decisions.recommend, name="recommend"),
    path("version/<str:version_id>/antagande/", decisions.record_adoption, name="record_adoption"),
    path("version/<str:version_id>/faststall/", decisions.establish, name="establish"),
    path("version/<str:version_id>/dra-tillbaka/", decisions.withdraw_decision, name="withdraw_decision"),
    path("<str:decision_id>/", decisions.decision, name="decision"),
]
