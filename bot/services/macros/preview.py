"""What a macro would say and change on a ticket just now, before anything of it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from zlib import crc32

from bot.domain.macros.macro import Macro, MacroAssignee
from bot.domain.macros.placeholders import FilledText, Placeholder
from bot.domain.macros.written_macro import LONGEST_TEXT
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.macros.application import fields_left_out, fields_set
from bot.services.macros.changes_in_words import changes_in_words
from bot.services.macros.filled_text import fields_by_placeholder, fill_macro
from bot.services.macros.known_macros import KnownMacro
from bot.services.tickets.fields.requirements import missing_to_resolve
from bot.services.tickets.replies.colleague_words import told_at

_TICKS: Final = 1000
"""A second has so many in a mark of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroPreview:
    """`changes` are those that would change something; `left_out` names fields that this ticket does not have."""

    known: KnownMacro
    filled: FilledText
    told_at: datetime | None = None
    """When the requester was told something last: a preview from before that is not sent unseen."""
    changes: tuple[Sentence, ...] = ()
    left_out: tuple[str, ...] = ()
    required: tuple[CustomField, ...] = ()
    """What resolving needs and neither the ticket nor the macro has."""

    @property
    def macro(self) -> Macro:
        return self.known.macro

    @property
    def is_ready(self) -> bool:
        """Whether it can be sent as it is."""
        return not self.filled.missing and not self.required

    @property
    def is_editable(self) -> bool:
        """Whether a form shows the text whole, and it could be sent from there."""
        return len(self.filled.text) <= LONGEST_TEXT and not self.required

    @property
    def mark(self) -> str:
        """Differs once its text or its changes do, and once somebody has answered."""
        shown = repr((self.macro, self.filled.text, self.told_at))
        return f"{crc32(shown.encode(errors='replace')):x}"

    @property
    def mark_of_time(self) -> str:
        """What `seen_until` reads: nothing that was told by then is after it."""
        return f"{int(self.told_at.timestamp() * _TICKS) + 1:x}" if self.told_at else "0"

    @property
    def mark_of_changes(self) -> str:
        changed = (self.macro.name, *(str(each) for each in self.changes), *self.left_out)
        return f"{crc32(repr(changed).encode(errors='replace')):x}"


def seen_until(mark: str) -> datetime | None:
    """Up to when what was told had been seen with a `mark_of_time`; None for what is no such mark."""
    try:
        return datetime.fromtimestamp(int(mark, 16) / _TICKS, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def preview_macro(context: Context, ticket: Ticket, known: KnownMacro) -> MacroPreview:
    macro = known.macro
    return MacroPreview(
        known=known,
        filled=fill_macro(context, ticket, macro),
        told_at=told_at(context.uow, ticket),
        changes=tuple(changes_in_words(context, _what_would_change(context, ticket, macro))),
        left_out=tuple(fields_left_out(context, ticket, macro)),
        required=_required(context, ticket, macro),
    )


def missing_in_words(context: Context, ticket: Ticket, missing: Iterable[Placeholder]) -> Iterator[Sentence]:
    """Each placeholder without a value, and what it lacks."""
    fields = fields_by_placeholder(context.desk.custom_fields)
    for each in missing:
        field = fields.get(each.name)
        if field is None or field.is_for_agents:
            yield sentence("macros.no_value", placeholder=each.written)
        elif field.name in {one.name for one in context.desk.custom_fields.of(ticket)}:
            label = field.label_in(context.language)
            command = (
                f"{verbs.typed(context.desk.command_names, verbs.SET)} {ticket.reference} {field.name}=…"
            )
            yield sentence("macros.field_empty", placeholder=each.written, label=label, command=command)
        else:
            yield sentence("macros.field_elsewhere", placeholder=each.written, reference=ticket.reference)


def _what_would_change(context: Context, ticket: Ticket, macro: Macro) -> Macro:
    """Without what is so already."""
    fields = {
        field.name: value
        for field, value in fields_set(context, ticket, macro)
        if ticket.fields.get(field.name, "") != value
    }
    is_given = ticket.assignee == (context.actor.key if macro.assign is MacroAssignee.SENDER else None)
    return replace(
        macro,
        add_tags=tuple(each for each in macro.add_tags if each not in ticket.tags),
        remove_tags=tuple(each for each in macro.remove_tags if each in ticket.tags),
        priority=None if macro.priority is ticket.priority else macro.priority,
        fields=fields,
        assign=None if is_given else macro.assign,
        team=None if macro.team == ticket.team else macro.team,
        status=None if macro.status is ticket.status else macro.status,
    )


def _required(context: Context, ticket: Ticket, macro: Macro) -> tuple[CustomField, ...]:
    if macro.status is not Status.RESOLVED:
        return ()
    missing = missing_to_resolve(context, ticket, has_words=True)
    set_by_it = {field.name for field, value in fields_set(context, ticket, macro) if value}
    return tuple(each for each in missing.fields if each.name not in set_by_it)
