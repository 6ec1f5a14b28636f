"""Forms in which agents answer: who else is writing is said in them, and that one is open is noted after it opened.

A form waits for no transaction, so that it says what this process knows.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog

from bot.commands.framework.command import Command
from bot.commands.framework.parsing import read_reference
from bot.commands.framework.registry import Registry
from bot.domain.directory import ChannelRef, Person, TeamThread
from bot.domain.errors import StorageUnavailable
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import CommandGiven, Location, VerbChosen
from bot.messages.outbound import Form, RichText
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.replies.writers import (
    begin_writing,
    end_writing,
    says_who_sends,
    says_who_writes,
)
from bot.text.catalogue import best
from bot.text.sentences import joined

log = structlog.get_logger(__name__)

PATIENCE_S: Final = 3.0
"""How long a note that somebody writes may wait for the database."""


def placed(form: Form, event: CommandGiven | VerbChosen) -> Form:
    """The form knows whether the card was in sight of whoever asked for it."""
    return replace(form, is_asked_privately=isinstance(event, CommandGiven) or event.is_on_private_reply)


class AnswerForms:
    def __init__(self, *, storage: Storage, contexts: ContextFactory, registry: Registry) -> None:
        self._storage = storage
        self._contexts = contexts
        self._registry = registry
        self._notes: set[asyncio.Task[None]] = set()

    @property
    def is_quiet(self) -> bool:
        return not self._notes

    async def close(self) -> None:
        """Until all that was opened is noted."""
        await asyncio.gather(*self._notes, return_exceptions=True)

    def opened(self, form: Form, event: CommandGiven | VerbChosen) -> Form:
        """The form as it is to be shown; only agents of the ticket's team are told who writes."""
        command = self._answered_with(form.verb, event.actor)
        if command is None or _asks_for_nothing(form, event):
            return form
        self._note_later(form.ticket, event, is_note=command.is_note)
        notice = self._who_writes(form.ticket, event.actor, event.location)
        return form.with_notice(joined(notice, form.notice, by="\n")) if notice else form

    def closed(self, event: VerbChosen) -> None:
        """It was closed unsent."""
        if self._answered_with(event.verb, event.actor) is not None:
            self._later(lambda uow: self._end(uow, event))

    def _answered_with(self, verb: str, actor: Person) -> Command | None:
        """The command of this verb, where somebody of a team answers with it."""
        command = self._registry.named(verb)
        is_staff = bool(self._contexts.desk().teams_of(actor))
        return command if command is not None and command.is_answer and is_staff else None

    async def writing(self, actor: Person, location: Location) -> RichText:
        """Somebody begins to write in a thread; returns who else does, for an agent of its ticket's team."""
        if not self._contexts.desk().teams_of(actor):
            return ()
        is_agent = await self._storage.run(lambda uow: self._begin_in_thread(uow, actor, location))
        return self._who_writes(None, actor, location) if is_agent else ()

    def _begin_in_thread(self, uow: UnitOfWork, actor: Person, location: Location) -> bool:
        """Whether the actor answers there; in a team’s own thread with a note, unless that is shared."""
        here = uow.conversations.find(location.channel, location.thread) if location.thread else None
        if here is None or here.ticket_id is None:
            return False
        ticket, context = uow.tickets.get(here.ticket_id), self._contexts.context(uow, actor)
        if not context.is_agent_of(ticket):
            return False
        is_shared = context.team_of(ticket).team_thread is TeamThread.SHARED
        begin_writing(context, ticket, is_note=here.side is Side.TEAM and not is_shared)
        return True

    def _who_writes(self, reference: str | None, actor: Person, location: Location) -> RichText:
        desk, now = self._contexts.desk(), self._contexts.clock.now()
        for known in self._contexts.writers.on(reference, thread=_thread(location), now=now):
            team, writer = desk.teams.get(known.team), known.writer
            is_concerned = actor.key not in (known.requester, writer.person)
            if is_concerned and team is not None and team.has_agent(actor):
                language = best(actor.language, desk.language)
                if known.is_sending:
                    return says_who_sends(language, known.name)
                for_s = (now - writer.since).total_seconds()
                return says_who_writes(language, known.name, is_note=writer.is_note, for_s=for_s)
        return ()

    def _note_later(self, reference: str | None, event: CommandGiven | VerbChosen, *, is_note: bool) -> None:
        def note(uow: UnitOfWork) -> None:
            ticket = _ticket(uow, reference, event.location, prefix=self._contexts.desk().prefix)
            if ticket is not None:
                actor = uow.people.find(event.actor.key) or event.actor
                begin_writing(self._contexts.context(uow, actor), ticket, is_note=is_note)

        self._later(note)

    def _end(self, uow: UnitOfWork, event: VerbChosen) -> None:
        ticket = _ticket(uow, event.ticket, event.location, prefix=self._contexts.desk().prefix)
        if ticket is not None:
            end_writing(self._contexts.context(uow, event.actor), ticket)

    def _later(self, note: Callable[[UnitOfWork], None]) -> None:
        task = asyncio.create_task(self._commit(note))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _commit(self, note: Callable[[UnitOfWork], None]) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._storage.run(note)
        except (StorageUnavailable, TimeoutError) as error:
            log.debug("who writes is not noted", reason=str(error) or type(error).__name__)
        except Exception:
            log.exception("who writes is not noted")


def _asks_for_nothing(form: Form, event: CommandGiven | VerbChosen) -> bool:
    """Whether all that it must ask was given with the command, so that nobody is shown it."""
    options = event.options if isinstance(event, VerbChosen) else {}
    is_given = any(options.get(each.name, "").strip() for each in form.fields)
    return is_given and all(each.value or not each.is_required for each in form.fields)


def _thread(location: Location) -> tuple[ChannelRef, str] | None:
    return None if location.thread is None else (location.channel, location.thread)


def _ticket(uow: UnitOfWork, reference: str | None, location: Location, *, prefix: str) -> Ticket | None:
    """The ticket of this reference, else that of the thread."""
    if reference is not None:
        found = read_reference(reference, prefix=prefix)
        return uow.tickets.find(found.prefix, found.number) if found is not None else None
    here = uow.conversations.find(location.channel, location.thread) if location.thread else None
    return uow.tickets.get(here.ticket_id) if here is not None and here.ticket_id is not None else None
