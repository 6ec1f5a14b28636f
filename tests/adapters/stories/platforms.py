"""What a story needs of a platform: a desk on its server, and the people there, in the user's words.

People go by their first name in small letters: ana asks, bo and cleo answer, lee leads. They meet in the rooms
"requests", "team", "escalations" and "operators", whatever a platform's own office calls them.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.bootstrap.process import DeskProcess


@dataclass(frozen=True, slots=True)
class Read:
    """A message as somebody reads it, without marks of bold print; `pings` are those it mentioned."""

    words: str
    buttons: tuple[str, ...]
    pings: tuple[str, ...]
    seen: Any
    """What the platform's own person saw, to be pressed or answered."""


class Clock(Protocol):
    def now(self) -> datetime: ...

    def move(self, by: timedelta) -> None: ...


class Office(Protocol):
    """A desk in use; whatever is done returns when all that follows from it is shown."""

    @property
    def desk(self) -> DeskProcess: ...

    @property
    def clock(self) -> Clock: ...

    def called(self, who: str) -> str:
        """The name that people see of them."""
        ...

    def everybody_reads(self, language: str) -> None:
        """Their apps are set to this language, where the platform tells the desk."""
        ...

    async def says(self, who: str, room: str, text: str) -> Read: ...

    async def answers(self, who: str, message: Read, text: str) -> None:
        """Write in the thread of a message."""
        ...

    async def writes(self, who: str, message: Read, text: str) -> None:
        """The same without waiting for anything, so while there is no desk, too."""
        ...

    async def goes_away(self) -> None:
        """The desk is stopped, and nobody tells it what is said from now on."""
        ...

    def comes_back(self, folder: Path) -> AbstractAsyncContextManager[None]:
        """Another desk lives in the same folder and is connected; what it missed need not be read yet."""
        ...

    async def types(self, who: str, room: str, command: str, **options: str) -> Read:
        """A slash command with its options in their order; a `person` is one of us. Returns the private answer."""
        ...

    async def types_and_fills(
        self, who: str, room: str, command: str, answers: Mapping[str, Any], **options: str
    ) -> None:
        """A slash command that opens a form, which is filled in and sent."""
        ...

    async def presses(self, who: str, message: Read, button: str) -> None: ...

    async def chooses(self, who: str, message: Read, menu: str, entry: str) -> None:
        """An entry of the menu that has this label; without one, of the only menu there."""
        ...

    async def fills(self, who: str, message: Read, button: str, answers: Mapping[str, Any]) -> None:
        """Press a button that opens a form, write into its fields, and send it."""
        ...

    async def fills_chosen(self, who: str, message: Read, entry: str, answers: Mapping[str, Any]) -> None:
        """The same with an entry of its menu. A person is given by first name, several values as a list."""
        ...

    async def goes_on(self, who: str, answers: Mapping[str, Any]) -> None:
        """Fill in and send the form that followed the one that was sent last in the team's room."""
        ...

    async def deletes(self, who: str, message: Read) -> None:
        """Delete somebody else's message, as one who may."""
        ...

    def reads(self, who: str, room: str) -> list[Read]:
        """What everybody there can read, oldest first."""
        ...

    def reads_privately(self, who: str, room: str) -> list[Read]:
        """What they alone were answered there, oldest first."""
        ...

    def reads_thread(self, who: str, message: Read) -> list[Read]:
        """The replies to a message, oldest first."""
        ...

    def hears_alone(self, who: str, message: Read) -> list[Read]:
        """What they alone were answered below a message, or in direct messages where threads can't show that."""
        ...

    async def writes_directly(self, who: str, text: str) -> None:
        """A direct message to the desk."""
        ...

    async def mentions_with_file(self, who: str, message: Read, text: str, file: str) -> None:
        """Mention the desk in the thread of a message, with a file of this name."""
        ...

    def reads_directly(self, who: str) -> list[Read]:
        """The direct messages between them and the desk."""
        ...

    async def card(self, reference: str) -> Read: ...

    async def settle(self) -> None: ...

    async def passes(self, *, minutes: int) -> None: ...


class Platform(Protocol):
    """A kind of server, and how a desk file names what is there."""

    @property
    def desk_file(self) -> str:
        """The template of a desk file with one team."""
        ...

    @property
    def team(self) -> str: ...

    @property
    def team_title(self) -> str: ...

    @property
    def operators(self) -> str:
        """The operators' channel, as the template names it."""
        ...

    def person(self, who: str) -> str:
        """Somebody, as the template names them."""
        ...

    def open(self, folder: Path, template: Path, *, desk: str) -> AbstractAsyncContextManager[Office]: ...


def with_rota(platform: Platform, *, on_call: str, more: str = "") -> str:
    """The platform's desk file, this person always on call for its team; `more` is said about the team."""
    leads = f"    leads: [{platform.person('lee')}]"
    assert leads in platform.desk_file
    rota = f"""
rotas:
  service: {{{{zone: UTC, handover: "9:00", people: [{platform.person(on_call)}], starts: 2024-01-01}}}}
"""
    return platform.desk_file.replace(leads, f"{leads}\n    rota: service{more}") + rota
