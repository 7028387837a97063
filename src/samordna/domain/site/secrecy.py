"""Keeping the mail server's password: encrypted with the site's secret key, which lies outside the database."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"mail:" + settings.SECRET_KEY.encode()).digest()))


def sealed(secret: str) -> str:
    """The secret as it is stored; nothing stays nothing."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def opened(stored: str) -> str:
    """The secret again; nothing when it was sealed with another key."""
    try:
        return _box().decrypt(stored.encode()).decode() if stored else ""
    except InvalidToken:
        return ""
