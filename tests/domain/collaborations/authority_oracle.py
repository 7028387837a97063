"""Authority once more, by brute force and tables, written from the document's words and not from the code.

A world is a dict of plain values. `answer` gives (decides, before adoption, after adoption, needs adoption, may decide
itself, may leave).

A world may lie in another (`parent`). What that one's coordination decides here can be passed on to this one: then this
one's coordination decides too, for those for whom that one does, and never binds harder or takes more than that one does.
"""

from __future__ import annotations

MUST, MAY, NOTHING = "must", "may", None

# granted from above × lent by the organisation × a duty to agree → who decides
WHO = {
    ("coordination", "coordination", True): "coordination",
    ("coordination", "coordination", False): "coordination",
    ("coordination", "silent", True): "coordination",
    ("coordination", "silent", False): "coordination",
    ("coordination", "absent", True): "coordination",
    ("coordination", "absent", False): "coordination",
    ("superior", "coordination", True): "superior",
    ("superior", "coordination", False): "superior",
    ("superior", "silent", True): "superior",
    ("superior", "silent", False): "superior",
    ("superior", "absent", True): "superior",
    ("superior", "absent", False): "superior",
    ("silent", "coordination", True): "coordination",
    ("silent", "coordination", False): "coordination",
    ("silent", "silent", True): "nobody_yet",
    ("silent", "silent", False): "organisation",
    ("silent", "absent", True): "nobody_yet",
    ("silent", "absent", False): "organisation",
    ("absent", "coordination", True): "coordination",
    ("absent", "coordination", False): "coordination",
    ("absent", "silent", True): "nobody_yet",
    ("absent", "silent", False): "organisation",
    ("absent", "absent", True): "nobody_yet",
    ("absent", "absent", False): "organisation",
}

# who decides × the clause obliges × the depth obliges → (without adoption, once adopted)
BINDS = {
    ("organisation", False, False): (NOTHING, MAY),
    ("organisation", True, False): (NOTHING, MAY),
    ("organisation", False, True): (NOTHING, MUST),
    ("organisation", True, True): (NOTHING, MUST),
    ("nobody_yet", False, False): (NOTHING, MAY),
    ("nobody_yet", True, False): (NOTHING, MUST),
    ("nobody_yet", False, True): (NOTHING, MUST),
    ("nobody_yet", True, True): (NOTHING, MUST),
    ("coordination", False, False): (MAY, MAY),
    ("coordination", True, False): (MUST, MUST),
    ("coordination", False, True): (MUST, MUST),
    ("coordination", True, True): (MUST, MUST),
    ("superior", False, False): (NOTHING, NOTHING),
    ("superior", True, False): (NOTHING, NOTHING),
    ("superior", False, True): (NOTHING, NOTHING),
    ("superior", True, True): (NOTHING, NOTHING),
}


# the clause says must × the depth says must × it is a must where it comes from → (without adoption, once adopted)
PASSED_ON = {
    (False, False, False): (MAY, MAY),
    (False, False, True): (MAY, MAY),
    (True, False, False): (MAY, MAY),
    (True, False, True): (MUST, MUST),
    (False, True, False): (MAY, MUST),
    (False, True, True): (MUST, MUST),
    (True, True, False): (MAY, MUST),
    (True, True, True): (MUST, MUST),
}


def answer(world):
    """`mandates`: dicts with form, giver (self, superior, other), state, over ("here", "above", "top", "aside", "beneath"),
    decides, no_longer, follow. `part`: in | not_yet | left. `join`, `follow`: may | if_in | must. `parent`: a world,
    or none; a delegated mandate always passes on what is decided "here" in it. In an `ended` world nobody coordinates."""
    if world["part"] != "in":
        return ("organisation", NOTHING, NOTHING, True, True, True)
    above = answer(world["parent"]) if world.get("parent") else ("organisation", NOTHING, NOTHING, True, True, True)
    heard = [mandate for mandate in world["mandates"] if _heard(mandate) and not world.get("ended")]
    passed_on = _nearest([m for m in heard if not m["decides"] or above[0] == "coordination"], "delegated")
    settled_above = _granted_says(_nearest(heard, "granted")) in {"coordination", "superior"}
    if not settled_above and any(mandate["decides"] for mandate in passed_on):
        return _passed_on([mandate for mandate in passed_on if mandate["decides"]], above, world)
    granted, lent, duty = (_nearest(heard, form) for form in ("granted", "lent", "duty_to_agree"))
    who = WHO[_granted_says(granted), _lent_says(lent), bool(duty)]
    resting_on = {"coordination": granted if _granted_says(granted) == "coordination" else lent}
    resting_on |= {"superior": granted, "nobody_yet": duty, "organisation": []}
    clause_obliges = any(mandate["follow"] == MUST for mandate in resting_on[who])
    before, after = BINDS[who, clause_obliges, world["follow"] != MAY]
    handed_over = any(mandate["no_longer"] for mandate in resting_on[who])
    return (
        who,
        before,
        after,
        who in {"organisation", "nobody_yet"},
        who == "organisation" or (who != "superior" and not handed_over),
        world["join"] != MUST,
    )


def _passed_on(deciding, above, world):
    clause = any(mandate["follow"] == MUST for mandate in deciding)
    before, after = PASSED_ON[clause, world["follow"] != MAY, above[1] == MUST]
    taken = any(mandate["no_longer"] for mandate in deciding) and not above[4]
    return ("coordination", before, after, False, not taken, world["join"] != MUST)


def _heard(mandate):
    """It is in force, covers the question, and was given by the one who can give that form."""
    able = {
        "own": {"self"},
        "lent": {"self"},
        "duty_to_agree": {"self", "superior"},
        "granted": {"superior"},
        "delegated": {"self", "superior", "other"},  # whoever coordinates the one it lies in
    }[mandate["form"]]
    return mandate["state"] in {"in_force", "notice_running"} and mandate["over"] in STEPS and mandate["giver"] in able


STEPS = {"here": 0, "above": 1, "top": 2}


def _nearest(heard, form):
    of_form = [mandate for mandate in heard if mandate["form"] == form]
    steps = sorted({STEPS[mandate["over"]] for mandate in of_form})
    return [mandate for mandate in of_form if STEPS[mandate["over"]] == steps[0]]


def _granted_says(granted):
    if not granted:
        return "absent"
    if any(mandate["decides"] for mandate in granted):
        return "coordination"
    return "superior" if any(mandate["no_longer"] for mandate in granted) else "silent"


def _lent_says(lent):
    if not lent:
        return "absent"
    return "coordination" if any(mandate["decides"] for mandate in lent) else "silent"
