"""Placeholders that an agent typed in words that the requester reads: filled in, and shown before they are sent.

Macros fill theirs by themselves; words typed by hand would go as they stand. Braces around anything that is no
placeholder of this desk, as in code, are left alone.
"""

from dataclasses import replace
from typing import Final

from bot.commands.framework.command import Call, ReadBy
from bot.commands.framework.forms import form_of
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Form
from bot.services.macros.preview import missing_in_words
from bot.services.macros.typed_placeholders import filled_in, typed_in
from bot.text.amounts import listed
from bot.text.error_text import tell
from bot.text.sentences import joined

CHECKED: Final = "checked"
"""The option of the form that shows them filled in: what it is sent with goes as it stands."""


def ask_to_fill(call: Call, ticket: Ticket) -> Form | None:
    """The form with the words filled in; None where no known placeholder stands in them, or it was shown before."""
    if call.is_released or call.option(CHECKED) or not call.context.is_agent_of(ticket):
        return None
    given = {each.name: call.option(each.name) for each in call.command.options if _is_read(each.read_by)}
    typed = [each for text in given.values() for each in typed_in(call.context, text)]
    if not typed:
        return None
    filled = {name: filled_in(call.context, ticket, text) for name, text in given.items()}
    form = form_of(
        call.command,
        call.context.desk,
        ticket=ticket.reference,
        given={**call.options, **{name: each.text for name, each in filled.items()}, CHECKED: "yes"},
        language=call.context.language,
        actor=call.context.actor.key,
    )
    if form is None:
        return None
    names = listed(list(dict.fromkeys(each.written for each in typed)), call.context.language)
    missing = [one for each in filled.values() for one in each.missing]
    lacking = (tell(call.context.language, each) for each in missing_in_words(call.context, ticket, missing))
    notice = joined(call.say("answers.placeholders_typed", names=names), *lacking, form.notice, by="\n")
    if call.files:
        notice = joined(notice, call.say("answers.attach_again"), by="\n")
    return replace(form, notice=notice, instead=notice)


def _is_read(read_by: ReadBy | None) -> bool:
    """Whether the requester reads it of an agent; a note may well be about a placeholder."""
    return read_by in (ReadBy.REQUESTER, ReadBy.TEAM)
