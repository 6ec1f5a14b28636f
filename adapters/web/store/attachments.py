"""The files of the workspace's messages: who may fetch them follows from the message they are with."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import Refused
from bot.domain.tickets.conversation import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file's bytes are in the file store under `digest`. `channel` is None until it is posted."""

    id: str
    owner: str
    channel: str | None
    name: str
    media_type: str
    size: int
    digest: str

    def as_stored(self) -> StoredFile:
        return StoredFile(name=self.name, media_type=self.media_type, size=self.size, digest=self.digest)

    def as_json(self) -> dict[str, str | int]:
        return {"id": self.id, "name": self.name, "size": self.size, "media_type": self.media_type}


def add(
    database: sqlite3.Connection, file: StoredFile, *, file_id: str, owner: str, message: int | None
) -> None:
    """Note a file that the file store keeps; `message` None until it is posted."""
    database.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
        (file_id, owner, message, file.name, file.media_type, file.size, file.digest),
    )


def keep_private(database: sqlite3.Connection, files: Sequence[StoredFile], *, reader: str) -> None:
    """Note pictures of a private reply: its one reader may fetch them, and nobody else."""
    for file in files:
        if file.digest is not None:
            add(database, file, file_id=private_id(file, reader=reader), owner=reader, message=None)


def private_id(file: StoredFile, *, reader: str) -> str:
    """The same each time that the same person is shown it."""
    return hashlib.sha256(f"{reader}\n{file.digest}\n{file.name}".encode()).hexdigest()[:24]


def find(database: sqlite3.Connection, file_id: str) -> Attachment | None:
    row = database.execute(
        "SELECT files.*, messages.channel FROM files LEFT JOIN messages ON messages.id = files.message"
        " WHERE files.id = ?",
        (file_id,),
    ).fetchone()
    return None if row is None else _attachment(row)


def post(
    database: sqlite3.Connection, file_ids: Sequence[str], *, owner: str, message: int
) -> list[Attachment]:
    """Put this person's uploads with their message; others' files and posted ones are left out."""
    posted = []
    for file_id in dict.fromkeys(file_ids):
        file = find(database, file_id)
        if file is not None and file.owner == owner and file.channel is None:
            database.execute("UPDATE files SET message = ? WHERE id = ?", (message, file_id))
            posted.append(file)
    return posted


def unposted(database: sqlite3.Connection, file_ids: Sequence[str], *, owner: str) -> tuple[StoredFile, ...]:
    """Uploads of this person that no message has yet, for a command or form that takes them to the desk.

    Raises Refused where one of them is gone, or is none of theirs.
    """
    wanted = dict.fromkeys(file_ids)
    found = (find(database, file_id) for file_id in wanted)
    files = [file for file in found if file is not None and file.owner == owner and file.channel is None]
    if len(files) < len(wanted):
        raise Refused("refusals.file_gone")
    return tuple(file.as_stored() for file in files)


def of_message(database: sqlite3.Connection, message: int) -> list[Attachment]:
    rows = database.execute(
        "SELECT files.*, messages.channel FROM files JOIN messages ON messages.id = files.message"
        " WHERE files.message = ?",
        (message,),
    )
    return [_attachment(row) for row in rows]


def drop_of(database: sqlite3.Connection, message: int) -> None:
    database.execute("DELETE FROM files WHERE message = ?", (message,))


def _attachment(row: sqlite3.Row) -> Attachment:
    return Attachment(
        id=row["id"],
        owner=row["owner"],
        channel=row["channel"],
        name=row["name"],
        media_type=row["media_type"],
        size=row["size"],
        digest=row["digest"],
    )
