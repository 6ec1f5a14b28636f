"""One inbound event → one transaction → perhaps an immediate reply.

Events of one conversation enter one at a time, in order. When `take` returns, the event is committed and
may be acknowledged; when it raises StorageUnavailable, nothing of it happened.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import structlog

from bot.commands.framework.dispatch import Dispatch
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import AlreadySo, FieldsRefused, FileTooLarge, Refused, StorageUnavailable
from bot.domain.tickets.conversation import StoredFile
from bot.intake import member_left, thread_messages
from bot.intake.missed_events import Missed
from bot.intake.thread_messages import NotForTheDesk
from bot.keyed_lock import Lanes
from bot.messages.inbound import (
    CommandGiven,
    HomeOpened,
    InboundEvent,
    IncomingFile,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
    PersonLeft,
    RequestImported,
    Spot,
    SuggestionsWanted,
    ThreadArchived,
    VerbChosen,
)
from bot.messages.outbound import Form, FormRefused, PrivateReply, Reply
from bot.ports.file_store import FileStore
from bot.ports.intake import CommandHelp
from bot.ports.storage.inbound_events import Arrival
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Work, Workplace
from bot.services.context.home_viewers import OpenHome
from bot.services.tickets.communities import NOT_SERVED, is_served
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.text.sentences import marked

log = structlog.get_logger(__name__)

_SAYS_MORE = ("history", "sla", "on-behalf-of")
"""Verbs of cards whose answer no card shows."""


class DeskIntake:
    """What platforms call; see the port `Intake`."""

    def __init__(
        self,
        *,
        storage: Storage,
        file_store: FileStore,
        workplace: Workplace,
        dispatch: Dispatch,
        missed: Mapping[str, Missed] = MappingProxyType({}),
    ) -> None:
        """`missed` is kept for each platform whose history can be read again."""
        self._storage = storage
        self._file_store = file_store
        self._workplace = workplace
        self._dispatch = dispatch
        self._missed = missed
        self._lanes = Lanes()

    async def take(self, event: InboundEvent) -> Reply | None:
        missed = self._missed.get(event.spot.channel.platform)
        with missed.hearing(event) if missed is not None and is_talk(event) else nullcontext():
            return await self.offer(event)

    async def offer(self, event: InboundEvent) -> Reply | None:
        """Take it, for somebody who offers it again by himself where that fails."""
        async with self._lanes.enter(_lane(event)):
            prepared = await self._keep_files(_in_person(event))
            try:
                if self._only_reads(prepared):
                    return await self._look(prepared)
                return await self._storage.run(lambda uow: self._handle(uow, prepared))
            except NotForTheDesk:
                return None
            except Refused as refusal:
                return _refusal(event, refusal)

    async def take_import(self, event: RequestImported) -> bool:
        """Commit an imported request; False when it was in already."""

        def handle(uow: UnitOfWork) -> bool:
            work = self._workplace.work(uow, event.actor)
            if uow.inbound_events.arrive(event.key, now=work.now) is Arrival.REPEATED:
                return False
            _import(work, event)
            return True

        return await self._storage.run(handle)

    def form_for(self, event: CommandGiven | VerbChosen) -> Form | None:
        return self._dispatch.form_for(self._in_canonical_group(event), self._workplace.desk())

    def command_helps(self) -> Sequence[CommandHelp]:
        return self._dispatch.registry.helps(self._workplace.desk())

    async def suggest(self, wanted: SuggestionsWanted) -> Sequence[tuple[str, str]]:
        return await self._storage.read(
            lambda uow: self._dispatch.suggest(self._workplace.work(uow, wanted.actor), wanted)
        )

    def communities(self, platform: str) -> Mapping[str, str]:
        return {
            each.reference: each.title
            for each in self._workplace.desk().communities.values()
            if each.reference.startswith(f"{platform}:")
        }

    def wants_mark(self, channel: ChannelRef, mark: str) -> bool:
        place = self._workplace.desk().place_at(channel)
        return place is not None and place.is_asked_by(mark)

    def named_people(self) -> frozenset[str]:
        desk = self._workplace.desk()
        return (desk.admins | desk.blocked).union(*(team.staff for team in desk.teams.values()))

    async def meet(self, people: Sequence[Person]) -> None:
        def remember(uow: UnitOfWork) -> None:
            for person in people:
                uow.people.remember(person)

        await self._storage.run(remember)

    async def was_away(self, platform: str, *, since: datetime, until: datetime) -> None:
        """Noted here and, held back in the database, for the next process should this one end before."""
        missed = self._missed.get(platform)
        if missed is None:
            return
        missed.was_away(since=since, until=until)
        try:
            await self._storage.run(lambda uow: uow.watermarks.hold(platform, at=since))
        except StorageUnavailable as error:
            log.warning("a gap could not be written down", platform=platform, error=error.sentence)

    def _only_reads(self, event: InboundEvent) -> bool:
        return isinstance(event, CommandGiven | VerbChosen) and self._dispatch.only_reads(
            self._in_canonical_group(event)
        )

    async def _look(self, event: InboundEvent) -> Reply | None:
        """What changes nothing is answered beside the writers: a report of a year delays nobody's request."""
        if not await self._storage.run(lambda uow: self._arrives(self._workplace.work(uow), event)):
            return None
        return await self._storage.read(lambda uow: self._deed(self._workplace.work(uow, event.actor), event))

    def _handle(self, uow: UnitOfWork, event: InboundEvent) -> Reply | None:
        """The transaction: stop at what was seen before, then do what the event asks for."""
        work = self._workplace.work(uow, event.actor)
        if not self._arrives(work, event):
            return None
        match event:
            case MessagePosted():
                return self._message(work, event)
            case MessageMarked():
                return thread_messages.mark_message(work, event)
            case MessageEdited():
                thread_messages.edit_message(work, event)
            case MessageDeleted():
                thread_messages.delete_message(work, event)
            case _:
                return self._deed(work, event)
        return None

    def _arrives(self, work: Work, event: InboundEvent) -> bool:
        """False for what was seen before. Raises where the desk does not serve."""
        if work.uow.inbound_events.arrive(event.key, now=work.now) is Arrival.REPEATED:
            return False
        if not is_served(work.desk, event.spot.channel, event.spot.community):
            raise Refused(NOT_SERVED) if isinstance(event, CommandGiven | VerbChosen) else NotForTheDesk
        work.uow.people.remember(event.actor)
        return True

    def _deed(self, work: Work, event: InboundEvent) -> Reply | None:
        """What people do besides talking."""
        match event:
            case ThreadArchived():
                thread_messages.bring_back(work, event)
                return None
            case PersonLeft():
                member_left.note_departure(work, event)
                return None
            case HomeOpened():
                _open_home(work, event)
                return None
            case CommandGiven():
                return self._dispatch.run_words(work, self._canonical_command(event))
            case VerbChosen():
                return self._verb(work, event)
            case RequestImported():
                _import(work, event)
                return None
            case _:
                raise TypeError(f"unknown inbound event {type(event).__name__}")

    def _message(self, work: Work, event: MessagePosted) -> Reply | None:
        """A mention that is a verb is a command; everything else is talk."""
        if event.mentions_desk:
            words = event.text.strip() or "help"
            in_thread = event.spot.thread is not None
            is_order = self._dispatch.is_order(words, prefix=work.desk.prefix, in_thread=in_thread)
            if is_order and not event.stored:
                command = CommandGiven(
                    key=event.key,
                    actor=event.actor,
                    spot=event.spot,
                    at=event.at,
                    group="ticket",
                    words=words,
                )
                return self._dispatch.run_words(work, command)
        return thread_messages.take_message(work, event)

    def _verb(self, work: Work, event: VerbChosen) -> Reply | None:
        """What a pressed button did shows on the card; it is said where the card is not in sight."""
        if event.about is not None:
            work.uow.people.remember(event.about.actor)
        reply = self._dispatch.run_verb(work, event)
        is_by_card = work.desk.team_at(event.spot.channel) is not None and not event.is_on_private_reply
        is_on_card = event.verb.startswith("desk ") and not event.verb.endswith(_SAYS_MORE)
        return None if is_by_card and is_on_card else reply

    def _in_canonical_group(self, event: CommandGiven | VerbChosen) -> CommandGiven | VerbChosen:
        return self._canonical_command(event) if isinstance(event, CommandGiven) else event

    def _canonical_command(self, event: CommandGiven) -> CommandGiven:
        """Configured command names → the groups they stand for."""
        names = self._workplace.desk().command_names
        group = next((group for group, name in names.items() if name == event.group), event.group)
        return replace(event, group=group)

    async def _keep_files(self, event: InboundEvent) -> InboundEvent:
        """Copy an event's files into the file store before its transaction; a refused one says why."""
        match event:
            case MessagePosted(files=files) if files:
                return replace(event, stored=await self._keep_all(files))
            case VerbChosen(files=files) if files:
                return replace(event, stored=await self._keep_all(files))
            case VerbChosen(about=MessagePosted(files=files) as about) if files:
                return replace(event, about=replace(about, stored=await self._keep_all(files)))
            case MessageMarked(about=MessagePosted(files=files) as about) if files:
                return replace(event, about=replace(about, stored=await self._keep_all(files)))
            case _:
                return event

    async def _keep_all(self, files: Sequence[IncomingFile]) -> tuple[StoredFile, ...]:
        return tuple([await self._keep(file) for file in files])

    async def _keep(self, file: IncomingFile) -> StoredFile:
        try:
            return await self._file_store.keep(file.read(), name=file.name, media_type=file.media_type)
        except FileTooLarge as error:
            problem = error.sentence
        except OSError:
            log.exception("a file could not be kept")
            problem = "The file could not be stored; please send it again later."
        return StoredFile(
            name=file.name, media_type=file.media_type, size=file.size, digest=None, problem=problem
        )


def _open_home(work: Work, event: HomeOpened) -> None:
    """Draw it now, and anew after changes while it may be looked at."""
    conversation = work.uow.conversations.of_channel(ChannelRef.home(event.actor.key))
    work.uow.outbox.want(RowKind.HOME, conversation=conversation.id, subject=0, now=work.now)
    work.homes.note(OpenHome(person=event.actor, conversation=conversation.id, opened_at=work.now))


def _in_person(event: InboundEvent) -> InboundEvent:
    """What is done on a home page is done in direct messages: nothing can be answered on the page."""
    home_of = event.spot.channel.home_of
    if home_of is None or isinstance(event, HomeOpened):
        return event
    return replace(event, spot=Spot(channel=ChannelRef.direct(home_of)))


def _import(work: Work, event: RequestImported) -> None:
    open_ticket(
        work,
        NewRequest(
            requester=event.actor,
            text=event.text,
            channel=event.spot.channel,
            said_at=work.now,
            fields=event.fields,
        ),
    )


def is_talk(event: InboundEvent) -> bool:
    """Whether a platform's history shows it again; a command, button or form is repeated by nobody."""
    return isinstance(event, MessagePosted | MessageEdited | MessageDeleted | MessageMarked)


def _lane(event: InboundEvent) -> str:
    """The conversation: a thread, or the top-level message that may become one; direct messages are one in all."""
    if event.spot.is_direct and event.spot.thread is None:
        return str(event.spot.channel)
    match event:
        case MessagePosted() | MessageEdited() | MessageDeleted():
            return f"{event.spot.channel}/{event.spot.thread or event.message_id}"
        case MessageMarked(about=about):
            return f"{event.spot.channel}/{about.spot.thread or about.message_id}"
        case _:
            return f"{event.spot.channel}/{event.spot.thread}" if event.spot.thread else event.key


def _refusal(event: InboundEvent, refusal: Refused) -> Reply:
    """Said to the actor alone; a form stays open with what was typed."""
    if isinstance(event, VerbChosen) and event.is_form and not isinstance(refusal, AlreadySo):
        fields = refusal.fields if isinstance(refusal, FieldsRefused) else {}
        return FormRefused(refusal.sentence, fields)
    return PrivateReply(text=marked(refusal.sentence), is_error=not isinstance(refusal, AlreadySo))
