"""Who has been exempted from following since a decision was established (D3).

A decision binds by the ruling of the day it was established, and what is taken back later does not loosen it. The one
thing that does is an exemption: the superior sets a party free to choose. So the ruling is asked for again, as of that
day, with the depths as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from samordna.core import clock
from samordna.domain.collaborations.authority import ruling
from samordna.domain.collaborations.enums import Duress, Following
from samordna.domain.collaborations.facts import AuthorityFacts
from samordna.domain.collaborations.models import Collaboration, Exemption, Participation
from samordna.domain.collaborations.queries.rulings import exempted_now, facts_of, setting_of
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.queries.binding import Binding, bindings_of


def exempted(versions: Iterable[DecisionVersion], collaboration: Collaboration, today: date) -> set[tuple[str, str]]:
    """(version, organisation) of every exemption that runs today. One query where nobody is exempted, else seven."""
    running = Exemption.objects.on(today).filter(follow=Duress.MAY, party=OuterRef("party"))
    loose = Q(party__follow=Duress.MAY) | Exists(running)
    free = Participation.objects.filter(loose, collaboration=collaboration)
    organisations = set(free.values_list("organisation_id", flat=True))
    if not organisations:
        return set()
    facts = exempted_now(facts_of(collaboration), today)
    return {
        (version.pk, organisation)
        for version in versions
        for organisation, binding in bindings_of(version).items()
        if organisation in organisations and _is_lifted(version, binding, facts)
    }


def _is_lifted(version: DecisionVersion, binding: Binding, facts: AuthorityFacts) -> bool:
    if binding.following != Following.MUST or version.established_at is None:
        return False
    matter = version.decision.matter
    own = setting_of(matter.join, matter.contribute, matter.follow)
    here = replace(facts, matter_depth=own, begun=clock.day(matter.opened_at))
    given = [ruling(matter.area_id, each, version.established_at, here) for each in binding.origins]
    return all(each.binding(adopted=binding.by == "adoption") == Following.MAY for each in given)


def exemption_of(collaboration: Collaboration, organisation_id: str, today: date) -> Exemption | None:
    """The exemption from following that runs for an organisation's party today, for the words on its page."""
    own = Participation.objects.on(today).filter(collaboration=collaboration, organisation_id=organisation_id)
    return Exemption.objects.on(today).filter(follow=Duress.MAY, party__in=own.values("party")).order_by("given_at").last()
