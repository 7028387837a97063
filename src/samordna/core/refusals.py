"""Refusals as sentences: what is missing, and whom to turn to. A view may show the sentence on the control it disables."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from django.utils.translation import gettext_lazy as _

from samordna.core.errors import Denied
from samordna.core.policy import Deny

P = ParamSpec("P")

SENTENCES = {
    "signed in": _("You need to sign in first."),
    "holds the role": _("You do not hold this role now. Choose another of your roles, or ask your administrator."),
    "organisation takes part or has taken part": _("Your organisation has never taken part in this collaboration."),
    "organisation takes part": _("Your organisation does not take part in this collaboration now."),
    "coordinates": _("Only the collaboration's coordinator can do this."),
    "coordinates what it lies in": _("Only the coordinator of the collaboration that this one lies in can do this."),
    "own organisation": _("This belongs to another organisation. Only that organisation can do this."),
    "own organisation is the superior": _("Only the organisation above the participants can do this."),
    "oneself": _("Only the person concerned can do this."),
    "responsible role": _("Only the coordinator and the role that is responsible for this can do it."),
    "answer link": _("This needs an answer link that is still valid."),
    "shown proof": _("This needs the link of an invitation, or a sign-in by a provider."),
    "shared": _("The coordinator is still preparing this and has not shared it yet."),
    "open to participants": _("The owner has stated this in confidence."),
    "open to the coordinator": _("The owner keeps this within its own organisation."),
    "may write": _("This key to the API may only read."),
    "duty to answer": _("Your role may read but not answer for the organisation. A representative or manager can."),
    "duty to adopt": _("Your role may not decide for the organisation. A manager can record its decisions."),
    "duty to coordinate": _("Only a coordinator can do this."),
    "duty to administer": _("Only your organisation's administrator can do this."),
    "command": _("This is done from the command line by the host."),
}


def sentence_for(denial: Deny) -> str:
    """The sentence for the first link that is missing."""
    return str(SENTENCES[denial.missing[0]])


def refusal_of(check: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> str:
    """Run a check and return its refusal's sentence, or "" when it is allowed: what a disabled control shows."""
    try:
        check(*args, **kwargs)
    except Denied as denied:
        return denied.reason or str(_("This is not available to you."))
    return ""
