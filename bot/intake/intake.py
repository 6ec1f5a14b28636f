"""One inbound event → one transaction → perhaps an immediate reply.

Events of one conversation enter one at a time, in order. When `take` returns, the event is committed and
may be acknowledged; when it raises StorageUnavailable, nothing of it happened.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import structlog

from bot.caches.home_viewers import HomeViewer
from bot.caches.known_staff import KnownStaff
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.replies.said_words import with_unsent_files
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import FileTooLarge, Refused, StorageUnavailable
from bot.domain.tickets.conversation import StoredFile
from bot.intake import member_left, thread_messages
from bot.intake.answer_forms import AnswerForms, placed
from bot.intake.imported_requests import open_imported
from bot.intake.missed_events import MissedEvents
from bot.intake.refusals import in_words, must_be_shown, refusal_of
from bot.intake.thread_messages import NotForTheDesk
from bot.intake.typed_commands import bare_command, bare_own_command, command_in, command_like
from bot.keyed_lock import KeyedLock
from bot.messages.inbound import (
    CommandGiven,
    HomeOpened,
    InboundEvent,
    IncomingFile,
    Location,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
    PersonLeft,
    RequestImported,
    SuggestionsWanted,
    ThreadArchived,
    VerbChosen,
    conversation_of,
)
from bot.messages.outbound import Form, FormRefused, Reply, RichText
from bot.messages.plain import plain
from bot.ports.file_store import FileStore, FilesUnavailable
from bot.ports.intake import CommandHelp, Take
from bot.ports.storage.inbound_events import Arrival
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.people.identities import meet_person
from bot.services.tickets.communities import is_served
from bot.text.catalogue import best
from bot.text.error_text import explain
from bot.text.sentences import words

log = structlog.get_logger(__name__)


class DeskIntake:
    """What platforms call; see the port `Intake`."""

    def __init__(
        self,
        *,
        storage: Storage,
        file_store: FileStore,
        contexts: ContextFactory,
        dispatch: Dispatch,
        missed: Mapping[str, MissedEvents] = MappingProxyType({}),
    ) -> None:
        """`missed` is kept for each platform whose history can be read again."""
        self._storage = storage
        self._file_store = file_store
        self._contexts = contexts
        self._dispatch = dispatch
        self._missed = missed
        self._staff = KnownStaff()
        self._answer_forms = AnswerForms(storage=storage, contexts=contexts, registry=dispatch.registry)
        self._conversations = KeyedLock()
        self._entrances = KeyedLock()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing that was begun beside events is under way."""
        return self._answer_forms.is_quiet

    async def close(self) -> None:
        """Until that is done."""
        await self._answer_forms.close()

    async def take(self, event: InboundEvent) -> Reply | None:
        with self._noting_failure(event):
            if is_talk(event):
                await self._missed_first(conversation_of(event))
            return await self.offer(event)

    @asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[Take]:
        async def take(event: InboundEvent) -> Reply | None:
            with self._noting_failure(event):
                if conversation_of(event) == conversation:
                    return await self._commit(event)
                return await self.offer(event)

        await self._missed_first(conversation)
        async with self._conversations.enter(conversation):
            yield take

    async def offer(self, event: InboundEvent) -> Reply | None:
        """Take it, for somebody who offers it again by himself where that fails."""
        async with self._conversations.enter(conversation_of(event)):
            return await self._commit(event)

    async def _missed_first(self, conversation: str) -> None:
        """What was missed in a conversation goes before what is said in it now.

        It is waited for in a line of its own, since what was missed needs the conversation's turn itself.
        """
        async with self._entrances.enter(conversation):
            missed = self._missed.get(conversation.partition(":")[0])
            if missed is not None:
                await missed.until_read(conversation)

    async def take_import(self, event: RequestImported) -> bool:
        """Commit an imported request; False when it was in already."""

        def handle(uow: UnitOfWork) -> bool:
            context = self._contexts.context(uow, event.actor)
            if uow.inbound_events.arrive(event.key, now=context.now) is Arrival.REPEATED:
                return False
            open_imported(context, event)
            return True

        return await self._storage.run(handle)

    def form_for(self, event: CommandGiven | VerbChosen) -> Form | None:
        form = self._dispatch.form_for(self._in_canonical_group(event), self._contexts.desk(), self._staff)
        return form and self._answer_forms.opened(placed(form, event), event)

    def form_closed(self, event: VerbChosen) -> None:
        self._answer_forms.closed(event)

    async def writing(self, actor: Person, location: Location) -> RichText:
        return await self._answer_forms.writing(actor, location)

    def language(self) -> str:
        return self._contexts.desk().language

    def command_helps(self) -> Sequence[CommandHelp]:
        return self._dispatch.registry.helps(self._contexts.desk())

    def command_groups(self, actor: Person) -> frozenset[str]:
        return self._dispatch.registry.groups_for(self._contexts.desk(), actor)

    async def suggest(self, wanted: SuggestionsWanted) -> Sequence[tuple[str, str]]:
        return await self._storage.read(
            lambda uow: self._dispatch.suggest(self._contexts.context(uow, wanted.actor), wanted)
        )

    def communities(self, platform: str) -> Mapping[str, str]:
        return {
            each.reference: each.title
            for each in self._contexts.desk().communities.values()
            if each.reference.startswith(f"{platform}:")
        }

    def wants_mark(self, channel: ChannelRef, mark: str) -> bool:
        inbox = self._contexts.desk().inbox_at(channel)
        return inbox is not None and inbox.is_asked_by(mark)

    def named_people(self) -> frozenset[str]:
        desk = self._contexts.desk()
        return (desk.admins | desk.blocked).union(*(team.staff for team in desk.teams.values()))

    async def meet(self, people: Sequence[Person]) -> None:
        def remember(uow: UnitOfWork) -> None:
            context = self._contexts.context(uow)
            for person in people:
                meet_person(context, person)

        await self._storage.run(remember)
        await self._know_staff(people)

    async def look_up_staff(self) -> None:
        """Read who is on the configuration's teams, for forms. Raises StorageUnavailable."""
        desk = self._contexts.desk()
        await self._storage.read(lambda uow: self._staff.look_up(uow, desk))

    async def _know_staff(self, people: Iterable[Person]) -> None:
        """What has just been written of these people; everybody, where the configuration is another one."""
        desk = self._contexts.desk()
        self._staff.note(people, desk)
        if not self._staff.is_of(desk):
            with suppress(StorageUnavailable):  # what happened is committed; the next event asks again
                await self.look_up_staff()

    async def was_away(self, platform: str, *, since: datetime, until: datetime) -> None:
        """Noted here and, held back in the database, for the next process should this one end before."""
        missed = self._missed.get(platform)
        if missed is None:
            return
        missed.was_away(since=since, until=until)
        with suppress(StorageUnavailable):  # this process knows of it still
            await self._storage.run(lambda uow: uow.watermarks.hold(platform, at=since))

    def _noting_failure(self, event: InboundEvent) -> AbstractContextManager[None]:
        """What is not committed is read again, where the platform's history shows it."""
        missed = self._missed.get(event.location.channel.platform)
        return missed.hearing(event) if missed is not None and is_talk(event) else nullcontext()

    async def _commit(self, event: InboundEvent) -> Reply | None:
        """In the event's turn; returns what to show its actor at once."""
        prepared = await self._keep_files(_in_person(event))
        try:
            if self._only_reads(prepared):
                reply = await self._look(prepared)
            else:
                reply = await self._storage.run(lambda uow: self._handle(uow, prepared))
        except NotForTheDesk:
            return None
        except Refused as refusal:
            return refusal_of(event, refusal, desk=self._contexts.desk())
        await self._know_staff([event.actor.as_known])
        return reply

    def _only_reads(self, event: InboundEvent) -> bool:
        return isinstance(event, CommandGiven | VerbChosen) and self._dispatch.only_reads(
            self._in_canonical_group(event)
        )

    async def _look(self, event: InboundEvent) -> Reply | None:
        """What changes nothing is answered beside the writers: a report of a year delays nobody's request."""
        if not await self._storage.run(lambda uow: self._arrives(self._contexts.context(uow), event)):
            return None
        return await self._storage.read(
            lambda uow: self._deed(self._contexts.context(uow, event.actor), event)
        )

    def _handle(self, uow: UnitOfWork, event: InboundEvent) -> Reply | None:
        """The transaction: stop at what was seen before, then do what the event asks for."""
        context = self._contexts.context(uow, event.actor)
        if not self._arrives(context, event):
            return None
        match event:
            case MessagePosted():
                return self._message(context, event)
            case MessageMarked():
                return thread_messages.mark_message(context, event)
            case MessageEdited():
                return thread_messages.edit_message(context, event)
            case MessageDeleted():
                thread_messages.delete_message(context, event)
            case _:
                return self._deed(context, event)
        return None

    def _arrives(self, context: Context, event: InboundEvent) -> bool:
        """False for what was seen before. Raises where the desk does not serve."""
        if context.uow.inbound_events.arrive(event.key, now=context.now) is Arrival.REPEATED:
            return False
        if not is_served(context.desk, event.location.channel, event.location.community):
            is_asked = isinstance(event, CommandGiven | VerbChosen)
            raise Refused("refusals.server_not_covered") if is_asked else NotForTheDesk
        meet_person(context, event.actor)
        return True

    def _deed(self, context: Context, event: InboundEvent) -> Reply | None:
        """What people do besides talking."""
        match event:
            case ThreadArchived():
                thread_messages.bring_back(context, event)
                return None
            case PersonLeft():
                member_left.note_departure(context, event)
                return None
            case HomeOpened():
                _open_home(context, event)
                return None
            case CommandGiven():
                return self._dispatch.run_words(context, self._canonical_command(event))
            case VerbChosen():
                return self._verb(context, event)
            case RequestImported():
                open_imported(context, event)
                return None
            case _:
                raise TypeError(f"unknown inbound event {type(event).__name__}")

    def _message(self, context: Context, event: MessagePosted) -> Reply | None:
        """A mention that is a verb is a command, and so is a verb in direct messages; everything else is talk."""
        registry = self._dispatch.registry
        command = command_in(context, event, registry)
        if command is not None:
            return in_words(self._dispatch.run_words(context, command))
        hint = bare_command(context, event, registry)
        if hint is not None and event.location.thread is None:
            return hint
        own = bare_own_command(context, event, registry)
        if own is not None and own.is_all:
            return own.reply
        reply = thread_messages.take_message(
            context, event, command_like=lambda: command_like(context, event, registry)
        )
        if event.actor.is_bot or isinstance(reply, FormRefused):
            return reply
        reply = reply or hint or (own.reply if own is not None else None)
        return with_unsent_files(reply, event.stored, language=context.language)

    def _verb(self, context: Context, event: VerbChosen) -> Reply | None:
        """What a pressed button did shows on the card; it is said where the card is not in sight."""
        if event.about is not None:
            context.uow.people.remember(event.about.actor)
        reply = self._dispatch.run_verb(context, event)
        is_by_card = (
            context.desk.team_at(event.location.channel) is not None and not event.is_on_private_reply
        )
        is_said_by_card = is_by_card and self._dispatch.shows_on_card(event)
        is_lacking = any(file.digest is None for file in event.stored)
        if isinstance(reply, Form):
            return placed(reply, event)
        return None if is_said_by_card and not is_lacking and not must_be_shown(reply) else reply

    def _in_canonical_group(self, event: CommandGiven | VerbChosen) -> CommandGiven | VerbChosen:
        return self._canonical_command(event) if isinstance(event, CommandGiven) else event

    def _canonical_command(self, event: CommandGiven) -> CommandGiven:
        """Configured command names → the groups they stand for."""
        names = self._contexts.desk().command_names
        group = next((group for group, name in names.items() if name == event.group), event.group)
        return replace(event, group=group)

    async def _keep_files(self, event: InboundEvent) -> InboundEvent:
        """Copy an event's files into the file store before its transaction; a refused one says why."""
        language = best(event.actor.language, self._contexts.desk().language)
        match event:
            case MessagePosted(files=files) if files:
                return replace(event, stored=await self._keep_all(files, language))
            case VerbChosen(files=files) if files:
                return replace(event, stored=await self._keep_all(files, language))
            case VerbChosen(about=MessagePosted(files=files) as about) if files:
                return replace(event, about=replace(about, stored=await self._keep_all(files, language)))
            case MessageMarked(about=MessagePosted(files=files) as about) if files:
                return replace(event, about=replace(about, stored=await self._keep_all(files, language)))
            case _:
                return event

    async def _keep_all(self, files: Sequence[IncomingFile], language: str) -> tuple[StoredFile, ...]:
        return tuple([await self._keep(file, language) for file in files])

    async def _keep(self, file: IncomingFile, language: str) -> StoredFile:
        """What is wrong with one that is not kept is said in `language`, that of who sent it."""
        try:
            return await self._file_store.keep(file.read(), name=file.name, media_type=file.media_type)
        except FileTooLarge as error:
            problem = plain(explain(language, error))
        except OSError as error:
            if not isinstance(error, FilesUnavailable):  # of which the store tells
                log.warning("a file could not be fetched", name=file.name, reason=str(error))
            problem = words(language, "refusals.file_not_kept")
        return StoredFile(
            name=file.name, media_type=file.media_type, size=file.size, digest=None, problem=problem
        )


def _open_home(context: Context, event: HomeOpened) -> None:
    """Draw it now, and anew after changes while it may be looked at."""
    conversation = context.uow.conversations.of_channel(ChannelRef.home(event.actor.key))
    context.uow.outbox.put_state(RowKind.HOME, conversation=conversation.id, subject=0, now=context.now)
    context.homes.note(HomeViewer(person=event.actor, conversation=conversation.id, opened_at=context.now))


def _in_person(event: InboundEvent) -> InboundEvent:
    """What is done on a home page is done in direct messages: nothing can be answered on the page."""
    home_of = event.location.channel.home_of
    if home_of is None or isinstance(event, HomeOpened):
        return event
    return replace(event, location=Location(channel=ChannelRef.direct(home_of)))


def is_talk(event: InboundEvent) -> bool:
    """Whether a platform's history shows it again; a command, button or form is repeated by nobody."""
    return isinstance(event, MessagePosted | MessageEdited | MessageDeleted | MessageMarked)
