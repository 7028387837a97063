"""Who may do what, said once more by another hand: plain sets of tuples, brute force, no Django, no indexes.

Written from the access rules in words before the policy of the application was read, so that a mistake has to be made
twice to pass. Nothing here is fast or clever. A `None` bound is open; everything with a life is half-open,
`start <= t < end`. Time is one scale: a day is a whole number, and links and tokens end at any number on the same scale.
Where the words leave room: a write needs the read of the same thing first; what an organisation opens to "all
participants" is not open to the superior, who reads the matter but takes no part; a role coordinates only while the
collaboration lasts, and only if coordinating is its duty. The coordinator of a collaboration reads, as the superior does,
what is not being prepared in those that lie directly in it, and delegates mandates to them.

Whoever comes by an invitation's link may accept that invitation, and whoever a provider of sign-in vouches for may arrive
by that provider; neither gives anything else. Whoever comes by a link to a wave of a questionnaire may answer that wave,
once; signed in, everybody whose organisation takes part may answer, and the coordinator.

Actors: `("nobody",)`, `("session", person, holding)`, `("token", token)`, `("link", link)`, and
`("bearer", "invitation", "provider" or "wave", id)`.
Objects: `("directory",)`, `("contacts", organisation)`, `("knowledge", organisation)`, `("journal", collaboration)`,
`("mandate", collaboration, giver)`, `("view", collaboration, whose)`, `("figures", collaboration, whose)`,
`("answer", decision, whose)`, `("signature", agreement, whose)`, `("sponsor", collaboration, whose)`,
`("site", role that looks after it)`, `("measures", collaboration)`,
`("own programme", organisation)` and `("shared programme" or "drafted programme", collaboration)` for introductions,
and `(kind, id)` for an organisation, collaboration, forum, matter, position, condition, inquiry (a question about a
matter), proposal, decision or reorganisation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Row = tuple[Any, ...]
Rows = frozenset[Row]

NOTHING: Rows = frozenset()

DUTIES = {
    ("representative", "answer"),
    ("manager", "answer"),
    ("manager", "adopt"),
    ("coordinator", "coordinate"),
    ("administrator", "administer"),
}

READS = {
    ("read", "directory"),
    ("read", "collaboration"),
    ("read", "journal"),
    ("read", "agreement"),
    ("read", "routine"),
    ("read", "matter"),
    ("read", "position"),
    ("read confidential", "position"),
    ("read", "condition"),
    ("read", "inquiry"),
    ("read", "proposal"),
    ("read", "decision"),
    ("read", "reorganisation"),
    ("read", "forum"),
    ("read", "figures"),
    ("read", "measures"),
    ("read", "own programme"),
    ("read", "shared programme"),
    ("read", "drafted programme"),
}
WRITES = {
    ("administer", "organisation"),
    ("keep", "contacts"),
    ("keep", "knowledge"),
    ("keep", "own programme"),
    ("keep", "shared programme"),
    ("vouch in", "own programme"),
    ("plan", "reorganisation"),
    ("agree", "reorganisation"),
    ("look after", "site"),
    ("lead", "collaboration"),
    ("leave", "collaboration"),
    ("give", "mandate"),
    ("delegate", "collaboration"),
    ("draft", "agreement"),
    ("keep", "routine"),
    ("sign", "signature"),
    ("lead", "forum"),
    ("prepare", "forum"),
    ("raise in", "forum"),
    ("speak in", "forum"),
    ("speak about", "matter"),
    ("attend", "forum"),
    ("keep notes in", "forum"),
    ("vote in", "forum"),
    ("answer in", "collaboration"),
    ("tell", "view"),
    ("keep", "figures"),
    ("name", "sponsor"),
    ("lead", "matter"),
    ("propose", "matter"),
    ("answer", "position"),
    ("change", "proposal"),
    ("lead", "decision"),
    ("comment", "answer"),
    ("adopt", "answer"),
}


@dataclass(frozen=True)
class Facts:
    """One world. Each field's comment names the columns."""

    organisation: Rows = NOTHING  # id, start, end
    role: Rows = NOTHING  # id, organisation, kind, start, end
    person: Rows = NOTHING  # id, may sign in
    holding: Rows = NOTHING  # id, person, role, start, end (a deputy's: at the latest when whom it stands in for leaves)
    collaboration: Rows = NOTHING  # id, state, coordinator's role, superior or None, end or None, what it lies in or None
    participation: Rows = NOTHING  # collaboration, organisation, start, end
    agreement: Rows = NOTHING  # id, collaboration, responsible role
    routine: Rows = NOTHING  # id, collaboration, organisation whose own it is
    forum: Rows = NOTHING  # id, a collaboration (a row for each), "owns" or "asked" to, who prepares it
    seat: Rows = NOTHING  # forum, role, task, start, end
    matter: Rows = NOTHING  # id, collaboration, stage
    position: Rows = NOTHING  # id, matter, organisation
    condition: Rows = NOTHING  # id, matter, position or None for a common one, confidence
    inquiry: Rows = NOTHING  # id, matter
    proposal: Rows = NOTHING  # id, matter, organisation, state
    decision: Rows = NOTHING  # id, matter
    reorganisation: Rows = NOTHING  # id, an organisation that it concerns (a row for each)
    link: Rows = NOTHING  # id, position, start, end, used or None, revoked or None
    token: Rows = NOTHING  # id, holding, may write, start, end, revoked or None
    invitation: Rows = NOTHING  # id
    provider: Rows = NOTHING  # id
    wave: Rows = NOTHING  # id
    extra: Rows = field(default=NOTHING, compare=False)  # rows that mean nothing; used to show that they mean nothing


def active(start: Any, end: Any, at: Any) -> bool:
    return (start is None or start <= at) and (end is None or at < end)


def one(rows: Iterable[Row], key: Any) -> Row | None:
    """The row with this id, or none."""
    return next((row for row in rows if row[0] == key), None)


def serving(facts: Facts, holding: Any, at: Any) -> Row | None:
    """(person, role, organisation, kind) if this holding gives anything today, else none."""
    for key, person, role, start, end in facts.holding:
        if key != holding or not active(start, end, at):
            continue
        for role_id, organisation, kind, role_start, role_end in facts.role:
            if role_id != role or not active(role_start, role_end, at):
                continue
            exists = any(row[0] == organisation and active(row[1], row[2], at) for row in facts.organisation)
            welcome = any(row[0] == person and row[1] for row in facts.person)
            if exists and welcome:
                return person, role, organisation, kind
    return None


def standing(facts: Facts, actor: Row, at: Any) -> tuple[Any, Any, set[str], bool] | None:
    """(role, organisation, duties, may write) of somebody who acts as one holding, else none."""
    may_write = True
    holding: Any = None
    person: Any = None
    if actor[0] == "session":
        person, holding = actor[1], actor[2]
    elif actor[0] == "token":
        token = one(facts.token, actor[1])
        if token is None or not active(token[3], token[4], at) or (token[5] is not None and token[5] <= at):
            return None
        holding, may_write = token[1], token[2]
    else:
        return None
    served = serving(facts, holding, at)
    if served is None or (person is not None and served[0] != person):
        return None
    duties = {duty for kind, duty in DUTIES if kind == served[3]}
    return served[1], served[2], duties, may_write


def takes_part(facts: Facts, collaboration: Any, organisation: Any, at: Any) -> bool:
    return any(
        row[0] == collaboration and row[1] == organisation and active(row[2], row[3], at) for row in facts.participation
    )


def has_taken_part(facts: Facts, collaboration: Any, organisation: Any, at: Any) -> bool:
    """It joined today or earlier, whether or not it has left since."""
    return any(
        row[0] == collaboration and row[1] == organisation and (row[2] is None or row[2] <= at)
        for row in facts.participation
    )


def own_figures(facts: Facts, collaboration: Any, whose: Any, organisation: Any, at: Any) -> bool:
    """What an organisation tells of the time that it took part stays its own to read and to tell after it has left."""
    row = one(facts.collaboration, collaboration)
    if row is None or row[1] == "planned" or whose != organisation:
        return False
    return has_taken_part(facts, collaboration, organisation, at)


def coordinates(facts: Facts, collaboration: Any, role: Any, at: Any) -> bool:
    kinds = {row[2] for row in facts.role if row[0] == role}
    return any(
        row[0] == collaboration and row[2] == role and active(None, row[4], at) and (kind, "coordinate") in DUTIES
        for row in facts.collaboration
        for kind in kinds
    )


def reads_collaboration(facts: Facts, collaboration: Any, role: Any, organisation: Any, at: Any) -> bool:
    row = one(facts.collaboration, collaboration)
    if row is None:
        return False
    if coordinates(facts, collaboration, role, at):
        return True
    if row[1] == "planned":
        return False
    if coordinates(facts, row[5], role, at):
        return True
    return takes_part(facts, collaboration, organisation, at) or row[3] == organisation


def reads_matter(facts: Facts, matter: Any, role: Any, organisation: Any, at: Any) -> bool:
    row = one(facts.matter, matter)
    if row is None or not reads_collaboration(facts, row[1], role, organisation, at):
        return False
    return row[2] != "draft" or coordinates(facts, row[1], role, at)


def rows_of(facts: Facts, kind: str) -> Rows:
    """The rows of a kind of object; an answer about a decision is found by the decision."""
    rows: Rows = getattr(facts, {"answer": "decision", "signature": "agreement"}.get(kind, kind))
    return rows


def collaboration_of(facts: Facts, kind: str, key: Any) -> Any:
    """The collaboration an object belongs to, or none."""
    if kind == "collaboration":
        return key if one(facts.collaboration, key) else None
    if kind == "matter":
        row = one(facts.matter, key)
        return row[1] if row else None
    row = one(rows_of(facts, kind), key)
    if kind in {"agreement", "routine", "signature"}:
        return row[1] if row else None
    return collaboration_of(facts, "matter", row[1]) if row else None


def allowed(facts: Facts, actor: Row, action: str, thing: Row, at: Any) -> bool:
    """May this actor do this with this object on this day? Everything not said below is refused."""
    if actor[0] == "link":
        return link_allows(facts, actor[1], action, thing, at)
    if actor[0] == "bearer":
        verb = {"invitation": "accept", "provider": "arrive", "wave": "reply"}[actor[1]]
        return bool((action, *thing) == (verb, actor[1], actor[2]) and one(getattr(facts, actor[1]), actor[2]))
    if thing[0] in {"invitation", "provider", "wave"}:
        return False
    acting = standing(facts, actor, at)
    if acting is None:
        return False
    role, organisation, duties, may_write = acting
    if (action, thing[0]) in WRITES and not may_write:
        return False
    if (action, thing[0]) in READS:
        return may_read(facts, role, organisation, action, thing, at)
    return may_change(facts, role, organisation, duties, action, thing, at)


def link_allows(facts: Facts, link: Any, action: str, thing: Row, at: Any) -> bool:
    """A link opens one position to be read and answered, while its organisation takes part and could answer too.

    What coordination has stated openly for all is read with it: whoever answers has to live with it. So are the questions
    that have been asked about the matter, and their answers: whoever is to answer may need to know.
    """
    row = one(facts.link, link)
    if row is None or not active(row[2], row[3], at):
        return False
    if any(moment is not None and moment <= at for moment in (row[4], row[5])):
        return False
    position = one(facts.position, row[1])
    if position is None:
        return False
    matter = one(facts.matter, position[1])
    exists = any(org[0] == position[2] and active(org[1], org[2], at) for org in facts.organisation)
    if matter is None or not exists or matter[2] == "draft" or not takes_part(facts, matter[1], position[2], at):
        return False
    collaboration = one(facts.collaboration, matter[1])
    if collaboration is None or collaboration[1] == "planned":
        return False
    opened = {("read", "position"), ("read confidential", "position"), ("answer", "position")}
    if (action, thing[0]) in opened:
        return bool(thing[1] == position[0])
    if (action, thing[0]) == ("read", "inquiry"):
        return any(row[0] == thing[1] and row[1] == position[1] for row in facts.inquiry)
    if (action, thing[0]) == ("read", "condition"):
        common = {row[0] for row in facts.condition if row[1] == position[1] and row[2] is None and row[3] == "open"}
        return thing[1] in common or any(row[0] == thing[1] and row[2] == position[0] for row in facts.condition)
    return False


def may_read(facts: Facts, role: Any, organisation: Any, action: str, thing: Row, at: Any) -> bool:
    kind = thing[0]
    if kind == "directory":
        return True
    key = thing[1]
    if kind == "figures":  # the coordinator reads them all
        return coordinates(facts, key, role, at) or own_figures(facts, key, thing[2], organisation, at)
    if kind == "reorganisation":
        return concerns(facts, key, organisation)
    if kind == "measures":  # what is measured: whoever has taken part may be asked to report it for that time
        row = one(facts.collaboration, key)
        shared = row is not None and row[1] != "planned"
        once = shared and has_taken_part(facts, key, organisation, at)
        return once or reads_collaboration(facts, key, role, organisation, at)
    if kind == "own programme":  # an organisation introduces its own people
        return bool(key == organisation)
    if kind == "drafted programme":
        return coordinates(facts, key, role, at)
    if kind in {"collaboration", "journal", "shared programme"}:
        return reads_collaboration(facts, key, role, organisation, at)
    if kind == "forum":
        return reads_forum(facts, key, role, organisation, at)
    if kind == "matter":
        return reads_matter(facts, key, role, organisation, at)
    if kind in {"agreement", "routine"}:
        row = one(rows_of(facts, kind), key)
        return row is not None and reads_collaboration(facts, row[1], role, organisation, at)
    row = one(getattr(facts, kind), key)
    if row is None or not reads_matter(facts, row[1], role, organisation, at):
        return False
    collaboration = collaboration_of(facts, "matter", row[1])
    coordinator = coordinates(facts, collaboration, role, at)
    part = takes_part(facts, collaboration, organisation, at)
    if kind == "decision":
        return True
    if kind == "proposal":
        return row[3] in {"shared", "chosen"} or (row[2] == organisation and (part or coordinator))
    if kind == "position":
        return coordinator or (part and (action == "read" or row[2] == organisation))
    if kind == "inquiry":
        return coordinator or part
    if kind == "condition":
        return coordinator or reads_condition(facts, row, organisation, part)
    return False


def concerns(facts: Facts, reorganisation: Any, organisation: Any) -> bool:
    """A reorganisation is there for those whom it concerns, and for nobody else."""
    return (reorganisation, organisation) in {(row[0], row[1]) for row in facts.reorganisation}


def reads_condition(facts: Facts, row: Row, organisation: Any, part: bool) -> bool:
    """An open common condition: whoever reads the matter. A participant's own: its owner, and if open, who takes part."""
    position = one(facts.position, row[2])
    if position is None:
        return bool(row[3] == "open")
    return part and (row[3] == "open" or position[2] == organisation)


def may_change(facts: Facts, role: Any, organisation: Any, duties: set[str], action: str, thing: Row, at: Any) -> bool:
    kind = thing[0]
    if (action, kind) == ("administer", "organisation"):
        return bool("administer" in duties and thing[1] == organisation)
    if (action, kind) == ("plan", "reorganisation"):
        return bool(duties & {"administer", "adopt"} and concerns(facts, thing[1], organisation))
    if (action, kind) == ("agree", "reorganisation"):  # it changes what the organisation is: its manager's word alone
        return "adopt" in duties and concerns(facts, thing[1], organisation)
    if (action, kind) == ("keep", "contacts"):
        return bool(duties & {"administer", "answer"} and thing[1] == organisation)
    if (action, kind) == ("keep", "knowledge"):  # what the organisation offers and is: its own to say
        return bool(duties & {"administer", "answer"} and thing[1] == organisation)
    if kind == "own programme":
        return introduces(organisation, duties, action, thing[1])
    if kind == "shared programme":  # kept and followed by the coordinator, who is told how many and never who
        return coordinates(facts, thing[1], role, at)
    if (action, kind) == ("look after", "site"):
        return bool("administer" in duties and thing[1] == role)
    if (action, kind) == ("give", "mandate"):
        collaboration = thing[1]
        own = thing[2] == organisation and "adopt" in duties
        return own and reads_collaboration(facts, collaboration, role, organisation, at)
    if kind == "forum":
        return meets(facts, role, organisation, action, thing[1], at)
    if kind in {"agreement", "routine", "signature"}:
        return may_agree(facts, role, organisation, duties, thing, at)
    if (action, kind) == ("tell", "view"):
        return tells_view(facts, thing[1], thing[2], role, organisation, duties, at)
    if (action, kind) == ("name", "sponsor"):
        return names_sponsor(facts, thing[1], thing[2], organisation, duties, at)
    if (action, kind) == ("keep", "figures"):  # nobody tells them for another, the coordinator neither
        return "answer" in duties and own_figures(facts, thing[1], thing[2], organisation, at)
    collaboration = collaboration_of(facts, kind, thing[1])
    coordinator = coordinates(facts, collaboration, role, at)
    if action == "lead":
        return coordinator
    if action == "delegate":
        row = one(facts.collaboration, collaboration)
        return row is not None and row[1] != "planned" and coordinates(facts, row[5], role, at)
    if not takes_part(facts, collaboration, organisation, at) and not coordinator:
        return False
    return belongs(facts, role, organisation, duties, coordinator, action, thing, at)


def introduces(organisation: Any, duties: set[str], action: str, whose: Any) -> bool:
    """An organisation's programmes are kept by those who answer for it and by its administrator. How its people get on is
    seen, and filled in, by its manager and its administrator."""
    needed = {"administer", "answer"} if action == "keep" else {"administer", "adopt"}
    return bool(duties & needed) and whose == organisation


def may_agree(facts: Facts, role: Any, organisation: Any, duties: set[str], thing: Row, at: Any) -> bool:
    """A common document is written by the coordinator and by the role that is responsible for it, where its organisation
    takes part; it is signed by each participant's own manager. An organisation's own routine is its own to write."""
    kind, row = thing[0], one(rows_of(facts, thing[0]), thing[1])
    if row is None:
        return False
    part = takes_part(facts, row[1], organisation, at) and reads_collaboration(facts, row[1], role, organisation, at)
    if kind == "agreement":
        return coordinates(facts, row[1], role, at) or (part and row[2] == role)
    if kind == "routine":
        started = one(facts.collaboration, row[1])
        shared = started is not None and started[1] != "planned"
        return part and shared and row[2] == organisation and "answer" in duties
    started = one(facts.collaboration, row[1])
    shared = started is not None and started[1] != "planned"
    return part and shared and thing[2] == organisation and "adopt" in duties


def reads_forum(facts: Facts, forum: Any, role: Any, organisation: Any, at: Any) -> bool:
    """Who reads a collaboration that owns the forum reads the forum; where one is only asked, its coordinator does."""
    return any(
        coordinates(facts, row[1], role, at)
        or (row[2] == "owns" and reads_collaboration(facts, row[1], role, organisation, at))
        for row in facts.forum
        if row[0] == forum
    )


def meets(facts: Facts, role: Any, organisation: Any, action: str, forum: Any, at: Any) -> bool:
    """The coordinator of a collaboration that owns the forum does everything there. Where an organisation takes part, the
    role that prepares the forum prepares it and keeps its notes, and every role may bring something up and speak between
    meetings. Who sits there as chair or secretary keeps the notes, too; and everybody who sits there, but the co-opted,
    casts voices, as does who prepares. Whoever reads it through an owner may be called to its meetings and answer."""
    tasks = {row[2] for row in facts.seat if row[:2] == (forum, role) and active(row[3], row[4], at)}
    needed = {"keep notes in": {"chair", "secretary"}, "vote in": {"chair", "secretary", "member", "deputy"}}
    for row in facts.forum:
        if row[0] != forum or row[2] != "owns":
            continue
        if action == "attend" and reads_collaboration(facts, row[1], role, organisation, at):
            return True
        part = takes_part(facts, row[1], organisation, at) and reads_collaboration(facts, row[1], role, organisation, at)
        if coordinates(facts, row[1], role, at) or (part and action in {"raise in", "speak in"}):
            return True
        if part and action in {"prepare", *needed} and row[3] == role:
            return True
        if part and tasks & needed.get(action, set()):
            return True
    return False


def tells_view(
    facts: Facts, collaboration: Any, whose: Any, role: Any, organisation: Any, duties: set[str], at: Any
) -> bool:
    """How the purpose, the picture and the needs are seen: a participant that answers tells its own; the coordinator tells
    the coordination's, which is nobody's organisation, so it may whatever organisation is named."""
    if coordinates(facts, collaboration, role, at):
        return True
    reads = reads_collaboration(facts, collaboration, role, organisation, at)
    part = takes_part(facts, collaboration, organisation, at)
    return reads and part and "answer" in duties and whose == organisation


def names_sponsor(facts: Facts, collaboration: Any, whose: Any, organisation: Any, duties: set[str], at: Any) -> bool:
    """Who decides for an organisation that takes part in what is no longer being prepared says who stands behind it
    there; nobody does so for another."""
    row = one(facts.collaboration, collaboration)
    if row is None or row[1] == "planned" or whose != organisation:
        return False
    return "adopt" in duties and takes_part(facts, collaboration, organisation, at)


def belongs(
    facts: Facts, role: Any, organisation: Any, duties: set[str], coordinator: bool, action: str, thing: Row, at: Any
) -> bool:
    """What participants do in their own name, and proposals, which the coordinator makes too."""
    kind, key = thing[0], thing[1]
    if (action, kind) == ("answer in", "collaboration"):  # a questionnaire, or with feedback: whatever its role is for
        return coordinator or reads_collaboration(facts, key, role, organisation, at)
    if (action, kind) == ("leave", "collaboration"):
        reads = reads_collaboration(facts, key, role, organisation, at)
        return "adopt" in duties and reads and takes_part(facts, key, organisation, at)
    row = one(rows_of(facts, kind), key)
    matter = key if kind == "matter" else (row[1] if row else None)
    if row is None or not reads_matter(facts, matter, role, organisation, at):
        return False
    if (action, kind) == ("speak about", "matter"):  # whatever its role is for: nobody's word binds anybody there
        return True
    if (action, kind) == ("propose", "matter"):
        return coordinator or "answer" in duties
    if (action, kind) == ("change", "proposal"):
        return row[2] == organisation and (coordinator or "answer" in duties)
    part = takes_part(facts, collaboration_of(facts, "matter", matter), organisation, at)
    if (action, kind) == ("answer", "position"):
        return part and "answer" in duties and row[2] == organisation
    if (action, kind) == ("comment", "answer"):
        return part and "answer" in duties and thing[2] == organisation
    if (action, kind) == ("adopt", "answer"):
        return part and "adopt" in duties and thing[2] == organisation
    return False
