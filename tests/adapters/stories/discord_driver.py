"""Stories in Discord: a command's options have names, and answers come from the interaction itself."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord

from bot.bootstrap.process import DeskProcess
from tests.adapters.discord.office import DESK, WORDS, open_office, running_desk
from tests.adapters.discord.office import Office as Server
from tests.adapters.slack.office import SetClock
from tests.adapters.stories.platforms import Read
from tests.fakes.discord import Person, Seen, Shown
from tests.said import said

ROOMS = {"requests": "help", "team": "team", "escalations": "escalations", "operators": "operators"}

FILES = said("platforms.form_files")


@dataclass(frozen=True, slots=True)
class DiscordOffice:
    server: Server

    @property
    def desk(self) -> DeskProcess:
        return self.server.desk

    @property
    def clock(self) -> SetClock:
        return self.server.clock

    def called(self, who: str) -> str:
        return who.capitalize()

    def everybody_reads(self, language: str) -> None:
        locale = next(each.value for each in discord.Locale if each.value.startswith(language))
        for who in ("ana", "bo", "cleo", "lee"):
            self._person(who).user.locale = locale

    async def says(self, who: str, room: str, text: str) -> Read:
        said = await self._person(who).says(ROOMS[room], text)
        await self.settle()
        return _read(said)

    async def answers(self, who: str, message: Read, text: str) -> None:
        await self.writes(who, message, text)
        await self.settle()

    async def writes(self, who: str, message: Read, text: str) -> None:
        await self._person(who).says(message.seen, text)

    async def goes_away(self) -> None:
        await self.server.desk.stop()

    @asynccontextmanager
    async def comes_back(self, folder: Path) -> AsyncIterator[None]:
        async with running_desk(self.server.discord, folder, more={}) as (
            self.server.desk,
            self.server.clock,
        ):
            yield

    async def types(self, who: str, room: str, command: str, **options: str) -> Read:
        given: dict[str, Any] = dict(options)
        if "person" in given:
            is_agent = command.endswith("cover")
            given["person"] = f"@{options['person']}" if is_agent else self._person(options["person"])
        shown = await self._person(who).types_command(command, ROOMS[room], **given)
        await self.settle()
        assert shown.reply is not None
        assert shown.reply.is_ephemeral
        return _read(shown.reply)

    async def types_and_fills(
        self, who: str, room: str, command: str, answers: Mapping[str, Any], **options: str
    ) -> None:
        given: dict[str, Any] = dict(options)
        form = await self._person(who).types_command(command, ROOMS[room], **given)
        files = answers.get(FILES)
        if (
            files and form.modal is not None and FILES not in form.modal.labels
        ):  # the command has an option for one
            form = await self._person(who).types_command(command, ROOMS[room], **given, file=files[0])
            answers = {label: answer for label, answer in answers.items() if label != FILES}
        await self._submits(who, form, answers)

    async def presses(self, who: str, message: Read, button: str) -> None:
        await self._person(who).presses(message.seen, button)
        await self.settle()

    async def chooses(self, who: str, message: Read, menu: str, entry: str) -> None:
        await self._person(who).chooses(message.seen, entry, menu=menu or None)
        await self.settle()

    async def fills(self, who: str, message: Read, button: str, answers: Mapping[str, Any]) -> None:
        form = await self._person(who).presses(message.seen, button)
        await self._person(who).submits(form, answers)
        await self.settle()

    async def fills_chosen(self, who: str, message: Read, entry: str, answers: Mapping[str, Any]) -> None:
        person = self._person(who)
        form = await person.chooses(message.seen, entry)
        await self._submits(who, form, answers)

    async def goes_on(self, who: str, answers: Mapping[str, Any]) -> None:
        """A form follows another behind a button, and a long one has pages."""
        person = self._person(who)
        *_, offered = (each for each in person.reads(ROOMS["team"]) if each.is_ephemeral)
        await self._submits(who, await person.presses(offered, offered.buttons[0]), answers)

    async def _submits(self, who: str, form: Shown, answers: Mapping[str, Any]) -> None:
        person = self._person(who)
        assert form.modal is not None
        known = [each for each in form.modal.labels if each in answers]
        people = ("bo", "cleo", "lee", "ana")
        filled = {
            each: self._person(answers[each]) if answers[each] in people else answers[each] for each in known
        }
        shown = await person.submits(form, filled)
        rest = {label: answer for label, answer in answers.items() if label not in known}
        if rest and shown.reply is not None:
            await self._submits(who, await person.presses(shown.reply, shown.reply.buttons[0]), rest)
        await self.settle()

    async def deletes(self, who: str, message: Read) -> None:
        await self._person(who).deletes(message.seen)

    def reads(self, who: str, room: str) -> list[Read]:
        return [_read(each) for each in self._person(who).reads(ROOMS[room]) if not each.is_ephemeral]

    def reads_privately(self, who: str, room: str) -> list[Read]:
        return [_read(each) for each in self._person(who).reads(ROOMS[room]) if each.is_ephemeral]

    def reads_thread(self, who: str, message: Read) -> list[Read]:
        said = self._person(who).reads_thread(message.seen)
        return [_read(each) for each in said if each.kind in WORDS and not each.is_ephemeral]

    def hears_alone(self, who: str, message: Read) -> list[Read]:
        """Only commands and buttons are answered below a message here."""
        return self.reads_directly(who)

    async def writes_directly(self, who: str, text: str) -> None:
        await self._person(who).writes_dm(text)
        await self.settle()

    async def mentions_with_file(self, who: str, message: Read, text: str, file: str) -> None:
        desk = self.server.discord.world.bot.name
        await self._person(who).says(message.seen, f"@{desk} {text}", files=[(file, b"first, restart")])
        await self.settle()

    def reads_directly(self, who: str) -> list[Read]:
        return [_read(each) for each in self._person(who).reads_dm()]

    async def card(self, reference: str) -> Read:
        return _read(self.server.card(reference))

    async def settle(self) -> None:
        await self.server.settle()

    async def passes(self, *, minutes: int) -> None:
        await self.server.passes(minutes=minutes)

    def _person(self, who: str) -> Person:
        person = getattr(self.server, who)
        assert isinstance(person, Person)
        return person


def _read(seen: Seen) -> Read:
    return Read(words=seen.words.replace("**", ""), buttons=seen.buttons, pings=seen.pings, seen=seen)


@dataclass(frozen=True, slots=True)
class Discord:
    desk_file: str = DESK
    team: str = "helpers"
    team_title: str = "Helpers"
    operators: str = "discord:{operators}"

    def person(self, who: str) -> str:
        return f'"discord:{{{who}}}"'

    @asynccontextmanager
    async def open(self, folder: Path, template: Path, *, desk: str) -> AsyncIterator[DiscordOffice]:
        async with open_office(folder, template, desk=desk) as server:
            yield DiscordOffice(server)
