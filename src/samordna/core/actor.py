"""Who acts. Rights come from a role held now, never from a person: an actor is a person *as* the holder of one role."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Duty(StrEnum):
    """What a role is there to do for its organisation. Policy speaks of duties; role kinds map to them."""

    ANSWER = "answer"  # state needs, conditions and experiences; answer consultations and how a decision is followed
    ADOPT = "adopt"  # record the organisation's own decisions: adoption, mandates, joining and leaving
    COORDINATE = "coordinate"  # lead collaborations that name this role as their coordinator
    ADMINISTER = "administer"  # look after the organisation's roles and who holds them


class Via(StrEnum):
    """The door the actor came through; written in the journal."""

    SESSION = "session"
    TOKEN = "token"
    LINK = "link"
    PROVIDER = "provider"
    COMMAND = "command"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One acting subject. Ids only, so that the policy stays free of the database.

    `link_position_id` is set for somebody who came by an answer link and may do nothing but answer that one position;
    `organisation_id` is then the position's, so that the link ends with the organisation's taking part.
    `may_write` is false for read-only API tokens. `purpose` is the reason a command states when it acts as the system.
    `proof` is what somebody has shown besides signing in, or instead of it: `invitation:ID` for the link of an invitation,
    `provider:ID` for the answer of a provider of sign-in. `assurance` is how sure the site is of who it is: the level of
    assurance of the sign-in, 0 where none was told (see `core.assurance`).
    """

    via: Via
    person_id: str | None = None
    holding_id: str | None = None
    role_id: str | None = None
    organisation_id: str | None = None
    duties: frozenset[Duty] = field(default_factory=frozenset)
    may_write: bool = True
    link_position_id: str | None = None
    link_matter_id: str | None = None
    proof: str | None = None
    assurance: int = 0
    system: bool = False
    purpose: str = ""

    @classmethod
    def nobody(cls) -> Actor:
        """Somebody who has not signed in."""
        return cls(via=Via.NOBODY, may_write=False)

    @classmethod
    def command(cls, purpose: str) -> Actor:
        """The system itself, for commands run by the host; the purpose goes to the journal."""
        if not purpose.strip():
            raise ValueError("A command that acts as the system states its purpose.")
        return cls(via=Via.COMMAND, system=True, purpose=purpose)
