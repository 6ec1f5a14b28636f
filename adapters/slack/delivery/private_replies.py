"""What one person alone is answered, at once: in an acknowledgement, by `response_url`, or as an ephemeral post.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses. Where the person did something
that has no channel, the answer opens as a modal or comes as a direct message.
"""

from dataclasses import dataclass, replace

import structlog

from adapters.kit.answers import not_done
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from adapters.slack.api.addresses import Identity, Json
from adapters.slack.api.calls import Calls, SlackRefused
from adapters.slack.api.dm_channels import DmChannels
from adapters.slack.delivery.pictures import Pictures
from adapters.slack.render.forms import modal, notice_modal
from adapters.slack.render.messages import TEXT_LIMIT, private_blocks
from adapters.slack.render.mrkdwn import fallback
from bot.domain.directory import ChannelRef
from bot.domain.errors import Refused
from bot.messages import parts
from bot.messages.outbound import Form, FormRefused, Notice, PrivateReply, Reply, RichText
from bot.text.sentences import say

log = structlog.get_logger(__name__)

PLATFORM = "Slack"
MOST_PARTS = 4
"""A `response_url` takes five answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTarget:
    """Whom to answer, and the ways there are; what is unknown is empty."""

    user: str
    channel: str = ""
    thread: str | None = None
    response_url: str = ""
    trigger: str = ""
    language: str = "en"
    is_on_message: bool = False
    """Whether a message's button was pressed, which `response_url` can replace."""


def messages_of(reply: PrivateReply, identity: Identity, *, language: str) -> list[Json]:
    """As many messages as it takes, up to what a person can be sent."""
    whole = Notice(text=reply.text, buttons=reply.buttons)
    pieces = [each for each in parts.split(whole, limit=TEXT_LIMIT) if isinstance(each, Notice)]
    if len(pieces) > MOST_PARTS:
        last, ending = pieces[MOST_PARTS - 1], say(language, "platforms.shortened_private")
        pieces = [
            *pieces[: MOST_PARTS - 1],
            replace(last, text=(*last.text, "\n", *ending), buttons=reply.buttons),
        ]
    return [
        {
            "text": fallback(piece.text) or "…",
            "blocks": private_blocks(replace(reply, text=piece.text, buttons=piece.buttons), identity),
        }
        for piece in pieces
    ]


class PrivateReplies:
    def __init__(self, calls: Calls, dm_channels: DmChannels, pictures: Pictures) -> None:
        self._calls = calls
        self._pictures = pictures
        self._dm_channels = dm_channels

    async def open_form(self, form: Form, asker: ReplyTarget) -> PrivateReply | None:
        """Open it within the trigger's three seconds; says so when that did not work."""
        view = modal(form, channel=asker.channel, thread=asker.thread, language=asker.language)
        try:
            await self._open(view, asker.trigger)
        except SlackRefused as error:
            log.warning("a form did not open", reason=str(error))
            if error.error in ("expired_trigger_id", "exchanged_trigger_id"):
                return _failure(
                    not_done(Refused("refusals.form_too_late", platform=PLATFORM), asker.language)
                )
            not_opened = Refused("refusals.form_not_opened", platform=PLATFORM, reason=error.error)
            return _failure(not_done(not_opened, asker.language))
        except (Unsure, Busy) as error:
            log.warning("a form did not open", reason=str(error))
            silent = Refused("refusals.platform_silent", platform=PLATFORM)
            return _failure(not_done(silent, asker.language))
        return None

    async def tell(self, reply: Reply, asker: ReplyTarget, identity: Identity, *, skip: int = 0) -> None:
        """Show a private reply; `skip` of its messages are shown already. Never raises for Slack's answer."""
        match reply:
            case Form():
                refused = await self.open_form(reply, asker)
                if refused is None:
                    return
                private = refused
            case FormRefused():
                private = _failure((reply.reason,))
            case PrivateReply():
                private = reply
        try:
            await self._tell(private, asker, identity, skip=skip)
            await self._show(private, asker)
        except (SlackRefused, Unsure, Busy) as error:
            log.warning("a private answer did not arrive", user=asker.user, reason=str(error))

    async def _tell(self, reply: PrivateReply, asker: ReplyTarget, identity: Identity, *, skip: int) -> None:
        if not asker.response_url and not asker.channel and asker.trigger:
            try:
                return await self._open(notice_modal(reply, identity, language=asker.language), asker.trigger)
            except SlackRefused as error:
                log.info("an answer comes as a direct message instead", reason=str(error))
        replaces = reply.is_turned and asker.is_on_message
        for message in messages_of(reply, identity, language=asker.language)[skip:]:
            if asker.response_url:
                await self._respond(message, asker, replaces=replaces)
                replaces = False
            else:
                await self._post(message, asker)
        return None

    async def _show(self, reply: PrivateReply, asker: ReplyTarget) -> None:
        """Its pictures below its words."""
        message = await self._pictures.message(reply.files, language=asker.language) if reply.files else None
        if message is None:
            return
        try:
            if asker.response_url:
                await self._respond(message, asker, replaces=False)
            else:
                await self._post(message, asker)
        except SlackRefused:
            self._pictures.forget(reply.files)
            raise

    async def _respond(self, message: Json, asker: ReplyTarget, *, replaces: bool) -> None:
        body = {**message, "response_type": "ephemeral", "replace_original": replaces}
        if asker.thread is not None:
            body["thread_ts"] = asker.thread
        await self._calls.respond(asker.response_url, body)

    async def _post(self, message: Json, asker: ReplyTarget) -> None:
        """Among others as an ephemeral message; where that cannot be, as a direct one."""
        if asker.channel and not asker.channel.startswith("D"):
            arguments = {**message, "channel": asker.channel, "user": asker.user, "thread_ts": asker.thread}
            try:
                await self._calls.call("chat.postEphemeral", arguments=arguments, urgency=Urgency.NOW)
            except SlackRefused as error:
                log.info("an answer comes as a direct message instead", reason=str(error))
            else:
                return
        channel = await self._dm_channels.channel_id(ChannelRef("slack", f"@{asker.user}"))
        thread = asker.thread if asker.channel == channel else None
        arguments = {**message, "channel": channel, "thread_ts": thread}
        await self._calls.call("chat.postMessage", arguments=arguments, urgency=Urgency.NOW)

    async def _open(self, view: Json, trigger: str) -> None:
        """https://docs.slack.dev/reference/methods/views.open"""
        arguments = {"trigger_id": trigger, "view": view}
        await self._calls.call("views.open", arguments=arguments, urgency=Urgency.NOW)


def _failure(text: RichText) -> PrivateReply:
    return PrivateReply(text=text, is_error=True)
