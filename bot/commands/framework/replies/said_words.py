"""What the answer to a command adds of the words that came with it: who reads them, and what reached nobody."""

from collections.abc import Iterable
from dataclasses import replace

from bot.commands.framework.command import Call, ReadBy
from bot.domain.directory import DESK
from bot.domain.events import StatusChanged
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import Bold, Form, PrivateReply
from bot.services.tickets.merges.readers import other_requesters
from bot.text.sentences import joined, say

_ENDED = {Status.RESOLVED: "refusals.already_resolved_by", Status.CLOSED: "refusals.already_closed_by"}


def with_readers(reply: PrivateReply | Form | None, call: Call, ticket: Ticket) -> PrivateReply | Form | None:
    """The answer, and who reads the words that were given, each as far as a line shows them."""
    if not isinstance(reply, PrivateReply) or reply.is_error:
        return reply
    for option in call.command.options:
        text = call.option(option.name)
        if option.read_by is not None and text:
            readers = call.seen(_readers(option.read_by, call, ticket), text, on=ticket)
            is_news = reply.is_news or bool(other_requesters(call.context.uow, ticket))
            reply = replace(reply, text=joined(reply.text, readers), is_news=is_news)
    return reply


def with_unsent_files(
    reply: PrivateReply | Form | None, files: Iterable[StoredFile], *, language: str
) -> PrivateReply | Form | None:
    """The answer, and which of the files that came along went nowhere, and why: the words went all the same."""
    if isinstance(reply, Form) or (reply is not None and reply.is_error):
        return reply
    for file in files:
        if file.digest is None:
            unsent = say(language, "answers.file_not_sent", file=Bold(file.name), problem=file.problem)
            reply = (
                PrivateReply(text=unsent)
                if reply is None
                else replace(reply, text=joined(reply.text, unsent))
            )
    return reply


def unsent_words(call: Call) -> tuple[Sentence, ...]:
    """What was typed for others and reaches nobody, because the command was refused."""
    given = (call.option(each.name) for each in call.command.options if each.read_by is not None)
    return tuple(sentence("refusals.words_not_sent", text=text) for text in given if text)


def with_who_ended(sentences: tuple[Sentence, ...], call: Call, ticket: Ticket) -> tuple[Sentence, ...]:
    """A refusal because the ticket is resolved or closed already, with who did that and when; not what time did."""
    first, *others = sentences
    key = _ENDED.get(ticket.status)
    if first.key != "refusals.already_status" or key is None:
        return sentences
    entries = call.context.uow.audit_log.of_ticket(ticket.id)
    ended = [each for each in entries if each.event == StatusChanged.stored_as]
    person = call.context.uow.people.find(ended[-1].actor) if ended else None
    if person is None or person.key == DESK:
        return sentences
    alias = "" if call.context.is_agent_of(ticket) else call.context.desk.alias_of(ticket, person)
    by = sentence(key, reference=ticket.reference, name=alias or person.name, at=ended[-1].at)
    return (by, *others)


def _readers(read_by: ReadBy, call: Call, ticket: Ticket) -> ReadBy:
    is_by_another = not call.context.is_requester_of(ticket)
    return ReadBy.REQUESTER if read_by is ReadBy.TEAM and is_by_another else read_by
