"""Secret: what opens a repository that is not public: kept encrypted, never shown again."""

from __future__ import annotations

from colead.errors import RepositoryError
from colead.web import sealed as kept_safe

PURPOSE = b"colead: secrets of repositories"


def sealed(secret: str) -> str:
    """The secret as it is kept; "" stays ""."""
    return kept_safe.seal(secret, PURPOSE) if secret else ""


def opened(kept: str) -> str:
    """The secret itself; RepositoryError E73 where the installation's key is another one by now."""
    secret = kept_safe.opened(kept, PURPOSE) if kept else ""
    if kept and not secret:
        raise RepositoryError(
            "E73",
            "the token or key that was given can no longer be read",
            why="The installation's key is another one than when it was given",
            hint="take the repository out and connect it again",
        )
    return secret


def new_key() -> tuple[str, str]:
    """A key pair for one repository (ed25519): the private part, and the public one to be shown."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    made = Ed25519PrivateKey.generate()
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    shape = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    return private.decode("ascii"), f"{made.public_key().public_bytes(*shape).decode('ascii')} colead"
