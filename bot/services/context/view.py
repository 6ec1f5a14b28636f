"""What rendering may look at: a reading transaction, the configuration and the time."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.sentence import Sentence
from bot.domain.tickets.conversation import Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import MessageLink, Span
from bot.messages.plain import plain
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.sight import Sight, sight_of
from bot.text.error_text import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What rendering may look at: a reading transaction, the configuration and the time."""

    uow: UnitOfWork
    desk: Desk
    now: datetime

    language: str = ""
    """What is said where it is shown: the channel's language, or that of the one person who reads it."""

    people: dict[str, Person] = field(default_factory=dict, repr=False, compare=False)
    """Those who were looked up for it: a list names the same few people over and over."""

    _told: dict[tuple[str, int], tuple[Sentence, str]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What was said of stored sentences, which are held on to: an id means something only while its object lives."""

    def team(self, ticket: Ticket) -> Team:
        return self.desk.team_of(ticket)

    def person(self, key: str) -> Person:
        """The person as last seen; somebody the desk has never met goes by the key."""
        if key not in self.people:
            found = self.uow.people.find(key)
            self.people[key] = found or Person(key=key, name=key.partition(":")[2] or key)
        return self.people[key]

    def told(self, stored: Sentence) -> str:
        """A stored sentence in plain text. A rule sends many tickets for one reason, which is worded once."""
        key = (self.language, id(stored))
        if key not in self._told:
            self._told[key] = (stored, plain(tell(self.language, stored)))
        return self._told[key][1]

    def sight(self, ticket: Ticket, key: str) -> Sight:
        """What somebody may see of the ticket now."""
        return sight_of(self.uow, self.desk, ticket, self.person(key))

    def name_for_requester(self, ticket: Ticket, key: str) -> str:
        """Somebody's name, or their team's title where the requester is not to read a name."""
        person = self.person(key)
        return self.desk.alias_of(ticket, person) or person.name

    def source_link(self, message: TicketMessage, label: str) -> MessageLink | None:
        """Where the team finds the message itself; direct messages are nobody else's to open."""
        if message.said_in is None or message.platform_id is None:
            return None
        said_in = self.uow.conversations.get(message.said_in)
        if said_in.channel.is_direct:
            return None
        return MessageLink(label, said_in.channel, message.platform_id, said_in.root)

    def card_link(self, ticket: Ticket, label: str) -> Span:
        """A link to the ticket's card in its team's channel; empty while there is no card yet."""
        for conversation in self.uow.conversations.of_ticket(ticket.id):
            if conversation.side is Side.TEAM and not conversation.is_retired and conversation.root:
                return MessageLink(label, conversation.channel, conversation.root)
        return ""
