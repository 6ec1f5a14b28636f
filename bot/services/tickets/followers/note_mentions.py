"""Who is named in a note with `@`: agents who may see it follow the ticket and are told; else its author is."""

import re
from collections.abc import Iterator, Sequence

from bot.domain import events as happened
from bot.domain.directory import Person
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.context.sight import Sight, sight_of
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.followers.followers import hears_already, is_agent_near, put_follower

MOST_NAMED = 10
"""People whom one note is read for."""
LONGEST_NAME = 3
"""Words of a name: `@Ana Maria Lima`."""
_AT = re.compile(r"(?<!\S)\(?@(?=\S)")


def follow_mentioned(context: Context, ticket: Ticket, note: TicketMessage) -> list[Sentence]:
    """Returns why somebody named is not told: they may not see notes on this ticket."""
    events: list[happened.Event] = []
    refused: list[Sentence] = []
    for person in _named(context, note.text):
        if sight_of(context.uow, context.desk, ticket, person) is not Sight.TEAMS_SIDE:
            refused.append(_why_not(context, ticket, person))
            continue
        if not hears_already(context, ticket, person, side=Side.TEAM):
            events.append(put_follower(context, ticket, person, side=Side.TEAM, is_mentioned=True))
        events.append(
            happened.PersonMentioned(
                actor=context.actor.key, at=context.now, person=person.key, message=note.id
            )
        )
    record_changes(context, ticket, events)
    return refused


def _named(context: Context, text: str) -> Sequence[Person]:
    """Those whom the desk knows, without the author; whom several could be meant by is nobody."""
    found = [person for words in _candidates(text) if (person := _one_of(context, words)) is not None]
    people = {person.key: person for person in found if not person.is_bot}
    people.pop(context.actor.key, None)
    return list(people.values())


def _candidates(text: str) -> Iterator[list[str]]:
    """The words after each `@`, as many as a name may have."""
    for found in list(_AT.finditer(text))[:MOST_NAMED]:
        yield text[found.end() :].split()[:LONGEST_NAME]


def _one_of(context: Context, words: list[str]) -> Person | None:
    """The longest name that somebody has."""
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length]).strip(".,;:!?()")
        if len(found := context.uow.people.search(name, platform=context.actor.platform)) == 1:
            return found[0]
    return None


def _why_not(context: Context, ticket: Ticket, person: Person) -> Sentence:
    """An agent of another team can be added; nobody else reads notes."""
    if is_agent_near(context, ticket, person):
        command = (
            f"{verbs.typed(context.desk.command_names, verbs.ADD_AGENT)} {ticket.reference} {person.name}"
        )
        return sentence("team.mention_of_other_team", name=person.name, command=command)
    return sentence("team.mention_of_no_agent", name=person.name)
