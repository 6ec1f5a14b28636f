"""`/desk`: how agents and leads work their tickets."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.listings import LISTED, history_view, ticket_list
from bot.commands.framework.parsing import read_tags
from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import AlreadyTaken, NotAllowed, Refused
from bot.domain.suggestions import nearest
from bot.domain.tickets.ticket import ClaimedByOther, Priority, Status, Ticket
from bot.messages.outbound import Bold, Moment, PrivateReply, RichText
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.on_call.roster import Roster
from bot.services.tickets import actions
from bot.services.tickets.communities import server_meant
from bot.services.tickets.limits import admit
from bot.services.tickets.opening import NewRequest, open_ticket

LONGEST_TAG = 40
MOST_TAGS = 20


def queue(call: Call) -> PrivateReply:
    """The open tickets of a team, or of all teams of the actor."""
    context = call.context
    teams = (
        (find_team(context, call.option("team")),)
        if call.option("team")
        else context.desk.teams_of(context.actor)
    )
    if not all(team.has_agent(context.actor) for team in teams):
        raise NotAllowed(f"Only agents and leads of {teams[0].title} see its queue.")
    tickets = context.uow.tickets.search(
        TicketFilter(teams=frozenset(team.name for team in teams)), limit=LISTED + 1
    )
    names = ", ".join(team.title for team in teams)
    return ticket_list(context, tickets, title=f"Queue of {names}", nothing=f"The queue of {names} is empty.")


def mine(call: Call) -> PrivateReply:
    tickets = call.context.uow.tickets.search(TicketFilter(assignee=call.context.actor.key), limit=LISTED + 1)
    return ticket_list(call.context, tickets, title="Your tickets", nothing="You have no open tickets.")


def claim(call: Call, ticket: Ticket) -> PrivateReply:
    try:
        actions.claim_ticket(call.context, ticket)
    except ClaimedByOther as taken:
        holder = call.context.uow.people.find(taken.holder)
        name = holder.name if holder else taken.holder
        command = f"{call.registry.name_of('desk', call.context.desk)} assign {ticket.reference} me"
        raise AlreadyTaken(
            f"{name} has {ticket.reference} already. To take it over, use `{command}`."
        ) from taken
    return PrivateReply(text=(Bold(ticket.reference), " is yours."))


def release(call: Call, ticket: Ticket) -> PrivateReply:
    actions.release_ticket(call.context, ticket)
    return PrivateReply(text=(Bold(ticket.reference), " is back in the queue."))


def assign(call: Call, ticket: Ticket) -> PrivateReply:
    person = find_agent(call.context, call.option("person"), call.context.team_of(ticket))
    actions.assign_ticket(call.context, ticket, to=person)
    text: RichText = (Bold(ticket.reference), f" is with {person.name} now.")
    absence = Roster(call.context.uow, call.context.desk, now=call.context.now).absence_of(
        person, at=call.context.now
    )
    if absence is not None and person.key != call.context.actor.key:
        until = Moment(absence.until, call.context.actor.time_zone)
        text += (f" But {person.name} is away until ", until, ", and may not see it before.")
    return PrivateReply(text=text)


def reply(call: Call, ticket: Ticket) -> PrivateReply:
    actions.reply_as_agent(call.context, ticket, text=call.option("text"), files=call.files)
    return PrivateReply(text=("Answered on ", Bold(ticket.reference), "."))


def note(call: Call, ticket: Ticket) -> PrivateReply:
    actions.add_note(call.context, ticket, text=call.option("text"), files=call.files)
    return PrivateReply(text=("Noted on ", Bold(ticket.reference), "; only the team sees it."))


def set_priority(call: Call, ticket: Ticket) -> PrivateReply:
    word = call.option("priority").lower()
    if word not in set(Priority):
        raise Refused(f"`{word}` is no priority. Choose one of {', '.join(Priority)}.")
    actions.set_priority(call.context, ticket, Priority(word))
    return PrivateReply(text=(Bold(ticket.reference), f" has priority {word}."))


def tag(call: Call, ticket: Ticket) -> PrivateReply:
    add, remove = read_tags(call.option("tags"))
    if not add and not remove:
        raise Refused("Name the tags to add, and with a minus those to remove: `vpn -printer`.")
    if any(len(each) > LONGEST_TAG for each in add):
        raise Refused(f"A tag has at most {LONGEST_TAG} characters.")
    if len({*ticket.tags, *add} - set(remove)) > MOST_TAGS:
        raise Refused(f"A ticket has at most {MOST_TAGS} tags. Remove some first: `tag -old`.")
    actions.tag_ticket(call.context, ticket, add=add, remove=remove)
    return PrivateReply(text=(Bold(ticket.reference), f" has the tags: {', '.join(ticket.tags) or 'none'}."))


def transfer(call: Call, ticket: Ticket) -> PrivateReply:
    team = find_team(call.context, call.option("team"))
    actions.transfer_ticket(call.context, ticket, team=team, reason=call.option("reason"))
    return PrivateReply(text=(Bold(ticket.reference), f" is with {team.title} now."))


def wait(call: Call, ticket: Ticket) -> PrivateReply:
    actions.wait_for_requester(call.context, ticket, question=call.option("question"))
    return PrivateReply(text=(Bold(ticket.reference), " waits for its requester."))


def hold(call: Call, ticket: Ticket) -> PrivateReply:
    actions.hold_ticket(call.context, ticket, reason=call.option("reason"))
    return PrivateReply(text=(Bold(ticket.reference), " is on hold."))


def resolve(call: Call, ticket: Ticket) -> PrivateReply:
    actions.resolve_ticket(call.context, ticket, resolution=call.option("resolution"))
    return PrivateReply(text=(Bold(ticket.reference), " is resolved."))


def close(call: Call, ticket: Ticket) -> PrivateReply:
    actions.close_ticket(call.context, ticket, reason=call.option("reason"))
    return PrivateReply(text=(Bold(ticket.reference), " is closed."))


def reopen(call: Call, ticket: Ticket) -> PrivateReply:
    actions.reopen_ticket(call.context, ticket)
    return PrivateReply(text=(Bold(ticket.reference), " is open again."))


def history(call: Call, ticket: Ticket) -> PrivateReply:
    return history_view(call.context, ticket, call.context.uow.audit_log.of_ticket(ticket.id))


def on_behalf_of(call: Call) -> PrivateReply:
    """Open a ticket for somebody who called or stood at the desk; they are answered in direct messages."""
    person = find_person(call.context, call.option("person"))
    admit(call.context, person, call.location.channel, text=call.option("text"))
    ticket = open_ticket(
        call.context,
        NewRequest(
            requester=person,
            text=call.option("text"),
            channel=call.location.channel,
            said_at=call.context.now,
            is_private=True,
            community=server_meant(call.context.desk, call.location, chosen=call.option("community")),
        ),
    )
    conversation = call.context.uow.conversations.of_ticket(ticket.id)[0]
    where = "in a private thread" if conversation.is_private else "in direct messages"
    return PrivateReply(text=(Bold(ticket.reference), f" is open for {person.name}, who is told {where}."))


def find_person(context: Context, words: str) -> Person:
    """Somebody the desk knows. Raises Refused with what to write when it is nobody or several."""
    found = context.uow.people.search(words, platform=context.actor.platform) or context.uow.people.search(
        words
    )
    if not found:
        raise Refused(
            f"Nobody called `{words}` is known to the desk. Write their name, @handle or e-mail address; "
            "a name of several words in quotation marks."
        )
    if len(found) > 1:
        names = ", ".join(f"{each.name} ({each.key.partition(':')[2]})" for each in found[:5])
        raise Refused(f"`{words}` could be several people: {names}. Write the handle.")
    return found[0]


def find_agent(context: Context, words: str, team: Team) -> Person:
    """`me`, or an agent: with two people of one name, the one who is in the team."""
    if words.lower() == "me":
        return context.actor
    found = context.uow.people.search(words, platform=context.actor.platform) or context.uow.people.search(
        words
    )
    agents = [person for person in found if team.has_agent(person)]
    return agents[0] if len(agents) == 1 else find_person(context, words)


def find_team(context: Context, words: str) -> Team:
    return team_called(context.desk, words)


def team_called(desk: Desk, words: str) -> Team:
    """A team by its name or title, in any letter case. Raises Refused with the teams there are."""
    wanted = words.casefold()
    for team in desk.teams.values():
        if wanted in (team.name.casefold(), team.title.casefold()):
            return team
    meant = nearest(words, desk.teams)
    hint = f" Did you mean `{meant}`?" if meant else ""
    raise Refused(f"There is no team `{words}`.{hint} Teams: {', '.join(sorted(desk.teams))}.")


def _mine(context: Context) -> TicketFilter:
    return TicketFilter(assignee=context.actor.key)


def _teams(context: Context) -> frozenset[str]:
    return frozenset(team.name for team in context.desk.teams_of(context.actor))


def my_teams(context: Context) -> TicketFilter:
    return TicketFilter(teams=_teams(context))


def _unclaimed(context: Context) -> TicketFilter:
    return TicketFilter(teams=_teams(context), is_unassigned=True)


def _done(context: Context) -> TicketFilter:
    return TicketFilter(teams=_teams(context), statuses=frozenset({Status.RESOLVED, Status.CLOSED}))


_PRIORITY = Option(name="priority", kind=OptionKind.PRIORITY, label="Priority")
_TEAM = Option(name="team", kind=OptionKind.TEAM, label="Team")
_PERSON = Option(name="person", kind=OptionKind.PERSON, label="Person", hint="Name, @handle, e-mail, or me")
_REASON = Option(name="reason", label="Reason", is_required=False)

DESK_COMMANDS: tuple[Command, ...] = (
    Command(
        group="desk",
        verb="queue",
        summary="Open tickets of your teams, most urgent first.",
        who=Role.AGENT,
        handler=queue,
        reads=True,
        options=(Option(name="team", kind=OptionKind.TEAM, is_required=False),),
    ),
    Command(
        group="desk", verb="mine", summary="The tickets you have.", who=Role.AGENT, handler=mine, reads=True
    ),
    Command(
        group="desk",
        verb="claim",
        summary="Take a ticket that nobody has.",
        who=Role.AGENT,
        on_ticket=claim,
        fitting=_unclaimed,
        example="claim IT-12",
    ),
    Command(
        group="desk",
        verb="release",
        summary="Put a ticket back into the queue.",
        who=Role.AGENT,
        on_ticket=release,
        fitting=_mine,
    ),
    Command(
        group="desk",
        verb="assign",
        summary="Give a ticket to somebody of its team, or take it over.",
        who=Role.AGENT,
        on_ticket=assign,
        fitting=my_teams,
        options=(_PERSON,),
        form_title="Assign",
        example="assign IT-12 @bo",
    ),
    Command(
        group="desk",
        verb="reply",
        summary="Answer the requester.",
        who=Role.AGENT,
        on_ticket=reply,
        fitting=_mine,
        options=(Option(name="text", label="Your answer"),),
        takes_files=True,
        form_title="Reply to the requester",
        example="reply IT-12 it is on its way",
    ),
    Command(
        group="desk",
        verb="note",
        summary="A note that only the team sees.",
        who=Role.AGENT,
        on_ticket=note,
        fitting=_mine,
        options=(Option(name="text", label="Note", hint="Only the team sees it"),),
        takes_files=True,
        form_title="Internal note",
    ),
    Command(
        group="desk",
        verb="priority",
        summary="low, normal, high or urgent.",
        who=Role.AGENT,
        on_ticket=set_priority,
        fitting=my_teams,
        options=(_PRIORITY,),
        form_title="Priority",
        example="priority IT-12 high",
    ),
    Command(
        group="desk",
        verb="tag",
        summary="Add tags, and remove those with a minus.",
        who=Role.AGENT,
        on_ticket=tag,
        fitting=_mine,
        options=(Option(name="tags", kind=OptionKind.TAGS, label="Tags", hint="vpn office -printer"),),
        form_title="Tags",
        example="tag IT-12 vpn -printer",
    ),
    Command(
        group="desk",
        verb="transfer",
        summary="Move a ticket to another team.",
        who=Role.AGENT,
        on_ticket=transfer,
        fitting=my_teams,
        options=(_TEAM, _REASON),
        form_title="Transfer to another team",
        example="transfer IT-12 network it is the switch",
    ),
    Command(
        group="desk",
        verb="wait",
        summary="Wait for the requester, asking them something.",
        who=Role.AGENT,
        on_ticket=wait,
        fitting=_mine,
        options=(Option(name="question", label="Your question", is_required=False),),
        form_title="Wait for the requester",
    ),
    Command(
        group="desk",
        verb="hold",
        summary="Wait for a third party.",
        who=Role.AGENT,
        on_ticket=hold,
        fitting=_mine,
        options=(
            Option(name="reason", label="Waiting for what?", hint="The requester sees it", is_required=False),
        ),
        form_title="Put on hold",
    ),
    Command(
        group="desk",
        verb="resolve",
        summary="It is answered; the requester hears how.",
        who=Role.AGENT,
        on_ticket=resolve,
        fitting=_mine,
        options=(
            Option(
                name="resolution", label="How it was solved", hint="The requester sees it", is_required=False
            ),
        ),
        form_title="Resolve",
        example="resolve IT-12 new cable",
    ),
    Command(
        group="desk",
        verb="close",
        summary="Finish a ticket for good.",
        who=Role.AGENT,
        on_ticket=close,
        fitting=my_teams,
        options=(Option(name="reason", label="Why", hint="The requester sees it", is_required=False),),
        form_title="Close",
    ),
    Command(
        group="desk",
        verb="reopen",
        summary="Work on it again.",
        who=Role.AGENT,
        on_ticket=reopen,
        fitting=_done,
    ),
    Command(
        group="desk",
        verb="history",
        summary="Everything that happened to a ticket.",
        who=Role.AGENT,
        on_ticket=history,
        fitting=my_teams,
        reads=True,
    ),
    Command(
        group="desk",
        verb="on-behalf-of",
        summary="Open a ticket for somebody else.",
        who=Role.AGENT,
        handler=on_behalf_of,
        options=(_PERSON, Option(name="text", label="What do they need?")),
        form_title="A ticket for somebody else",
        example="on-behalf-of @ana her laptop does not start",
    ),
)
