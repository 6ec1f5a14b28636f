"""Placeholders in words that an agent typed by hand, where no macro fills them in.

Braces around anything that is no placeholder of this desk, as in code, are left alone.
"""

from collections.abc import Sequence

from bot.domain.macros.placeholders import FACTS, PLACEHOLDERS, FilledText, Placeholder, fill, placeholders_in
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.macros.filled_text import fields_by_placeholder, value_of
from bot.text.amounts import listed
from bot.text.sentences import say


def typed_in(context: Context, text: str) -> Sequence[Placeholder]:
    """Those that this desk knows, and what looks like one of them."""
    return [each for each in placeholders_in(text) if _is_meant(context, each)]


def filled_in(context: Context, ticket: Ticket, text: str) -> FilledText:
    def value(each: Placeholder) -> str:
        return value_of(context, ticket, each) if _is_meant(context, each) else each.written

    return fill(text, value, keeps_braces=True)


def sent_as_typed(context: Context, ticket: Ticket, text: str) -> PrivateReply | None:
    """What the author of a message is told that stands in a thread with a placeholder, and how it would read."""
    if "{" not in text or not (typed := typed_in(context, text)):
        return None
    names = listed(list(dict.fromkeys(each.written for each in typed)), context.language)
    filled = filled_in(context, ticket, text).text
    return PrivateReply(text=say(context.language, "answers.placeholders_sent", names=names, text=filled))


def _is_meant(context: Context, placeholder: Placeholder) -> bool:
    """Also `{field.nope}`, which has no value: only what is about something else is code."""
    what, fact = placeholder.about
    if fact and (what in FACTS or placeholder.field is not None):
        return True
    return placeholder.name in PLACEHOLDERS or placeholder.name in fields_by_placeholder(
        context.desk.custom_fields
    )
