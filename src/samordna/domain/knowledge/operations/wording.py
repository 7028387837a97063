"""What words mean in a collaboration: to the coordination, and to each organisation that means something else by them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Forbidden, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import contribution_for
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.knowledge.access import meaning_for
from samordna.domain.knowledge.limits import MOST_WORDS
from samordna.domain.knowledge.models import Meaning
from samordna.domain.organisations.findings import Findings


@operation("collaboration.contribute")
def explain_word(*, actor: Actor, collaboration_id: str, word: str, text: str, at: datetime | None = None) -> Meaning:
    """Say what a word means to one's organisation, or to the coordination when its coordinator says it. What one has said
    of it before is ended and kept. Raises `TooLarge` past the limit."""
    given, organisation_id = contribution_for(actor, collaboration_id, at)
    at, found = at or clock.now(), Findings()
    word, text = found.line("word", word, 80), found.text("text", text, longest=2_000)
    found.insist()
    Collaboration.objects.select_for_update().get(pk=given.pk)  # two who explain the same word come one after the other
    current = Meaning.objects.filter(collaboration=given, ended_at__isnull=True)
    if current.count() >= MOST_WORDS:
        raise TooLarge(
            _("A glossary has at most %(most)s explanations. Take away what is no longer used.") % {"most": MOST_WORDS}
        )
    current.filter(organisation_id=organisation_id, word__iexact=word).update(ended_at=at)
    meaning = Meaning.objects.create(
        collaboration=given, organisation_id=organisation_id, word=word, text=text, told_at=at, told_by_id=actor.holding_id
    )
    _record(actor, "word_explained", meaning, at)
    return meaning


@operation("collaboration.contribute")
def take_word_away(*, actor: Actor, meaning_id: str, at: datetime | None = None) -> Meaning:
    """Take away what one's own organisation, or the coordination, has said that a word means. Raises `Forbidden` for what
    somebody else has said, `Refused` for what has been taken away already."""
    seen = meaning_for(actor, meaning_id, at=at)
    _given, organisation_id = contribution_for(actor, seen.collaboration_id, at)
    at = at or clock.now()
    meaning = Meaning.objects.select_for_update(of=("self",)).get(pk=meaning_id)
    if meaning.organisation_id != organisation_id:
        raise Forbidden(_("Only those who have said what a word means take it away."))
    if meaning.ended_at is not None:
        raise Refused(_("This has been taken away already."))
    meaning.ended_at = at
    meaning.save(update_fields=["ended_at"])
    _record(actor, "word_taken_away", meaning, at)
    return meaning


def _record(actor: Actor, action: str, meaning: Meaning, at: datetime) -> None:
    where = {"subject_kind": "meaning", "subject_id": meaning.pk, "collaboration_id": meaning.collaboration_id}
    journal.record(actor=actor, action=action, at=at, **where, word=meaning.word, text=meaning.text)
