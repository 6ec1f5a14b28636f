"""A desk whose commands are typed and pressed, and what its people were answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.directory import Person
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Button, FormRefused, PrivateReply, Reply
from bot.messages.plain import plain
from bot.ports.unit_of_work import UnitOfWork
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.fakes.desk.desk_without_platform import ANA, DeskWithoutPlatform, person, words_of
from tests.stories.desk_files import DESK

LEASE = timedelta(minutes=1)
LEE, DAN = person("Lee Lund"), person("Dan Dietz")


class DeskAtWork:
    """The last answer stays at hand, for its buttons."""

    def __init__(self, desk: DeskWithoutPlatform) -> None:
        self.desk = desk
        self._last: PrivateReply | None = None
        self._messages = 0

    @classmethod
    async def opened(
        cls, storage: DeskStorage, folder: Path, *, config: Path = DESK, public_url: str = ""
    ) -> "DeskAtWork":
        files = FolderFileStore(folder / "files", cap=10_000)
        desk = await DeskWithoutPlatform.opened(storage, files, config=config, public_url=public_url)
        await desk.intake.meet([DAN, LEE])
        return cls(desk)

    async def asks(self, text: str = "My mouse is dead", *, who: Person = ANA) -> None:
        """A request in the intake channel."""
        self._messages += 1
        await self.desk.intake.take(self.desk.posted(who, text, message=f"m{self._messages}"))

    async def types(self, who: Person, line: str) -> str:
        """`/desk claim IT-1`, typed; the answer as text."""
        group, _, words = line.removeprefix("/").partition(" ")
        return self._said(await self.desk.intake.take(self.desk.typed(who, words, group=group)))

    async def shows_all(self) -> None:
        """What is queued is read by those whom it is for."""
        while await self.desk.storage.run(_show):
            pass

    async def presses(self, who: Person, label: str, **filled_in: str) -> str:
        """A button of the last answer; where it opens a form, with what that is sent with."""
        button = self.buttons()[label]
        return await self.presses_button(who, replace(button, options={**button.options, **filled_in}))

    async def presses_button(self, who: Person, button: Button) -> str:
        press = self.desk.pressed(who, button.verb, button.ticket or "")
        meant = replace(press, ticket=button.ticket, options=button.options, is_on_private_reply=True)
        reply = await self.desk.intake.take(meant)
        return "" if reply is None else self._said(reply)

    def buttons(self) -> Mapping[str, Button]:
        """Those of the last answer."""
        return {each.label: each for each in self._last.buttons} if self._last is not None else {}

    async def ticket(self, number: int = 1) -> Ticket:
        return await self.desk.ticket(number)

    @staticmethod
    def as_said(reply: Reply | None) -> str:
        """The answer as text, a refused form's reason among them."""
        return reply.reason if isinstance(reply, FormRefused) else words_of(reply)

    def _said(self, reply: Reply | None) -> str:
        assert isinstance(reply, PrivateReply), reply
        self._last = reply
        return plain(reply.text)


def _show(uow: UnitOfWork) -> bool:
    rows = uow.outbox.claim(limit=100, lease=LEASE)
    for row in rows:
        uow.outbox.settle(row, parts=row.parts or (f"shown-{row.id}",))
    return bool(rows)
