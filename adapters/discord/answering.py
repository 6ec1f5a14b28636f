"""Commands, buttons, menus and forms: asked of the desk at once, answered to one person.

Discord repeats none of these, so a failure is said plainly. A form opens before anything slow is done; everything
else is answered within a second, or put off within it and answered when it is done.
"""

import asyncio
import contextlib
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import discord
import structlog

from adapters.discord import forms
from adapters.discord.addresses import Identity, Json, community_ref, person_key
from adapters.discord.calls import Calls
from adapters.discord.form_flow import FormFlow
from adapters.discord.hearing import Hearing
from adapters.discord.inbound import spot_in
from adapters.discord.interactions import (
    MAKE_TICKET,
    By,
    command_given,
    given,
    help_for,
    interaction_key,
    made_ticket_of,
    opened_for,
    pressed,
    suggestions_wanted,
)
from adapters.discord.kept import read_mark
from adapters.discord.people import People
from adapters.discord.presses import Press, decode
from adapters.discord.private_replies import as_private
from adapters.discord.render import Showing, private_body
from adapters.discord.responses import Responses
from adapters.discord.rooms import Room, Rooms
from bot.domain.directory import ChannelRef
from bot.domain.errors import DeskbellError, StorageUnavailable
from bot.messages.inbound import MessagePosted, Spot, VerbChosen
from bot.messages.outbound import Button, Form, FormRefused, PrivateReply, Reply
from bot.ports.chat_platform import CommandHelp, Intake

log = structlog.get_logger(__name__)

PATIENCE_S = 0.7
"""How long a transaction may take before the answer is put off."""
BROKEN = "Something went wrong in the desk."
TRY_AGAIN = "Try again in a moment; nothing was changed."
OLD_COMMAND = "This command is from an older version of the desk. Restart Discord to see the present ones."
OLD_BUTTON = "This button is from an older version of the desk. Use the command instead."
NOT_A_WORD = "Only what a person or another app wrote can be made a ticket; choose such a message."
DONE = "Done."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One interaction: who asked, where, and how to answer."""

    interaction: discord.Interaction[discord.Client]
    data: Json
    by: By
    responses: Responses
    intake: Intake

    @property
    def is_component(self) -> bool:
        return self.interaction.type is discord.InteractionType.component


class Answering:
    def __init__(
        self,
        *,
        client: discord.Client,
        calls: Calls,
        rooms: Rooms,
        people: People,
        hearing: Hearing,
        identity: Identity,
    ) -> None:
        self._client = client
        self._calls = calls
        self._rooms = rooms
        self._people = people
        self._hearing = hearing
        self._identity = identity
        self._flow = FormFlow()
        self._under_way: set[asyncio.Task[Any]] = set()

    async def interaction(self, interaction: discord.Interaction[discord.Client], intake: Intake) -> None:
        responses = Responses(
            self._calls, self._identity, interaction_id=interaction.id, token=interaction.token
        )
        data: Json = dict(interaction.data or {})
        asked = Asked(
            interaction=interaction, data=data, by=self._by(interaction), responses=responses, intake=intake
        )
        match interaction.type:
            case discord.InteractionType.autocomplete:
                await self._suggest(asked)
            case discord.InteractionType.application_command:
                await self._command(asked)
            case discord.InteractionType.component:
                await self._component(asked)
            case discord.InteractionType.modal_submit:
                await self._modal(asked)
            case _:
                pass

    async def close(self) -> None:
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _suggest(self, asked: Asked) -> None:
        command = given(asked.data)
        known = help_for(asked.intake.command_helps(), command)
        choices: list[tuple[str, str]] = []
        if known is not None and command.focused:
            with contextlib.suppress(DeskbellError):
                wanted = suggestions_wanted(asked.by, command, known)
                choices = list(await asked.intake.suggest(wanted))
        await asked.responses.suggest(choices)

    async def _command(self, asked: Asked) -> None:
        match asked.data.get("type"):
            case 2:
                event = opened_for(asked.by, int(asked.data["target_id"]))
                users: tuple[int, ...] = (int(asked.data["target_id"]),)
            case 3:
                return await self._message_menu(asked)
            case _:
                command = given(asked.data)
                known = help_for(asked.intake.command_helps(), command)
                if known is None:
                    return await self._say(asked, PrivateReply(text=(OLD_COMMAND,), is_error=True))
                event, users = command_given(asked.by, command, known), command.users
                if not _is_lacking(known, event):
                    return await self._do(asked, self._take_with(asked, event, users))
        form = asked.intake.form_for(event)
        if form is not None:
            return await self._open(asked, form)
        return await self._do(asked, self._take_with(asked, event, users))

    async def _message_menu(self, asked: Asked) -> None:
        if asked.data.get("name") != MAKE_TICKET:
            return await self._say(asked, PrivateReply(text=(OLD_COMMAND,), is_error=True))

        async def make() -> Reply | None:
            about = await self._about(asked, int(asked.data["target_id"]))
            if about is None:
                return PrivateReply(text=(NOT_A_WORD,), is_error=True)
            return await self._take(asked, made_ticket_of(asked.by, about))

        return await self._do(asked, make())

    async def _component(self, asked: Asked) -> None:
        custom_id = str(asked.data.get("custom_id") or "")
        values = [str(each) for each in asked.data.get("values") or ()]
        mark = read_mark(custom_id)
        if mark is not None:
            return await self._go_on(asked, *mark, values=values)
        press = decode(values[0] if values else custom_id)
        if press is None:
            return await self._say(asked, PrivateReply(text=(OLD_BUTTON,), is_error=True))
        if press.asks_first:
            return await self._confirm(asked, press, custom_id)
        return await self._press(asked, press)

    async def _press(self, asked: Asked, press: Press) -> None:
        message = asked.interaction.message
        is_private = message is not None and message.flags.ephemeral
        if press.options.get("message"):

            async def with_message() -> Reply | None:
                about = await self._about(asked, int(press.options["message"]))
                return await self._take(asked, pressed(asked.by, press, is_private=is_private, about=about))

            return await self._do(asked, with_message())
        event = pressed(asked.by, press, is_private=is_private)
        form = asked.intake.form_for(event) if press.opens_form else None
        if form is not None:
            return await self._open(asked, form)
        return await self._do(asked, self._take(asked, event))

    async def _confirm(self, asked: Asked, press: Press, custom_id: str) -> None:
        """Discord's buttons ask nothing by themselves: a second one, for this person alone, does it."""
        label = _label_of(asked.interaction.message, custom_id)
        button = Button(
            label=label,
            verb=press.verb,
            ticket=press.ticket,
            options=press.options,
            opens_form=press.opens_form,
            is_dangerous=True,
        )
        question = f"{label}: are you sure? Otherwise just dismiss this message."
        await self._say(asked, PrivateReply(text=(question,), buttons=(button,)))

    async def _modal(self, asked: Asked) -> None:
        mark = read_mark(str(asked.data.get("custom_id") or ""))
        if mark is None:
            return await self._say(asked, PrivateReply(text=(OLD_BUTTON,), is_error=True))
        _, token, page = mark
        typed = forms.filled(asked.data)
        attachments = _attachments(self._client, asked.data, typed.files)
        outcome = self._flow.submitted(
            token, page, typed, attachments, by=asked.by, user=asked.interaction.user.id
        )
        if isinstance(outcome, PrivateReply):
            return await self._say(asked, outcome)
        if isinstance(outcome, list):
            return await asked.responses.say(outcome)
        event = outcome

        async def submit() -> Reply | None:
            await self._introduce(asked, typed.users)
            return await self._take(asked, event)

        return await self._do(asked, submit(), token=token)

    async def _go_on(self, asked: Asked, kind: str, token: str, page: int, *, values: list[str]) -> None:
        """A button that opens the next page, or the form again; or the first choice that leads to a form."""
        user = asked.interaction.user.id
        if kind == "s" and values:
            event = self._flow.chosen(token, values[0], by=asked.by, user=user)
            form = asked.intake.form_for(event) if event is not None else None
            if form is not None:
                return await self._open(asked, form)
        elif (modal := self._flow.page(token, page, user=user)) is not None:
            return await asked.responses.open(modal)
        return await self._say(asked, self._flow.too_old())

    async def _open(self, asked: Asked, form: Form) -> None:
        """A modal at once; a first choice that leads to one is made in a message."""
        token, user = str(asked.interaction.id), asked.interaction.user.id
        if form.is_step:
            return await asked.responses.say(self._flow.asks(token, form, user=user))
        return await asked.responses.open(self._flow.opens(token, form, user=user))

    async def _do(
        self, asked: Asked, work: Coroutine[Any, Any, Reply | None], *, token: str | None = None
    ) -> None:
        """Answer when it is done, or before a second is over that it is being done."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        done, _ = await asyncio.wait([task], timeout=PATIENCE_S)
        if not done:
            await asked.responses.defer(is_component=asked.is_component)
        try:
            reply = await task
        except Exception:
            log.exception("a command, button or form failed", key=asked.by.key)
            reply = PrivateReply(text=(f"Not done: {BROKEN} {TRY_AGAIN}",), is_error=True)
        await self._tell(asked, reply, token)

    async def _tell(self, asked: Asked, reply: Reply | None, token: str | None) -> None:
        match reply:
            case FormRefused() if token is not None:
                await asked.responses.say(self._flow.refused(token, reply, user=asked.interaction.user.id))
            case Form():
                await asked.responses.say(self._flow.goes_on_with(reply, user=asked.interaction.user.id))
            case None if asked.is_component:
                await asked.responses.leave_as_it_is()
            case _:
                if token is not None:
                    self._flow.done(token)
                await self._say(asked, as_private(reply) or PrivateReply(text=(DONE,)))

    async def _say(self, asked: Asked, reply: PrivateReply) -> None:
        await asked.responses.say(private_body(reply, Showing(link_of=self._rooms.link_of)))

    async def _take_with(self, asked: Asked, event: VerbChosen, users: tuple[int, ...]) -> Reply | None:
        await self._introduce(asked, users)
        return await self._take(asked, event)

    async def _take(self, asked: Asked, event: VerbChosen) -> Reply | None:
        try:
            return await asked.intake.take(event)
        except StorageUnavailable as error:
            return _refusal(event, f"Not done: {error.sentence} {TRY_AGAIN}")
        except DeskbellError as error:
            return _refusal(event, error.sentence)

    async def _introduce(self, asked: Asked, users: tuple[int, ...]) -> None:
        """Whoever was picked may never have done anything here."""
        resolved: Mapping[str, Any] = asked.data.get("resolved") or {}
        known = [self._people.resolved(user, resolved, guild=asked.interaction.guild_id) for user in users]
        people = [person for person in known if person is not None]
        if people:
            with contextlib.suppress(StorageUnavailable):
                await asked.intake.meet(people)

    async def _about(self, asked: Asked, message_id: int) -> MessagePosted | None:
        channel_id = asked.interaction.channel_id
        if channel_id is None:
            return None
        channel = self._client.get_partial_messageable(channel_id, guild_id=asked.interaction.guild_id)
        try:
            message = await channel.fetch_message(message_id)
        except discord.HTTPException as error:
            log.info("a message could not be read", reason=str(error))
            return None
        if message.author.id == self._identity.user:
            return None
        return await self._hearing.posted(message, asked.intake)

    def _by(self, interaction: discord.Interaction[discord.Client]) -> By:
        person = self._people.of(interaction.user)
        language = interaction.locale.value[:2]
        return By(
            key=interaction_key(interaction.id),
            actor=replace(person, language=language),
            spot=self._spot(interaction),
            at=datetime.now(UTC),
        )

    def _spot(self, interaction: discord.Interaction[discord.Client]) -> Spot:
        """In direct messages the thread is the conversation of the desk's message that was pressed."""
        if interaction.guild_id is None or interaction.channel_id is None:
            message = interaction.message
            reference = message.reference if message is not None else None
            root = str(reference.message_id) if reference is not None and reference.message_id else None
            return Spot(channel=ChannelRef.direct(person_key(interaction.user.id)), thread=root)
        room = self._rooms.known(interaction.channel_id) or _room_of(interaction)
        parent = self._rooms.known(room.parent) if room.parent is not None else None
        spot = spot_in(room, forum=parent is not None and parent.is_forum)
        return replace(spot, community=community_ref(interaction.guild_id))


def _room_of(interaction: discord.Interaction[discord.Client]) -> Room:
    """As the interaction itself describes it: an archived thread is in no cache."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    kind = channel.type.value if channel is not None else 0
    return Room(id=interaction.channel_id or 0, kind=kind, guild=interaction.guild_id, parent=parent)


def _is_lacking(known: CommandHelp, event: VerbChosen) -> bool:
    """Whether a form must ask for what was left out."""
    return known.has_form and any(
        option.is_required and not event.options.get(option.name, "").strip() for option in known.options
    )


def _refusal(event: VerbChosen, sentence: str) -> Reply:
    return FormRefused(sentence) if event.is_form else PrivateReply(text=(sentence,), is_error=True)


def _label_of(message: discord.Message | None, custom_id: str) -> str:
    for row in message.components if message is not None else ():
        for component in getattr(row, "children", ()):
            if getattr(component, "custom_id", None) == custom_id and getattr(component, "label", None):
                return str(component.label)
    return "Go on"


def _attachments(client: discord.Client, data: Json, ids: tuple[str, ...]) -> tuple[discord.Attachment, ...]:
    """Files of a submitted form: https://discord.com/developers/docs/components/reference#file-upload"""
    found: Mapping[str, Any] = (data.get("resolved") or {}).get("attachments") or {}
    state = client._connection  # noqa: SLF001  discord.py makes its own attachments with it
    return tuple(discord.Attachment(data=found[each], state=state) for each in ids if each in found)
