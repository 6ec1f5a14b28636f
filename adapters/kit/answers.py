"""The desk's answer to a command, button or form, whatever happens.

No platform repeats these for people, so a failure is said plainly: not done, try again.
"""

from collections.abc import Awaitable

import structlog

from bot.domain.errors import DeskbellError, TechnicalError
from bot.messages.inbound import CommandGiven, VerbChosen
from bot.messages.outbound import FormRefused, PrivateReply, Reply, RichText
from bot.messages.plain import quoted
from bot.text.catalogue import best
from bot.text.error_text import explain
from bot.text.sentences import say

log = structlog.get_logger(__name__)


async def answer_to(event: CommandGiven | VerbChosen, asking: Awaitable[Reply | None]) -> Reply | None:
    """What `asking` the desk brings; where it raises, a sentence for the person who did this."""
    try:
        return await asking
    except TechnicalError as error:
        return _refused(event, not_done(error, event.actor.language))
    except DeskbellError as error:
        return _refused(event, explain(best(event.actor.language), error))
    except Exception:
        log.exception("a command, button or form failed", key=event.key)
        return _refused(event, not_done(DeskbellError(), event.actor.language))


def not_done(error: DeskbellError, language: str) -> RichText:
    """What went wrong, and that trying again is safe."""
    return say(best(language), "refusals.not_done", reason=explain(best(language), error))


def _refused(event: CommandGiven | VerbChosen, text: RichText) -> Reply:
    """A form stays open with what was typed."""
    if isinstance(event, VerbChosen) and event.is_form:
        return FormRefused(quoted(text))
    return PrivateReply(text=text, is_error=True)
