"""Sealed: secrets that have to be kept as they are, readable only with the installation's key."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(secret: str) -> str:
    """The secret as it may lie in the database."""
    return _seal().encrypt(secret.encode()).decode("ascii")


def opened(sealed: str) -> str:
    """The secret again; "" where another key sealed it."""
    try:
        return _seal().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        return ""


def _seal() -> Fernet:
    made = hashlib.sha256(b"colead.sealed\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(made))
