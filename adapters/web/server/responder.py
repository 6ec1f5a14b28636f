"""Commands, buttons and forms: asked of the desk at once, answered to one person.

Nobody repeats these for them, so a failure is said plainly: not done, try again.
"""

import structlog

from adapters.web.server.event_queue import EventQueue
from adapters.web.translate.render import Json, reply_json
from bot.domain.errors import DeskbellError, StorageUnavailable
from bot.messages.inbound import CommandGiven, VerbChosen
from bot.messages.outbound import Bold, Code, FormRefused, PrivateReply, Reply, RichText

log = structlog.get_logger(__name__)

TRY_AGAIN = "Try again in a moment; nothing was changed."


class Responder:
    def __init__(self, event_queue: EventQueue) -> None:
        self._event_queue = event_queue

    async def command(self, event: CommandGiven) -> Json | None:
        """A form where words are missing, otherwise the desk's answer; unknown groups are listed."""
        try:
            groups = list(dict.fromkeys(each.group for each in self._event_queue.intake.command_helps()))
        except StorageUnavailable as error:
            return reply_json(_not_done(error.sentence))
        if event.group not in groups:
            return reply_json(_unknown(event.group, groups))
        return await self.ask(event, may_open_form=True)

    async def ask(self, event: CommandGiven | VerbChosen, *, may_open_form: bool) -> Json | None:
        """Give it to the desk, in turn with what is said in its conversation."""
        try:
            intake = self._event_queue.intake
            form = intake.form_for(event) if may_open_form else None
            if form is not None:
                return reply_json(form)
            if event.location.thread is None:
                return reply_json(await intake.take(event))
            async with self._event_queue.turn(event.location.thread):
                return reply_json(await intake.take(event))
        except StorageUnavailable as error:
            return reply_json(_refused(event, error.sentence))
        except DeskbellError as error:
            return reply_json(PrivateReply(text=(error.sentence,), is_error=True))
        except Exception:
            log.exception("a command, button or form failed", key=event.key)
            return reply_json(_refused(event, "Something went wrong in the desk."))


def _refused(event: CommandGiven | VerbChosen, reason: str) -> Reply:
    """A form stays open with what was typed."""
    if isinstance(event, VerbChosen) and event.is_form:
        return FormRefused(f"Not done: {_as_clause(reason)} {TRY_AGAIN}")
    return _not_done(reason)


def _not_done(reason: str) -> PrivateReply:
    return PrivateReply(text=(f"Not done: {_as_clause(reason)} {TRY_AGAIN}",), is_error=True)


def _as_clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _unknown(group: str, groups: list[str]) -> PrivateReply:
    text: RichText = (
        "There is no command ",
        Code(f"/{group}"),
        ". The desk answers to ",
        Bold(", ".join(f"/{each}" for each in groups)),
        "; each tells more with ",
        Code("help"),
        ". To send a text that begins with a slash, put a space before it.",
    )
    return PrivateReply(text=text, is_error=True)
