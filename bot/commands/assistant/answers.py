"""`/desk draft`, `/desk rephrase` and `/desk translate`: words for a requester, that the agent reads and sends.

The model's answer comes directly to the agent, with a button that opens the form of a reply.
"""

from bot.commands.framework.assistant.presence import has_model
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.parsing import split_verb
from bot.commands.framework.replies.reply_form import reply_form
from bot.commands.framework.ticket_filters import assigned, of_teams
from bot.domain.assistant.job import JobStage
from bot.domain.assistant.language_model import ModelTask
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.assistant.jobs import JOB, ask_about_ticket, own_job
from bot.text.catalogue import languages
from bot.text.cldr import language_name


def draft(call: Call, ticket: Ticket) -> PrivateReply:
    """In the requester's language; with words of the agent's, about what they want to say."""
    words = call.option("words")
    ask_about_ticket(call.context, ModelTask.DRAFT, ticket, words=words, language=ticket.language)
    language = language_name(ticket.language, call.context.language)
    return call.answer("assistant.draft_follows", reference=ticket.reference, into=language)


def rephrase(call: Call, ticket: Ticket) -> PrivateReply:
    """What the agent wrote, said better; in the language that they wrote in."""
    words = call.option("words")
    language = call.context.language_of(words) or ticket.language
    ask_about_ticket(call.context, ModelTask.REPHRASE, ticket, words=words, language=language)
    return call.answer("assistant.rephrase_follows", reference=ticket.reference)


def translate(call: Call, ticket: Ticket) -> PrivateReply:
    """The conversation for the agent; with words, these for the requester. A language's code may go first."""
    first, rest = split_verb(call.option("words"))
    is_code = first in languages()
    words = rest if is_code else call.option("words")
    usual = ticket.language if words else call.context.language
    language = first if is_code else usual
    ask_about_ticket(call.context, ModelTask.TRANSLATE, ticket, words=words, language=language)
    named = language_name(language, call.context.language)
    key = "assistant.translation_out_follows" if words else "assistant.translation_in_follows"
    return call.answer(key, reference=ticket.reference, into=named)


def use_answer(call: Call, ticket: Ticket) -> Form:
    """The form of a reply with the answer in it, to be edited and sent. Raises Refused where there is none."""
    job = own_job(call.context, call.option(JOB))
    if job.stage is not JobStage.ANSWERED or job.ticket != ticket.id:
        raise Refused("refusals.button_too_old")
    form = reply_form(call, ticket, text=job.answer)
    return form.with_notice((), instead=call.say("assistant.form_instead", reference=ticket.reference))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.DRAFT,
        place=61,
        who=Role.AGENT,
        on_ticket=draft,
        fitting=assigned,
        options=(Option(name="words", is_required=False),),
        is_there=has_model,
        replies_privately=True,
        menu_group="assistant",
        example="draft IT-12 say that the new mouse comes tomorrow",
    ),
    Command(
        name=verbs.REPHRASE,
        place=62,
        who=Role.AGENT,
        on_ticket=rephrase,
        fitting=assigned,
        options=(Option(name="words"),),
        has_form=True,
        is_there=has_model,
        replies_privately=True,
        menu_group="assistant",
        example="rephrase IT-12 mouse tomorrow, wait",
    ),
    Command(
        name=verbs.TRANSLATE,
        place=63,
        who=Role.AGENT,
        on_ticket=translate,
        fitting=of_teams,
        options=(Option(name="words", is_required=False),),
        is_there=has_model,
        replies_privately=True,
        menu_group="assistant",
        example="translate IT-12",
    ),
    Command(
        name=verbs.USE_ANSWER,
        place=64,
        who=Role.AGENT,
        on_ticket=use_answer,
        options=(Option(name=JOB, kind=OptionKind.WORD, is_required=False, is_form_only=True),),
        is_there=has_model,
        replies_privately=True,
        is_listed=False,
    ),
)
