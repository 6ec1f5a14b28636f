"""Commands, buttons, menus and forms, each read as what it asks of the desk; answered as `responder.py` does."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
import structlog

from adapters.discord.api.addresses import Identity
from adapters.discord.api.calls import Calls
from adapters.discord.api.channel_cache import ChannelCache
from adapters.discord.delivery.files import Files
from adapters.discord.interactions.callbacks import Callbacks
from adapters.discord.interactions.context import Interaction, InteractionContexts
from adapters.discord.interactions.form_flow import FormFlow, incoming_file
from adapters.discord.interactions.form_memory import MODAL, STEP, FormMark, read_mark
from adapters.discord.interactions.inbound import (
    MESSAGE,
    command_given,
    given,
    help_for,
    pressed,
    shortcut_of,
    suggestions_wanted,
    used_on_message,
    used_on_person,
)
from adapters.discord.interactions.responder import OpenInteraction, Responder
from adapters.discord.interactions.stored_buttons import StoredButtons
from adapters.discord.render import forms
from adapters.discord.render.action_ids import Press, decode
from adapters.discord.render.command_words import AS_IT_IS, CommandWords
from adapters.kit.answers import not_done
from adapters.kit.recent import Recent
from bot.domain.errors import DeskbellError, StorageUnavailable
from bot.messages import verbs
from bot.messages.inbound import VerbChosen
from bot.messages.outbound import Button, Form, PrivateReply, Reply
from bot.ports.intake import CommandHelp, Intake, ShortcutOn
from bot.text.catalogue import FALLBACK, has
from bot.text.sentences import say, words

log = structlog.get_logger(__name__)

SUGGESTIONS_PATIENCE_S = 2.0
"""Suggestions cannot be put off, and Discord waits three seconds for them."""
REMEMBERED = 10_000


class InteractionRouter:
    def __init__(
        self,
        *,
        calls: Calls,
        contexts: InteractionContexts,
        channel_cache: ChannelCache,
        stored_buttons: StoredButtons,
        files: Files,
        identity: Identity,
        scale: float = 1.0,
        command_words: CommandWords = AS_IT_IS,
    ) -> None:
        self._calls = calls
        self._contexts = contexts
        self._identity = identity
        self._stored_buttons = stored_buttons
        self._flow = FormFlow()
        self._responder = Responder(
            flow=self._flow,
            contexts=contexts,
            channel_cache=channel_cache,
            stored_buttons=stored_buttons,
            files=files,
            scale=scale,
            command_words=command_words,
        )
        self._in_progress: Recent[int, None] = Recent(most=REMEMBERED)
        self._under_way: set[asyncio.Task[Any]] = set()

    async def interaction(self, interaction: Interaction, intake: Intake) -> None:
        """What the gateway tells twice is answered once."""
        if interaction.id in self._in_progress:
            return
        self._in_progress[interaction.id] = None
        router = asyncio.create_task(self._interaction(interaction, intake))
        self._under_way.add(router)
        router.add_done_callback(self._under_way.discard)
        await router

    async def close(self) -> None:
        """Until everybody who asked is answered."""
        self._responder.close()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _interaction(self, interaction: Interaction, intake: Intake) -> None:
        callbacks = Callbacks(
            self._calls, self._identity, interaction_id=interaction.id, token=interaction.token
        )
        asked = OpenInteraction(
            interaction=interaction,
            data=dict(interaction.data or {}),
            by=self._contexts.by(interaction),
            callbacks=callbacks,
            intake=intake,
        )
        try:
            await self._answer(asked)
        except Exception as error:
            if not isinstance(error, StorageUnavailable):  # the storage tells of that
                log.exception("an interaction failed", key=asked.by.key)
            if interaction.type is discord.InteractionType.autocomplete:
                await callbacks.suggest(())
            else:
                await self._responder.say(
                    asked,
                    PrivateReply(text=not_done(DeskbellError(), asked.language), is_error=True),
                )

    async def _answer(self, asked: OpenInteraction) -> None:
        match asked.interaction.type:
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

    async def _suggest(self, asked: OpenInteraction) -> None:
        command = given(asked.data)
        known = help_for(asked.intake.command_helps(), command)
        choices: Sequence[tuple[str, str]] = ()
        if known is not None and command.focused:
            try:
                async with asyncio.timeout(SUGGESTIONS_PATIENCE_S):
                    actor = await self._contexts.actor(asked.interaction, asked.intake)
                    wanted = suggestions_wanted(replace(asked.by, actor=actor), command, known)
                    choices = await asked.intake.suggest(wanted)
            except (DeskbellError, TimeoutError) as error:
                log.info("nothing is suggested", reason=str(error) or type(error).__name__)
        await asked.callbacks.suggest(choices)

    async def _command(self, asked: OpenInteraction) -> None:
        match asked.data.get("type"), asked.data.get("name"):
            case 1, _:
                return await self._slash_command(asked)
            case 2, label:
                return await self._shortcut_on_person(asked, str(label))
            case 3, label:
                return await self._shortcut_on_message(asked, str(label))
            case _:
                return await self._old_command(asked)

    async def _shortcut_on_person(self, asked: OpenInteraction, label: str) -> None:
        known = shortcut_of(asked.intake.command_helps(), ShortcutOn.PERSON, label)
        if known is None:
            return await self._old_command(asked)
        target = int(asked.data["target_id"])
        event = used_on_person(asked.by, known, target)
        form = asked.intake.form_for(event)
        if form is not None:
            return await self._responder.open(asked, form)
        return await self._responder.do(asked, self._responder.take_with(asked, event, (target,)))

    async def _shortcut_on_message(self, asked: OpenInteraction, label: str) -> None:
        known = shortcut_of(asked.intake.command_helps(), ShortcutOn.MESSAGE, label)
        if known is None:
            return await self._old_command(asked)
        return await self._responder.do(asked, self._about_message(asked, known))

    async def _old_command(self, asked: OpenInteraction) -> None:
        await self._responder.say(asked, _refusal(asked, "platforms.command_outdated"))

    async def _slash_command(self, asked: OpenInteraction) -> None:
        command = given(asked.data)
        known = help_for(asked.intake.command_helps(), command)
        if known is None:
            return await self._old_command(asked)
        attachments = _attachments(asked.interaction, command.files)
        asked = replace(asked, attachments=tuple(attachments))
        event = command_given(asked.by, command, known, files=tuple(map(incoming_file, attachments)))
        form = asked.intake.form_for(event) if known.has_form else None
        if form is not None and _asks_for_more(form, known, event):
            return await self._responder.open(asked, form)
        return await self._responder.do(asked, self._responder.take_with(asked, event, command.users))

    async def _about_message(self, asked: OpenInteraction, known: CommandHelp) -> Reply | None:
        about = await self._contexts.under_menu(asked.interaction, asked.data, asked.intake)
        if about is None:
            return _refusal(asked, "platforms.not_a_message")
        return await self._responder.take(asked, used_on_message(asked.by, known, about))

    async def _component(self, asked: OpenInteraction) -> None:
        custom_id = str(asked.data.get("custom_id") or "")
        values = [str(each) for each in asked.data.get("values") or ()]
        mark = read_mark(custom_id)
        if mark is not None:
            return await self._go_on(asked, mark, values=values)
        chosen = values[0] if values else custom_id
        press = decode(chosen)
        if press is None:
            return await self._responder.say(asked, _refusal(asked, "platforms.button_outdated"))
        meant = self._stored_buttons.meant(press, user=asked.user)
        if meant is None:
            return await self._responder.say(asked, _refusal(asked, "platforms.reply_expired"))
        if meant.asks_first:
            label = _label_of(asked.interaction.message, chosen)
            return await self._confirm(
                asked, meant, label=label or words(asked.language, "platforms.confirm_continue")
            )
        return await self._press(asked, meant)

    async def _press(self, asked: OpenInteraction, press: Press) -> None:
        if press.verb == verbs.OPEN and press.options.get(MESSAGE):
            return await self._responder.do(asked, self._make_ticket_of(asked, press))
        event = pressed(asked.by, press)
        form = asked.intake.form_for(event) if press.opens_form else None
        if form is not None:
            return await self._responder.open(asked, form)
        return await self._responder.do(asked, self._responder.take(asked, event))

    async def _make_ticket_of(self, asked: OpenInteraction, press: Press) -> Reply | None:
        """A button that names a message of this channel."""
        about = await self._contexts.message(asked.interaction, int(press.options[MESSAGE]), asked.intake)
        if about is None:
            return _refusal(asked, "platforms.message_gone")
        return await self._responder.take(asked, pressed(asked.by, press, about=about))

    async def _confirm(self, asked: OpenInteraction, press: Press, *, label: str) -> None:
        """Discord's buttons ask nothing by themselves: a second one, for this person alone, does it."""
        names_ticket = bool(press.ticket) and label.startswith(press.ticket or "")  # chosen from a list
        agree = f"commands.{press.verb.replace(' ', '_').replace('-', '_')}_submit"
        button = Button(
            label=words(asked.language, agree) if names_ticket and has(FALLBACK, agree) else label,
            verb=press.verb,
            ticket=press.ticket,
            options=press.options,
            opens_form=press.opens_form,
            is_dangerous=True,
        )
        question = say(asked.language, "platforms.confirm", label=label)
        await self._responder.say(asked, PrivateReply(text=question, buttons=(button,)))

    async def _modal(self, asked: OpenInteraction) -> None:
        mark = read_mark(str(asked.data.get("custom_id") or ""))
        if mark is None or mark.kind != MODAL:
            await self._responder.say(asked, _refusal(asked, "platforms.button_outdated"))
            return
        self._restore(asked, mark)
        typed = forms.filled(asked.data)
        attachments = _attachments(asked.interaction, typed.files)
        outcome = self._flow.submitted(mark, typed, attachments, by=asked.by, user=asked.user)
        match outcome:
            case PrivateReply():
                await self._responder.say(asked, outcome)
            case VerbChosen():
                await self._responder.do(
                    asked, self._responder.take_with(asked, outcome, typed.users), token=mark.token
                )
            case _:
                await asked.callbacks.say(outcome)

    def _restore(self, asked: OpenInteraction, mark: FormMark) -> None:
        """A form that was on a screen while the desk started anew is made again, where it says what it is for."""
        if mark.purpose is None or self._flow.knows(mark.token, user=asked.user):
            return
        form = asked.intake.form_for(pressed(asked.by, mark.purpose))
        if form is not None and not form.is_step:
            self._flow.restore(mark.token, form, user=asked.user, language=asked.language)

    async def _go_on(self, asked: OpenInteraction, mark: FormMark, *, values: list[str]) -> None:
        """A button that opens the next page, or the form again; or the first choice that leads to a form."""
        if mark.kind == STEP and values:
            event = self._flow.chosen(mark.token, values[0], by=asked.by, user=asked.user)
            form = asked.intake.form_for(event) if event is not None else None
            if form is not None:
                return await self._responder.open(asked, form)
            if event is not None:
                return await self._responder.do(asked, self._responder.take(asked, event))
        elif (modal := self._flow.page(mark.token, mark.page, user=asked.user)) is not None:
            await asked.callbacks.open(modal)
            return None
        return await self._responder.say(asked, self._flow.too_old(asked.language))


def _refusal(asked: OpenInteraction, key: str) -> PrivateReply:
    return PrivateReply(text=say(asked.language, key), is_error=True)


def _asks_for_more(form: Form, known: CommandHelp, event: VerbChosen) -> bool:
    """Whether something is left out that must be said; a first step alone is no reason to ask."""
    if form.is_step:
        needed = [option.name for option in known.options if option.is_required]
    else:
        needed = [field.name for field in form.fields if field.is_required]
    return any(not event.options.get(name, "").strip() for name in needed)


def _label_of(message: discord.Message | None, chosen: str) -> str:
    """What stands on the button, or in the menu, that says this; empty where that is not known."""
    for row in message.components if message is not None else ():
        for component in getattr(row, "children", ()):
            offered = [component, *getattr(component, "options", ())]
            for each in offered:
                says = getattr(each, "custom_id", None) or getattr(each, "value", None)
                if says == chosen and getattr(each, "label", None):
                    return str(each.label)
    return ""


def _attachments(interaction: Interaction, ids: Sequence[str]) -> list[discord.Attachment]:
    """Files of a command or a submitted form, by their ids; resolved in the interaction's data:
    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
    """
    data: Mapping[str, Any] = dict(interaction.data or {})
    found: Mapping[str, Any] = (data.get("resolved") or {}).get("attachments") or {}
    state = interaction._state  # noqa: SLF001  discord.py makes its own attachments with it
    return [discord.Attachment(data=found[each], state=state) for each in ids if each in found]
