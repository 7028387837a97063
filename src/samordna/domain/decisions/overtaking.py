"""Two people at one sketch: whoever saves second is told what the first one changed, and loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from django.utils.translation import gettext as _

from samordna.core.errors import Overtaken
from samordna.core.journal import canonical
from samordna.domain.decisions.models import Proposal
from samordna.domain.decisions.phrases import listed
from samordna.domain.matters.models import Aspect, Option


def fingerprint(proposal: Proposal) -> str:
    """A short name for the sketch exactly as it is stored now."""
    content = {"title": proposal.title, "text": proposal.text, "frame": _frame(proposal), "own": _own(proposal)}
    return sha256(canonical(content)).hexdigest()[:16]


def check_not_overtaken(proposal: Proposal, seen: str, title: str, text: str, frame: Mapping[str, str]) -> None:
    """Raise `Overtaken` when the sketch is another than the one that was `seen`; "" has seen nothing and asks nothing."""
    if not seen or seen == fingerprint(proposal):
        return
    differing = _differing(proposal, title, text, frame) or [_("who differs from the frame")]
    raise Overtaken(
        _(
            "Somebody changed the sketch while you wrote. There it now says: %(differences)s. What you have typed is still "
            "here: save again to let yours stand, or take over theirs first."
        )
        % {"differences": listed(differing)}
    )


def _differing(proposal: Proposal, title: str, text: str, frame: Mapping[str, str]) -> list[str]:
    found = []
    if proposal.title != title.strip():
        found.append(_("the title “%(title)s”") % {"title": proposal.title})
    if proposal.text != text:
        found.append(_("the text “%(text)s”") % {"text": proposal.text})
    stored = _frame(proposal)
    moved = [pk for pk in {**stored, **frame} if stored.get(pk) != frame.get(pk)]
    labels = dict(Aspect.objects.filter(pk__in=moved).values_list("pk", "label"))
    options = dict(Option.objects.filter(pk__in=list(stored.values())).values_list("pk", "label"))
    left = _("left to each")
    return [*found, *(f"{labels[pk]}: {options.get(stored.get(pk, ''), left)}" for pk in moved if pk in labels)]


def _frame(proposal: Proposal) -> dict[str, str]:
    return {value.aspect_id: value.option_id for value in proposal.frame.all()}


def _own(proposal: Proposal) -> list[list[str]]:
    rows = proposal.adaptations.all()
    return sorted([one.organisation_id, one.aspect_id, one.option_id, str(one.review_on or "")] for one in rows)
