"""Signing in by SAML 2.0: a request by redirect, a signed assertion by post, checked by python3-saml in its strict mode."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from samordna.domain.admissions.providers import Provider
from samordna.web.accounts.vouching import Fault, Unbelievable, Vouched

POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
LONGEST = 400_000  # characters of an answer
AFFILIATION = ("urn:oid:1.2.752.201.3.1", "orgAffiliation")
EMAIL = ("urn:oid:0.9.2342.19200300.100.1.3", "mail", "email")
NAME = ("urn:oid:2.16.840.1.113730.3.1.241", "displayName")
GIVEN, SURNAME = ("urn:oid:2.5.4.42", "givenName"), ("urn:oid:2.5.4.4", "sn")
SUBJECT = ("urn:oasis:names:tc:SAML:attribute:subject-id", "urn:oid:1.2.752.201.3.1", "urn:oid:1.3.6.1.4.1.5923.1.1.1.6")


def _settings(provider: Provider, entity: str, acs: str) -> Any:
    from onelogin.saml2.settings import OneLogin_Saml2_Settings  # noqa: PLC0415  # slow

    config = {
        "strict": True,
        "sp": {"entityId": entity, "assertionConsumerService": {"url": acs, "binding": POST}},
        "idp": {
            "entityId": provider.issuer,
            "singleSignOnService": {"url": provider.sso_url, "binding": REDIRECT},
            "x509certMulti": {"signing": list(provider.certificates)},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": False,
            "allowSingleLabelDomains": True,
            "wantAttributeStatement": False,
            "allowRepeatAttributeName": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": list(provider.asks_for) or False,
            "requestedAuthnContextComparison": "exact",
            "failOnAuthnContextMismatch": bool(provider.asks_for),
        },
    }
    return OneLogin_Saml2_Settings(config, sp_validation_only=not provider.sso_url)


def _request(acs: str, fields: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(acs)
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": fields,
    }


def begin(provider: Provider, entity: str, acs: str) -> tuple[str, dict[str, str]]:
    """Where to send the browser, and what to remember until it comes back."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth  # noqa: PLC0415  # slow

    auth = OneLogin_Saml2_Auth(_request(acs, {}), _settings(provider, entity, acs))
    address = str(auth.login(return_to=""))
    return address, {"request": str(auth.get_last_request_id())}


def read(provider: Provider, entity: str, acs: str, answer: str) -> tuple[Vouched, str]:
    """Who the assertion is about, and which request it answers; raises `Unbelievable`."""
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError  # noqa: PLC0415  # slow
    from onelogin.saml2.response import OneLogin_Saml2_Response  # noqa: PLC0415  # slow

    if not answer or len(answer) > LONGEST:
        raise Unbelievable(Fault.UNREADABLE, "size")
    try:
        response = OneLogin_Saml2_Response(_settings(provider, entity, acs), answer)
        response.is_valid(_request(acs, {"SAMLResponse": answer}), raise_exceptions=True)
        attributes, asked = response.get_attributes(), str(response.document.get("InResponseTo") or "")
        subject = _first(attributes, SUBJECT) or str(response.get_nameid() or "")
        levels = [str(each) for each in response.get_authn_contexts()]
    except OneLogin_Saml2_ValidationError as error:
        raise Unbelievable(_fault_of(error), str(error)[:120]) from error
    except (OneLogin_Saml2_Error, ValueError, SyntaxError, TypeError, AttributeError) as error:
        raise Unbelievable(Fault.UNREADABLE, type(error).__name__) from error
    if not asked:
        raise Unbelievable(Fault.UNASKED, "no request")
    name = _first(attributes, NAME) or f"{_first(attributes, GIVEN)} {_first(attributes, SURNAME)}".strip()
    affiliations = [value for key in AFFILIATION for value in attributes.get(key, [])]
    return (
        Vouched(
            subject=subject,
            name=name[:120],
            email=_first(attributes, EMAIL),
            affiliations=tuple(affiliations),
            assurance=levels[0] if levels else "",
        ).checked(),
        asked,
    )


def _first(attributes: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((str(attributes[name][0]) for name in names if attributes.get(name) and attributes[name][0]), "")


def _fault_of(error: Any) -> Fault:
    kinds = {
        Fault.SIGNATURE: (
            *(error.INVALID_SIGNATURE, error.NO_SIGNATURE_FOUND, error.NO_SIGNED_ASSERTION, error.NO_SIGNED_MESSAGE),
            *(error.WRONG_SIGNED_ELEMENT, error.ID_NOT_FOUND_IN_SIGNED_ELEMENT, error.DUPLICATED_ID_IN_SIGNED_ELEMENTS),
            *(error.INVALID_SIGNED_ELEMENT, error.DUPLICATED_REFERENCE_IN_SIGNED_ELEMENTS),
            *(error.UNEXPECTED_SIGNED_ELEMENTS, error.WRONG_NUMBER_OF_SIGNATURES),
            *(error.WRONG_NUMBER_OF_SIGNATURES_IN_RESPONSE, error.WRONG_NUMBER_OF_SIGNATURES_IN_ASSERTION),
            *(error.DEPRECATED_SIGNATURE_METHOD, error.DEPRECATED_DIGEST_METHOD),
        ),
        Fault.ISSUER: (error.WRONG_ISSUER, error.ISSUER_MULTIPLE_IN_RESPONSE, error.ISSUER_NOT_FOUND_IN_ASSERTION),
        Fault.AUDIENCE: (error.WRONG_AUDIENCE, error.WRONG_DESTINATION, error.EMPTY_DESTINATION),
        Fault.EXPIRED: (error.ASSERTION_EXPIRED, error.RESPONSE_EXPIRED, error.SESSION_EXPIRED),
        Fault.CLOCK: (error.ASSERTION_TOO_EARLY,),
        Fault.REPLAYED: (error.WRONG_INRESPONSETO, error.WRONG_SUBJECTCONFIRMATION),
        Fault.REFUSED: (error.STATUS_CODE_IS_NOT_SUCCESS,),
        Fault.LEVEL: (error.AUTHN_CONTEXT_MISMATCH,),
        Fault.INCOMPLETE: (error.NO_NAMEID, error.EMPTY_NAMEID, error.NO_ATTRIBUTESTATEMENT),
    }
    return next((fault for fault, codes in kinds.items() if error.code in codes), Fault.UNREADABLE)


def metadata(provider: Provider, entity: str, acs: str) -> str:
    """What the provider needs to know of this site."""
    text = _settings(provider, entity, acs).get_sp_metadata()
    return text.decode() if isinstance(text, bytes) else str(text)
