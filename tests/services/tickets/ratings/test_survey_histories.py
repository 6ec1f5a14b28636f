"""Surveys under any history: each resolution is asked about once, none of a ticket that is worked on again.

Three replicas tick at once, any of them restarts, and the clock jumps.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import Refused
from bot.domain.ratings.survey import Survey
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Notice
from bot.messages.plain import plain
from bot.ports.storage.outbox import OutboxRow, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.context.view import View
from bot.services.tickets import actions
from bot.services.tickets.announcements.requester_questions import SURVEY
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.services.tickets.ratings.answers import RATING, rate, survey_to_answer
from bot.views.renderer import render
from bot.workers.tickets.surveys import SurveyWorker
from storage import open_storage
from tests.said import because
from tests.services.moved_clock import MovedClock

FRIDAY_15 = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
HELP = ChannelRef("web", "help-it")
ANA = Person(key="web:ana", name="Ana", time_zone="Europe/Lisbon")
BO, LEE = (Person(key=f"web:{name.lower()}", name=name) for name in ("Bo", "Lee"))
SECRET = "she spilled coffee"
DESK = """\
desk: {name: Help desk}
inboxes:
  help-it: {channel: web:help-it}
teams:
  it: {channel: web:team-it, escalation_channel: web:alarms-it, agents: [web:bo], leads: [web:lee], board: no}
routing: {default_team: it}
satisfaction: {after: 30m, changeable_for: 2d}
"""
DEEDS = (
    *("claim", "answers", "note", "wait", "resolve", "resolve", "close", "reopen", "asks", "withdraw"),
    *("rate", "rate", "comment", "three tick", "three tick", "three tick", "delivery", "restart"),
    *("switched off", "clock goes back"),
)
Story = list[tuple[str, timedelta, int]]
STORIES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.timedeltas(timedelta(), timedelta(hours=9)), st.integers(1, 5)),
    max_size=25,
)
REOPENED: Story = [
    ("resolve", timedelta(), 1),
    ("reopen", timedelta(minutes=5), 1),
    ("three tick", timedelta(hours=1), 1),
]
"""What chance seldom tells: a ticket is worked on again when its survey is due."""
STORY_NUMBERS = count(1)
HOUR = timedelta(hours=1)


class Life:
    """One ticket, and all that was sent of its surveys and ratings."""

    def __init__(self, storage: Storage, asking: Desk, silent: Desk) -> None:
        self._storage = storage
        self._desks = [asking, silent]
        self.clock = MovedClock(FRIDAY_15)
        self.asked: list[str] = []
        """Ids of surveys whose question was posted."""
        self.alerted: list[str] = []
        self.words: list[str] = []
        self._start()

    async def opens(self) -> None:
        def work(uow: UnitOfWork) -> int:
            for person in (ANA, BO, LEE):
                uow.people.remember(person)
            request = NewRequest(requester=ANA, text="Dead", channel=HELP, root="r1", said_at=self.clock.at)
            return open_ticket(self._contexts.context(uow, ANA), request).id

        self.ticket = await self._storage.run(work)

    async def lives(self, deed: str, choice: int) -> None:
        match deed:
            case "three tick":
                await self.ticks()
            case "delivery":
                await self.delivers()
            case "restart":
                self._start()
            case "switched off":
                self._desks.reverse()
            case "clock goes back":
                self.clock.at -= HOUR
                await self.lives("three tick", choice)
                self.clock.at += HOUR
            case _:
                who = ANA if deed in ("asks", "withdraw", "rate", "comment") else BO
                await self.does(partial(_act, deed=deed, choice=choice), who)

    async def ticks(self) -> None:
        """Nothing is asked of a ticket that somebody works on, nor more than once of any."""
        before, is_live = await self.events(), (await self.state()).status.is_live
        await asyncio.gather(*(each.tick() for each in self._replicas))
        sent = (await self.events())["SurveySent"] - before["SurveySent"]
        assert sent <= (0 if is_live else 1)

    async def does(self, deed: Callable[[Context, Ticket], object], by: Person) -> None:
        def work(uow: UnitOfWork) -> None:
            deed(self._contexts.context(uow, by), uow.tickets.lock(self.ticket))

        try:
            await self._storage.run(work)
        except Refused:
            return

    async def delivers(self) -> None:
        while rows := await self._storage.run(lambda uow: uow.outbox.claim(limit=500, lease=HOUR)):
            for row in rows:
                await self._storage.run(partial(self._settle, row=row))

    def _settle(self, uow: UnitOfWork, *, row: OutboxRow) -> None:
        shown = render(View(uow=uow, desk=self._desks[0], now=self.clock.at), row)
        if shown is None and not row.parts and not row.kind.is_state:
            uow.outbox.give_up(row, RowState.DROPPED, error=because("no longer true"))
            return
        if not row.parts and SURVEY in row.payload:
            self.asked.append(row.payload[SURVEY])
        if not row.parts and RATING in row.payload:
            self.alerted.append(row.payload[RATING])
        if isinstance(shown, Notice) and (SURVEY in row.payload or RATING in row.payload):
            self.words.append(plain(shown.text))
        uow.outbox.settle(row, parts=() if shown is None else (f"p{row.id}",))

    async def surveys(self) -> list[Survey]:
        return list(await self._storage.read(lambda uow: uow.surveys.of_ticket(self.ticket)))

    async def state(self) -> Ticket:
        return await self._storage.read(lambda uow: uow.tickets.get(self.ticket))

    async def events(self) -> Counter[str]:
        entries = await self._storage.read(lambda uow: uow.audit_log.of_ticket(self.ticket))
        return Counter(each.event for each in entries)

    @property
    def is_asking(self) -> bool:
        return self._desks[0].asks_for_ratings

    def _start(self) -> None:
        self._contexts = ContextFactory(desk=lambda: self._desks[0], clock=self.clock)
        self._replicas = [SurveyWorker(storage=self._storage, contexts=self._contexts) for _ in range(3)]


def _act(context: Context, ticket: Ticket, *, deed: str, choice: int) -> None:
    match deed:
        case "claim":
            actions.claim_ticket(context, ticket)
        case "answers":
            actions.reply_as_agent(context, ticket, text="Soon.")
        case "note":
            actions.add_note(context, ticket, text=SECRET)
        case "wait":
            actions.wait_for_requester(context, ticket, question="Which one?")
        case "resolve":
            actions.resolve_ticket(context, ticket, resolution="Done")
        case "close" | "withdraw":
            actions.close_ticket(context, ticket)
        case "reopen":
            actions.reopen_ticket(context, ticket)
        case "asks":
            actions.write_as_requester(context, ticket, text="And?")
        case "rate":
            rate(context, ticket, survey_to_answer(context, ticket), score=1 if choice % 2 else 5)
        case _:
            rate(context, ticket, survey_to_answer(context, ticket), comment=f"word {choice}")


async def each_was_asked_of_the_ticket_as_it_was(life: Life) -> None:
    """One at most waits, and nothing is rated that was not asked."""
    surveys = await life.surveys()
    assert len([each for each in surveys if each.due_at is not None]) <= 1
    assert all(each.asked_at is None or each.asked_at >= each.resolved_at - HOUR for each in surveys)
    assert all(each.asked_at is not None for each in surveys if each.is_rated)


async def each_is_told_once(life: Life) -> None:
    await life.delivers()
    surveys = await life.surveys()
    asked = {str(each.id) for each in surveys if each.asked_at is not None}
    assert (await life.events())["SurveySent"] == len(asked)
    assert len(life.asked) == len(set(life.asked))
    assert set(life.asked) <= asked
    assert len(life.alerted) == len(set(life.alerted))
    assert {str(each.id) for each in surveys if each.is_told} == set(life.alerted)
    assert all(each.is_told for each in surveys if each.is_low)
    assert not any(SECRET in each for each in life.words)


async def live(url: str, folder: Path, story: Story) -> None:
    config = folder / "desk.yaml"
    own = DESK.replace("web:alarms-", f"web:alarms-{next(STORY_NUMBERS)}-")  # no other story is told there
    config.write_text(own, encoding="utf-8")
    asking = load_desk(config, KNOWN_PLATFORMS)
    config.write_text(own.replace("{after: 30m", "{ask: no, after: 30m"), encoding="utf-8")
    storage = open_storage(url)
    try:
        life = Life(storage, asking, load_desk(config, KNOWN_PLATFORMS))
        await life.opens()
        for deed, passed, choice in story:
            life.clock.at += passed
            await life.lives(deed, choice)
            await each_was_asked_of_the_ticket_as_it_was(life)
        await each_is_told_once(life)
        if not life.is_asking:
            await life.lives("switched off", 1)
        await life.lives("reopen", 1)
        await life.lives("resolve", 1)
        resolved = (await life.state()).resolved_at
        for _ in range(24):
            life.clock.at += HOUR
            await life.lives("three tick", 1)
        (last,) = [each for each in await life.surveys() if each.resolved_at == resolved][-1:]
        assert last.asked_at is not None, "the last resolution was asked about"
        await each_is_told_once(life)
        assert str(last.id) in life.asked
    finally:
        await storage.close()


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(STORIES)
@example(REOPENED)
def test_whatever_happens_each_resolution_is_asked_about_once(
    sqlite_url: str, tmp_path: Path, story: Story
) -> None:
    asyncio.run(live(sqlite_url, tmp_path, story))


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(STORIES)
@example(REOPENED)
def test_replicas_on_one_database_ask_once(postgres_url: str, tmp_path: Path, story: Story) -> None:
    asyncio.run(live(postgres_url, tmp_path, story))


@pytest.mark.parametrize("engine", ["sqlite_url", "postgres_url"])
def test_a_low_rating_changed_back_and_forth_is_told_once(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str
) -> None:
    night = timedelta(hours=1)
    story: Story = [("resolve", timedelta(), 1), ("three tick", night, 1), ("delivery", timedelta(), 1)]
    story += [("rate", night, score) for score in (1, 2, 1, 2, 1)] + [("delivery", timedelta(), 1)]
    asyncio.run(live(request.getfixturevalue(engine), tmp_path, story))
