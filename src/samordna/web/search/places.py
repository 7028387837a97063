"""Where things that are found have their pages, and the pages that the palette knows by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.core.words import asked, stems
from samordna.domain.search.enums import Kind
from samordna.domain.search.queries import Hit

PAGES: Mapping[str, str] = {
    Kind.COLLABORATION: "collaboration",
    Kind.MATTER: "matter",
    Kind.DECISION: "decision",
    Kind.PROPOSAL: "proposal",
    Kind.AGREEMENT: "agreement",
    Kind.FORUM: "forum",
    Kind.ITEM: "item",
    Kind.MEETING: "meeting",
    Kind.EVENT: "event",
    Kind.OUTCOME: "item",
    Kind.MINUTES: "minutes",
    Kind.THREAD: "thread",
    Kind.GOAL: "goal",
    Kind.QUESTIONNAIRE: "questionnaire",
    Kind.CHAIN: "chain",
    Kind.ANNUAL_REPORT: "annual_report",
    Kind.INTRODUCTION: "introduction",
    Kind.CONDITION: "matter",
    Kind.NEED: "matter",
    Kind.INQUIRY: "inquiries",
    Kind.EXPERIENCE: "following",
    Kind.ORGANISATION: "organisation",
    Kind.ROLE: "organisation",
    Kind.CONTACT_PATH: "organisation",
    Kind.SERVICE: "service",
    Kind.PROFILE: "profile",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A hit with its address."""

    hit: Hit
    address: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A page that the palette finds by its name."""

    label: str | Promise
    address: str


COMMANDS: Sequence[tuple[str | Promise, str]] = (
    (_p("command", "Mine: what needs you now"), "home"),
    (_p("command", "Collaborations and their matters"), "collaborations"),
    (_p("command", "Start a collaboration"), "start_collaboration"),
    (_p("command", "What binds us"), "binds_us"),
    (_p("command", "Following: how decisions are followed"), "following_board"),
    (_p("command", "Agreements and routines"), "agreements"),
    (_p("command", "Forums and meetings"), "forums"),
    (_p("command", "Register of decisions"), "forum_decisions"),
    (_p("command", "Events"), "events"),
    (_p("command", "Introductions: what newcomers learn"), "introductions"),
    (_p("command", "Organisations, roles and contact paths"), "organisations"),
    (_p("command", "Journal: what has been done"), "journal"),
    (_p("command", "Your account and sign-in"), "account"),
    (_p("command", "Help"), "help"),
    (_("About Samordna"), "about"),
    (_("Accessibility"), "accessibility"),
)


def rows_of(hits: Sequence[Hit], kept: set[tuple[str, str]]) -> list[Row]:
    """The hits with their addresses, and whether they are among the reader's favourites."""
    return [Row(hit=hit, address=address_of(hit), kept=(hit.kind, hit.object_id) in kept) for hit in hits]


def address_of(hit: Hit) -> str:
    """The page where the thing can be read."""
    return reverse(PAGES[hit.kind], args=[hit.object_id if hit.kind == Kind.GOAL else hit.place_id])


def named_pages(text: str) -> list[Named]:
    """The pages whose names have every word that is typed, or one that begins so; all of them when nothing is."""
    wanted = asked(text)
    return [Named(label=label, address=reverse(name)) for label, name in COMMANDS if _has(str(label), wanted)]


def _has(label: str, wanted: Sequence[str]) -> bool:
    own = stems(label)
    return all(any(stem.startswith(each) for stem in own) for each in wanted)
