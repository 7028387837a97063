"""The oracle's rows as the policy's own types, so that the two can be asked the same question."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from samordna.core.actor import Actor, Via
from samordna.core.policy import Allow, Deny, Span, Thing, Visibility, decide
from samordna.core.policy import Facts as PolicyFacts
from samordna.domain.organisations.enums import DUTIES, RoleKind
from tests.access import oracle
from tests.access.oracle import Facts, Row

ACTIONS = {
    ("read", "directory"): "organisation.read",
    ("administer", "organisation"): "organisation.administer",
    ("keep", "contacts"): "contact.keep",
    ("keep", "knowledge"): "knowledge.keep",
    ("read", "own programme"): "introduction.read",
    ("keep", "own programme"): "introduction.keep",
    ("follow", "own programme"): "introduction.follow",
    ("vouch in", "own programme"): "introduction.vouch",
    ("read", "shared programme"): "introduction.read",
    ("keep", "shared programme"): "introduction.keep",
    ("follow", "shared programme"): "introduction.follow",
    ("read", "drafted programme"): "introduction.read",
    ("read", "reorganisation"): "reorganisation.read",
    ("plan", "reorganisation"): "reorganisation.plan",
    ("agree", "reorganisation"): "reorganisation.agree",
    ("read", "collaboration"): "collaboration.read",
    ("lead", "collaboration"): "collaboration.lead",
    ("read", "journal"): "journal.read",
    ("give", "mandate"): "mandate.give",
    ("delegate", "collaboration"): "mandate.delegate",
    ("look after", "site"): "site.look_after",
    ("read", "agreement"): "agreement.read",
    ("read", "routine"): "agreement.read",
    ("draft", "agreement"): "agreement.draft",
    ("keep", "routine"): "routine.keep",
    ("sign", "signature"): "agreement.sign",
    ("read", "forum"): "forum.read",
    ("lead", "forum"): "forum.lead",
    ("prepare", "forum"): "forum.prepare",
    ("raise in", "forum"): "forum.raise",
    ("speak in", "forum"): "conversation.speak",
    ("speak about", "matter"): "conversation.speak",
    ("attend", "forum"): "forum.attend",
    ("keep notes in", "forum"): "forum.note",
    ("vote in", "forum"): "forum.vote",
    ("tell", "view"): "collaboration.contribute",
    ("name", "sponsor"): "sponsor.name",
    ("read", "figures"): "figures.read",
    ("keep", "figures"): "figures.keep",
    ("read", "matter"): "matter.read",
    ("lead", "matter"): "matter.lead",
    ("propose", "matter"): "proposal.make",
    ("read", "position"): "position.read",
    ("read confidential", "position"): "position.read",
    ("answer", "position"): "position.answer",
    ("read", "condition"): "position.read",
    ("read", "inquiry"): "position.read",
    ("read", "proposal"): "proposal.read",
    ("change", "proposal"): "proposal.change",
    ("read", "decision"): "decision.read",
    ("lead", "decision"): "decision.lead",
    ("comment", "answer"): "following.answer",
    ("adopt", "answer"): "decision.adopt",
    ("answer in", "collaboration"): "assessment.answer",
    ("reply", "wave"): "assessment.reply",
    ("accept", "invitation"): "invitation.accept",
    ("arrive", "provider"): "account.arrive",
}
"""The oracle's pairs of action and kind of object in the policy's words. Leaving has none: its operation asks for it."""

EPOCH = date(2026, 1, 1)


def day(number: Any) -> date | None:
    return None if number is None else EPOCH + timedelta(days=number)


def _span(start: Any, end: Any) -> Span:
    return Span(start=day(start), end=day(end))


def _within(*bounds: tuple[Any, Any]) -> Span:
    starts = [start for start, _ in bounds if start is not None]
    ends = [end for _, end in bounds if end is not None]
    return _span(max(starts, default=None), min(ends, default=None))


def actor_in(facts: Facts, actor: Row, at: int) -> Actor | None:
    """The policy's actor; None where the door does not let the link or the token in at all."""
    if actor[0] == "nobody":
        return Actor.nobody()
    if actor[0] == "bearer":
        return Actor(via=Via.LINK, proof=f"{actor[1]}:{actor[2]}")
    if actor[0] == "link":
        row = oracle.one(facts.link, actor[1])
        if row is None or not _open(row[2], row[3], at, row[4], row[5]):
            return None
        position = oracle.one(facts.position, row[1])
        assert position is not None
        if not any(org[0] == position[2] and oracle.active(org[1], org[2], at) for org in facts.organisation):
            return None
        return Actor(via=Via.LINK, organisation_id=position[2], link_position_id=position[0], link_matter_id=position[1])
    may_write, holding = True, actor[-1]
    if actor[0] == "token":
        row = oracle.one(facts.token, actor[1])
        if row is None or not _open(row[3], row[4], at, row[5]):
            return None
        holding, may_write = row[1], row[2]
    return _holder(facts, holding, may_write)


def _open(start: Any, end: Any, at: int, *ended: Any) -> bool:
    return oracle.active(start, end, at) and not any(moment is not None and moment <= at for moment in ended)


def _holder(facts: Facts, holding: Any, may_write: bool) -> Actor | None:
    held = oracle.one(facts.holding, holding)
    role = oracle.one(facts.role, held[2]) if held else None
    if held is None or role is None:
        return None
    return Actor(
        via=Via.SESSION,
        person_id=held[1],
        holding_id=holding,
        role_id=role[0],
        organisation_id=role[1],
        duties=DUTIES[RoleKind(role[2])],
        may_write=may_write,
    )


def facts_in(facts: Facts, actor: Actor) -> PolicyFacts:
    holdings = defaultdict(set)
    for key, person, role_id, start, end in facts.holding:
        role = oracle.one(facts.role, role_id)
        welcome = any(row[0] == person and row[1] for row in facts.person)
        if role is None or key != actor.holding_id or not welcome:
            continue
        for organisation in facts.organisation:
            if organisation[0] == role[1]:
                holdings[(person, role_id)].add(_within((start, end), role[3:5], organisation[1:3]))
    parts = defaultdict(set)
    for collaboration, organisation, start, end in facts.participation:
        parts[(organisation, collaboration)].add(_span(start, end))
    led = {(row[2], row[0]): frozenset({_span(None, row[4])}) for row in facts.collaboration}
    return PolicyFacts(
        holdings={key: frozenset(spans) for key, spans in holdings.items()},
        participations={key: frozenset(spans) for key, spans in parts.items()},
        coordinates=led,
    )


def thing_in(facts: Facts, actor: Actor, action: str, thing: Row) -> Thing:
    kind = thing[0]
    if kind == "directory":
        return Thing()
    if kind in {"invitation", "provider", "wave"}:
        return Thing(proof=f"{kind}:{thing[1]}")
    if kind == "site":
        return Thing(role_id=thing[1])
    if kind in {"organisation", "contacts", "knowledge", "own programme"}:
        return Thing(organisation_id=thing[1])
    if kind in {"shared programme", "drafted programme"}:
        return _of_collaboration(facts, thing[1], None, draft=kind == "drafted programme")
    if kind == "reorganisation":
        own = oracle.concerns(facts, thing[1], actor.organisation_id)
        return Thing(organisation_id=actor.organisation_id if own else None)
    if kind in {"collaboration", "journal", "mandate", "view", "sponsor", "figures"}:
        own = thing[2] if kind in {"mandate", "view", "sponsor", "figures"} else actor.organisation_id
        return _of_collaboration(facts, thing[1], own if (action, kind) != ("read", "collaboration") else None)
    if kind in {"agreement", "routine", "signature"}:
        return _of_document(facts, thing)
    if kind == "matter":
        return _of_matter(facts, thing[1], None)
    row = oracle.one(oracle.rows_of(facts, kind), thing[1])
    assert row is not None
    if kind in {"decision", "answer"}:
        return _of_matter(facts, row[1], thing[2] if kind == "answer" else None)
    if kind == "inquiry":
        same = row[1] == actor.link_matter_id
        return _of_matter(facts, row[1], None, position=actor.link_position_id if same else None)
    if kind == "proposal":
        shared = row[3] in {"shared", "chosen"}
        return _of_matter(facts, row[1], row[2], Visibility.PARTICIPANTS if shared else Visibility.OWNER)
    if kind == "position":
        confidential = action == "read confidential"
        visibility = Visibility.COORDINATOR if confidential else Visibility.PARTICIPANTS
        return _of_matter(facts, row[1], row[2], visibility, row[0])
    owner = oracle.one(facts.position, row[2])
    visibility = Visibility.PARTICIPANTS if row[3] == "open" else Visibility.COORDINATOR
    return _of_matter(facts, row[1], owner[2] if owner else None, visibility, row[2])


def _of_collaboration(facts: Facts, key: Any, owner: Any, responsible: Any = None, draft: bool = False) -> Thing:
    row = oracle.one(facts.collaboration, key)
    assert row is not None
    return Thing(
        collaboration_id=key,
        organisation_id=owner,
        superior_id=row[3],
        parent_id=row[5],
        role_id=responsible,
        draft=draft or row[1] == "planned",
    )


def _of_document(facts: Facts, thing: Row) -> Thing:
    row = oracle.one(oracle.rows_of(facts, thing[0]), thing[1])
    assert row is not None
    owner = {"agreement": None, "routine": row[2], "signature": thing[-1]}[thing[0]]
    responsible = None if thing[0] == "routine" else row[2]
    return _of_collaboration(facts, row[1], owner, responsible)


def _of_matter(
    facts: Facts, key: Any, owner: Any, visibility: Visibility = Visibility.PARTICIPANTS, position: Any = None
) -> Thing:
    row = oracle.one(facts.matter, key)
    collaboration = oracle.one(facts.collaboration, row[1]) if row else None
    assert row is not None
    assert collaboration is not None
    return Thing(
        collaboration_id=row[1],
        matter_id=key,
        position_id=position,
        organisation_id=owner,
        superior_id=collaboration[3],
        parent_id=collaboration[5],
        draft=row[2] == "draft" or collaboration[1] == "planned",
        visibility=visibility,
    )


class Asked:
    """The policy, asked as one actor of one world."""

    def __init__(self, facts: Facts, actor: Row, at: int) -> None:
        self.facts, self.on = facts, EPOCH + timedelta(days=at)
        self.acting = actor_in(facts, actor, at)
        self.known = facts_in(facts, self.acting) if self.acting else None

    def says(self, action: str, thing: Row) -> bool:
        """The answer of `decide` for the oracle's question."""
        return isinstance(self.verdict(action, thing), Allow)

    def verdict(self, action: str, thing: Row) -> Allow | Deny | None:
        """None where the door does not even let the link or token in."""
        if self.acting is None or self.known is None:
            return None
        open_common = thing[0] == "condition" and _is_open_common(self.facts, thing[1])
        if open_common and self.acting.link_position_id:
            return decide(self.acting, "position.read", self._position_in_the_matter_of(thing), self.known, self.on)
        named = "matter.read" if open_common else ACTIONS[(action, thing[0])]
        if thing[0] == "forum":
            return self._through_any_owner(named, thing[1])
        return decide(self.acting, named, thing_in(self.facts, self.acting, action, thing), self.known, self.on)

    def _through_any_owner(self, named: str, forum: Any) -> Allow | Deny | None:
        """A forum opens through any of its owners; one that is only asked opens it to be read by its coordinator."""
        assert self.acting is not None
        assert self.known is not None
        found: Allow | Deny | None = None
        for _key, collaboration, state, role in sorted((row for row in self.facts.forum if row[0] == forum), key=str):
            if state == "asked" and named != "forum.read":
                continue
            responsible = self.acting.role_id if self._sits(named, forum) else role
            thing = _of_collaboration(self.facts, collaboration, None, responsible, draft=state == "asked")
            answer = decide(self.acting, named, thing, self.known, self.on)
            found = answer if isinstance(answer, Allow) or not isinstance(found, Allow) else found
        return found

    def _sits(self, named: str, forum: Any) -> bool:
        """A seat in a task that gives the right makes its role responsible."""
        assert self.acting is not None
        tasks = {"forum.note": {"chair", "secretary"}, "forum.vote": {"chair", "secretary", "member", "deputy"}}
        sitting = (row for row in self.facts.seat if row[:2] == (forum, self.acting.role_id))
        there = {row[2] for row in sitting if _span(row[3], row[4]).at(self.on)}
        return bool(there & tasks.get(named, set()))

    def _position_in_the_matter_of(self, condition: Row) -> Thing:
        """A link reads a common condition with its position, where that is a position in the same matter."""
        assert self.acting is not None
        row = oracle.one(self.facts.condition, condition[1])
        assert row is not None
        position = self.acting.link_position_id if row[1] == self.acting.link_matter_id else None
        return _of_matter(self.facts, row[1], None, position=position)


def _is_open_common(facts: Facts, condition: Any) -> bool:
    row = oracle.one(facts.condition, condition)
    return row is not None and row[2] is None and row[3] == "open"
