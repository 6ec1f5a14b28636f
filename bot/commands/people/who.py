"""`/desk who @ana`, and "Who is this?" in a card's menu: a person, as far as the agent who asks may know of them."""

from collections.abc import Iterable
from itertools import chain

from bot.commands.framework.access import require_sight, unknown_ticket
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_known_person
from bot.commands.framework.parsing import read_reference
from bot.commands.framework.ticket_lists import ways_to
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.ports.intake import ShortcutOn
from bot.services.lookups.known_facts import facts_shown
from bot.services.lookups.wanted_answers import refresh_facts
from bot.services.people.profile import Profile, profile_of
from bot.text.sentences import words
from bot.views.people.person_page import person_page

MOST_REMOVABLE = 5
"""Notes with a button that removes them, the newest: a message has room for 25 buttons."""


def who(call: Call) -> PrivateReply:
    context = call.context
    person = _person_meant(call)
    profile = profile_of(context, person)
    if profile is None:
        raise Refused("commands.unknown_person", text=call.option("person") or person.name)
    refresh_facts(context, profile.keys)
    references, shows = ways_to(context, [*profile.open.tickets, *profile.earlier.tickets])
    authors = context.uow.people.find_many(each.author for each in profile.notes)
    text = person_page(
        profile,
        references=references,
        names={key: author.name for key, author in authors.items()},
        looked_up=_looked_up(call, profile),
        now=context.now,
        language=context.language,
    )
    return PrivateReply(text=text, buttons=(*_buttons(call, profile), *shows), is_page=True)


def _looked_up(call: Call, profile: Profile) -> Iterable[tuple[str, str]]:
    """Of every account of theirs that is known here, each fact once."""
    context = call.context
    facts = (facts_shown(context.uow, context.desk, each, language=context.language) for each in profile.keys)
    return dict.fromkeys(chain.from_iterable(facts))


def _person_meant(call: Call) -> Person:
    """Who was named, else who asked for the ticket that was pressed or whose thread this is."""
    if named := call.option("person"):
        return find_known_person(call.context, named)
    ticket = _ticket_meant(call)
    if ticket is None:
        missing = call.command.missing(call.command.options[0])
        raise Refused(missing.key, **missing.facts)
    require_sight(call.context, ticket)
    found = call.context.uow.people.find(ticket.requester)
    return found or Person(key=ticket.requester, name=ticket.requester.partition(":")[2])


def _ticket_meant(call: Call) -> Ticket | None:
    uow, location = call.context.uow, call.location
    if given := call.option("ticket"):
        reference = read_reference(given, prefix=call.context.desk.prefix)
        if reference is None:
            return None
        found = uow.tickets.find(reference.prefix, reference.number)
        if found is None:
            raise unknown_ticket(call.context, f"{call.context.desk.prefix}-{reference.number}")
        return found
    conversation = uow.conversations.find(location.channel, location.thread) if location.thread else None
    if conversation is None or conversation.ticket_id is None:
        return None
    return uow.tickets.get(conversation.ticket_id)


def _buttons(call: Call, profile: Profile) -> tuple[Button, ...]:
    language, key = call.context.language, profile.person.key
    buttons = []
    if profile.open.count + profile.earlier.count > len(profile.open.tickets) + len(profile.earlier.tickets):
        query = f'from:"{key}"' if " " in key else f"from:{key}"
        label = words(language, "people.button_tickets")
        buttons.append(Button(label=label, verb=verbs.SEARCH, options={"query": query}))
    if profile.takes_notes:
        label = words(language, "people.button_note")
        buttons.append(
            Button(label=label, verb=verbs.NOTE_ON_ACCOUNT, options={"account": key}, opens_form=True)
        )
    numbered = list(enumerate(profile.notes, start=1))
    for place, note in numbered[-MOST_REMOVABLE:]:
        label = words(language, "people.button_remove_note", number=place)
        buttons.append(Button(label=label, verb=verbs.REMOVE_PERSON_NOTE, options={"number": str(note.id)}))
    return tuple(buttons)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.WHO,
        place=27,
        who=Role.AGENT,
        handler=who,
        only_shows=True,
        options=(
            Option(name="person", kind=OptionKind.PERSON, is_required=False),
            Option(name="ticket", kind=OptionKind.WORD, is_required=False, is_form_only=True),
        ),
        shortcuts=(ShortcutOn.PERSON,),
        replies_privately=True,
        menu_group="team",
        example="who @ana",
    ),
)
