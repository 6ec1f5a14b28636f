"""`/desk on-behalf-of`: a ticket for somebody who called or came by."""

from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_person
from bot.domain.errors import Refused
from bot.messages.outbound import PrivateReply
from bot.ports.intake import ShortcutOn
from bot.services.tickets.communities import server_meant
from bot.services.tickets.limits import admit
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.services.tickets.requester_side import Place, place_of


def on_behalf_of(call: Call) -> PrivateReply:
    """Open a ticket for somebody who called or stood at the desk; they are answered in direct messages."""
    person = find_person(call.context, call.option("person"))
    place = place_of(call.context, requester=person, channel=call.location.channel, is_private=True)
    if place is Place.NOWHERE:
        raise Refused("refusals.requester_unreachable", name=person.name)
    admit(call.context, person, call.location.channel, text=call.option("text"))
    ticket = open_ticket(
        call.context,
        NewRequest(
            requester=person,
            text=call.option("text"),
            channel=call.location.channel,
            said_at=call.context.now,
            files=call.files,
            is_private=True,
            community=server_meant(call.context.desk, call.location, chosen=call.option("community")),
        ),
    )
    is_in_thread = place is Place.PRIVATE_THREAD
    key = "answers.created_for_in_private_thread" if is_in_thread else "answers.created_for"
    return call.answer(key, reference=ticket.reference, name=person.name)


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk on-behalf-of",
        place=200,
        who=Role.AGENT,
        handler=on_behalf_of,
        options=(
            Option(name="person", kind=OptionKind.PERSON),
            Option(name="text"),
        ),
        has_form=True,
        takes_files=True,
        shortcuts=(ShortcutOn.PERSON,),
        by_mention=ByMention.ALWAYS,
        opens_ticket=True,
        replies_privately=True,
        example="on-behalf-of @ana her laptop does not start",
        menu_group="team",
    ),
)
