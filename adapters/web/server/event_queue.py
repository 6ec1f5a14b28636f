"""Passing events to the desk's intake, at least once and in order within a conversation.

An event leaves the workspace's file only after the intake has taken it. One that fails is offered again,
later and later, while other conversations go on. A command or button waits until what was said before it is taken.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import structlog

from adapters.web.capabilities import PLATFORM
from adapters.web.store import pending_events
from adapters.web.store.store import Store
from adapters.web.translate import inbound
from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import sentence
from bot.messages.inbound import InboundEvent
from bot.messages.outbound import Reply
from bot.ports.intake import Intake

log = structlog.get_logger(__name__)

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 30.0
AT_ONCE = 32
"""Conversations whose events are offered at the same time; the others wait their turn."""


@dataclass(slots=True)
class _Conversation:
    """`rested` is set while no first attempt is under way: all is taken, or the next try is a pause away."""

    rested: asyncio.Event = field(default_factory=asyncio.Event)
    worker: asyncio.Task[None] | None = None
    has_news: bool = False


class EventQueue:
    """`person_of` finds the actor of a kept event by id; `tell` shows a private reply to its actor."""

    def __init__(
        self,
        *,
        store: Store,
        person_of: Callable[[str], Person | None],
        tell: Callable[[InboundEvent, Reply], Awaitable[None]],
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        self._store = store
        self._person_of = person_of
        self._tell = tell
        self._first_pause_s = first_pause_s
        self._intake: Intake | None = None
        self._conversations: dict[str, _Conversation] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._closing = asyncio.Event()

    @property
    def intake(self) -> Intake:
        """Raises StorageUnavailable while the desk is not listening."""
        if self._intake is None or self._closing.is_set():
            raise StorageUnavailable(sentence("operations.web_not_listening"))
        return self._intake

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is being taken at this moment; what failed and rests for a while counts as quiet."""
        return all(each.rested.is_set() for each in self._conversations.values() if each.worker is not None)

    def command_for(self, verb: str) -> str:
        """A command people can type for this verb, under its configured name."""
        helps = () if self._intake is None else self._intake.command_helps()
        group = next((each.group for each in helps if each.verb == verb), "ticket")
        return f"/{group} {verb}"

    async def begin(self, intake: Intake) -> None:
        """Offer what was left from before, then whatever `wake` names."""
        self._intake = intake
        for conversation in await self._store.run(pending_events.conversations):
            self.wake(conversation)

    def wake(self, name: str) -> None:
        """Offer this conversation's events: there is a new one in the file."""
        if self._intake is None or self._closing.is_set():
            return  # `begin` of the next run finds it
        conversation = self._conversations.setdefault(name, _Conversation())
        conversation.has_news = True
        if conversation.worker is None:
            conversation.rested.clear()
            conversation.worker = asyncio.create_task(self._work(name, conversation))

    async def caught_up(self, name: str) -> None:
        """Wait for what was said in this conversation before, as long as it is being taken."""
        conversation = self._conversations.get(name)
        if conversation is not None:
            await conversation.rested.wait()

    async def close(self) -> None:
        """Let the takes under way finish; what still waits stays in the file."""
        self._closing.set()
        workers = [each.worker for each in self._conversations.values() if each.worker is not None]
        await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self, name: str, conversation: _Conversation) -> None:
        pause = self._first_pause_s
        while conversation.has_news and not self._closing.is_set():
            conversation.has_news = False
            if await self._take_all(name):
                pause = self._first_pause_s
                continue
            conversation.has_news = True
            conversation.rested.set()
            await self._pause(pause)
            conversation.rested.clear()
            pause = min(pause * 2, LONGEST_PAUSE_S)
        conversation.rested.set()
        del self._conversations[name]

    async def _take_all(self, name: str) -> bool:
        """Offer this conversation's events until none waits; False when one was not taken."""
        try:
            async with self._slots:
                while not self._closing.is_set():
                    if not await self._take_next(name):
                        return True
        except StorageUnavailable as error:
            log.debug("what people said waits for the desk", conversation=name, reason=error.sentence)
            return False
        except Exception:
            log.exception("what people said could not be taken; it is offered again", conversation=name)
            return False
        return True

    async def _take_next(self, name: str) -> bool:
        found = await self._store.run(lambda database: pending_events.first_of(database, name))
        if found is None:
            return False
        row_id, kept = found
        event = inbound.event_of(
            kept, self._actor(kept["actor"], kept["actor_name"], kept.get("language", ""))
        )
        assert self._intake is not None, "events are offered only between `begin` and `close`"
        reply = await self._intake.take(event)
        await self._store.run(lambda database: pending_events.settle(database, row_id))
        if reply is not None:
            await self._tell(event, reply)
        return True

    def _actor(self, identity: str, name: str, language: str) -> Person:
        """The person as configured now; somebody who has left since keeps the name they had."""
        person = self._person_of(identity) or Person(key=f"{PLATFORM}:{identity}", name=name, language="")
        return person if person.language else replace(person, language=language)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return
