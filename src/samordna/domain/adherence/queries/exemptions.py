"""Who has been exempted from following since a decision was established (D3).

A decision binds by the ruling of the day it was established, and what is taken back later does not loosen it. The one
thing that does is an exemption: the superior sets a party free to choose. So the ruling is asked for again, as of that
day, with the depths as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from samordna.domain.collaborations.authority import ruling
from samordna.domain.collaborations.enums import Duress, Following
from samordna.domain.collaborations.facts import AuthorityFacts
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.collaborations.queries.rulings import facts_of, setting_of
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.queries.binding import Binding, bindings_of


def exempted(versions: Iterable[DecisionVersion], collaboration: Collaboration) -> set[tuple[str, str]]:
    """(version, organisation) of every exemption. One query where nobody is exempted, six where somebody is."""
    free = Participation.objects.filter(collaboration=collaboration, party__follow=Duress.MAY)
    organisations = set(free.values_list("organisation_id", flat=True))
    if not organisations:
        return set()
    facts = facts_of(collaboration)
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
    here = replace(facts, matter_depth=setting_of(matter.join, matter.contribute, matter.follow))
    given = ruling(matter.area_id, binding.organisation_id, version.established_at, here)
    return given.binding(adopted=binding.by == "adoption") == Following.MAY
