"""The code by which somebody shows that two accounts are theirs: sent to one alone, typed in the other.

A code may come from a stranger who hopes to read along, so whoever types it is told whose account it is and asked
once more; afterwards the account that the code was sent to is told too.
"""

import secrets

from bot.domain.people.link_code import (
    LENGTH,
    LETTERS,
    MOST_TRIES,
    TRIES_WITHIN,
    LinkCode,
    read_code,
    written_code,
)
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.outbox.direct_notices import tell_directly


def send_code(context: Context) -> None:
    """To the actor, in their direct messages; the one before it is worth nothing any more."""
    code = LinkCode(
        account=context.actor.key,
        code="".join(secrets.choice(LETTERS) for _ in range(LENGTH)),
        made_at=context.now,
    )
    context.uow.link_codes.put(code)
    written = written_code(code.code)
    command = f"{verbs.typed(context.desk.command_names, verbs.LINK)} {written}"
    tell_directly(context, context.actor.key, "requester.link_code", key=written, command=command)


def is_out_of_tries(context: Context) -> bool:
    """Whether the actor has typed so many wrong codes that none is looked at."""
    since = context.now - TRIES_WITHIN
    return context.uow.link_codes.wrong_tries(context.actor.key, since=since) >= MOST_TRIES


def find_code(context: Context, typed: str) -> LinkCode | None:
    """The code that the actor typed, while it is good; a wrong one is counted."""
    found = context.uow.link_codes.find(read_code(typed))
    if found is not None and found.is_good_at(context.now):
        return found
    since = context.now - TRIES_WITHIN
    context.uow.link_codes.note_wrong_try(context.actor.key, at=context.now, since=since)
    return None
