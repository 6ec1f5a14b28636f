"""What the storage needs of a database: connections for its threads, and its errors in people's words."""

from collections.abc import Callable
from typing import Any, Protocol

from bot.domain.errors import StorageUnavailable
from storage.engine.session import Session


class Database(Protocol):
    """SQLite or PostgreSQL. `location` names it to people and never holds a password."""

    location: str
    read_threads: int
    leases_outlive_us: bool
    """Whether another process may hold leases that are still good when this one starts."""

    def connect(self, *, is_read_only: bool) -> Session:
        """Open a connection for one thread."""
        ...

    def translate(self, error: Exception) -> StorageUnavailable | None:
        """The sentence for an error that is the database's condition; None when it is a fault of ours."""
        ...

    def revision(self) -> str | None:
        """The schema's revision, None when there is none; raises the driver's errors."""
        ...

    def engine_arguments(self) -> dict[str, Any]:
        """What SQLAlchemy's `create_engine` needs to migrate it; a SQLite file is made when missing."""
        ...

    def lock_for_migration(self) -> str:
        """The statement after which nobody else migrates until the commit."""
        ...

    def listen(self, wake: Callable[[], None], *, hear: Callable[[str, str], None]) -> None:
        """Hear of other processes' commits and, with who tells it, what they tell, where the database can."""
        ...

    def announce(self) -> None:
        """Tell other processes, soon and without waiting, that a commit left something to deliver."""
        ...

    def tell(self, text: str) -> None:
        """Tell it to other processes, soon and without waiting; it may be lost."""
        ...

    def close(self) -> None:
        """Stop listening; connections are closed by those who opened them."""
        ...
