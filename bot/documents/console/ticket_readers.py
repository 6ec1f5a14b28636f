"""Who reads what is written in a ticket's boxes: replies show where it was asked, notes to who follows it."""

from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets.copy_rules import is_as_private, is_read_by_requester
from bot.text.amounts import listed
from bot.text.sentences import words


def reply_label(context: Context, ticket: Ticket) -> str:
    """With everybody who reads the channel it was asked in; of an import there may be nobody."""
    language = context.language
    person = context.uow.people.find(ticket.requester)
    name = person.name if person is not None else ticket.requester
    threads = [
        each
        for each in context.uow.conversations.of_ticket(ticket.id)
        if each.side is Side.REQUESTER and not each.is_retired
    ]
    if not threads or not is_read_by_requester(context.uow, ticket):
        return words(language, "console.reply_to_nobody", name=name)
    if any(not is_as_private(each) for each in threads):
        inbox = context.desk.inboxes.get(ticket.inbox or "")
        if inbox is None:
            return words(language, "console.reply_to_channel", name=name)
        return words(language, "console.reply_to_inbox", name=name, inbox=inbox.name)
    if all(each.channel.is_direct for each in threads):
        return words(language, "console.reply_to_directs", name=name)
    return words(language, "console.reply_to", name=name)


def note_label(context: Context, ticket: Ticket) -> str:
    """With those who follow it for another team."""
    team, language = context.team_of(ticket), context.language
    followers = [
        each.person
        for each in context.uow.followers.of_ticket(ticket.id)
        if each.side is Side.TEAM and not each.is_removed
    ]
    people = context.uow.people.find_many(set(followers)) if followers else {}
    others = [people[each].name for each in followers if each in people and not team.has_agent(people[each])]
    if not others:
        return words(language, "console.note_for", team=team.title)
    return words(language, "console.note_for_others", team=team.title, people=listed(others, language))
