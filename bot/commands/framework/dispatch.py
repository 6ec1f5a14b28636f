"""From a command's words or a pressed button to its handler: find, look up, check, do.

The ticket is locked before anything else is read, and rights are checked against what it is then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.caches.known_staff import KnownStaff
from bot.commands.framework.access import has_role, named_first, require, unknown_ticket, works_here
from bot.commands.framework.command import (
    Call,
    Command,
    Operations,
    Option,
    OptionKind,
)
from bot.commands.framework.forms import form_at, form_of
from bot.commands.framework.intake_forms import (
    about_category,
    first_step,
    fitted_to_place,
    second_step,
    without_privacy,
)
from bot.commands.framework.listings import OFFERED, choose_ticket
from bot.commands.framework.lookups import names_known, names_of_desk, ticket_here
from bot.commands.framework.mistakes.several_tickets import is_for_several, of_several
from bot.commands.framework.mistakes.unknown_command import unknown_command
from bot.commands.framework.parsing import Reference, meant_reference, parse, read_reference
from bot.commands.framework.registry import Registry
from bot.commands.framework.replies.collisions import ask_anyway, with_writers
from bot.commands.framework.replies.note_marks import keep_marked_note
from bot.commands.framework.replies.said_words import (
    unsent_words,
    with_readers,
    with_unsent_files,
    with_who_ended,
)
from bot.commands.framework.replies.typed_placeholders import ask_to_fill
from bot.commands.framework.replies.unread_words import ask_unread
from bot.commands.framework.suggestions import suggest
from bot.domain.desk import Desk
from bot.domain.errors import AlreadySo, FieldsRefused, Refused
from bot.domain.sentence import Sentence, sentence
from bot.domain.suggestions import did_you_mean
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import CommandGiven, Location, MessagePosted, SuggestionsWanted, VerbChosen
from bot.messages.outbound import Form, PrivateReply
from bot.ports.storage.tickets import MOST_COUNTED
from bot.services.context.context import Context
from bot.text.catalogue import best
from bot.text.sentences import joined, say


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """A command ready to be done."""

    command: Command
    group: str = ""
    reference: Reference | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    about: MessagePosted | None = None
    files: tuple[StoredFile, ...] = ()
    unread: str = ""
    is_form: bool = False
    missing: Mapping[str, Sentence] = field(default_factory=dict)
    """Fields that are still to be filled in, and what to say of each."""


class Dispatch:
    """Commands for `services/intake.py`: forms without, effects within a transaction."""

    def __init__(self, registry: Registry, operations: Operations) -> None:
        self.registry = registry
        self._operations = operations

    def form_for(self, event: CommandGiven | VerbChosen, desk: Desk, staff: KnownStaff) -> Form | None:
        """The form that this needs before it can be done; None when it can be done as it is, or by others alone."""
        command, rest = self._read(event)
        if command is None or not has_role(desk, event.actor, command):
            return None
        if _brings_files(event):
            return None  # a form would leave them behind
        if isinstance(event, VerbChosen):
            form = self._form_for_button(command, event, desk, staff)
        else:
            form = self._form_for_words(command, rest, event, desk, staff)
        if form is None or not command.opens_ticket:
            return form
        return fitted_to_place(form, desk, event.location, language=_language(event, desk))

    def _form_for_words(
        self, command: Command, rest: str, event: CommandGiven, desk: Desk, staff: KnownStaff
    ) -> Form | None:
        in_thread = event.location.thread is not None
        parsed = parse(
            command,
            rest,
            prefix=desk.prefix,
            in_ticket_thread=in_thread,
            name_at_start=names_of_desk(desk),
        )
        has_ticket = command.on_ticket is None or parsed.reference is not None or in_thread
        private = without_privacy(command, parsed.options)
        given = parsed.options if private is None else private
        if not (parsed.missing or private) or not has_ticket or parsed.mistaken:
            return None
        if command.asks_by_category and _asks_category_first(desk, event.location):
            return first_step(command, desk, given=given, language=_language(event, desk))
        ticket = f"{desk.prefix}-{parsed.reference.number}" if parsed.reference else None
        at = event.location.channel if parsed.reference is None else None
        return form_at(command, event, desk, staff, ticket=ticket, given=given, at=at)

    def _form_for_button(
        self, command: Command, event: VerbChosen, desk: Desk, staff: KnownStaff
    ) -> Form | None:
        if event.about is not None:
            return None
        if command.asks_by_category:
            return self._form_to_ask(command, event, desk)
        if event.is_form or not works_here(command, event, desk) or _mistaken_ticket(command, event, desk):
            return None
        # A private reply may offer tickets of anywhere; a card is of the team whose channel it is in.
        at = None if event.is_on_private_reply else event.location.channel
        return form_at(command, event, desk, staff, ticket=event.ticket, given=event.options, at=at)

    def _form_to_ask(self, command: Command, event: VerbChosen, desk: Desk) -> Form | None:
        language = _language(event, desk)
        if event.is_form:
            return second_step(command, desk, given=event.options, language=language)
        if event.options.get("category") in desk.categories:
            return about_category(command, desk, given=event.options, language=language)
        if _asks_category_first(desk, event.location):
            return first_step(command, desk, given=event.options, language=language)
        return form_of(command, desk, ticket=event.ticket, given=event.options, language=language)

    def only_reads(self, event: CommandGiven | VerbChosen) -> bool:
        """Whether doing what it asks for changes nothing."""
        command, _ = self._read(event)
        return command is not None and command.reads and not _writes(command, event)

    def shows_on_card(self, event: VerbChosen) -> bool:
        """Whether what it did can be read from the ticket's card, so that it need not be said beside it."""
        command = self.registry.named(event.verb)
        return command is not None and command.shows_on_card

    def _read(self, event: CommandGiven | VerbChosen) -> tuple[Command | None, str]:
        """The command that is meant, and what was typed after it."""
        if isinstance(event, VerbChosen):
            return self.registry.named(event.verb), ""
        return self.registry.read_typed(event.group, self.registry.as_typed(event.words, group=event.group))

    def suggest(self, context: Context, wanted: SuggestionsWanted) -> Sequence[tuple[str, str]]:
        """Values for an option that is being typed, best first, with what to show for each."""
        return suggest(context, self.registry, wanted)

    def run_words(self, context: Context, event: CommandGiven) -> PrivateReply | Form | None:
        """A typed command. Raises Refused."""
        command, rest = self._read(event)
        if command is None or not command.is_in(context.desk):
            return unknown_command(self.registry, context, event.group, event.words)
        if is_for_several(command, rest, prefix=context.desk.prefix):
            return of_several(
                self._call(context, event.location, _Order(command=command, files=event.stored)), rest
            )
        in_thread = ticket_here(context, event.location) is not None
        parsed = parse(
            command,
            rest,
            prefix=context.desk.prefix,
            in_ticket_thread=in_thread,
            name_at_start=names_known(context),
        )
        if parsed.mistaken and not in_thread:
            meant = did_you_mean(meant_reference(parsed.mistaken, prefix=context.desk.prefix))
            raise Refused(
                "commands.not_a_ticket", *meant, self._usage(context, command), text=parsed.mistaken
            )
        is_pickable = command.on_ticket is not None and parsed.reference is None and not in_thread
        if parsed.unread and not is_pickable:
            raise Refused("commands.not_understood", self._usage(context, command), text=parsed.unread)
        if event.stored and not command.takes_files:
            raise Refused("commands.takes_no_files", command=command.verb)
        order = _Order(
            command=command,
            group=event.group,
            reference=parsed.reference,
            options=parsed.options,
            files=event.stored,
            unread=parsed.unread,
        )
        require(context, command, None)
        refusal = command.lacks(context) if command.lacks is not None else None
        absent = [each for each in parsed.missing if not _is_said_by_files(command, each, event.stored)]
        if absent and not is_pickable and not refusal:
            missing = command.missing(absent[0])
            raise Refused(missing.key, self._usage(context, command), **missing.facts)
        return self._do(context, event.location, order)

    def run_verb(self, context: Context, event: VerbChosen) -> PrivateReply | Form | None:
        """A pressed button, a chosen menu entry or a submitted form."""
        command = self.registry.named(event.verb)
        if command is None or not command.is_in(context.desk):
            raise Refused("refusals.button_too_old")
        if mistaken := _mistaken_ticket(command, event, context.desk):
            raise Refused("commands.not_a_ticket", self._usage(context, command), text=mistaken)
        reference = read_reference(event.ticket, prefix=context.desk.prefix) if event.ticket else None
        options = {name: value for name, value in event.options.items() if value.strip()}
        if event.ticket and any(option.name == "ticket" for option in command.options):
            options["ticket"] = event.ticket
        order = _Order(
            command=command,
            reference=reference,
            options=options,
            about=event.about,
            files=event.stored,
            is_form=event.is_form,
            missing=_missing(command, options, event.stored) if event.about is None else {},
        )
        return self._do(context, event.location, order)

    def _do(self, context: Context, location: Location, order: _Order) -> PrivateReply | Form | None:
        command = order.command
        call = self._call(context, location, order)
        require(context, command, None)
        if command.lacks is not None and (refusal := command.lacks(context)) is not None:
            raise Refused(refusal.key, **refusal.facts)
        if command.on_ticket is None:
            _require_all(order)
            return self._done(command.handler(call), call) if command.handler else None
        ticket = self._ticket(context, location, order)
        if ticket is None:
            if order.files:
                raise Refused("commands.files_need_ticket", self._usage(context, command))
            _require_all(order)
            return self._choose(context, order)
        require(context, command, ticket)
        _require_all(order)
        if question := ask_to_fill(call, ticket) or ask_anyway(call, ticket):
            return question
        if kept := keep_marked_note(call, ticket) or ask_unread(call, ticket):
            return self._done(kept, call)
        try:
            reply = command.on_ticket(call, ticket)
        except AlreadySo as already:
            already.sentences = (*with_who_ended(already.sentences, call, ticket), *unsent_words(call))
            raise
        return self._done(with_writers(with_readers(reply, call, ticket), call, ticket), call)

    def _call(self, context: Context, location: Location, order: _Order) -> Call:
        return Call(
            context=context,
            command=order.command,
            group=order.group,
            location=location,
            options=order.options,
            about=order.about,
            files=order.files,
            is_form=order.is_form,
            operations=self._operations,
            registry=self.registry,
        )

    @staticmethod
    def _done(reply: PrivateReply | Form | None, call: Call) -> PrivateReply | Form | None:
        return with_unsent_files(reply, call.files, language=call.context.language)

    def _ticket(self, context: Context, location: Location, order: _Order) -> Ticket | None:
        """The ticket that was named, or that this thread belongs to; locked unless it is only read."""
        if order.reference is None:
            ticket_id = ticket_here(context, location)
        else:
            found = context.uow.tickets.find(order.reference.prefix, order.reference.number)
            if found is None:
                raise unknown_ticket(context, f"{context.desk.prefix}-{order.reference.number}")
            ticket_id = found.id
        if ticket_id is None:
            return None
        return (
            context.uow.tickets.get(ticket_id) if order.command.reads else context.uow.tickets.lock(ticket_id)
        )

    def _choose(self, context: Context, order: _Order) -> PrivateReply:
        command = order.command
        fits, count = _fitting(context, command)
        needs_form = any(
            option.is_required and option.name not in order.options for option in command.options
        )
        reply = choose_ticket(
            context,
            named_first(context, command, order.options.values(), fits),
            count=count,
            command=command,
            options=dict(order.options),
            opens_form=needs_form,
        )
        if order.unread:
            unread = say(context.language, "commands.not_a_ticket", text=order.unread)
            return replace(reply, text=joined(unread, reply.text))
        return reply

    def _usage(self, context: Context, command: Command) -> Sentence:
        name = self.registry.name_of(command.group, context.desk)
        return sentence("commands.usage", command=f"{name} {command.usage(context.language)}")


def _fitting(context: Context, command: Command) -> tuple[Sequence[Ticket], int]:
    """The first tickets that it may be meant for, and how many there are, as far as anybody counts."""
    fitting = command.fitting(context) if command.fitting else None
    if not fitting:
        return (), 0
    if command.would_do is None:
        found = context.uow.tickets.search(fitting, limit=OFFERED)
        return found, context.uow.tickets.count(fitting, at_most=MOST_COUNTED)
    would = [each for each in context.uow.tickets.search(fitting) if command.would_do(context, each)]
    return would[:OFFERED], len(would[:OFFERED])


def _asks_category_first(desk: Desk, location: Location) -> bool:
    """Whether categories ask something of their own, and there are any to choose from there."""
    return desk.custom_fields.are_asked_by_category and bool(desk.categories_at(location.channel))


def _mistaken_ticket(command: Command, event: VerbChosen, desk: Desk) -> str:
    """What was given as the ticket and is none, to a command that needs one."""
    if command.on_ticket is None or not event.ticket:
        return ""
    return "" if read_reference(event.ticket, prefix=desk.prefix) else event.ticket


def _brings_files(event: CommandGiven | VerbChosen) -> bool:
    """A form, which has a place of its own for files, is not asked for again."""
    if isinstance(event, CommandGiven):
        return bool(event.stored)
    return bool(event.files or event.stored) and not event.is_form


def _is_said_by_files(command: Command, option: Option, files: Sequence[StoredFile]) -> bool:
    """Whether files alone are enough: a message on a ticket needs no words then."""
    return (
        any(file.digest is not None for file in files)
        and command.on_ticket is not None
        and option.kind is OptionKind.TEXT
    )


def _missing(
    command: Command, options: Mapping[str, str], files: Sequence[StoredFile]
) -> dict[str, Sentence]:
    """The first required option that has no value."""
    needed = (
        each for each in command.options if each.is_required and not _is_said_by_files(command, each, files)
    )
    first = next((each for each in needed if not options.get(each.name)), None)
    return {} if first is None else {first.name: command.missing(first)}


def _require_all(order: _Order) -> None:
    """Raises FieldsRefused. Asked after the rights: who may not is told that."""
    if order.missing:
        raise FieldsRefused(order.missing)


def _language(event: CommandGiven | VerbChosen, desk: Desk) -> str:
    """That of forms: the actor's."""
    return best(event.actor.language, desk.language)


def _writes(command: Command, event: CommandGiven | VerbChosen) -> bool:
    if isinstance(event, VerbChosen):
        return command.writes_with in event.options
    return bool(command.writes_ending) and event.words.rstrip().lower().endswith(command.writes_ending)
