"""Answers in SCIM's own shape, and what refuses in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
TYPE = "application/scim+json"
ROOT = "/api/scim/v2"


class Wrong(Exception):
    """A request that cannot be carried out: its status, SCIM's word for why ("" where there is none), and a sentence."""

    def __init__(self, status: int, detail: str, scim_type: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.scim_type = status, detail, scim_type


def answer(data: Mapping[str, Any], status: int = 200) -> JsonResponse:
    """Data as SCIM sends it."""
    response = JsonResponse(data, status=status, content_type=TYPE, json_dumps_params={"ensure_ascii": False})
    if status == 201 and "meta" in data:
        response["Location"] = data["meta"]["location"]
    return response


def refusal(wrong: Wrong) -> JsonResponse:
    """A refusal after RFC 7644 §3.12: the status is a string there."""
    said = {"schemas": [ERROR], "status": str(wrong.status), "detail": wrong.detail}
    response = answer(said | ({"scimType": wrong.scim_type} if wrong.scim_type else {}), wrong.status)
    if wrong.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="samordna"'
    return response


def listed(rows: Iterable[Mapping[str, Any]], total: int, first: int) -> dict[str, Any]:
    """One page of a list; `first` counts from 1."""
    shown = list(rows)
    return {"schemas": [LIST], "totalResults": total, "startIndex": first, "itemsPerPage": len(shown), "Resources": shown}


def location(request: HttpRequest, kind: str, key: str) -> str:
    """Where a resource is."""
    return request.build_absolute_uri(f"{ROOT}/{kind}/{key}")
