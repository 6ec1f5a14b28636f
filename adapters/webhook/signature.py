"""How a receiver knows that a request is the desk's, is whole, and is not an old one sent again."""

import hashlib
import hmac

TIMESTAMP = "Deskbell-Timestamp"
SIGNATURE = "Deskbell-Signature"


def signature(body: bytes, *, secret: str, timestamp: int) -> str:
    """`v1=` and the HMAC-SHA256, in hex, of the seconds since 1970, a full stop and the body."""
    signed = b"%d." % timestamp + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
