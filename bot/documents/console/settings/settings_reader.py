"""`bot.ports.console.settings.SettingsPages` of a desk.

The registry has a verb for going back to a version, and the page's button is that one. It has none for a whole text,
which is too long for chat: that is saved by the service that the verbs and the terminal use, in one transaction, by
the person who signed in; versions and audit log are the same.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from bot.caches.platform_choices import PlatformChoices
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.settings.choice_list import DirectoryNames, choices_of
from bot.documents.console.settings.desk_overview import DeskOverview, overview_of, people_in
from bot.documents.console.settings.file_pages import FilePages
from bot.documents.console.settings.settings_view import (
    EditorView,
    as_in_file,
    as_it_is,
    change_of,
    looked_at,
    number_of,
    told_lines,
    unusable,
    version_line,
)
from bot.domain.errors import ConfigurationError, Refused
from bot.domain.settings.desk_version import DeskVersion, digest_of
from bot.messages import verbs
from bot.messages.outbound import RichText
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.console.settings import RefusedSettings, SavedSettings, TypedSettings
from bot.ports.settings_file import SettingsFile
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.services.settings.preview import diff_lines
from bot.services.settings.versions import LONGEST_REASON, apply_version, is_edited_since, save_version
from bot.text.error_text import explain
from bot.text.sentences import words

SHOWN: Final = 100
GLANCE_S: Final = 1.0
"""How long the overview waits for names that platforms list; what it does not know yet it shows by id."""
SPARE_LINES: Final = 100
"""Numbers of lines beyond the text's own, for what is being written."""
_NUMBER_LENGTH: Final = 9


class SettingsReader(FilePages):
    def __init__(
        self,
        frame: ConsoleFrame,
        *,
        storage: Storage,
        contexts: ContextFactory,
        file: SettingsFile,
        choices: PlatformChoices,
    ) -> None:
        super().__init__(frame, storage=storage, contexts=contexts, file=file)
        self._choices = choices

    async def editor(self, visitor: ConsoleVisitor, *, said: str = "", refusal: RichText = ()) -> ConsolePage:
        """With the desk as it is configured above it. `refusal` is why something was not done."""
        choices = choices_of(await self._choices.looks(within_s=GLANCE_S))

        def read(context: Context) -> tuple[EditorView, DeskOverview | None]:
            view = replace(as_it_is(self._file), refusal=refusal)
            return view, self._overview(context, view, choices)

        view, overview = await self._read(visitor, read)
        return self.edited(visitor, view, said=said, overview=overview)

    async def preview(self, visitor: ConsoleVisitor, typed: TypedSettings) -> ConsolePage | RefusedSettings:
        view = await self._looked_at(visitor, typed)
        page = self.edited(visitor, view)
        return RefusedSettings(page=page) if view.is_refused else page

    async def save(self, visitor: ConsoleVisitor, typed: TypedSettings) -> SavedSettings | RefusedSettings:
        try:
            version = await self._save(visitor, typed)
        except (ConfigurationError, Refused) as error:
            before = await self._read(visitor, lambda context: _saved_before(context, typed))
            if before is None:
                view = await self._looked_at(visitor, typed)
                if isinstance(error, Refused) and not view.is_refused:
                    view = replace(view, refusal=explain(visitor.language, error))
                return RefusedSettings(page=self.edited(visitor, view))
            version = before
        said = words(visitor.language, "settings.saved", number=str(version.number), file=self._file.name)
        return SavedSettings(said=said)

    async def versions(self, visitor: ConsoleVisitor, *, said: str = "") -> ConsolePage:
        def read(context: Context) -> dict[str, Any]:
            found, digest = context.uow.desk_versions.latest(limit=SHOWN), self._digest()
            current = number_of(found, digest)
            return {
                "lines": [version_line(context, each, current=current) for each in found],
                "is_edited": bool(found) and is_edited_since(found[0], digest),
            }

        values = await self._read(visitor, read)
        return self._page("settings_versions.html", visitor, said=said, **values)

    async def version(self, visitor: ConsoleVisitor, number: str) -> ConsolePage:
        def read(context: Context) -> dict[str, Any] | None:
            version = _version(context, number)
            if version is None:
                return None
            before = context.uow.desk_versions.get(version.number - 1)
            current = number_of(context.uow.desk_versions.latest(limit=SHOWN), self._digest())
            return {
                "line": version_line(context, version, current=current),
                "lines": told_lines(diff_lines(before.text if before is not None else "", version.text)),
                "text": version.text,
            }

        values = await self._read(visitor, read)
        if values is None:
            return self._frame.missing(visitor)
        return self._page("settings_version.html", visitor, **values)

    async def way_back(self, visitor: ConsoleVisitor, number: str) -> ConsolePage:
        def read(context: Context) -> dict[str, Any] | None:
            version = _version(context, number)
            if version is None:
                return None
            try:
                base = self._file.text()
                change = change_of(context, self._file, base, version.text)
            except ConfigurationError as error:
                base, change = "", unusable(error)
            return {
                "line": version_line(context, version, current=None),
                "change": change,
                "over": digest_of(base),
                "text": version.text,
                "is_writable": self._file.is_writable,
                "verb": verbs.SAVE_SETTINGS,
            }

        values = await self._read(visitor, read)
        if values is None:
            return self._frame.missing(visitor)
        return self._page("settings_way_back.html", visitor, **values)

    async def _save(self, visitor: ConsoleVisitor, typed: TypedSettings) -> DeskVersion:
        """EntryValues at once, so that the page shows it; what cannot be written now the worker writes later."""
        await self._write_pending()
        now = self._contexts.clock.now()
        version = await self._storage.run(
            lambda uow: save_version(
                uow,
                self._file,
                as_in_file(typed.text, self._file.text()),
                over=typed.over,
                by=visitor.person.key,
                now=now,
                reason=typed.reason,
            )
        )
        with suppress(ConfigurationError):
            await apply_version(self._storage, self._file, version, now=now)
        return version

    def _overview(self, context: Context, view: EditorView, choices: DirectoryNames) -> DeskOverview | None:
        """None for a file that cannot be used."""
        if not view.over:
            return None
        try:
            found = self._file.checked(view.text)
        except ConfigurationError:
            return None
        met = context.uow.people.find_many(people_in(found.sections))
        people = {key: person.name for key, person in met.items()}
        return overview_of(found, over=view.over, choices=choices, people=people, language=context.language)

    def edited(
        self,
        visitor: ConsoleVisitor,
        view: EditorView,
        *,
        said: str = "",
        overview: DeskOverview | None = None,
    ) -> ConsolePage:
        lines = view.text.count("\n") + 1
        return self._page(
            "settings_page.html",
            visitor,
            said=said,
            view=view,
            overview=overview,
            rows=lines,
            numbers=range(1, lines + SPARE_LINES),
            longest=LONGEST_REASON,
        )

    def _page(self, template: str, visitor: ConsoleVisitor, **values: Any) -> ConsolePage:  # noqa: ANN401
        return self._frame.page(
            template, visitor, section=ConsoleSection.SETTINGS, file=self._file.name, **values
        )

    def _digest(self) -> str:
        """Empty for a file that cannot be read."""
        try:
            return digest_of(self._file.text())
        except ConfigurationError:
            return ""

    async def _looked_at(self, visitor: ConsoleVisitor, typed: TypedSettings) -> EditorView:
        return await self._read(visitor, lambda context: looked_at(context, self._file, typed))


def _saved_before(context: Context, typed: TypedSettings) -> DeskVersion | None:
    """The newest version, if it is this text by this person over the same one: a form that was sent twice."""
    newest = context.uow.desk_versions.newest()
    if newest is None or (newest.author, newest.base) != (context.actor.key, typed.over):
        return None
    return newest if newest.text.replace("\r\n", "\n") == typed.text else None


def _version(context: Context, number: str) -> DeskVersion | None:
    if not (number.isascii() and number.isdigit() and len(number) <= _NUMBER_LENGTH):
        return None
    return context.uow.desk_versions.get(int(number))
