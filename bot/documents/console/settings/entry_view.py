"""What a form of `desk.yaml` shows, and what its preview says besides what every change's preview says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.documents.console.settings.choice_list import DirectoryNames
from bot.documents.console.settings.condition_rows import KEYS
from bot.documents.console.settings.entries import fields_of, placed_rule
from bot.documents.console.settings.file_values import is_yes, text_in, value_at
from bot.documents.console.settings.forms.entry_field import EntryFieldKind
from bot.documents.console.settings.forms.field_views import FieldView
from bot.documents.console.settings.forms.typed_values import EntryValues
from bot.documents.console.settings.settings_view import OthersView, ProblemLine
from bot.domain.settings.file_change import FileChange
from bot.messages.outbound import RichText
from bot.ports.console.settings_entries import EntryKind, EntryPlace
from bot.text.amounts import listed_texts
from bot.text.sentences import say


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row of a condition. `key` is empty for what the form only shows."""

    key: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A form. `problems` are those that `deskbell check` finds; `new_rows` has keys and values of rows to add."""

    place: EntryPlace
    title: str
    over: str
    opened: str
    others: OthersView | None = None
    rule: str = ""
    """Of an inbox: that of the rule for it alone, which says where its requests go."""
    team: str = ""
    fields: Sequence[FieldView]
    is_writable: bool
    reason: str = ""
    rows: Sequence[RowView] = ()
    new_rows: Sequence[RowView] = ()
    is_any: bool = False
    refusal: RichText = ()
    problems: Sequence[ProblemLine] = ()
    choices: DirectoryNames
    keys: Sequence[str] = field(default=KEYS)
    alone: Sequence[str] = ()
    """What of it no field asks, and the file says."""

    @property
    def groups(self) -> Sequence[str]:
        """The headings below which there are fields, in their order."""
        return tuple(dict.fromkeys(each.group for each in self.fields if each.group))

    @property
    def open_groups(self) -> frozenset[str]:
        """Those in which something is said or wrong."""
        return frozenset(
            field.group for field in self.fields if field.is_said or any(each.problem for each in field.every)
        )

    @property
    def wrong(self) -> Sequence[FieldView]:
        return [each for field in self.fields for each in field.every if each.problem]

    @property
    def is_refused(self) -> bool:
        return bool(self.refusal or self.problems or self.wrong)


def remarks_of(
    language: str,
    place: EntryPlace,
    entry: Mapping[str, Any],
    written: EntryValues,
    changes: Sequence[FileChange],
    values: Mapping[str, Any],
    choices: DirectoryNames,
) -> tuple[RichText, ...]:
    """`entry` is as the file has it, and empty for a new one."""
    found = list(_placed(language, changes, values)) if not place.name else []
    if (
        place.kind is EntryKind.INBOX
        and is_yes(entry.get("private"))
        and written.values.get("private") is False
    ):
        channel = choices.channels.label_of(text_in(written.values.get("channel", entry.get("channel"))))
        channel = f"#{channel.removeprefix(choices.making)}" if _is_made(channel, choices) else channel
        found.append(say(language, "desk_forms.not_private", channel=channel))
    for each in fields_of(place.kind, is_new=not place.name):
        if each.kind is EntryFieldKind.CHANNEL:
            channel = text_in(written.values.get(each.name, value_at(entry, each.path)))
            is_new = channel != text_in(value_at(entry, each.path)) and not choices.channels.knows(channel)
            if is_new and _is_made(channel, choices):
                found.append(
                    say(language, "desk_forms.new_channel", name=channel.removeprefix(choices.making))
                )
    return tuple(found)


def _placed(language: str, changes: Sequence[FileChange], values: Mapping[str, Any]) -> Iterator[RichText]:
    """Where a new rule stands, and which come before it."""
    found = placed_rule(changes, values)
    if found is None:
        return
    name, before = found
    if not before:
        yield say(language, "desk_forms.rule_first", name=name)
        return
    rules = listed_texts([say(language, "desk_forms.place_rule", name=each) for each in before], language)
    yield say(language, "desk_forms.rule_after", name=name, places=rules)


def _is_made(channel: str, choices: DirectoryNames) -> bool:
    """Whether the file names a channel where naming one makes it."""
    return bool(choices.making) and channel.startswith(choices.making)
