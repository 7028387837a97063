"""What-if changes in an address: `?om=ram.<aspect>.<option>&om=utan.<condition>&om=delning.<aspect>.<sharing>`, and
`&om=avstar.<organisation>&om=pris.<amount>`, where no amount puts likeness before all cost.

Plain GET parameters, so that a what-if is a link that can be sent, and works without script. An empty `om` is a list in
the form where nothing was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

MOST = 60
"""More changes than this in one address are not a what-if but a test of patience."""

ABOUT = ("aspect", "condition", "organisation")
"""What a change is about; the last change about the same thing counts."""

Change = dict[str, str]


def changes_in(texts: Iterable[str]) -> list[Change]:
    """The changes; the last about the same thing counts. What cannot be read becomes a change that fits nothing."""
    found: dict[tuple[str, str], Change] = {}
    for text in [text for text in texts if text][:MOST]:
        change = _change(text)
        found[(change["do"], next((change[name] for name in ABOUT if name in change), ""))] = change
    return list(found.values())


def _change(text: str) -> Change:
    match text.split("."):
        case ["ram", aspect, option]:
            return {"do": "fix", "aspect": aspect, "option": option}
        case ["utan", condition]:
            return {"do": "drop", "condition": condition}
        case ["delning", aspect, sharing]:
            return {"do": "share", "aspect": aspect, "sharing": sharing}
        case ["avstar", organisation]:
            return {"do": "leave", "organisation": organisation}
        case ["pris", price]:
            return {"do": "price", "price": price}
    return {"do": "unknown"}


def text_of(change: Mapping[str, str]) -> str:
    """The change as it stands in an address."""
    match change["do"]:
        case "fix":
            return f"ram.{change['aspect']}.{change['option']}"
        case "share":
            return f"delning.{change['aspect']}.{change['sharing']}"
        case "drop":
            return f"utan.{change['condition']}"
        case "leave":
            return f"avstar.{change['organisation']}"
        case "price":
            return f"pris.{change['price']}"
    return ""


def query(proposal_id: str, changes: Iterable[Mapping[str, str]]) -> str:
    """What an address begins with so that one thing more can be added: "" or parameters ending in an ampersand."""
    pairs = [("forslag", proposal_id)] if proposal_id else []
    pairs += [("om", text_of(change)) for change in changes]
    return f"{urlencode(pairs)}&" if pairs else ""
