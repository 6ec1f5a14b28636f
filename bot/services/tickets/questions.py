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
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.privacy_words import wants_confidence
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.inbound import Location, MessagePosted, message_key
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
MOST_SHOWN: Final = 4
"""Tickets with a button that shows them."""

SENTENCES = ("requester.shall_i_open", "requester.which_ticket", "requester.meant_command", MEANT_TICKET)
_MAY_BE_REQUEST: Final = ("requester.shall_i_open", "requester.which_ticket")
"""Questions about what the team must hear; the others are about the desk, or about a request it has."""
_ASKED: Final = "asked:"
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
    payload = _ask(
        context,
        event,
        sentence=sentence,
        tickets=tickets,
        is_there=is_there,
        command=command,
        may_be_new=may_be_new,
    )
    if not is_there:
        return None
    text = say(context.language, sentence, **payload["words"])
    return PrivateReply(text=text, buttons=buttons(payload, language=context.language), is_question=True)


def is_asked_there(context: Context, event: MessagePosted) -> bool:
    """Whether it is asked about where it stands. Only news: nobody waits beside what was missed for an answer."""
    channel = event.location.channel
    return (
        not channel.is_direct
        and context.answers_in_channels(channel.platform)
        and context.now - event.at < JUST_SAID
    )


def ask_which(context: Context, event: MessagePosted, tickets: Sequence[Ticket]) -> None:
    """Which of these tickets of the author's it goes on with, the likeliest first, or whether it is something new."""
    _ask(context, event, sentence="requester.which_ticket", tickets=tickets)


def ask_which_is_meant(
    context: Context, event: MessagePosted, tickets: Sequence[Ticket], *, may_be_new: bool
) -> PrivateReply | None:
    """Which of these tickets of the author's it asks how it stands; the first is the likeliest.

    The question, where it is asked on the spot. How they stand is an answer, unless it `may_be_new`.
    """
    return _ask_where_it_stands(
        context, event, sentence=MEANT_TICKET, tickets=tickets[:MOST_SHOWN], may_be_new=may_be_new
    )


def _ask(
    context: Context,
    event: MessagePosted,
    *,
    sentence: str,
    tickets: Sequence[Ticket],
    is_there: bool = False,
    command: LikelyCommand | None = None,
    may_be_new: bool = False,
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
        "may_be_new": may_be_new,
        "person": event.actor.key,
        "tickets": [each.reference for each in offered],
        "subjects": [each.subject for each in offered],
        "read_in": [PRIVATE if each.is_private else each.inbox or "" for each in offered],
        "in_confidence": bool(offered) and wants_confidence(event.text),
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
        key=_key(event.key),
        payload=payload,
        now=context.now,
        is_urgent=True,
    )
    if _opens_by_itself(payload):
        _wait(context, event.key)
    return payload


def _opens_by_itself(payload: Mapping[str, Any]) -> bool:
    """Whether it becomes a request where nobody chooses."""
    return payload["sentence"] in _MAY_BE_REQUEST or bool(payload.get("may_be_new"))


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
    return (*tickets[:1], _button(words(language, "requester.button_new"), asked, NEW), *tickets[1:])


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
    payload = context.uow.outbox.payload_of(_key(asked))
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


def asked_under(context: Context, channel: ChannelRef, *, thread: str) -> str | None:
    """The key of the message that is, or was, asked about at the root of this thread: it is that, or the question."""
    key = message_key(channel, thread)
    if context.uow.outbox.payload_of(_key(key)) is not None:
        return key
    if not channel.is_direct:
        return None
    shown = context.uow.outbox.key_shown(context.uow.conversations.of_channel(channel).id, post=thread)
    return shown.removeprefix(_ASKED) if shown is not None and shown.startswith(_ASKED) else None


def waits_for_words(context: Context, asked: str) -> bool:
    """Whether what is said under it now is to be kept; its question is locked then.

    A question that needs no answer waits from then on: whoever writes on under their own message wants the team.
    """
    if context.uow.open_questions.lock(asked):
        return True
    payload = context.uow.outbox.payload_of(_key(asked))
    if payload is None or payload.get("is_deleted") or _opens_by_itself(payload):
        return False
    if payload["person"] != context.actor.key or ticket_of(context, asked) is not None:
        return False
    _wait(context, asked)
    return True


def ticket_of(context: Context, asked: str) -> Ticket | None:
    """The ticket, locked, that the message has become part of."""
    payload = context.uow.outbox.payload_of(_key(asked))
    if payload is None:
        return None
    found = context.uow.messages.find(ChannelRef(*payload["channel"]), str(payload["message"]))
    return context.uow.tickets.lock(found.ticket_id) if found is not None else None


def _wait(context: Context, asked: str) -> None:
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
    payload = context.uow.outbox.payload_of(_key(asked))
    if payload is None:
        return False
    if str(payload["revision"]) < revision:
        changed = {"text": text, "revision": revision, "words": {**payload["words"], "text": _excerpt(text)}}
        context.uow.outbox.revise(_key(asked), {**payload, **changed})
    return True


def follow_deletion(context: Context, asked: str) -> bool:
    """The message was deleted before its author chose, and the question goes. False where there is none about it."""
    payload = context.uow.outbox.payload_of(_key(asked))
    if payload is None:
        return False
    context.uow.open_questions.settle(asked)
    drop_words(context, asked)
    context.uow.outbox.revise(_key(asked), {**payload, "is_deleted": True, "text": "", "words": {"text": ""}})
    return True


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT] + "…"


def show_answer(context: Context, asked: str) -> None:
    """Let the question say what became of the message, in place of its buttons."""
    context.uow.outbox.show_again([_key(asked)])


def show_unanswered(context: Context, asked: str) -> None:
    """Let it say so, and that nobody chose that."""
    payload = context.uow.outbox.payload_of(_key(asked))
    if payload is not None:
        context.uow.outbox.revise(_key(asked), {**payload, "is_unanswered": True})


def _key(asked: str) -> str:
    return f"{_ASKED}{asked}"
