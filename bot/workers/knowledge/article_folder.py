"""The folder of articles, looked at when the desk starts and every so often: what changed there is found at once.

A file that cannot be used is told to the operators once, with its line, and the last good version stays.
"""

import asyncio
import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import structlog

from bot.config.checks.answers.knowledge import names_known
from bot.config.knowledge.folder import ArticleFolder, read_folder
from bot.config.knowledge.pictures import FolderPicture
from bot.documents.stored_bytes import keep_bytes
from bot.domain.desk import Desk
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Sentence
from bot.ports.file_store import FileStore
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.knowledge.folder_articles import (
    PICTURES,
    FolderPlan,
    carry_out,
    plan_folder,
    problems_of,
)
from bot.text.error_text import english
from bot.workers.outbox.operator_notice import tell_operators

log = structlog.get_logger(__name__)

Stamp = tuple[tuple[str, int, int], ...]
"""Which files there are, and when and how large each was written."""
_WATCH = "article:"
_FOLDER = ""
"""The name of what is wrong with the folder itself."""


class FolderWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory, files: FileStore) -> None:
        self._storage = storage
        self._files = files
        self._contexts = contexts
        self._looked_at: datetime | None = None
        self._seen: tuple[Desk, Stamp] | None = None

    async def tick(self) -> int:
        """Take in what changed; returns how many articles did. Without a folder nothing is done at all."""
        desk, now = self._contexts.desk(), self._contexts.clock.now()
        folder = desk.knowledge.folder
        if folder is None or not self._is_due(desk, now):
            return 0
        stamp = await asyncio.to_thread(_stamp_of, folder)
        self._looked_at = now
        if self._seen is not None and self._seen[0] is desk and self._seen[1] == stamp:
            return 0
        with self._contexts.text_for_a_while():
            many = await self._take_in(desk, folder)
        self._contexts.articles.note_read(folder)
        self._seen = (desk, stamp) if many is not None else None
        return many or 0

    def _is_due(self, desk: Desk, now: datetime) -> bool:
        """At once after a start and when desk.yaml was read again."""
        if self._looked_at is None or self._seen is None or self._seen[0] is not desk:
            return True
        return abs(now - self._looked_at) >= desk.knowledge.check_every

    async def _take_in(self, desk: Desk, folder: Path) -> int | None:
        """None where a picture could not be kept just now: then the folder is looked at again."""
        try:
            found = await asyncio.to_thread(read_folder, folder, names_known(desk))
        except ConfigurationError as error:
            await self._tell({_FOLDER: error.lines})
            return 0
        if not await self._keep_pictures(found):
            return None
        plan = await self._storage.read(lambda uow: plan_folder(self._contexts.context(uow), found))
        many = await self._storage.run(lambda uow: self._do(uow, found)) if plan.changes else 0
        await self._tell(problems_of(found, plan))
        if many:
            log.info("articles were read from files", changed=many)
        return many

    async def _keep_pictures(self, found: ArticleFolder) -> bool:
        """Before anything says that they are there; also for an article that another replica took in."""
        pictures = {
            each.picture.file.digest or "": each for file in found.files.values() for each in file.pictures
        }
        return all([await self._keep(digest, each) for digest, each in pictures.items()])

    async def _keep(self, digest: str, each: FolderPicture) -> bool:
        if await self._files.has(digest):
            return True
        file = each.picture.file
        try:
            content = await asyncio.to_thread(each.path.read_bytes)
            kept = await keep_bytes(self._files, content, name=file.name, media_type=file.media_type)
        except OSError as error:
            log.warning("a picture of an article could not be kept", file=str(each.path), reason=str(error))
            return False
        return kept.digest == digest

    def _do(self, uow: UnitOfWork, found: ArticleFolder) -> int:
        """Planned again, since another replica may have done some of it."""
        context = self._contexts.context(uow)
        plan: FolderPlan = plan_folder(context, found)
        return carry_out(context, plan)

    async def _tell(self, problems: Mapping[str, tuple[Sentence, ...]]) -> None:
        wanted = {f"{_WATCH}{name}": _mark(lines) for name, lines in problems.items()}
        told = await self._storage.read(_told)
        new = {name for name, mark in wanted.items() if told.get(name, "") != mark}
        over = {name for name, mark in told.items() if mark and name not in wanted}
        if new or over:
            await self._storage.run(lambda uow: self._tell_operators(uow, problems, wanted, over))

    def _tell_operators(
        self,
        uow: UnitOfWork,
        problems: Mapping[str, tuple[Sentence, ...]],
        wanted: Mapping[str, str],
        over: set[str],
    ) -> None:
        context, told = self._contexts.context(uow), _told(uow)
        for name in over:
            uow.watches.tell(name, was=told.get(name, ""), told="")
        for name, lines in problems.items():
            watch = f"{_WATCH}{name}"
            was, mark = told.get(watch, ""), wanted[watch]
            if was != mark and uow.watches.tell(watch, was=was, told=mark):
                for number, line in enumerate(lines):
                    said = "picture_unusable" if name.endswith(PICTURES) else "article_unusable"
                    _tell_line(
                        context, line, said=said, key=f"{watch}:{mark}:{context.now.isoformat()}:{number}"
                    )


def _tell_line(context: Context, line: Sentence, *, said: str, key: str) -> None:
    """In the log, and in the operators' channel where there is one."""
    log.warning("an article cannot be used", reason=english(line))
    tell_operators(context, f"team.{said}", key=key, words={"problem": line})


def _told(uow: UnitOfWork) -> Mapping[str, str]:
    return {name: mark for name, mark in uow.watches.all().items() if name.startswith(_WATCH)}


def _mark(lines: tuple[Sentence, ...]) -> str:
    return sha256("\n".join(map(str, lines)).encode()).hexdigest()[:16]


def _stamp_of(folder: Path) -> Stamp:
    """Empty for a folder that cannot be read: reading it says why."""
    found: list[tuple[str, int, int]] = []
    for at, _, files in os.walk(folder):
        for name in files:
            path = Path(at) / name
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))
