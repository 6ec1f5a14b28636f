"""Commands, buttons and forms: asked of the desk at once, answered to one person.

Nobody repeats these for them, so a failure is said plainly: not done, try again.
"""

import contextlib
from typing import Any

from adapters.kit.answers import answer_to, not_done
from adapters.web.server.event_queue import EventQueue
from adapters.web.store import attachments
from adapters.web.store.store import Store
from adapters.web.translate.render import Json, id_in_workspace, reply_json, rich_json
from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.messages.inbound import CommandGiven, Location, VerbChosen
from bot.messages.outbound import Bold, Code, PrivateReply, Reply
from bot.text.amounts import listed
from bot.text.sentences import say


class Responder:
    def __init__(self, event_queue: EventQueue, *, store: Store) -> None:
        self._event_queue = event_queue
        self._store = store

    async def command(self, event: CommandGiven) -> Json | None:
        """A form where words are missing, else the desk's answer; an unknown group's names those one may use."""
        try:
            groups = list(dict.fromkeys(each.group for each in self._event_queue.intake.command_helps()))
        except StorageUnavailable as error:
            text = not_done(error, event.actor.language)
            return await self.shown(PrivateReply(text=text, is_error=True), event.actor)
        if event.group not in groups:
            usable = self._event_queue.intake.command_groups(event.actor)
            offered = [each for each in groups if each in usable]
            return await self.shown(_unknown(event.group, offered, event.actor.language), event.actor)
        return await self.ask(event, may_open_form=True)

    async def ask(self, event: CommandGiven | VerbChosen, *, may_open_form: bool) -> Json | None:
        """Give it to the desk, in turn with what is said in its conversation."""
        reply = await answer_to(event, self._asking(event, may_open_form=may_open_form))
        return await self.shown(reply, event.actor)

    async def shown(self, reply: Reply | None, actor: Person) -> Json | None:
        """For the page, whose person may fetch its pictures from now on."""
        reader = id_in_workspace(actor.key)
        if isinstance(reply, PrivateReply) and reply.files:
            files = reply.files
            await self._store.run(lambda database: attachments.keep_private(database, files, reader=reader))
        return reply_json(reply, reader=reader)

    def closed(self, event: VerbChosen) -> None:
        """A form was closed unsent."""
        with contextlib.suppress(StorageUnavailable):
            self._event_queue.intake.form_closed(event)

    async def writing(self, actor: Person, location: Location) -> list[Any]:
        """Who else is answering in this thread, as rich text; nothing while the database is away."""
        try:
            return rich_json(await self._event_queue.intake.writing(actor, location))
        except StorageUnavailable:
            return []

    async def _asking(self, event: CommandGiven | VerbChosen, *, may_open_form: bool) -> Reply | None:
        intake = self._event_queue.intake
        form = intake.form_for(event) if may_open_form else None
        if form is not None:
            return form
        if event.location.thread is None:
            return await intake.take(event)
        await self._event_queue.caught_up(event.location.thread)
        return await intake.take(event)


def _unknown(group: str, groups: list[str], language: str) -> PrivateReply:
    text = say(
        language,
        "platforms.command_unknown",
        command=Code(f"/{group}"),
        commands=Bold(listed([f"/{each}" for each in groups], language)),
    )
    return PrivateReply(text=text, is_error=True)
