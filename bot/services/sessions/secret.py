"""Secrets of links and sessions. The desk keeps a digest of each, so that a copy of its database opens nothing."""

import hashlib
import secrets
from typing import Final

LENGTH: Final = 32
"""Bytes. At 256 bits no salt is needed: nobody can try them out."""


def new_secret() -> str:
    """In letters that an address and a cookie may hold."""
    return secrets.token_urlsafe(LENGTH)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
