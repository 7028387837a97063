"""What this service can do, told to registers that ask (RFC 7644 §4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samordna.api.scim.answers import GROUP, USER, Wrong, answer, listed, location
from samordna.api.scim.door import Call
from samordna.api.scim.reading import MOST

CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema"


def configuration(call: Call) -> HttpResponse:
    """What is supported: patches and filters, and nothing else of what may be left out."""
    bearer = {"type": "oauthbearertoken", "name": "Bearer", "description": "A key made in Samordna.", "primary": True}
    return answer(
        {
            "schemas": [CONFIG],
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MOST},
            "changePassword": {"supported": False},
            "sort": {"supported": False},
            "etag": {"supported": False},
            "authenticationSchemes": [bearer],
            "meta": {
                "resourceType": "ServiceProviderConfig",
                "location": location(call.request, "ServiceProviderConfig", "")[:-1],
            },
        }
    )


def _attribute(name: str, **more: Any) -> dict[str, Any]:
    usual = {"type": "string", "multiValued": False, "required": False, "caseExact": False}
    return {"name": name, **usual, "mutability": "readWrite", "returned": "default", "uniqueness": "none", **more}


SCHEMAS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    USER: (
        "User",
        [
            _attribute("userName", required=True, mutability="immutable", uniqueness="server"),
            _attribute("displayName"),
            _attribute(
                "name",
                type="complex",
                subAttributes=[_attribute(each) for each in ("formatted", "givenName", "familyName")],
            ),
            _attribute("active", type="boolean"),
            _attribute("externalId", caseExact=True),
            _attribute(
                "emails", type="complex", multiValued=True, mutability="readOnly", subAttributes=[_attribute("value")]
            ),
        ],
    ),
    GROUP: (
        "Group",
        [
            _attribute("displayName", required=True, mutability="readOnly"),
            _attribute(
                "members",
                type="complex",
                multiValued=True,
                subAttributes=[_attribute("value", mutability="immutable"), _attribute("display", mutability="readOnly")],
            ),
        ],
    ),
}


def _schema(call: Call, urn: str) -> dict[str, Any]:
    name, attributes = SCHEMAS[urn]
    meta = {"resourceType": "Schema", "location": location(call.request, "Schemas", urn)}
    return {"schemas": [SCHEMA], "id": urn, "name": name, "attributes": attributes, "meta": meta}


def schemas(call: Call) -> HttpResponse:
    """Both schemas."""
    return answer(listed([_schema(call, urn) for urn in SCHEMAS], len(SCHEMAS), 1))


def user_schema(call: Call) -> HttpResponse:
    """What a user has."""
    return answer(_schema(call, USER))


def group_schema(call: Call) -> HttpResponse:
    """What a group has."""
    return answer(_schema(call, GROUP))


def _type(call: Call, name: str, urn: str) -> dict[str, Any]:
    meta = {"resourceType": "ResourceType", "location": location(call.request, "ResourceTypes", name)}
    return {"schemas": [RESOURCE_TYPE], "id": name, "name": name, "endpoint": f"/{name}s", "schema": urn, "meta": meta}


def resource_types(call: Call) -> HttpResponse:
    """Users and groups."""
    return answer(listed([_type(call, "User", USER), _type(call, "Group", GROUP)], 2, 1))


def user_type(call: Call) -> HttpResponse:
    """Where users are."""
    return answer(_type(call, "User", USER))


def group_type(call: Call) -> HttpResponse:
    """Where groups are."""
    return answer(_type(call, "Group", GROUP))


def unsupported(call: Call, **keys: str) -> HttpResponse:
    """What may be left out, and is."""
    raise Wrong(501, _("This service does not have that part of SCIM."))
