"""`/ticket`: what everybody may do with their own requests."""

from dataclasses import replace

from bot.commands.framework.access import require_agent, unknown_ticket
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.intake_forms import answers_as_text, check_answers
from bot.commands.framework.listings import LISTED, ticket_list, ticket_view
from bot.commands.framework.parsing import read_reference
from bot.domain.errors import NotAllowed, Refused
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import Bold, Code, PrivateReply, RichText
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets import actions, follow_ups, questions
from bot.services.tickets.communities import server_meant
from bot.services.tickets.courtesy import is_courtesy
from bot.services.tickets.limits import admit
from bot.services.tickets.opening import NewRequest, adopt_message, open_ticket


def open_request(call: Call) -> PrivateReply | None:
    """Open a ticket from a command, a form, or somebody's message."""
    context, about = call.context, call.about
    if about is not None:
        return _open_from_message(call)
    text = call.option("text")
    if not text:
        raise Refused("Say what you need: the text is empty.")
    if call.option("more"):
        text = f"{text}\n\n{call.option('more')}"
    wants_privacy = call.option("private") == "yes"
    asked = check_answers(context.desk, call.options)
    if answers := answers_as_text(context, asked, call.options):
        text = f"{text}\n\n{answers}"
    names = ("category", *(each.name for each in asked))
    fields = {name: call.option(name) for name in names if call.option(name)}
    admit(context, context.actor, call.location.channel, text=text)
    ticket = open_ticket(
        context,
        NewRequest(
            requester=context.actor,
            text=text,
            channel=call.location.channel,
            said_at=context.now,
            fields=fields,
            files=call.files,
            is_private=wants_privacy,
            community=server_meant(call.context.desk, call.location, chosen=call.option("community")),
        ),
    )
    where = _where_answered(call, ticket)
    team = context.team_of(ticket).title
    return PrivateReply(text=(Bold(ticket.reference), f" is open and with {team}. You are answered {where}."))


def _where_answered(call: Call, ticket: Ticket) -> str:
    conversation = call.context.uow.conversations.of_ticket(ticket.id)[0]
    if conversation.is_private:
        return "in a private thread here"
    if call.location.is_direct:
        return "here"
    return "in your direct messages" if conversation.channel.is_direct else "in its thread here"


def _open_from_message(call: Call) -> PrivateReply:
    """Make somebody's message a ticket of theirs."""
    about, context = call.about, call.context
    if about is None:
        raise Refused("There is no message to make a ticket of.")
    ticket = adopt_message(context, about, community=call.option("community") or None)
    return PrivateReply(text=(Bold(ticket.reference), f" was made of {about.actor.name}’s message."))


def list_mine(call: Call) -> PrivateReply:
    """The actor's own requests, open ones unless `all` is asked for."""
    wants_all = call.option("which").lower() == "all"
    statuses = frozenset(Status) if wants_all else frozenset[Status]()
    tickets = call.context.uow.tickets.search(
        TicketFilter(requester=call.context.actor.key, statuses=statuses), limit=LISTED + 1
    )
    name = call.registry.name_of("ticket", call.context.desk)
    return ticket_list(
        call.context,
        tickets,
        title="Your requests" if wants_all else "Your open requests",
        nothing=f"You have no {'' if wants_all else 'open '}requests. Ask with {name} open.",
    )


def show(call: Call, ticket: Ticket) -> PrivateReply:
    return ticket_view(call.context, ticket, sees_notes=call.context.is_agent_of(ticket))


def reply(call: Call, ticket: Ticket) -> PrivateReply | None:
    """A word from whoever it is: an agent of the team answers, anybody else writes as the requester."""
    text = call.option("text")
    context = call.context
    if context.is_agent_of(ticket):
        actions.reply_as_agent(context, ticket, text=text, files=call.files)
    elif ticket.status is Status.CLOSED:
        raise Refused(f"{ticket.reference} is closed. Reopen it, or open a new ticket.")
    elif ticket.requester != context.actor.key:
        raise NotAllowed(f"Only its requester and its team can write on {ticket.reference}.")
    else:
        courtesy = is_courtesy(text, context.desk)
        actions.write_as_requester(
            context, ticket, text=text, files=call.files, is_courtesy=courtesy and not call.files
        )
    return PrivateReply(text=("Sent on ", Bold(ticket.reference), "."))


def close(call: Call, ticket: Ticket) -> PrivateReply:
    """Solved it myself, or no longer needed."""
    if call.context.actor.key == ticket.requester:
        actions.close_ticket(call.context, ticket, reason=call.option("reason"))
        return PrivateReply(text=(Bold(ticket.reference), " is closed. Thank you for telling us."))
    _as_agent(call, "close", ticket)
    actions.close_ticket(call.context, ticket, reason=call.option("reason"))
    return PrivateReply(text=(Bold(ticket.reference), " is closed."))


def reopen(call: Call, ticket: Ticket) -> PrivateReply:
    if call.context.actor.key != ticket.requester:
        _as_agent(call, "reopen", ticket)
    actions.reopen_ticket(call.context, ticket)
    return PrivateReply(text=(Bold(ticket.reference), " is open again."))


def _as_agent(call: Call, verb: str, ticket: Ticket) -> None:
    command = call.registry.find("desk", verb)
    if command is not None:
        require_agent(call.context, command, ticket)


def separate(call: Call, ticket: Ticket) -> PrivateReply:
    """What was added to a ticket becomes one of its own."""
    if call.context.actor.key != ticket.requester:
        _as_agent(call, "transfer", ticket)
    named = call.option("message")
    own = follow_ups.separate(call.context, ticket, message_id=int(named) if named.isdecimal() else None)
    return PrivateReply(
        text=(Bold(own.reference), f" is a ticket of its own now, apart from {ticket.reference}.")
    )


def sort_message(call: Call) -> PrivateReply:
    """What a message of the actor's is about, chosen from what the desk asked."""
    context, asked, choice = call.context, call.option("asked"), call.option("choice")
    if choice == questions.NOTHING:
        return PrivateReply(text=("No ticket was opened.",))
    about = questions.asked_about(context, asked)
    if choice == questions.NEW:
        ticket = adopt_message(context, about, community=about.location.community)
        text: RichText = (
            Bold(ticket.reference),
            " is created. ",
            context.team_of(ticket).title,
            " will reply.",
        )
    else:
        ticket = _own_ticket(call, choice)
        follow_ups.join(context, about, ticket)
        text = ("Added to ", Bold(ticket.reference), ".")
    questions.show_answer(context, asked)
    return PrivateReply(text=text)


def _own_ticket(call: Call, choice: str) -> Ticket:
    context = call.context
    reference = read_reference(choice, prefix=context.desk.prefix)
    found = context.uow.tickets.find(reference.prefix, reference.number) if reference else None
    if found is None or found.requester != context.actor.key:
        raise unknown_ticket(context, choice)
    ticket = context.uow.tickets.lock(found.id)
    if ticket.status is Status.CLOSED:
        raise Refused(f"{ticket.reference} is closed. Choose “Something new”.")
    return ticket


def show_help(call: Call) -> PrivateReply:
    """What can be typed; the agents' commands only for those who may use them."""
    wanted = call.option("verb").lower()
    if wanted:
        command = call.registry.find("ticket", wanted) or call.registry.find("desk-admin", wanted)
        if command is None:
            raise Refused(f"There is no command `{wanted}`.")
        return PrivateReply(text=command_help(call, command))
    roles = {Role.EVERYONE}
    if call.context.desk.teams_of(call.context.actor):
        roles |= {Role.AGENT, Role.STAFF}
    if call.context.desk.is_admin(call.context.actor):
        roles |= {Role.ADMIN, Role.STAFF}
    text: RichText = (
        Bold(call.context.desk.name),
        "\nWrite what you need in a channel that takes requests, or use:",
    )
    for command in call.registry.all():
        if command.who in roles:
            name = call.registry.name_of(command.group, call.context.desk)
            text += ("\n", Code(f"{name} {command.usage}"), f"  {command.summary}")
    return PrivateReply(text=text)


def command_help(call: Call, command: Command) -> RichText:
    name = call.registry.name_of(command.group, call.context.desk)
    text: RichText = (Code(f"{name} {command.usage}"), f"\n{command.summary}\nFor {command.who}.")
    if command.example:
        text += ("\nFor example: ", Code(f"{name} {command.example}"))
    return text


def _mine_live(context: Context) -> TicketFilter:
    return TicketFilter(requester=context.actor.key)


def _mine_any(context: Context) -> TicketFilter:
    return replace(_mine_live(context), statuses=frozenset(Status))


def _mine_done(context: Context) -> TicketFilter:
    return replace(_mine_live(context), statuses=frozenset({Status.RESOLVED, Status.CLOSED}))


TICKET_COMMANDS: tuple[Command, ...] = (
    Command(
        group="ticket",
        verb="open",
        summary="Ask for help; without words a form opens.",
        handler=open_request,
        options=(
            Option(name="text", label="What is wrong, or what do you need?", hint="As to a colleague"),
            Option(
                name="category", kind=OptionKind.CATEGORY, label="About", is_required=False, is_form_only=True
            ),
            Option(
                name="private",
                kind=OptionKind.YES_NO,
                label="Keep it between me and the team",
                is_required=False,
                is_form_only=True,
            ),
        ),
        form_title="Ask for help",
        takes_files=True,
        example="open my VPN does not connect",
    ),
    Command(
        group="ticket",
        verb="list",
        summary="Your open requests; with “all”, every one.",
        handler=list_mine,
        reads=True,
        options=(Option(name="which", kind=OptionKind.WORD, is_required=False),),
    ),
    Command(
        group="ticket",
        verb="show",
        summary="A ticket with everything said on it.",
        on_ticket=show,
        fitting=_mine_any,
        reads=True,
        example="show IT-12",
    ),
    Command(
        group="ticket",
        verb="reply",
        summary="Write on your ticket from anywhere.",
        on_ticket=reply,
        fitting=_mine_live,
        options=(Option(name="text", label="Message"),),
        form_title="Write on the ticket",
        takes_files=True,
        example="reply IT-12 it works on the other screen",
    ),
    Command(
        group="ticket",
        verb="close",
        summary="You solved it yourself, or no longer need it.",
        on_ticket=close,
        fitting=_mine_live,
        options=(Option(name="reason", label="Why", is_required=False),),
        example="close IT-12 it was the cable",
    ),
    Command(
        group="ticket",
        verb="reopen",
        summary="It is broken again.",
        on_ticket=reopen,
        fitting=_mine_done,
        example="reopen IT-12",
    ),
    Command(
        group="ticket",
        verb="separate",
        summary="Make what was added to a ticket one of its own.",
        on_ticket=separate,
        fitting=_mine_live,
        options=(Option(name="message", kind=OptionKind.WORD, is_required=False, is_form_only=True),),
        example="separate IT-12",
    ),
    Command(
        group="ticket",
        verb="sort",
        summary="Say what a message of yours is about, when the desk asks.",
        handler=sort_message,
        options=(
            Option(name="asked", kind=OptionKind.WORD, is_form_only=True),
            Option(name="choice", kind=OptionKind.WORD, is_form_only=True),
        ),
        is_in_menus=False,
    ),
    Command(
        group="ticket",
        verb="help",
        summary="What you can type; with a verb, more about it.",
        handler=show_help,
        reads=True,
        options=(Option(name="verb", kind=OptionKind.WORD, is_required=False),),
    ),
)
