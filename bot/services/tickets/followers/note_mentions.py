"""Who is named in a note with `@`: agents who may see it follow the ticket and are told; else its author is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain import events as happened
from bot.domain.directory import Person
from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.domain.tickets.conversation import Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.context.membership import people_meant
from bot.services.context.sight import Sight, sight_of
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.followers.followers import hears_already, is_agent_near, put_follower

MOST_NAMED = 10
"""People whom one note is read for."""
LONGEST_NAME = 3
"""Words of a name: `@Ana Maria Lima`."""
_SIGNS = ".,;:!?()"
_EVERYBODY = frozenset({"here", "channel", "everyone"})
"""Names by which platforms call whoever is in a channel."""
_AT = re.compile(r"(?<!\S)\(?@(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMentions:
    """`told` are names of who hears of the note; `refused` says why others whom it names do not."""

    told: tuple[str, ...] = ()
    refused: tuple[Sentence, ...] = ()

    @property
    def in_words(self) -> tuple[Sentence, ...]:
        told = (sentence("team.mentions_told", people=self.told),) if self.told else ()
        return (*told, *self.refused)


def follow_mentioned(context: Context, ticket: Ticket, note: TicketMessage) -> NoteMentions:
    """Who may see notes on this ticket is told; of the others, and of names that nobody has, its author is."""
    events: list[happened.Event] = []
    refused: list[Sentence] = []
    told: list[str] = []
    people: dict[str, Person] = {}
    for typed in _candidates(note.text):
        found = _meant(context, typed)
        if len(found) == 1:
            people[found[0].key] = found[0]
        elif typed[0].strip(_SIGNS).casefold() not in _EVERYBODY:
            nobody = _nobody(context, ticket, typed[0].strip(_SIGNS), among=found)
            refused += (each for each in nobody if each not in refused)
    for person in people.values():
        if person.is_bot or person.key == context.actor.key:
            continue
        if sight_of(context.uow, context.desk, ticket, person) is not Sight.TEAMS_SIDE:
            refused.append(_why_not(context, ticket, person))
            continue
        told.append(person.name)
        if not hears_already(context, ticket, person, side=Side.TEAM):
            events.append(put_follower(context, ticket, person, side=Side.TEAM, is_mentioned=True))
        events.append(
            happened.PersonMentioned(
                actor=context.actor.key, at=context.now, person=person.key, message=note.id
            )
        )
    record_changes(context, ticket, events)
    return NoteMentions(told=tuple(told), refused=tuple(refused))


def _candidates(text: str) -> Iterator[list[str]]:
    """The words after each `@`, as many as a name may have."""
    for found in list(_AT.finditer(text))[:MOST_NAMED]:
        yield text[found.end() :].split()[:LONGEST_NAME]


def _meant(context: Context, words: list[str]) -> Sequence[Person]:
    """Whoever has the longest of these names; several where it is not known which of them is meant."""
    several: Sequence[Person] = ()
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length]).strip(_SIGNS)
        found = context.uow.people.search(name, platform=context.actor.platform)
        if len(found) == 1:
            return found
        several = several or found
    return several


def _nobody(context: Context, ticket: Ticket, name: str, *, among: Sequence[Person]) -> tuple[Sentence, ...]:
    """What begins with no letter is no name."""
    if not name[:1].isalpha():
        return ()
    if among:
        several = dict.fromkeys(each.name for each in among)
        return (sentence("team.mention_of_several", name=name, people=OneOf(tuple(several))),)
    staff = people_meant(context.uow, context.team_of(ticket).staff)
    called = {word: each.name for each in staff for word in (*each.name.split(), each.name)}
    close = nearest(name, called)
    return (
        sentence("team.mention_of_nobody", name=name),
        *did_you_mean(f"@{called[close]}" if close is not None else None),
    )


def _why_not(context: Context, ticket: Ticket, person: Person) -> Sentence:
    """An agent of another team can be added; nobody else reads notes."""
    if is_agent_near(context, ticket, person):
        command = (
            f"{verbs.typed(context.desk.command_names, verbs.ADD_AGENT)} {ticket.reference} {person.name}"
        )
        return sentence("team.mention_of_other_team", name=person.name, command=command)
    return sentence("team.mention_of_no_agent", name=person.name)
