"""Sealed: secrets that have to be kept as they are, readable only with the installation's key."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def seal(secret: str, purpose: bytes) -> str:
    """The secret as it may lie in the database; what seals one purpose opens no other."""
    return _locks(purpose).encrypt(secret.encode()).decode("ascii")


def opened(kept: str, purpose: bytes) -> str:
    """The secret again; "" where the installation's key is another one by now."""
    from cryptography.fernet import InvalidToken

    try:
        return _locks(purpose).decrypt(kept.encode("ascii")).decode()
    except InvalidToken:
        return ""


def _locks(purpose: bytes) -> MultiFernet:
    """One lock for each key of the installation, the newest first; older ones still open."""
    from cryptography.fernet import Fernet, MultiFernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    drawn = [HKDF(SHA256(), 32, salt=None, info=purpose).derive(str(one).encode()) for one in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in drawn])
