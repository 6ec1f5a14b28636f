"""How much of an answer one message has room for, on the platform of the person who asked."""

from typing import Final

from bot.domain.assistant.job import AssistantJob
from bot.domain.directory import ChannelRef
from bot.domain.errors import TicketNotFound
from bot.services.context.context import Context

SENTENCES: Final = 600
"""Characters that are kept for what Deskbell says around it."""


def fits_into_message(context: Context, job: AssistantJob) -> bool:
    sources = sum(_length(f"{title} {link}") + 3 for title, link in job.sources)
    return _length(job.answer) + sources <= _room(context, job)


def as_much_as_fits(context: Context, job: AssistantJob, text: str) -> str:
    """All of it, or its beginning."""
    left = _room(context, job)
    for at, sign in enumerate(text):
        left -= _length(sign)
        if left < 0:
            return f"{text[: max(at - 1, 0)].rstrip()}…"
    return text


def _room(context: Context, job: AssistantJob) -> int:
    length = context.message_length(ChannelRef.direct(job.person).platform) - SENTENCES
    try:
        subject = context.uow.tickets.get(job.ticket).subject if job.ticket is not None else ""
    except TicketNotFound:
        subject = ""
    return length - _length(subject)


def _length(text: str) -> int:
    return len(text) + sum(not (sign.isalnum() or sign.isspace()) for sign in text)
