"""Commands, buttons, forms and shortcuts: asked of the desk at once, answered to one person.

Slack repeats none of these, so a failure is said plainly. A form opens before anything slow is done, within
the three seconds of its trigger (https://docs.slack.dev/interactivity/handling-user-interaction).
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from adapters.kit.answers import answer_to
from adapters.slack.api.addresses import Identity, Json, person_key
from adapters.slack.api.people import People
from adapters.slack.delivery.private_replies import PrivateReplies, ReplyTarget, messages_of
from adapters.slack.events import inbound
from adapters.slack.events.handler import EventHandler
from adapters.slack.interactions.inbound import (
    Interaction,
    command_given,
    doing,
    press_in,
    pressed,
    shortcut_used,
    submitted,
    verb_of_shortcut,
)
from adapters.slack.render import forms
from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.messages.inbound import CommandGiven, VerbChosen
from bot.messages.outbound import Form, FormRefused, PrivateReply, Quote, Reply
from bot.ports.intake import Intake
from bot.text.sentences import say, words

FILES_PATIENCE_S = 2.0
"""A form whose files take longer to fetch is closed, and answered when they are here: Slack waits three seconds."""


class InteractionRouter:
    def __init__(self, *, people: People, handler: EventHandler, replies: PrivateReplies) -> None:
        self._people = people
        self._handler = handler
        self._replies = replies

    async def command(self, payload: Json, intake: Intake, identity: Identity) -> Json:
        """The acknowledgement's body: the answer itself, or nothing where a form opened."""
        by, asker = self._who(payload)
        event = command_given(by, payload)
        reply = await self._ask(event, asker, intake, may_open_form=True)
        if isinstance(reply, Form):
            reply = await self._replies.open_form(reply, asker)
        private = _as_private(reply)
        if private is None:
            return {}
        first, *rest = messages_of(private, identity, language=asker.language)
        if rest or private.files:
            self._handler.later(self._replies.tell(private, asker, identity, skip=1))
        return {**first, "response_type": "ephemeral"}

    async def press(self, payload: Json, intake: Intake, identity: Identity) -> None:
        """A button or a menu's entry. One that is not ours, such as a field of a form, is nothing."""
        press = press_in(payload)
        if press is None:
            return
        by, asker = self._who(payload)
        event = pressed(by, press, payload)
        reply = await self._ask(event, asker, intake, may_open_form=press.opens_form)
        self._tell_later(reply, replace(asker, is_on_message=True), identity)

    async def submission(self, payload: Json, intake: Intake, identity: Identity) -> Json:
        """The acknowledgement's body: nothing closes the form; errors, or another form, keep it open."""
        view = payload["view"]
        purpose = forms.purpose_of(view)
        if purpose is None:
            return {}
        by, asker = self._who(payload)
        asker = replace(asker, channel=purpose.channel, thread=purpose.thread, trigger="")
        sending = asyncio.create_task(self._send(purpose, view, by, asker, intake, identity))
        if forms.files_in(view):
            done, _ = await asyncio.wait([sending], timeout=FILES_PATIENCE_S)
            if not done:
                self._handler.later(self._tell_when_sent(sending, view, asker, identity))
                return {}
        reply = await sending
        match reply:
            case Form():
                view = forms.modal(
                    reply, channel=purpose.channel, thread=purpose.thread, language=asker.language
                )
                return {"response_action": "update", "view": view}
            case FormRefused():
                return forms.errors(reply, view, language=asker.language)
            case _:
                self._tell_later(reply, asker, identity)
                return {}

    async def _send(
        self,
        purpose: forms.Purpose,
        view: Json,
        by: Interaction,
        asker: ReplyTarget,
        intake: Intake,
        identity: Identity,
    ) -> Reply | None:
        files = await self._handler.files_of(forms.files_in(view), identity)
        event = submitted(by, purpose, view, files=files)
        await self._introduce(forms.people_chosen(view), intake)
        following = intake.form_for(event) if purpose.is_step else None
        return following or await self._ask(event, asker, intake, may_open_form=False)

    async def _tell_when_sent(
        self, sending: asyncio.Task[Reply | None], view: Json, asker: ReplyTarget, identity: Identity
    ) -> None:
        """The form is closed by now, so whoever is refused gets back what they typed."""
        reply = await sending
        if isinstance(reply, FormRefused):
            typed = "\n".join(filter(None, forms.filled_in(view).values()))
            told = words(asker.language, "platforms.form_typed")
            reply = PrivateReply(text=(reply.reason, f"\n{told}\n", Quote(typed)), is_error=True)
        if isinstance(reply, Form):
            reply = PrivateReply(text=reply.instead, is_error=True)
        if reply is not None:
            await self._replies.tell(reply, asker, identity)

    def closing(self, payload: Json, intake: Intake) -> None:
        """A form was closed unsent; https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
        view = payload["view"]
        purpose = forms.purpose_of(view)
        if purpose is not None:
            by, _ = self._who(payload)
            intake.form_closed(submitted(by, purpose, view))

    async def shortcut(self, payload: Json, intake: Intake, identity: Identity) -> None:
        """The callback id is the verb: on a message it makes a ticket of it, or means the ticket of its thread."""
        by, asker = self._who(payload)
        verb, is_about = verb_of_shortcut(str(payload.get("callback_id") or ""))
        message = payload.get("message")
        about = None
        if message is not None and is_about:
            reading = await self._handler.reading(message, identity, channel=by.channel)
            about = inbound.posted(message, by.channel, reading)
            if about is None:
                refusal = PrivateReply(text=say(asker.language, "platforms.not_a_message"), is_error=True)
                return self._tell_later(refusal, replace(asker, thread=None), identity)
        event = shortcut_used(by, verb, about=about)
        reply = await self._ask(event, asker, intake, may_open_form=about is None)
        if message is not None and message.get("thread_ts") is None:
            asker = replace(asker, thread=None)
        return self._tell_later(reply, asker, identity)

    async def _ask(
        self, event: CommandGiven | VerbChosen, asker: ReplyTarget, intake: Intake, *, may_open_form: bool
    ) -> Reply | None:
        async def asking() -> Reply | None:
            form = intake.form_for(event) if may_open_form else None
            if form is not None:
                return await self._replies.open_form(form, asker)
            people = await self._people.meet([asker.user])
            known = replace(event, actor=people.get(asker.user, event.actor))
            return await intake.take(known)

        return await answer_to(event, asking())

    async def _introduce(self, users: Sequence[str], intake: Intake) -> None:
        """Whoever was picked may never have done anything here; without the database the form says so itself."""
        people = await self._people.meet(users)
        with contextlib.suppress(StorageUnavailable):
            if people:
                await intake.meet(list(people.values()))

    def _tell_later(self, reply: Reply | None, asker: ReplyTarget, identity: Identity) -> None:
        if reply is not None:
            self._handler.later(self._replies.tell(reply, asker, identity))

    def _who(self, payload: Json) -> tuple[Interaction, ReplyTarget]:
        user = payload.get("user") or {}
        user_id = str(payload.get("user_id") or user.get("id") or "")
        name = str(payload.get("user_name") or user.get("name") or user_id)
        person = self._people.known(user_id) or Person(key=person_key(user_id), name=name)
        by = doing(payload, person, at=datetime.now(UTC))
        asker = ReplyTarget(
            user=user_id,
            channel=by.channel,
            thread=by.thread,
            response_url=str(payload.get("response_url") or ""),
            trigger=by.trigger,
            language=person.language,
        )
        return by, asker


def _as_private(reply: Reply | None) -> PrivateReply | None:
    match reply:
        case FormRefused():
            return PrivateReply(text=(reply.reason,), is_error=True)
        case PrivateReply():
            return reply
        case _:
            return None
