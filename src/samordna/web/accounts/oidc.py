"""Signing in by OpenID Connect: the authorisation code flow with PKCE, state and nonce, and a verified ID token.

The library that looks after local accounts has a client too. It believes an ID token without its signature when it came
over TLS, uses no nonce and answers some faults of a provider with a server error; here every fault has its own answer.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import jwt
from django.core.cache import cache

from samordna.domain.admissions.providers import Provider
from samordna.web.accounts.fetching import Unreachable, ask
from samordna.web.accounts.vouching import CLOCK_SECONDS, Fault, Unbelievable, Vouched

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
KEPT_SECONDS = 3600  # so long a provider's description and keys are kept
PATIENT_SECONDS = 60  # an unknown key makes us ask for the keys again, at most this often
AFFILIATION = ("https://id.oidc.se/claim/orgAffiliation", "orgAffiliation")
NUMBER = "https://id.oidc.se/claim/orgNumber"


def begin(provider: Provider, callback: str) -> tuple[str, dict[str, str]]:
    """Where to send the browser, and what to remember until it comes back."""
    pending = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = urlsafe_b64encode(sha256(pending["verifier"].encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback,
        "scope": provider.scope,
        "state": pending["state"],
        "nonce": pending["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if provider.asks_for:
        asked["acr_values"] = " ".join(provider.asks_for)
    where = str(_described(provider)["authorization_endpoint"])
    return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}", pending


def finish(provider: Provider, callback: str, answer: Mapping[str, str], pending: Mapping[str, str]) -> Vouched:
    """Who came back; raises `Unbelievable`. `pending` is what `begin` gave, and must be forgotten by now."""
    if not hmac.compare_digest(answer.get("state", ""), pending["state"]):
        raise Unbelievable(Fault.UNASKED)
    if "error" in answer:
        cancelled = answer["error"] == "access_denied"
        raise Unbelievable(Fault.CANCELLED if cancelled else Fault.REFUSED, answer["error"][:80])
    if not answer.get("code"):
        raise Unbelievable(Fault.UNREADABLE, "no code")
    try:
        described = _described(provider)
        tokens = ask(
            str(described["token_endpoint"]),
            form={
                "grant_type": "authorization_code",
                "code": answer["code"],
                "redirect_uri": callback,
                "client_id": provider.client_id,
                "client_secret": provider.client_secret,
                "code_verifier": pending["verifier"],
            },
        )
        claims = _claims(provider, str(tokens.get("id_token", "")), pending["nonce"])
        return vouched(claims | _more(described, tokens, claims))
    except Unreachable as error:
        raise Unbelievable(Fault.UNREACHABLE, str(error)) from error


def _described(provider: Provider, *, anew: bool = False) -> dict[str, Any]:
    """The provider's description of itself, kept for an hour."""
    kept = None if anew else cache.get(f"oidc:{provider.id}:{provider.issuer}")
    if kept is None:
        kept = ask(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not isinstance(kept.get(name), str):
                raise Unreachable(f"no {name}")
        if kept.get("issuer") != provider.issuer:
            raise Unbelievable(Fault.ISSUER, "description")
        cache.set(f"oidc:{provider.id}:{provider.issuer}", kept, KEPT_SECONDS)
    return dict(kept)


def _keys(provider: Provider, kid: str) -> list[Any]:
    """The provider's keys that may have signed this. Unknown ones make us look again, as a provider changes its keys."""
    place = f"oidc:{provider.id}:{provider.issuer}:keys"
    found = [key for key in cache.get(place) or [] if _fits(key, kid)]
    if not found and cache.add(f"{place}:asked", 1, PATIENT_SECONDS):
        keys = ask(str(_described(provider)["jwks_uri"])).get("keys", [])
        keys = [key for key in keys if isinstance(key, dict)]
        cache.set(place, keys, KEPT_SECONDS)
        found = [key for key in keys if _fits(key, kid)]
    if not found:
        raise Unbelievable(Fault.KEY, kid[:60])
    return found


def _fits(key: Mapping[str, Any], kid: str) -> bool:
    return (not kid or key.get("kid") == kid) and key.get("use", "sig") == "sig" and key.get("kty") != "oct"


def _claims(provider: Provider, token: str, nonce: str) -> dict[str, Any]:
    """The ID token's claims, once its signature, times, issuer, audience and nonce hold."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise Unbelievable(Fault.SIGNATURE, "algorithm")
        keys = _keys(provider, str(header.get("kid", "")))
        claims: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK(keys[0], algorithm=header["alg"]),
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=CLOCK_SECONDS,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise Unbelievable(_fault_of(error), type(error).__name__) from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client_id:
        raise Unbelievable(Fault.AUDIENCE, "azp")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Unbelievable(Fault.REPLAYED, "nonce")
    return claims


def _fault_of(error: jwt.PyJWTError) -> Fault:
    kinds: list[tuple[type[jwt.PyJWTError], Fault]] = [
        (jwt.InvalidSignatureError, Fault.SIGNATURE),
        (jwt.InvalidAlgorithmError, Fault.SIGNATURE),
        (jwt.ExpiredSignatureError, Fault.EXPIRED),
        (jwt.ImmatureSignatureError, Fault.CLOCK),
        (jwt.InvalidIssuerError, Fault.ISSUER),
        (jwt.InvalidAudienceError, Fault.AUDIENCE),
        (jwt.MissingRequiredClaimError, Fault.INCOMPLETE),
    ]
    return next((fault for kind, fault in kinds if isinstance(error, kind)), Fault.UNREADABLE)


def _more(described: Mapping[str, Any], tokens: Mapping[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
    """What the ID token does not say and the user information does, if it is about the same one."""
    where, access = described.get("userinfo_endpoint"), tokens.get("access_token")
    told = [claims.get("name"), claims.get("email"), any(name in claims for name in AFFILIATION)]
    if all(told) or not isinstance(where, str) or not isinstance(access, str):
        return {}
    more = ask(where, headers={"Authorization": f"Bearer {access}"})
    if more.get("sub") != claims["sub"]:
        raise Unbelievable(Fault.REPLAYED, "userinfo")
    return {name: value for name, value in more.items() if name not in claims}


def vouched(claims: Mapping[str, Any]) -> Vouched:
    """The claims as what the site asks: an address only where it has been checked, affiliations as one or several."""
    told: Any = next((claims[name] for name in AFFILIATION if claims.get(name)), [])
    affiliations = [told] if isinstance(told, str) else [str(each) for each in told] if isinstance(told, list) else []
    if not affiliations and claims.get(NUMBER):
        affiliations = [f"{claims['sub']}@{claims[NUMBER]}"]
    names = (claims.get("given_name"), claims.get("family_name"))
    name = claims.get("name") or " ".join(str(each) for each in names if each)
    return Vouched(
        subject=str(claims.get("sub", "")),
        name=str(name)[:120].replace("\x00", ""),
        email=str(claims.get("email", "")) if claims.get("email_verified") is True else "",
        affiliations=tuple(affiliations),
        assurance=str(claims.get("acr", "")),
    ).checked()
