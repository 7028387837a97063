"""A list that the API gives is paged, or named here with what keeps it short.

A list that grows with the years is one day an answer that takes a minute, for whoever wrote a program against it when it
was short. What is asked for by its own id has what belongs to it whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from samordna.api import urls
from samordna.api.foundation import api

PAGED_BY = {"page", "number"}
OF_A_MATTER = "one matter's own, in one answer, as its pages and its export have them"
OF_A_TEXT = "of one text, as long as the text is"
OF_A_FORUM = "one forum's own, for so many years as are counted"
OF_A_WAVE = "one wave's own; a survey is answered whole"
PARTIES = "a row for each who takes part"
LIMITED = "the latest, so many and no more, as its page has them"
SHORT: dict[str, str] = {
    "/agreements/{agreement_id}/differences": OF_A_TEXT,
    "/calendar-addresses": "one's own addresses: one for each forum that one has a seat in",
    "/collaborations/{collaboration_id}/areas/{area_id}/rulings": PARTIES,
    "/collaborations/{collaboration_id}/contacts": "ways to those who take part, looked up as one table",
    "/collaborations/{collaboration_id}/followup": "the goals that are worked for now, read as one picture",
    "/collaborations/{collaboration_id}/goals": "the goals of a collaboration, each with its own history",
    "/collaborations/{collaboration_id}/introduced": "a row for each who takes part and programme that runs",
    "/collaborations/{collaboration_id}/invitations": "answered ones leave after ninety days",
    "/collaborations/{collaboration_id}/participation": PARTIES,
    "/collaborations/{collaboration_id}/passable": "the mandates that hold now and may be passed on",
    "/collaborations/{collaboration_id}/picture": "the points of one picture, read as a whole",
    "/collaborations/{collaboration_id}/reminder-days": "some days",
    "/collaborations/{collaboration_id}/reorganisations": "what is planned and not yet carried out",
    "/collaborations/{collaboration_id}/roles": "a row for each role that is carried on one day",
    "/collaborations/{collaboration_id}/sponsors": PARTIES,
    "/collaborations/{collaboration_id}/words": "at most MOST_WORDS words in a glossary",
    "/collaborations/{collaboration_id}/worth": "a sum for each kind",
    "/contacts": "the best answers to one question, so many and no more",
    "/decision-versions/{version_id}/improvements": "one decision's own, as its page has them",
    "/decisions/{decision_id}/following": PARTIES,
    "/facts": "at most MOST_FACTS in the whole installation",
    "/favourites": "the hundred latest that one has marked oneself",
    "/forums/{forum_id}/action-points": LIMITED,
    "/forums/{forum_id}/agenda": "what is to come and open, and the latest meetings that have been",
    "/forums/{forum_id}/cost": OF_A_FORUM,
    "/forums/{forum_id}/worth": OF_A_FORUM,
    "/goals/{goal_id}/followup": "one goal's own, with the periods that its page looks back on",
    "/goals/{goal_id}/grounds": "one goal's own reasons to look at it anew",
    "/holdings/{holding_id}/introduced": "the programmes that are for one person's role",
    "/leading": "the collaborations that one leads, and what waits there",
    "/mandates/{mandate_id}/rehearsal": "what one mandate's end would change",
    "/mandates/{mandate_id}/revocation": "what one mandate's end would change",
    "/matter-kinds": "fixed in the program",
    "/matters/{matter_id}/answer-links": OF_A_MATTER,
    "/matters/{matter_id}/attempts": OF_A_MATTER,
    "/matters/{matter_id}/balance": PARTIES,
    "/matters/{matter_id}/detail-level": OF_A_MATTER,
    "/matters/{matter_id}/outline": OF_A_MATTER,
    "/matters/{matter_id}/proposals": OF_A_MATTER,
    "/matters/{matter_id}/questions": OF_A_MATTER,
    "/matters/{matter_id}/reconsiderations": OF_A_MATTER,
    "/matters/{matter_id}/remarks": OF_A_MATTER,
    "/meetings/{meeting_id}/answers": "a row for each seat at one meeting",
    "/meetings/{meeting_id}/minutes": OF_A_TEXT,
    "/meetings/{meeting_id}/proceedings": "one meeting's own",
    "/organisations/{organisation_id}/contact-paths": "one organisation's own, as its page has them",
    "/organisations/{organisation_id}/hourly-rates": "one organisation's own, one for each time that it is changed",
    "/organisations/{organisation_id}/invitations": "answered ones leave after ninety days",
    "/organisations/{organisation_id}/profile": "at most MOST_LEGAL references in a legal frame",
    "/organisations/{organisation_id}/sign-in": "the ways in that an organisation has set up",
    "/profiles": "at most MOST_COMPARED side by side",
    "/sign-in-connections": "one's own ways in",
    "/sign-in-providers": "the providers that the site has set up",
    "/site/health": "fixed in the program",
    "/tokens": "one's own keys",
    "/versions/{version_id}/obstacles": "what stands in the way of one decision",
    "/waiting": "what is left to do, which goes as it is done",
    "/waves/{wave_id}/codebook": OF_A_WAVE,
    "/waves/{wave_id}/data": OF_A_WAVE,
    "/waves/{wave_id}/questions": OF_A_WAVE,
    "/waves/{wave_id}/result": OF_A_WAVE,
    "/journal/entries/{sequence}/proof": "as many steps as the logarithm of the journal",
}


def _lists(described: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The addresses that answer with a list, by themselves or in a frame, and whether a page of it is asked for."""
    shapes = described["components"]["schemas"]
    for address, does in described["paths"].items():
        if "get" not in does or address.endswith("}"):
            continue
        answers = does["get"]["responses"]
        said = answers.get(200, answers.get("200", {})).get("content", {}).get("application/json", {}).get("schema", {})
        shape = shapes[said["$ref"].rsplit("/", 1)[1]] if "$ref" in said else said
        held = [shape, *shape.get("properties", {}).values()]
        if any(_is_list(each) for each in held):
            asked = {one["name"] for one in does["get"].get("parameters", ()) if one["in"] == "query"}
            yield address.removeprefix("/api/v1"), bool(PAGED_BY & asked)


def _is_list(shape: Mapping[str, Any]) -> bool:
    return shape.get("type") == "array" or any(each.get("type") == "array" for each in shape.get("anyOf", ()))


def test_every_list_of_the_api_is_paged_or_named_with_what_keeps_it_short():
    assert urls.AREAS
    found = dict(_lists(api.get_openapi_schema()))
    assert len(found) > 60
    long = sorted(address for address, paged in found.items() if not paged and address not in SHORT)
    assert not long, f"page these, or name them in SHORT with what keeps them short: {long}"
    gone = sorted(address for address in SHORT if found.get(address, True))
    assert not gone, f"these are paged or give no list; they need no reason: {gone}"


def test_a_list_that_is_not_paged_is_found():
    planted = NinjaAPI(urls_namespace="planted")

    @planted.get("/things", response=list[str])
    def things(request: HttpRequest) -> list[str]:
        return []

    @planted.get("/some", response=list[str])
    def some(request: HttpRequest, page: int = 1) -> list[str]:
        return []

    assert dict(_lists(planted.get_openapi_schema(path_prefix=""))) == {"/things": False, "/some": True}
