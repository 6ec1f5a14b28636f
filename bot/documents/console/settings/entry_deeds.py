"""`bot.ports.console.settings_entries.SettingsEntryPages` of a desk: its forms, and what buttons do to an entry.

What was previewed and not yet saved when somebody else changed the file is done again, over the file as it is now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.documents.console.settings.entries import naming, path_of, readable, rules_in
from bot.documents.console.settings.entry_reader import EntryReader, FileRead
from bot.documents.console.settings.settings_view import (
    EditorView,
    OthersView,
    looked_at,
    others_since,
    text_opened,
)
from bot.domain.errors import ConfigurationError, Refused
from bot.domain.settings.desk_version import digest_of
from bot.domain.settings.file_change import FileChange, MoveEntry, RemoveValue
from bot.messages.outbound import RichText
from bot.ports.console.pages import ConsolePage, ConsoleVisitor
from bot.ports.console.settings import RefusedSettings, TypedSettings
from bot.ports.console.settings_entries import EntryChange, EntryDeed, EntryKind, EntryPlace, TypedEntry
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.text.amounts import listed_texts
from bot.text.error_text import explain
from bot.text.sentences import say

MOST_PLACES: Final = 8


class EntryDeeds(EntryReader):
    async def removal(
        self, visitor: ConsoleVisitor, place: EntryPlace, *, over: str, opened: str | None = None
    ) -> ConsolePage | RefusedSettings:
        """`opened` is the text of the file that it was previewed with, and may have changed since."""

        def read(context: Context) -> EditorView | RichText:
            base = self.file_read()
            path = path_of(place.kind, place.name, base.values)
            if path is None:
                return say(context.language, "desk_forms.no_entry", name=place.name)
            refusal = _why_kept(context, place, base.values)
            change = EntryChange(place=place, deed=EntryDeed.REMOVED)
            changes = [RemoveValue(path=path)]
            return refusal or self._changed(context, base, changes, change, over=over, opened=opened)

        return await self._at_once(visitor, read)

    async def move(
        self,
        visitor: ConsoleVisitor,
        place: EntryPlace,
        *,
        over: str,
        is_up: bool,
        opened: str | None = None,
    ) -> ConsolePage | RefusedSettings:
        """`opened` as for a removal."""

        def read(context: Context) -> EditorView | RichText:
            base = self.file_read()
            path = path_of(EntryKind.RULE, place.name, base.values)
            first = -1 if path is None else int(path[2]) - is_up
            if path is None or not 0 <= first < len(rules_in(base.values)) - 1:
                return say(context.language, "desk_forms.no_entry", name=place.name)
            change = EntryChange(place=place, deed=EntryDeed.UP if is_up else EntryDeed.DOWN)
            changes = [MoveEntry(path=(*path[:2], str(first)))]
            return self._changed(context, base, changes, change, over=over, opened=opened)

        return await self._at_once(visitor, read)

    async def _at_once(self, visitor: ConsoleVisitor, read: Any) -> ConsolePage | RefusedSettings:  # noqa: ANN401
        """What a button asks for: its preview, else the overview with why not."""
        try:
            found = await self._read(visitor, read)
        except Refused as refused:
            found = explain(visitor.language, refused)
        except ConfigurationError:
            return RefusedSettings(page=await self._settings.editor(visitor))
        if isinstance(found, EditorView):
            page = self._settings.edited(visitor, found)
            return RefusedSettings(page=page) if found.is_refused else page
        return RefusedSettings(page=await self._settings.editor(visitor, refusal=found))

    async def again(
        self, visitor: ConsoleVisitor, change: EntryChange, typed: TypedSettings
    ) -> ConsolePage | None:
        try:
            if digest_of(self._file.text()) == typed.over:
                return None
        except ConfigurationError:
            return None
        match change.deed:
            case EntryDeed.SENT:
                sent = TypedEntry(
                    typed=change.typed, over=typed.over, reason=typed.reason, opened=typed.opened
                )
                found = await self.sent(visitor, change.place, sent)
            case EntryDeed.REMOVED:
                found = await self.removal(visitor, change.place, over=typed.over, opened=typed.opened)
            case EntryDeed.UP | EntryDeed.DOWN as way:
                is_up = way is EntryDeed.UP
                found = await self.move(
                    visitor, change.place, over=typed.over, is_up=is_up, opened=typed.opened
                )
        return found.page if isinstance(found, RefusedSettings) else found

    def _changed(
        self,
        context: Context,
        base: FileRead,
        changes: Sequence[FileChange],
        made_of: EntryChange,
        *,
        over: str,
        opened: str | None,
    ) -> EditorView:
        """The whole file with the changes, and what they would do. Raises Refused."""
        others: OthersView | None = None
        if base.digest != over:
            before = None if opened is None else text_opened(context, opened, over, base.text)
            if before is None:
                raise Refused("settings.changed_meanwhile", file=self._file.name)
            others = others_since(context, before, base.text)
        text = self.edited_text(base.text, changes)
        view = looked_at(context, self._file, TypedSettings(text=text, over=base.digest))
        return replace(view, others=others, made_of=made_of)


def _why_kept(context: Context, place: EntryPlace, values: Mapping[str, Any]) -> RichText:
    """Why an entry cannot be removed: something names it, or tickets are there. Empty where it can."""
    language = context.language
    places = list(dict.fromkeys(readable(each, values) for each in naming(place.kind, place.name, values)))
    if places:
        told = [say(language, key, name=name) for key, name in places[:MOST_PLACES]]
        return say(language, "desk_forms.named", name=place.name, places=listed_texts(told, language))
    if place.kind is EntryKind.TEAM:
        open_now = context.uow.tickets.count(TicketFilter(teams=frozenset({place.name})), at_most=999)
        if open_now:
            return say(language, "desk_forms.has_tickets", name=place.name, count=open_now)
    return ()
