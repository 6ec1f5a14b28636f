"""`/kb exclude` and `include`: whether a ticket's answer is shown to others; `/kb replies`: which ones are."""

from collections.abc import Collection

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.knowledge.answers import ticket_link
from bot.commands.framework.ticket_filters import of_teams_and_finished
from bot.commands.framework.ticket_lists import range_shown, read_page, turn_buttons
from bot.domain.desk import Desk
from bot.domain.errors import NotAllowed
from bot.domain.knowledge.earlier_answer import EarlierAnswer
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.tickets.offers.answer_choice import exclude_answer, include_answer
from bot.text.amounts import listed
from bot.text.sentences import joined, words

LISTED = 8
"""Answers on a page, each with a button of its own."""
EXCERPT = 160
MOST_LEFT_OUT = 20
"""Tickets whose answers are left out, and that are named below the first page."""


def exclude(call: Call, ticket: Ticket) -> PrivateReply:
    exclude_answer(call.context, ticket)
    label = words(call.context.language, "team.button_answer_include")
    button = Button(label=label, verb=verbs.INCLUDE_ANSWER, ticket=ticket.reference)
    return PrivateReply(
        text=call.say("knowledge.answer_excluded", reference=ticket.reference), buttons=(button,)
    )


def include(call: Call, ticket: Ticket) -> PrivateReply:
    include_answer(call.context, ticket)
    command = f"{verbs.typed(call.context.desk.command_names, verbs.SHOW_AS_AGENT)} {ticket.reference}"
    return call.answer("knowledge.answer_included", reference=ticket.reference, command=Code(command))


def list_answers(call: Call) -> PrivateReply:
    """The newest first, of the teams that the actor leads; an administrator's are all. Raises NotAllowed."""
    context, language = call.context, call.context.language
    teams = _teams_led(context)
    if not teams:
        raise NotAllowed(
            "knowledge.answers_for_leads",
            command=verbs.typed(context.desk.command_names, verbs.SHOW_AS_AGENT),
        )
    wanted = read_page(call.option("page"))
    many = context.uow.earlier_answers.count(teams)
    pages = max(1, -(-many // LISTED))
    page = min(wanted, pages)
    shown = context.uow.earlier_answers.of_teams(teams, skip=(page - 1) * LISTED, limit=LISTED)
    tickets = context.uow.tickets.get_many(each.ticket for each in shown)
    if many:
        count = range_shown((page - 1) * LISTED, len(shown), many, language)
        text: RichText = (Bold(words(language, "knowledge.answers_listed")), f" · {count}")
    else:
        text = call.say("knowledge.answers_none")
    for each in shown:
        text = joined(text, _line(context, each, tickets[each.ticket]), by="\n")
    missing = call.say("commands.no_such_page", number=wanted, total=pages) if wanted > pages else ()
    return PrivateReply(
        text=joined(text, _left_out(call, teams) if page == 1 else (), missing, by="\n\n"),
        buttons=(
            *(_exclude_button(context, tickets[each.ticket]) for each in shown),
            *turn_buttons(call, {}, page=page, pages=pages),
        ),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def _teams_led(context: Context) -> Collection[str]:
    wanted = context.desk.knowledge.from_replies
    teams = [each for each in context.desk.teams.values() if each.name in wanted]
    is_admin = context.desk.is_admin(context.actor)
    return [each.name for each in teams if is_admin or each.has_lead(context.actor)]


def _line(context: Context, answer: EarlierAnswer, ticket: Ticket) -> RichText:
    """`IT-12 · 3 March · Open the tray …`"""
    line = " ".join(answer.text.split())
    excerpt = line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"
    return (ticket_link(context, ticket), " · ", Moment(answer.said_at), " · ", excerpt)


def _left_out(call: Call, teams: Collection[str]) -> RichText:
    ids = call.context.uow.earlier_answers.excluded(teams, limit=MOST_LEFT_OUT)
    if not ids:
        return ()
    tickets = call.context.uow.tickets.get_many(ids)
    named = [tickets[each].reference for each in ids]
    return call.say("knowledge.answers_left_out", references=listed(named, call.context.language))


def _exclude_button(context: Context, ticket: Ticket) -> Button:
    return Button(
        label=words(context.language, "knowledge.button_exclude", reference=ticket.reference),
        verb=verbs.EXCLUDE_ANSWER,
        ticket=ticket.reference,
    )


def _uses_replies(desk: Desk) -> bool:
    return bool(desk.knowledge.from_replies)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.EXCLUDE_ANSWER,
        place=90,
        who=Role.AGENT,
        on_ticket=exclude,
        fitting=of_teams_and_finished,
        is_there=_uses_replies,
        replies_privately=True,
        example="exclude IT-12",
    ),
    Command(
        name=verbs.INCLUDE_ANSWER,
        place=95,
        who=Role.AGENT,
        on_ticket=include,
        fitting=of_teams_and_finished,
        is_there=_uses_replies,
        replies_privately=True,
    ),
    Command(
        name="kb replies",
        place=100,
        who=Role.STAFF,
        handler=list_answers,
        reads=True,
        options=(Option(name="page", kind=OptionKind.WORD, is_required=False),),
        is_there=_uses_replies,
        replies_privately=True,
    ),
)
