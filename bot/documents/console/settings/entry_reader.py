"""Forms of entries of `desk.yaml`, as a desk shows and takes them.

A form is a change of the file's text; what it would do is shown by the preview that the whole file has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.caches.platform_choices import PlatformChoices
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.settings.choice_list import DirectoryNames, choices_of
from bot.documents.console.settings.condition_rows import ANY, KEYS, NEW_ROWS, rows_of
from bot.documents.console.settings.entries import (
    added_at,
    addition,
    entry_at,
    entry_changes,
    fields_of,
    own_rule,
    path_of,
)
from bot.documents.console.settings.entry_view import EntryView, RowView, remarks_of
from bot.documents.console.settings.file_pages import FilePages
from bot.documents.console.settings.file_values import keyed, text_in
from bot.documents.console.settings.finding_places import by_field
from bot.documents.console.settings.forms.field_views import FormTexts, field_views
from bot.documents.console.settings.forms.file_alone import told_alone
from bot.documents.console.settings.forms.typed_values import EntryValues, written_in
from bot.documents.console.settings.meanwhile import RebasedEntry, rebased
from bot.documents.console.settings.settings_reader import SettingsReader
from bot.documents.console.settings.settings_view import (
    EditorView,
    OthersView,
    ProblemLine,
    looked_at,
    others_since,
    text_opened,
)
from bot.domain.errors import ConfigurationError, Refused
from bot.domain.settings.desk_version import digest_of
from bot.domain.settings.file_change import FileChange
from bot.messages.outbound import RichText
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.console.settings import RefusedSettings, TypedSettings
from bot.ports.console.settings_entries import (
    EntryChange,
    EntryDeed,
    EntryKind,
    EntryPlace,
    EntryStep,
    TypedEntry,
)
from bot.ports.settings_file import SettingsFile
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.services.settings.versions import LONGEST_REASON
from bot.text.catalogue import FALLBACK
from bot.text.error_text import explain, tell
from bot.text.sentences import say, words

WAIT_S: Final = 6.0
"""How long a form waits for what platforms list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """The file as one request reads it."""

    text: str
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        return digest_of(self.text)


class EntryReader(FilePages):
    def __init__(
        self,
        frame: ConsoleFrame,
        *,
        storage: Storage,
        contexts: ContextFactory,
        file: SettingsFile,
        settings: SettingsReader,
        choices: PlatformChoices,
    ) -> None:
        super().__init__(frame, storage=storage, contexts=contexts, file=file)
        self._settings = settings
        self._choices = choices

    async def form(self, visitor: ConsoleVisitor, place: EntryPlace) -> ConsolePage:
        choices = choices_of(await self._choices.looks(within_s=WAIT_S))

        def read(context: Context) -> EntryView | None:
            return self._view(context, self.file_read(), place, None, choices)

        try:
            view = await self._read(visitor, read)
        except ConfigurationError:
            return await self._settings.editor(visitor)
        return self._frame.missing(visitor) if view is None else self._page(visitor, view)

    async def sent(
        self, visitor: ConsoleVisitor, place: EntryPlace, typed: TypedEntry
    ) -> ConsolePage | RefusedSettings:
        choices = choices_of(await self._choices.looks(within_s=WAIT_S))

        def read(context: Context) -> EntryView | EditorView | None:
            base = self.file_read()
            if typed.step is EntryStep.AGAIN:
                return self._view(context, base, place, typed, choices)
            return self._previewed(context, base, place, typed, choices)

        try:
            found = await self._read(visitor, read)
        except ConfigurationError:
            return RefusedSettings(page=await self._settings.editor(visitor))
        if found is None:
            return RefusedSettings(page=self._frame.missing(visitor))
        if isinstance(found, EditorView):
            return self._settings.edited(visitor, found)
        page = self._page(visitor, found)
        return RefusedSettings(page=page) if found.is_refused else page

    def file_read(self) -> FileRead:
        """Raises ConfigurationError."""
        text = self._file.text()
        return FileRead(text=text, values=self._file.checked(text).sections)

    def edited_text(self, base: str, changes: Sequence[FileChange]) -> str:
        """As a browser would send it: with line feeds alone. Raises Refused."""
        return self._file.edited(base, changes).replace("\r\n", "\n")

    def _previewed(
        self,
        context: Context,
        base: FileRead,
        place: EntryPlace,
        typed: TypedEntry,
        choices: DirectoryNames,
    ) -> EntryView | EditorView | None:
        path = path_of(place.kind, place.name, base.values) if place.name else ()
        if path is None:
            return None
        fields = fields_of(place.kind, is_new=not place.name)
        entry = entry_at(path, base.values) if path else None
        written = written_in(fields, typed.typed, choices, context.language, entry=entry)
        if written.problems:
            return self._view(context, base, place, typed, choices, problems=written.problems)
        others: OthersView | None = None
        try:
            if typed.over != base.digest:
                before = self._opened(context, typed, base)
                others = others_since(context, before, base.text)
                if path:
                    merged = self._rebased(context, base, place, typed, written, choices, before=before)
                    typed = replace(typed, typed=merged.typed)
                    if merged.conflicts or merged.condition:
                        return self._asked(context, base, place, typed, choices, merged=merged, others=others)
                    written = written_in(fields, typed.typed, choices, context.language, entry=entry)
            if path:
                changes = entry_changes(place.kind, path, base.values, written, typed.typed, choices)
            else:
                changes = addition(place.kind, base.values, written, typed.typed, choices)
            text = self.edited_text(base.text, changes)
        except Refused as refused:
            why = explain(context.language, refused)
            return self._view(context, base, place, typed, choices, refusal=why)
        sent = TypedSettings(text=text, over=base.digest, reason=typed.reason)
        view = looked_at(context, self._file, sent)
        if not view.is_refused:
            told = remarks_of(context.language, place, entry or {}, written, changes, base.values, choices)
            change = replace(view.change, told=(*view.change.told, *told)) if view.change else None
            made_of = EntryChange(place=place, deed=EntryDeed.SENT, typed=typed.typed)
            return replace(view, change=change, others=others, made_of=made_of)
        found = view.change.problems if view.change is not None else ()
        at_fields, rest = by_field(found, text, path or added_at(changes, base.values), fields, written)
        return self._view(
            context,
            base,
            place,
            typed,
            choices,
            problems=at_fields,
            refusal=view.refusal,
            found=rest,
            others=others,
        )

    def _opened(self, context: Context, typed: TypedEntry, base: FileRead) -> str:
        """What the file said when the form was made. Raises Refused for what nobody has any more."""
        before = text_opened(context, typed.opened, typed.over, base.text)
        if before is None:
            raise Refused("settings.changed_meanwhile", file=self._file.name)
        return before

    def _rebased(
        self,
        context: Context,
        base: FileRead,
        place: EntryPlace,
        typed: TypedEntry,
        written: EntryValues,
        choices: DirectoryNames,
        *,
        before: str,
    ) -> RebasedEntry:
        """The form over what others changed meanwhile. Raises Refused where it was made of another entry."""
        was, now = self._file.checked(before).sections, base.values
        paths = [path_of(place.kind, place.name, each) for each in (was, now)]
        if paths[0] is None or paths[1] is None:
            raise Refused("settings.changed_meanwhile", file=self._file.name)
        return rebased(
            place.kind,
            entry_at(paths[0], was),
            entry_at(paths[1], now),
            typed.typed,
            written,
            values=now,
            choices=choices,
            language=context.language,
        )

    def _asked(
        self,
        context: Context,
        base: FileRead,
        place: EntryPlace,
        typed: TypedEntry,
        choices: DirectoryNames,
        *,
        merged: RebasedEntry,
        others: OthersView,
    ) -> EntryView | None:
        """The form with both, where somebody else changed what its sender changed."""
        language = context.language
        both = {
            name: say(language, "desk_forms.both_changed", value=value)
            for name, value in merged.conflicts.items()
        }
        refusal: RichText = ()
        if merged.condition:
            refusal = say(language, "desk_forms.condition_changed", value=merged.condition)
        return self._view(context, base, place, typed, choices, problems=both, refusal=refusal, others=others)

    def _view(
        self,
        context: Context,
        base: FileRead,
        place: EntryPlace,
        typed: TypedEntry | None,
        choices: DirectoryNames,
        *,
        problems: Mapping[str, RichText] | None = None,
        refusal: RichText = (),
        found: Sequence[ProblemLine] = (),
        others: OthersView | None = None,
    ) -> EntryView | None:
        """The form as the file has it, or as it was typed. None where there is no such entry."""
        values, language = base.values, context.language
        path = path_of(place.kind, place.name, values) if place.name else ()
        if path is None:
            return None
        entry = entry_at(path, values) if path else {}
        said = typed.typed if typed is not None else None
        rows = rows_of(entry.get("when")) if place.kind is EntryKind.RULE else rows_of(None)
        asked = {} if said is None else said
        is_inbox = place.kind is EntryKind.INBOX and place.name
        rule, teams = own_rule(place.name, values) if is_inbox else {}, keyed(values["teams"])
        texts = FormTexts(values=values, choices=choices, language=language, problems=problems or {})
        return EntryView(
            place=place,
            title=_title(language, place, text_in(entry.get("title")) or place.name),
            over=base.digest if typed is None or others is not None else typed.over,
            opened=base.text if typed is None or others is not None else typed.opened,
            others=others,
            reason=typed.reason if typed is not None else "",
            is_writable=self._file.is_writable,
            fields=list(field_views(fields_of(place.kind, is_new=not place.name), entry, said, texts)),
            alone=[words(language, key) for key in told_alone(place.kind, entry)],
            rule=text_in(rule.get("name")),
            team=text_in(keyed(teams.get(text_in(rule.get("team")))).get("title"))
            or text_in(rule.get("team")),
            rows=[
                RowView(key=each.key, value=asked.get(f"when{at}", each.value) if each.key else each.value)
                for at, each in enumerate(rows.rows)
            ],
            new_rows=[
                RowView(key=asked.get(f"key{at}", KEYS[0]), value=asked.get(f"new{at}", ""))
                for at in range(NEW_ROWS)
            ],
            is_any=asked["any"] == ANY if "any" in asked else rows.is_any,
            refusal=refusal,
            problems=found,
            choices=choices,
        )

    def _page(self, visitor: ConsoleVisitor, view: EntryView) -> ConsolePage:
        sought = view.place.sought
        return self._frame.page(
            "settings_entry.html",
            visitor,
            section=ConsoleSection.SETTINGS,
            file=self._file.name,
            view=view,
            longest=LONGEST_REASON,
            channels=view.choices.channels.offered(sought),
            people=view.choices.people.offered(sought),
            unread=[tell(FALLBACK, each.sentence) for look in view.choices.looks for each in look.findings],
        )


def _title(language: str, place: EntryPlace, name: str) -> str:
    if not place.name:
        return words(language, f"desk_forms.add_{place.kind}")
    return words(language, f"desk_forms.edit_{place.kind}", name=name)
