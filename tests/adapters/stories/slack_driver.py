"""Stories in Slack: options are typed behind the command, and what is pressed opens a modal."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bootstrap.process import DeskProcess
from tests.adapters.slack.office import DESK, SetClock, open_office, running_desk
from tests.adapters.slack.office import Office as Workspace
from tests.adapters.stories.platforms import Read
from tests.fakes.slack import Person, Seen

ROOMS = {"requests": "help-it", "team": "team-it", "escalations": "escalations", "operators": "operators"}
NAMES = {"ana": "Ana Lima", "bo": "Bo Berg", "cleo": "Cleo Chen", "lee": "Lee Lund"}


@dataclass(frozen=True, slots=True)
class SlackOffice:
    workspace: Workspace

    @property
    def desk(self) -> DeskProcess:
        return self.workspace.desk

    @property
    def clock(self) -> SetClock:
        return self.workspace.clock

    def called(self, who: str) -> str:
        return NAMES[who]

    def everybody_reads(self, language: str) -> None:
        """Slack tells no language of theirs here, so it is the desk's."""

    async def says(self, who: str, room: str, text: str) -> Read:
        said = await self._person(who).says(ROOMS[room], text)
        await self.settle()
        return self._read(said)

    async def answers(self, who: str, message: Read, text: str) -> None:
        await self.writes(who, message, text)
        await self.settle()

    async def writes(self, who: str, message: Read, text: str) -> None:
        channel = self.workspace.slack.workspace.channel(message.seen.channel).name
        await self._person(who).says(channel, text, thread=message.seen)

    async def goes_away(self) -> None:
        await self.workspace.desk.stop()
        self.workspace.slack.deliveries.is_on = False

    @asynccontextmanager
    async def comes_back(self, folder: Path) -> AsyncIterator[None]:
        self.workspace.slack.deliveries.is_on = True
        async with running_desk(self.workspace.slack, folder) as (self.workspace.desk, self.workspace.clock):
            yield

    async def types(self, who: str, room: str, command: str, **options: str) -> Read:
        person, place = self._person(who), ROOMS[room]
        typed = [f'"{NAMES[value]}"' if name == "person" else value for name, value in options.items()]
        before = {each.ts for each in person.reads(place)}
        await person.types(" ".join([command, *typed]), place)
        await self.settle()
        *_, answer = (each for each in person.reads(place) if each.is_ephemeral and each.ts not in before)
        return self._read(answer)

    async def types_and_fills(
        self, who: str, room: str, command: str, answers: Mapping[str, Any], **options: str
    ) -> None:
        await self._person(who).types(" ".join([command, *options.values()]), ROOMS[room])
        await self.goes_on(who, answers)

    async def presses(self, who: str, message: Read, button: str) -> None:
        await self._person(who).presses(message.seen, button)
        await self.settle()

    async def chooses(self, who: str, message: Read, menu: str, entry: str) -> None:
        await self._person(who).chooses(message.seen, entry, menu=menu or None)
        await self.settle()

    async def fills(self, who: str, message: Read, button: str, answers: Mapping[str, Any]) -> None:
        await self._person(who).presses(message.seen, button)
        await self.goes_on(who, answers)

    async def fills_chosen(self, who: str, message: Read, entry: str, answers: Mapping[str, Any]) -> None:
        await self._person(who).chooses(message.seen, entry)
        await self.goes_on(who, answers)

    async def goes_on(self, who: str, answers: Mapping[str, Any]) -> None:
        person = self._person(who)
        form = await person.sees_modal()
        labels = {words: next(each for each in form.fields if each.startswith(words)) for words in answers}
        filled = {
            labels[words]: self._person(answer).name if str(answer) in NAMES else answer
            for words, answer in ((words, answers[words]) for words in labels)
        }
        await person.submits(form, filled)
        await self.settle()

    async def deletes(self, who: str, message: Read) -> None:
        """An owner of the workspace may; our people own none."""
        self.workspace.slack.talk.delete(self._person(who)._there(message.seen))

    def reads(self, who: str, room: str) -> list[Read]:
        return [self._read(each) for each in self._person(who).reads(ROOMS[room]) if not each.is_ephemeral]

    def reads_privately(self, who: str, room: str) -> list[Read]:
        return [self._read(each) for each in self._person(who).reads(ROOMS[room]) if each.is_ephemeral]

    def reads_thread(self, who: str, message: Read) -> list[Read]:
        said = self._person(who).reads_thread(message.seen)[1:]
        return [self._read(each) for each in said if not each.is_ephemeral]

    def hears_alone(self, who: str, message: Read) -> list[Read]:
        return [
            self._read(each) for each in self._person(who).reads_thread(message.seen) if each.is_ephemeral
        ]

    async def writes_directly(self, who: str, text: str) -> None:
        await self._person(who).says("@deskbell", text)
        await self.settle()

    async def mentions_with_file(self, who: str, message: Read, text: str, file: str) -> None:
        channel = self.workspace.slack.workspace.channel(message.seen.channel).name
        words = f"@deskbell {text}"
        await self._person(who).says(channel, words, thread=message.seen, files=[(file, b"first, restart")])
        await self.settle()

    def reads_directly(self, who: str) -> list[Read]:
        return [self._read(each) for each in self._person(who).reads("@deskbell")]

    async def card(self, reference: str) -> Read:
        return self._read(await self.workspace.card(reference))

    async def settle(self) -> None:
        await self.workspace.settle()

    async def passes(self, *, minutes: int) -> None:
        await self.workspace.passes(minutes=minutes)

    def _person(self, who: str) -> Person:
        person = getattr(self.workspace, who)
        assert isinstance(person, Person)
        return person

    def _read(self, seen: Seen) -> Read:
        """The line that Slack notifies with, and what the blocks say."""
        users = self.workspace.slack.workspace.users
        names = {users[self._person(who).id].name: name for who, name in NAMES.items()}
        mentioned = [part["user_id"] for part in _parts(seen.blocks) if part.get("type") == "user"]
        return Read(
            words=f"{seen.text}\n{seen.words}",
            buttons=seen.buttons,
            pings=tuple(names[users[each].name] for each in mentioned),
            seen=seen,
        )


def _parts(blocks: Any) -> Iterator[dict[str, Any]]:
    if isinstance(blocks, list | tuple):
        for each in blocks:
            yield from _parts(each)
    elif isinstance(blocks, dict):
        yield blocks
        yield from _parts(list(blocks.values()))


@dataclass(frozen=True, slots=True)
class Slack:
    desk_file: str = DESK
    team: str = "it"
    team_title: str = "Service Desk"
    operators: str = "slack:{operators}"

    def person(self, who: str) -> str:
        return f"{who}@example.org"

    @asynccontextmanager
    async def open(self, folder: Path, template: Path, *, desk: str) -> AsyncIterator[SlackOffice]:
        async with open_office(folder, template, desk=desk) as workspace:
            yield SlackOffice(workspace)
