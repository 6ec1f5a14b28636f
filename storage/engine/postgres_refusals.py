"""What PostgreSQL or the way to it refused, as a sentence with the server's own reason and the cure.

libpq gives no SQLSTATE for a connection that did not come about, so those reasons are known by their words; a reason
in another language, or one not known here, is quoted all the same.
"""

import re
from typing import Final

import psycopg
from psycopg import errors as refusal

from bot.domain.errors import StorageUnavailable

_CORRECT: Final = "correct DESKBELL_DATABASE_URL"
_CURES: Final = (
    (r'database ".*" does not exist', f"Create it, for example with `createdb`, or {_CORRECT}"),
    (r'role ".*" does not exist', f"Create the role, for example with `createuser`, or {_CORRECT}"),
    (r"password authentication failed|no password supplied", f"Set the role’s password, or {_CORRECT}"),
    (
        r"authentication failed",
        "Let this user in by the server’s pg_hba.conf, or name another in the address",
    ),
    (r"pg_hba\.conf", "Let this user in from this machine by the server’s pg_hba.conf"),
    (
        r"resolve host|translate host name",
        f"Check the spelling of the host and this machine’s DNS, or {_CORRECT}",
    ),
    (
        r"Connection refused",
        f"Start PostgreSQL there, or {_CORRECT}: no server listens on that host and port",
    ),
    (
        r"No such file or directory",
        f"Start PostgreSQL on this machine, or {_CORRECT}: its socket isn’t there",
    ),
    (r"Permission denied", "Give the user that runs Deskbell access to the server’s socket"),
    (r"time(d )?out|unreachable", f"Check the network and firewalls on the way to the server, or {_CORRECT}"),
    (r"too many clients|connection slots", "Raise max_connections or run fewer replicas"),
    (r"starting up|shutting down", "Wait until the server is up"),
)
_OTHERWISE: Final = "Check that the server is running and that DESKBELL_DATABASE_URL is right"
_REASON: Final = re.compile(r"(?:.*(?:failed|bad): )?(?:\S+ ?:  )?(.+)")
"""In the first line: what stands behind the connection's description and the server's severity, in any language."""


def translate(error: Exception, *, location: str) -> StorageUnavailable | None:
    """The sentence for the server's condition; None for a fault of ours."""
    match error:
        case refusal.ReadOnlySqlTransaction():
            problem = "is read-only. Connect to the primary server, or end its read-only mode."
        case refusal.DiskFull():
            problem = "cannot grow: its disk is full. Free some space on the server."
        case refusal.QueryCanceled() | refusal.InFailedSqlTransaction():
            problem = (
                "cancelled a query. Try again; look at statement_timeout, and on a standby at "
                "max_standby_streaming_delay, if it persists."
            )
        case refusal.LockNotAvailable() | refusal.DeadlockDetected():
            problem = (
                "had this row locked for too long. Try again; look for long transactions if it persists."
            )
        case refusal.InsufficientPrivilege():
            problem = "refuses the desk's user. Grant it the rights on the desk's tables."
        case psycopg.OperationalError() | psycopg.InterfaceError():
            problem = f"cannot be reached: {_reason_and_cure(str(error))}"
        case _:
            return None
    return StorageUnavailable(f"The database {location} {problem}")


def _reason_and_cure(text: str) -> str:
    said = _REASON.match(text.strip())
    reason = said[1].rstrip(".") if said else "no reason was given"
    cure = next((cure for words, cure in _CURES if re.search(words, reason)), _OTHERWISE)
    return f"{reason}. {cure}."
