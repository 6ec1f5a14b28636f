"""Messages that the desk does not dare to place: their author is asked with buttons, and nothing is lost meanwhile.

A question goes by the outbox into the author's direct messages, so it is asked too where the message was read long
after it was written. What was just said in a channel is asked about there, where the platform can show that to its
author alone. A row keeps the message until the author has chosen; one that may be a request opens as one when
they have not chosen in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import AlreadySo, Refused
from bot.domain.tickets.conversation import Side, StoredFile
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.inbound import Location, MessagePosted
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.questions.open_questions import OpenQuestion
from bot.services.context.context import Context
from bot.services.tickets.communities import only_community
from bot.services.tickets.offers.words_beneath import drop_words
from bot.text.sentences import say, words

NEW = "new"
NOTHING = "nothing"
"""What may be chosen besides a ticket: a request of its own, or no request at all."""

PRIVATE: Final = "🔒"
"""Marks a ticket that its requester and the team alone read."""
MEANT_TICKET: Final = "requester.meant_ticket"
WHO_READS: Final = "requester.who_may_read"
"""Asked of a request before it is posted, by `offers.asked_readers`."""
MOST_SHOWN: Final = 4
"""Tickets with a button that shows them."""

SENTENCES = (
    "requester.shall_i_open",
    "requester.which_ticket",
    "requester.meant_command",
    MEANT_TICKET,
    WHO_READS,
)
_MAY_BE_REQUEST: Final = ("requester.shall_i_open", "requester.which_ticket")
"""Questions about what the team must hear; others are about the desk, or mostly about a request it has."""
ASKED: Final = "asked:"
OPENS_AFTER: Final = timedelta(minutes=15)
"""Of silence."""
MOST_TICKETS: Final = 4
"""Tickets that are offered: more buttons than this are not read; the others can be named."""
JUST_SAID = timedelta(minutes=2)
EXCERPT = 60
LABEL = 60
"""Characters of a message in the question, and of a ticket on its button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyCommand:
    """A command that a message was probably meant for, as a button does it: `group verb`, and how it is typed."""

    verb: str
    words: str
    ticket: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False


def ask_whether_new(context: Context, event: MessagePosted) -> PrivateReply | None:
    """Whether this is a request: it may be too short to be one. The question, where it is asked on the spot."""
    return _ask_where_it_stands(context, event, sentence="requester.shall_i_open")


def ask_whether_command(
    context: Context, event: MessagePosted, command: LikelyCommand
) -> PrivateReply | None:
    """Whether a verb was mistyped, or this is a request. The question, where it is asked on the spot."""
    return _ask_where_it_stands(context, event, sentence="requester.meant_command", command=command)


def _ask_where_it_stands(
    context: Context,
    event: MessagePosted,
    *,
    sentence: str,
    tickets: Sequence[Ticket] = (),
    command: LikelyCommand | None = None,
    may_be_new: bool = False,
) -> PrivateReply | None:
    is_there = is_asked_there(context, event)
    more = {"may_be_new": may_be_new}
    payload = _ask(
        context, event, sentence=sentence, tickets=tickets, is_there=is_there, command=command, more=more
    )
    if not is_there:
        return None
    text = question_text(payload, language=context.language)
    return PrivateReply(text=text, buttons=buttons(payload, language=context.language), is_question=True)


def is_asked_there(context: Context, event: MessagePosted) -> bool:
    """Whether it is asked about where it stands. Only news: nobody waits beside what was missed for an answer."""
    channel = event.location.channel
    return (
        not channel.is_direct
        and context.answers_in_channels(channel.platform)
        and context.now - event.at < JUST_SAID
    )


def ask_which(
    context: Context,
    event: MessagePosted,
    tickets: Sequence[Ticket],
    *,
    is_likely: bool,
    in_confidence: bool,
) -> None:
    """Which of these tickets of the author's it goes on with, the likeliest first, or whether it is something new.

    Something new is offered first unless the first ticket `is_likely`, and where it is said `in_confidence`.
    """
    _ask(
        context,
        event,
        sentence="requester.which_ticket",
        tickets=tickets,
        more={"is_likely": is_likely, "in_confidence": in_confidence},
    )


def ask_which_is_meant(
    context: Context, event: MessagePosted, tickets: Sequence[Ticket], *, may_be_new: bool
) -> PrivateReply | None:
    """Which of these tickets of the author's it asks how it stands; the first is the likeliest.

    The question, where it is asked on the spot. `may_be_new`: it may be about something that is no request yet.
    """
    shown = tickets[:MOST_SHOWN]
    return _ask_where_it_stands(context, event, sentence=MEANT_TICKET, tickets=shown, may_be_new=may_be_new)


def _ask(
    context: Context,
    event: MessagePosted,
    *,
    sentence: str,
    tickets: Sequence[Ticket],
    is_there: bool = False,
    command: LikelyCommand | None = None,
    more: Mapping[str, bool],
) -> Mapping[str, Any]:
    offered = tickets[:MOST_TICKETS]
    named = {"command": command.words} if command is not None else {}
    if sentence == MEANT_TICKET:
        named = {"request": offered[0].reference}
    payload = {
        "sentence": sentence,
        "words": {"text": _excerpt(event.text or ", ".join(file.name for file in event.stored)), **named},
        "command": asdict(command) if command is not None else None,
        "asked": event.key,
        "is_asked_there": is_there,
        **more,
        "person": event.actor.key,
        "tickets": [each.reference for each in offered],
        "subjects": [each.subject for each in offered],
        "read_in": [_read_in(context, each) for each in offered],
        "left_out": [each.reference for each in tickets[len(offered) :]],
        "channel": [event.location.channel.platform, event.location.channel.channel],
        "community": only_community(context, event),
        "message": event.message_id,
        "at": event.at.isoformat(),
        "text": event.text,
        "files": [asdict(file) for file in event.stored],
        "revision": event.revision,
        "quote": event.quote,
    }
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(ChannelRef.direct(event.actor.key)).id,
        key=question_key(event.key),
        payload=payload,
        now=context.now,
        is_urgent=True,
    )
    if opens_by_itself(payload):
        wait_for_choice(context, event.key)
    return payload


def _read_in(context: Context, ticket: Ticket) -> str:
    """The inbox in whose channel others read it; empty where it goes on in direct messages."""
    if ticket.is_private:
        return PRIVATE
    threads = context.uow.conversations.of_ticket(ticket.id)
    sides = [each for each in threads if each.side is Side.REQUESTER and not each.is_retired]
    return ticket.inbox or "" if any(not each.channel.is_direct for each in sides) else ""


def opens_by_itself(payload: Mapping[str, Any]) -> bool:
    """Whether it becomes a request where nobody chooses."""
    return payload["sentence"] in _MAY_BE_REQUEST or bool(payload.get("may_be_new"))


def question_text(payload: Mapping[str, Any], *, language: str) -> RichText:
    """What is asked."""
    facts = {name: str(fact) for name, fact in payload["words"].items()}
    return say(language, str(payload["sentence"]), **facts)


def what_follows(likely: str, *, may_be_new: bool, language: str) -> RichText:
    """What happens where nobody says which request is meant: the likeliest has this reference."""
    if may_be_new:
        return say(language, "requester.opens_by_itself")
    ask = words(language, "requester.button_ask_about", reference=likely)
    return say(language, "requester.team_reads_if_asked", button=ask)


def buttons(payload: Mapping[str, Any], *, language: str) -> tuple[Button, ...]:
    """What the author may choose."""
    asked = str(payload["asked"])
    if payload["sentence"] == "requester.shall_i_open":
        return (
            _button(words(language, "requester.button_open"), asked, NEW, is_primary=True),
            _button(words(language, "requester.button_no"), asked, NOTHING),
        )
    if payload["sentence"] == "requester.meant_command":
        command = LikelyCommand(**payload["command"])
        return (
            _command_button(command),
            _button(words(language, "requester.button_ask_team"), asked, NEW),
        )
    if payload["sentence"] == MEANT_TICKET:
        return _ways_to(payload, language=language)
    tickets = _ticket_buttons(payload, language=language)
    if payload.get("in_confidence"):
        new = words(language, "requester.button_new_private")
        return (_button(new, asked, NEW, is_primary=True), *tickets)
    new = words(language, "requester.button_new")
    likely = tickets[:1] if payload.get("is_likely", True) else []
    return (*likely, _button(new, asked, NEW), *tickets[len(likely) :])


def _ticket_buttons(payload: Mapping[str, Any], *, language: str) -> list[Button]:
    """Each says who reads it: a private one has a lock, another one is named with its inbox."""
    read_in = payload.get("read_in") or [""] * len(payload["tickets"])
    found = []
    for reference, subject, where in zip(payload["tickets"], payload["subjects"], read_in, strict=True):
        label = f"{PRIVATE} {reference} · {subject}" if where == PRIVATE else f"{reference} · {subject}"
        if where and where != PRIVATE:
            place = words(language, "requester.read_in", inbox=where)
            label = f"{reference} · {place} · {subject}"
        found.append(_button(subject_of(label, limit=LABEL), str(payload["asked"]), reference))
    return found


def _ways_to(payload: Mapping[str, Any], *, language: str) -> tuple[Button, ...]:
    """The likeliest is shown or the team is asked about it, it is something new, or one of the others is shown."""
    asked, first = str(payload["asked"]), str(payload["tickets"][0])
    shows = [
        Button(
            label=words(language, "requester.button_show_ticket", reference=reference),
            verb=verbs.SHOW,
            ticket=reference,
            is_primary=reference == first,
        )
        for reference in payload["tickets"]
    ]
    ask = words(language, "requester.button_ask_about", reference=first)
    new = words(language, "requester.button_new")
    return (*shows[:1], _button(ask, asked, first), _button(new, asked, NEW), *shows[1:])


def _command_button(command: LikelyCommand) -> Button:
    return Button(
        label=command.words,
        verb=command.verb,
        ticket=command.ticket,
        options=command.options,
        opens_form=command.opens_form,
        is_primary=True,
    )


def _button(label: str, asked: str, choice: str, *, is_primary: bool = False) -> Button:
    options = {"asked": asked, "choice": choice}
    return Button(label=label, verb=verbs.SORT, options=options, is_primary=is_primary)


def asked_about(context: Context, asked: str) -> MessagePosted:
    """The message that this question is about, as it reads now.

    Raises Refused where it is not the actor's or was deleted, and AlreadySo where it is part of a ticket.
    """
    payload = context.uow.outbox.payload_of(question_key(asked))
    if payload is None or payload["person"] != context.actor.key:
        raise Refused("refusals.question_over")
    channel = ChannelRef(*payload["channel"])
    known = context.uow.messages.find(channel, str(payload["message"]))
    if known is not None:
        reference = context.uow.tickets.get(known.ticket_id).reference
        raise AlreadySo("refusals.already_part_of", reference=reference)
    if payload.get("is_deleted"):
        raise Refused("refusals.message_deleted")
    return _event(context.actor, asked, channel, payload)


def wait_for_choice(context: Context, asked: str) -> None:
    """From now on, until it becomes a request by itself."""
    context.uow.people.remember(context.actor)
    due = context.now + OPENS_AFTER
    context.uow.open_questions.add(OpenQuestion(asked=asked, person=context.actor.key, due_at=due))


def _event(actor: Person, asked: str, channel: ChannelRef, payload: Mapping[str, Any]) -> MessagePosted:
    return MessagePosted(
        key=asked,
        actor=actor,
        location=Location(channel=channel, community=payload["community"]),
        at=datetime.fromisoformat(payload["at"]),
        message_id=str(payload["message"]),
        text=str(payload["text"]),
        stored=tuple(StoredFile(**file) for file in payload["files"]),
        revision=str(payload["revision"]),
        quote=str(payload["quote"]),
    )


def follow_edit(context: Context, asked: str, *, text: str, revision: str) -> bool:
    """The message was edited before its author chose. False where nothing is asked about it."""
    payload = context.uow.outbox.payload_of(question_key(asked))
    if payload is None:
        return False
    if str(payload["revision"]) < revision:
        changed = {"text": text, "revision": revision, "words": {**payload["words"], "text": _excerpt(text)}}
        context.uow.outbox.revise(question_key(asked), {**payload, **changed})
    return True


def follow_deletion(context: Context, asked: str) -> bool:
    """The message was deleted before its author chose, and the question goes. False where there is none about it."""
    payload = context.uow.outbox.payload_of(question_key(asked))
    if payload is None:
        return False
    context.uow.open_questions.settle(asked)
    drop_words(context, asked)
    context.uow.outbox.revise(
        question_key(asked), {**payload, "is_deleted": True, "text": "", "words": {"text": ""}}
    )
    return True


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT] + "…"


def show_answer(context: Context, asked: str) -> None:
    """Let the question say what became of the message, in place of its buttons."""
    context.uow.outbox.show_again([question_key(asked)])


def show_unanswered(context: Context, asked: str) -> None:
    """Let it say so, and that nobody chose that."""
    payload = context.uow.outbox.payload_of(question_key(asked))
    if payload is not None:
        context.uow.outbox.revise(question_key(asked), {**payload, "is_unanswered": True})


def question_key(asked: str) -> str:
    """Of the row that keeps what is asked."""
    return f"{ASKED}{asked}"
