"""Depth: how binding it is to join, to contribute and to follow.

The three depths of the document are three settings of the three verbs. *Voluntary*: join, contribute and follow if you
want. *Conditional*: nobody has to join, but whoever is in must contribute and must follow, in full. *Mandatory*: must.
A party and a matter may each set some of the verbs otherwise than the collaboration does; the nearest setting holds. An
exemption only loosens: it holds where it binds less than what would hold without it, in this matter and for this party.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from samordna.domain.collaborations.enums import Duress

BINDING = (Duress.MAY, Duress.IF_IN, Duress.MUST)  # from the loosest to the strictest


def binds(value: str) -> int:
    """How hard a verb's setting binds: 0 for the loosest, more for a stricter, -1 for none."""
    return BINDING.index(Duress(value)) if value in Duress.values else -1


class Verb(StrEnum):
    """What a participant may or must do."""

    JOIN = "join"
    CONTRIBUTE = "contribute"
    FOLLOW = "follow"


class Preset(StrEnum):
    """The document's three depths by name."""

    VOLUNTARY = "voluntary"
    CONDITIONAL = "conditional"
    MANDATORY = "mandatory"


class Level(StrEnum):
    """Where a verb's setting comes from, from the widest to the nearest."""

    COLLABORATION = "collaboration"
    PARTY = "party"
    MATTER = "matter"
    EXEMPTION = "exemption"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthSetting:
    """What one level sets; an empty text leaves the verb to the wider level."""

    join: str = ""
    contribute: str = ""
    follow: str = ""

    def of(self, verb: Verb) -> str:
        """The setting of one verb, or ""."""
        return {Verb.JOIN: self.join, Verb.CONTRIBUTE: self.contribute, Verb.FOLLOW: self.follow}[verb]


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """The depth that holds, and which level set each verb."""

    join: Duress
    contribute: Duress
    follow: Duress
    set_by: Mapping[Verb, Level] = field(default_factory=dict)

    @property
    def must_contribute(self) -> bool:
        """Must a participant contribute?"""
        return self.contribute != Duress.MAY

    @property
    def must_follow(self) -> bool:
        """Must a participant follow what binds it, and in full?"""
        return self.follow != Duress.MAY

    @property
    def may_leave(self) -> bool:
        """May a participant leave? Not when it must be in."""
        return self.join != Duress.MUST

    @property
    def notice_applies(self) -> bool:
        """Does somebody who leaves owe the others notice? Yes as soon as anything is more than voluntary."""
        return any(verb != Duress.MAY for verb in (self.join, self.contribute, self.follow))

    def of(self, verb: Verb) -> Duress:
        """The setting of one verb."""
        return {Verb.JOIN: self.join, Verb.CONTRIBUTE: self.contribute, Verb.FOLLOW: self.follow}[verb]

    def stricter_than(self, other: Depth) -> bool:
        """Does it bind harder in any of the verbs?"""
        return any(binds(self.of(verb)) > binds(other.of(verb)) for verb in Verb)

    @property
    def preset(self) -> Preset | None:
        """The document's name of this depth; None for a mixture."""
        verbs = (self.join, self.contribute, self.follow)
        return next((name for name, values in PRESETS.items() if values == verbs), None)


PRESETS: Mapping[Preset, tuple[Duress, Duress, Duress]] = {
    Preset.VOLUNTARY: (Duress.MAY, Duress.MAY, Duress.MAY),
    Preset.CONDITIONAL: (Duress.MAY, Duress.IF_IN, Duress.IF_IN),
    Preset.MANDATORY: (Duress.MUST, Duress.MUST, Duress.MUST),
}


def preset(name: Preset) -> Depth:
    """The depth with this name."""
    join, contribute, follow = PRESETS[name]
    return Depth(join=join, contribute=contribute, follow=follow)


def effective(settings: Iterable[tuple[Level, DepthSetting]]) -> Depth:
    """The depth that holds under these levels, from the widest to the nearest; a verb nobody sets is voluntary."""
    values = dict.fromkeys(Verb, Duress.MAY)
    set_by = dict.fromkeys(Verb, Level.COLLABORATION)
    for level, setting in settings:
        for verb in Verb:
            freeing = level is not Level.EXEMPTION or binds(setting.of(verb)) < binds(values[verb])
            if setting.of(verb) and freeing:
                values[verb], set_by[verb] = Duress(setting.of(verb)), level
    return Depth(
        join=values[Verb.JOIN],
        contribute=values[Verb.CONTRIBUTE],
        follow=values[Verb.FOLLOW],
        set_by=set_by,
    )
