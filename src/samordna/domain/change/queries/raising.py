"""As what a change need may be taken further, and the words that a form of that begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.change.enums import PlacingAnswer
from samordna.domain.change.models import ChangeNeed
from samordna.domain.change.queries.choices import holder_now
from samordna.domain.change.queries.targets import named
from samordna.domain.change.rules import Side
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion

MOST = 200  # documents and decisions that one chooses among
LONGEST = 160  # characters of a title


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a form begins with: what has to change, and what the analysis found and says of why."""

    title: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a change need may be taken further by whoever has it. `own`: as its organisation's own work."""

    own: bool
    documents: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[str, str], ...]


def words_of(need: ChangeNeed) -> Words:
    """What a matter or a document says of the need, until somebody writes it better; nothing of a chain that is not
    shared, since what is raised is read by others than those who read the chain."""
    if not need.turn.chain.shared:
        return Words(title="", why="")
    text, cause = need.text.strip(), need.cause.text.strip() if need.cause else ""
    first = text.splitlines()[0]
    title = first if len(first) <= LONGEST else first[: LONGEST - 1].rstrip() + "…"
    return Words(title=title, why="\n\n".join(filter(None, [text, need.turn.finding.strip(), cause])))


def check_raisable(need: ChangeNeed) -> None:
    """Raises `Refused` for a change need that cannot be taken further yet: its analysis is not done, or nobody has taken
    it on. A need that waits for an answer is about to be another's."""
    if need.turn.concluded_at is None:
        raise Refused(_("The analysis is not done yet. Say that it is, and then take the change need further."))
    latest = need.placings.order_by("-number").first()
    if latest is None or latest.answer != PlacingAnswer.TAKEN:
        raise Refused(_("The change need is taken on first. Then it can be taken further."))


def ways_of(actor: Actor, need: ChangeNeed, at: datetime) -> Ways:
    """What there is to change, for whoever has the need now."""
    holder, place = holder_now(need, at), need.turn.chain.collaboration_id
    drafts = AgreementVersion.objects.filter(agreement=OuterRef("pk"), sealed_at__isnull=True, ended_on__isnull=True)
    changeable = changeable_documents(actor, place, holder, at).annotate(drafted=Exists(drafts)).order_by("name", "pk")
    documents = [
        (pk, _("%(name)s (go on in the draft there is)") % {"name": name} if drafted else name)
        for pk, name, drafted in changeable.values_list("pk", "name", "drafted")[:MOST]
    ]
    held = decisions_in_force(actor, place, at).order_by("decision__matter__title", "pk") if holder is None else ()
    return Ways(
        own=holder is not None,
        documents=tuple(documents),
        decisions=tuple((one.decision_id, one.decision.matter.title) for one in held[:MOST]),
    )


def changeable_documents(actor: Actor, collaboration_id: str, holder: Side, at: datetime) -> QuerySet[Agreement]:
    """The documents of whoever has the need, the collaboration's or its organisation's own, whose text may be changed now:
    not while a version awaits signatures."""
    found = visible_agreements(actor, at).filter(collaboration_id=collaboration_id, organisation_id=holder)
    under_way = AgreementVersion.objects.filter(agreement=OuterRef("pk"), ended_on__isnull=True)
    return found.exclude(Exists(under_way.filter(sealed_at__isnull=False, concluded_at__isnull=True)))


def draft_of(agreement_id: str) -> AgreementVersion | None:
    """The draft of a document's next version, where one is being written."""
    return AgreementVersion.objects.filter(agreement_id=agreement_id, sealed_at__isnull=True, ended_on__isnull=True).first()


def decisions_in_force(actor: Actor, collaboration_id: str, at: datetime) -> QuerySet[DecisionVersion]:
    """The versions in force that the actor may read in the collaboration."""
    seen = visible_decisions(actor, at).filter(matter__collaboration_id=collaboration_id).values("pk")
    found = DecisionVersion.objects.filter(decision__in=seen, state=DecisionState.IN_FORCE)
    return found.select_related("decision__matter")


def raised_last(actor: Actor, need: ChangeNeed, at: datetime) -> str:
    """What was raised because of the need last, as a form of what is changed names it; "" where the reader sees nothing."""
    keys = list(need.raised.order_by("-raised_at", "-pk").values_list("kind", "thing_id"))
    seen = named(actor, keys, at)
    return next((f"{kind}:{pk}" for kind, pk in keys if (kind, pk) in seen), "")
