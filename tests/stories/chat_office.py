"""A desk beside a small chat service that keeps its history: it comes and goes, and the chat goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from bot.bootstrap.process import DeskProcess
from bot.settings import Settings
from tests.fakes.chat.chat import Chat
from tests.fakes.chat.guild_chat import GuildChat
from tests.stories.desk_files import CHAT_DESK
from tests.stories.office import MONDAY_9, TOKEN, SetClock

ChatKind = TypeVar("ChatKind", bound=Chat)


class OfficeAt(Generic[ChatKind]):
    """The chat, its clock, and the folder of the desk that comes and goes."""

    def __init__(
        self, chat: type[ChatKind], folder: Path, *, config: Path = CHAT_DESK, database_url: str = ""
    ) -> None:
        """`database_url`: another database than the one in the desk's folder."""
        self.clock = SetClock(MONDAY_9)
        self.chat_clock = self.clock
        self.chat = chat(self._chat_time)
        self._folder = folder
        self._config = config
        self._database_url = database_url

    def _chat_time(self) -> datetime:
        return self.chat_clock.now()

    def passes(self, **time: float) -> None:
        self.clock.move(timedelta(**time))

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[DeskProcess]:
        """A desk that runs for a while and has read what it missed."""
        settings = Settings.from_environ(
            {
                "DESKBELL_DATA_DIR": str(self._folder),
                "DESKBELL_CONFIG": str(self._config),
                "DESKBELL_HTTP_PORT": "0",
                "DESKBELL_WEB_TOKEN": TOKEN,
                **({"DESKBELL_DATABASE_URL": self._database_url} if self._database_url else {}),
            }
        )
        desk = DeskProcess(settings, clock=self.clock)
        desk.platforms[self.chat.name] = self.chat.parts()
        await desk.start()
        try:
            await settle(desk)
            yield desk
            await settle(desk)
            for backfill in desk.backfills:
                await backfill.tick()
        finally:
            await desk.stop()


class ChatOffice(OfficeAt[Chat]):
    def __init__(self, folder: Path, *, config: Path = CHAT_DESK) -> None:
        super().__init__(Chat, folder, config=config)


class GuildOffice(OfficeAt[GuildChat]):
    """The same at a service with servers."""

    def __init__(self, folder: Path, *, config: Path = CHAT_DESK) -> None:
        super().__init__(GuildChat, folder, config=config)


async def settle(desk: DeskProcess) -> None:
    """Until everything missed is read and everything to be shown is."""
    trying = asyncio.create_task(_keep_trying(desk))
    try:
        await desk.settled()
    finally:
        trying.cancel()


async def _keep_trying(desk: DeskProcess) -> None:
    while True:
        desk.delivering.wake()
        await asyncio.sleep(0.01)
