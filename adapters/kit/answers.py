"""The desk's answer to a command, button or form, whatever happens.

No platform repeats these for people, so a failure is said plainly: not done, try again.
"""

from collections.abc import Awaitable

import structlog

from bot.domain.errors import DeskbellError, StorageUnavailable
from bot.messages.inbound import CommandGiven, VerbChosen
from bot.messages.outbound import FormRefused, PrivateReply, Reply
from bot.messages.typed_words import marked, unmarked

log = structlog.get_logger(__name__)

TRY_AGAIN = "Try again in a moment; nothing was changed."
BROKEN = "Something went wrong in the desk."


async def answer_to(event: CommandGiven | VerbChosen, asking: Awaitable[Reply | None]) -> Reply | None:
    """What `asking` the desk brings; where it raises, a sentence for the person who did this."""
    try:
        return await asking
    except StorageUnavailable as error:
        return _refused(event, not_done(error.sentence))
    except DeskbellError as error:
        return _refused(event, error.sentence)
    except Exception:
        log.exception("a command, button or form failed", key=event.key)
        return _refused(event, not_done(BROKEN))


def not_done(reason: str) -> str:
    """`reason` is a whole sentence."""
    return f"Not done: {reason[:1].lower()}{reason[1:]} {TRY_AGAIN}"


def _refused(event: CommandGiven | VerbChosen, sentence: str) -> Reply:
    """A form stays open with what was typed."""
    if isinstance(event, VerbChosen) and event.is_form:
        return FormRefused(unmarked(sentence))
    return PrivateReply(text=marked(sentence), is_error=True)
