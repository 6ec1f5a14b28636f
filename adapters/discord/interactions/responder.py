"""How one interaction is answered, whatever it is: at once, or put off and answered when it is done.

Discord repeats none of these, so a failure is said plainly. A form opens before anything slow is done; everything
else is answered within a second, or put off within it.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from adapters.discord.api.addresses import Json
from adapters.discord.api.channel_cache import ChannelCache
from adapters.discord.delivery.files import Files
from adapters.discord.delivery.private_replies import as_private
from adapters.discord.interactions.callbacks import Callbacks
from adapters.discord.interactions.context import Interaction, InteractionContexts
from adapters.discord.interactions.form_flow import FormFlow
from adapters.discord.interactions.inbound import InteractionActor, asks_again
from adapters.discord.interactions.stored_buttons import StoredButtons
from adapters.discord.render.command_words import AS_IT_IS, CommandWords
from adapters.discord.render.messages import RenderOptions, private_body
from adapters.kit.answers import answer_to, not_done
from bot.domain.errors import Refused
from bot.messages.ask_again import AskAgain
from bot.messages.inbound import VerbChosen
from bot.messages.outbound import Form, FormRefused, PrivateReply, Reply
from bot.ports.intake import Intake
from bot.text.sentences import say

PLATFORM = "Discord"
PATIENCE_S = 0.7
"""How long a transaction may take before the answer is put off."""
GRACE_S = 1.0
"""What is due is done within a moment of it."""
MOST_ASKED = 8
"""How often it is asked what became of something: for about two minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInteraction:
    """One interaction: who asked, where, and how to answer; `attachments` came with a command."""

    interaction: Interaction
    data: Json
    by: InteractionActor
    callbacks: Callbacks
    intake: Intake
    attachments: tuple[discord.Attachment, ...] = ()

    @property
    def user(self) -> int:
        return self.interaction.user.id

    @property
    def language(self) -> str:
        return self.by.actor.language

    @property
    def is_on_message(self) -> bool:
        """A button or menu, or a form that one opened: what it did shows on the message, or elsewhere."""
        return self.interaction.message is not None


class Responder:
    """`flow` knows the forms that are open; `scale`: real seconds for each second of Discord's."""

    def __init__(
        self,
        *,
        flow: FormFlow,
        contexts: InteractionContexts,
        channel_cache: ChannelCache,
        stored_buttons: StoredButtons,
        files: Files,
        scale: float = 1.0,
        command_words: CommandWords = AS_IT_IS,
    ) -> None:
        self._flow = flow
        self._command_words = command_words
        self._contexts = contexts
        self._channel_cache = channel_cache
        self._stored_buttons = stored_buttons
        self._files = files
        self._scale = scale
        self._asking: set[asyncio.Task[None]] = set()

    async def open(self, asked: OpenInteraction, form: Form) -> None:
        """A modal at once; a first choice that leads to one is made in a message."""
        token = str(asked.interaction.id)
        if form.is_step:
            return await asked.callbacks.say(
                self._flow.asks(token, form, user=asked.user, language=asked.language)
            )
        modal = self._flow.opens(
            token, form, user=asked.user, language=asked.language, attachments=asked.attachments
        )
        if not await asked.callbacks.open(modal):
            not_opened = Refused("platforms.form_not_opened", platform=PLATFORM)
            await self.say(asked, PrivateReply(text=not_done(not_opened, asked.language), is_error=True))
        return None

    async def do(
        self, asked: OpenInteraction, work: Coroutine[Any, Any, Reply | None], *, token: str | None = None
    ) -> None:
        """Answer when it is done, or before a second is over that it is being done. `token`: it is a form's."""
        task = asyncio.create_task(work)
        done, _ = await asyncio.wait([task], timeout=PATIENCE_S)
        if not done:
            await asked.callbacks.defer(is_component=asked.is_on_message)
        await self._tell(asked, await task, token)

    async def _tell(self, asked: OpenInteraction, reply: Reply | None, token: str | None) -> None:
        match reply:
            case FormRefused() if token is not None:
                refused = self._flow.refused(token, reply, user=asked.user, language=asked.language)
                return await asked.callbacks.say(refused)
            case Form() if token is None and not asked.callbacks.is_answered:
                return await self.open(asked, reply)
            case Form():
                next_token = f"{asked.interaction.id}.next"
                following = self._flow.goes_on_with(
                    next_token, reply, user=asked.user, language=asked.language
                )
                return await asked.callbacks.say(following)
            case _:
                pass
        if token is not None:
            self._flow.done(token, user=asked.user)
        if reply is None and asked.is_on_message:
            return await asked.callbacks.leave_as_it_is()
        return await self.say(
            asked, as_private(reply) or PrivateReply(text=say(asked.language, "platforms.done"))
        )

    async def say(self, asked: OpenInteraction, reply: PrivateReply) -> None:
        bodies = private_body(self._fitted(asked, reply), self._showing(asked))
        if reply.is_turned and asked.is_on_message:
            await asked.callbacks.replace(bodies)
        else:
            await asked.callbacks.say(bodies)
        for group in await self._files.pictures(reply.files):
            await asked.callbacks.show(group)
        if reply.again is not None:
            asking = asyncio.create_task(self._ask_again(asked, reply.again))
            self._asking.add(asking)
            asking.add_done_callback(self._asking.discard)

    def close(self) -> None:
        """What was said stays as it is: its button answers what became of it."""
        for asking in self._asking:
            asking.cancel()

    async def _ask_again(self, asked: OpenInteraction, again: AskAgain) -> None:
        """What became of it is said in its place, while Discord lets it be changed."""
        pause = again.after_s
        for attempt in range(MOST_ASKED):
            await asyncio.sleep((pause + GRACE_S) * self._scale)
            event = asks_again(asked.by, again, attempt=attempt)
            reply = as_private(await self.take(asked, event))
            if reply is not None:
                if not reply.is_error:
                    first, *_ = private_body(
                        self._fitted(asked, reply, f"again{attempt}"), self._showing(asked)
                    )
                    await asked.callbacks.change(first)
                return
            pause = min(2.0**attempt, 60.0)

    def _fitted(self, asked: OpenInteraction, reply: PrivateReply, suffix: str = "") -> PrivateReply:
        return self._stored_buttons.fitted(reply, token=f"{asked.interaction.id}{suffix}", user=asked.user)

    def _showing(self, asked: OpenInteraction) -> RenderOptions:
        return RenderOptions(
            link_of=self._channel_cache.link_of, language=asked.language, command_words=self._command_words
        )

    async def take_with(
        self, asked: OpenInteraction, event: VerbChosen, users: Sequence[int]
    ) -> Reply | None:
        await self._contexts.introduce(users, asked.data, asked.interaction, asked.intake)
        return await self.take(asked, event)

    async def take(self, asked: OpenInteraction, event: VerbChosen) -> Reply | None:
        actor = await self._contexts.actor(asked.interaction, asked.intake)
        return await answer_to(event, asked.intake.take(replace(event, actor=actor)))
