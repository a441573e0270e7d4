"""Secret: what opens a repository that is not public: kept encrypted, never shown again."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from colead.errors import RepositoryError

PURPOSE = b"colead: secrets of repositories"


def _locks() -> MultiFernet:
    """One lock for each key of the installation, the newest first; older ones still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    drawn = [HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(str(one).encode()) for one in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in drawn])


def sealed(secret: str) -> str:
    """The secret as it is kept; "" stays ""."""
    return _locks().encrypt(secret.encode()).decode("ascii") if secret else ""


def opened(kept: str) -> str:
    """The secret itself; RepositoryError E73 where the installation's key is another one by now."""
    if not kept:
        return ""
    try:
        return _locks().decrypt(kept.encode("ascii")).decode()
    except InvalidToken:
        raise RepositoryError(
            "E73",
            "the token or key that was given can no longer be read",
            why="The installation's key is another one than when it was given",
            hint="take the repository out and connect it again",
        ) from None


def new_key() -> tuple[str, str]:
    """A key pair for one repository (ed25519): the private part, and the public one to be shown."""
    made = Ed25519PrivateKey.generate()
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    shape = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    return private.decode("ascii"), f"{made.public_key().public_bytes(*shape).decode('ascii')} colead"
