"""What PostgreSQL or the way to it refused, with the server's own reason and the cure.

libpq gives no SQLSTATE for a connection that did not come about, so those reasons are known by their words; a reason
in another language, or one not known here, is quoted all the same.
"""

import re
from typing import Final

import psycopg
from psycopg import errors as refusal

from bot.domain.errors import StorageContended, StorageUnavailable
from bot.domain.sentence import Fact, Sentence, sentence

_CURES: Final = (
    (re.compile(r'database ".*" does not exist'), "operations.cure_create_database"),
    (re.compile(r'role ".*" does not exist'), "operations.cure_create_role"),
    (re.compile(r"password authentication failed|no password supplied"), "operations.cure_password"),
    (re.compile(r"authentication failed"), "operations.cure_authentication"),
    (re.compile(r"pg_hba\.conf"), "operations.cure_pg_hba"),
    (re.compile(r"resolve host|translate host name"), "operations.cure_host_name"),
    (re.compile(r"Connection refused"), "operations.cure_start_server"),
    (re.compile(r"No such file or directory"), "operations.cure_socket"),
    (re.compile(r"Permission denied"), "operations.cure_socket_access"),
    (re.compile(r"time(d )?out|unreachable"), "operations.cure_network"),
    (re.compile(r"too many clients|connection slots"), "operations.cure_connections"),
    (re.compile(r"starting up|shutting down"), "operations.cure_wait_for_server"),
)
_OTHERWISE: Final = "operations.cure_check_server"
_REASON: Final = re.compile(r"(?:.*(?:failed|bad): )?(?:\S+ ?:  )?(.+)")
"""In the first line: what stands behind the connection's description and the server's severity, in any language."""


def translate(error: Exception, *, location: str) -> StorageUnavailable | None:
    """What to tell of the server's condition; None for a fault of ours."""
    match error:
        case refusal.ReadOnlySqlTransaction():
            key = "operations.server_read_only"
        case refusal.DiskFull():
            key = "operations.server_disk_full"
        case refusal.QueryCanceled() | refusal.InFailedSqlTransaction():
            key = "operations.server_cancelled_query"
        case refusal.DeadlockDetected():
            return StorageContended(sentence("operations.server_row_locked", database=location))
        case refusal.LockNotAvailable():
            key = "operations.server_row_locked"
        case refusal.InsufficientPrivilege():
            key = "operations.server_refuses_user"
        case psycopg.OperationalError() | psycopg.InterfaceError():
            return StorageUnavailable(_unreachable(str(error), location=location))
        case _:
            return None
    return StorageUnavailable(sentence(key, database=location))


def _unreachable(text: str, *, location: str) -> Sentence:
    said = _REASON.match(text.strip())
    reason = said[1].rstrip(".") if said else ""
    cure = next((key for words, key in _CURES if words.search(reason)), _OTHERWISE)
    told: Fact = reason or sentence("operations.no_reason_given")
    return sentence("operations.server_unreachable", database=location, reason=told, cure=sentence(cure))
