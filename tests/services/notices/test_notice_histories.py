"""Notices under any history, with jumps of the clock and restarts: none twice, and none to who may not see it."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.notices.choice import NoticeChoice, NoticeWay, Quiet
from bot.domain.notices.notice_record import NoticeEvent, NoticeRecord
from bot.domain.on_call.absence import Absence
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Copy, Notice
from bot.services.context.context import Context
from bot.services.context.sight import Sight, sight_of
from bot.services.notices.ticket_notices import BURST
from bot.services.on_call.absences import come_back, go_away
from bot.services.tickets import actions
from bot.services.tickets.followers.followers import add_agent, add_colleague, remove_follower
from bot.services.tickets.followers.note_mentions import follow_mentioned
from storage import open_storage
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, person
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk, Sent
from tests.services.notices.night_desk import desk_by_day

DAN = person("Dan Dietz")
AGENTS = (BO, CLEO, LEE)
PEOPLE = (*AGENTS, DAN)
SECRET = "she spilled coffee"

Deed = Callable[[Context, Ticket, Person], object]
DEEDS: dict[str, Deed] = {
    "writes": lambda context, ticket, _: actions.write_as_requester(context, ticket, text="Any news?"),
    "reopens": lambda context, ticket, _: actions.reopen_ticket(context, ticket),
    "replies": lambda context, ticket, _: actions.reply_as_agent(context, ticket, text="On it"),
    "notes": lambda context, ticket, who: follow_mentioned(
        context, ticket, actions.add_note(context, ticket, text=f"{SECRET}, @{who.name}")
    ),
    "assigns": lambda context, ticket, who: actions.assign_ticket(context, ticket, to=who),
    "releases": lambda context, ticket, _: actions.release_ticket(context, ticket),
    "resolves": lambda context, ticket, _: actions.resolve_ticket(context, ticket, is_told=True),
    "adds": add_agent,
    "adds colleague": add_colleague,
    "removes": lambda context, ticket, who: remove_follower(context, ticket, who, side=Side.TEAM),
    "removes colleague": lambda context, ticket, who: remove_follower(
        context, ticket, who, side=Side.REQUESTER
    ),
    "transfers": lambda context, ticket, _: actions.transfer_ticket(
        context, ticket, team=context.desk.teams["network" if ticket.team == "it" else "it"]
    ),
}
BY_REQUESTER = ("writes", "reopens", "adds colleague", "removes colleague")
OTHERS = ("delivery", "restart", "clock goes back", "away", "back", "chooses")
STORIES = st.lists(
    st.tuples(
        st.sampled_from((*DEEDS, "writes", "writes", "delivery", *OTHERS)),
        st.timedeltas(timedelta(), timedelta(hours=4)) | st.just(timedelta(seconds=30)),
        st.sampled_from(PEOPLE),
        st.sampled_from(AGENTS),
    ),
    max_size=25,
)
FOLDERS = count(1)


class Life:
    """IT-1 and what everybody was shown of it."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._desk = desk_by_day(folder)
        self.desk = HeadlessDesk(open_storage(url), desk=self._desk)
        self.shown: list[Sent] = []

    async def begins(self) -> None:
        await self.desk.meets(ANA, *PEOPLE)
        await self.desk.opens()

    async def lives(self, deed: str, whom: Person, by: Person) -> None:
        match deed:
            case "delivery":
                await self.delivers()
            case "restart":
                await self.restarts()
            case "clock goes back":
                self.desk.clock.move(-timedelta(hours=2))
            case "away":
                now = self.desk.clock.now()
                absence = Absence(person=by.key, since=now, until=now + timedelta(hours=6), reason="")
                await self.desk.works(by, lambda context: go_away(context, absence))
            case "back":
                await self.desk.works(by, come_back)
            case "chooses":
                await self.desk.works(by, lambda context: context.uow.notice_choices.put(_choice(by, whom)))
            case _:
                await self.does(deed, whom, ANA if deed in BY_REQUESTER else by)

    async def does(self, deed: str, whom: Person, by: Person) -> None:
        def work(context: Context, ticket: Ticket) -> None:
            before = len(context.uow.notices.of_ticket(ticket.id, limit=10_000))
            DEEDS[deed](context, ticket, whom)
            decided = context.uow.notices.of_ticket(ticket.id, limit=10_000)[before:]
            nobody_hears_who_may_not_see(context, ticket, decided)
            nobody_hears_twice_of_one_change(decided)

        try:
            await self.desk.does(by, work)
        except Refused:
            return

    async def delivers(self) -> None:
        self.shown += await self.desk.sent()

    async def restarts(self) -> None:
        clock = self.desk.clock
        await self.desk.storage.close()
        self.desk = HeadlessDesk(open_storage(self._url), desk=self._desk)
        self.desk.clock.move(clock.now() - self.desk.clock.now())

    async def ends(self) -> None:
        await self.delivers()
        ticket = await self.desk.ticket()
        records = await self.desk.storage.read(lambda uow: uow.notices.of_ticket(ticket.id, limit=10_000))
        nothing_was_sent_twice(self.shown)
        no_burst_was_told_twice(records)
        no_note_left_the_team(self.shown)
        await self.desk.storage.close()


def _choice(by: Person, whom: Person) -> NoticeChoice:
    """Different ones, by chance."""
    place = PEOPLE.index(whom)
    ways, rules = list(NoticeWay), [Quiet.TEAM, Quiet.NEVER]
    return NoticeChoice(person=by.key, way=ways[place % 3], quiet=rules[place % 2])


def nobody_hears_who_may_not_see(context: Context, ticket: Ticket, decided: Sequence[NoticeRecord]) -> None:
    channel = str(context.team_of(ticket).channel)
    for each in decided:
        if each.reach is None or each.recipient == channel:
            continue
        who = context.uow.people.find(each.recipient)
        assert who is not None
        is_colleague = each.event in (NoticeEvent.SHARED, NoticeEvent.REPLIED, NoticeEvent.RESOLVED)
        needed = Sight.REQUESTERS_SIDE if is_colleague else Sight.TEAMS_SIDE
        # Who loses a ticket by its transfer is nobody who is told, and who gives it away sees it still.
        assert sight_of(context.uow, context.desk, ticket, who) >= needed, each


def nobody_hears_twice_of_one_change(decided: Sequence[NoticeRecord]) -> None:
    told = Counter((each.recipient, each.event, each.message) for each in decided if each.reach is not None)
    assert all(number == 1 for number in told.values()), told


def nothing_was_sent_twice(shown: list[Sent]) -> None:
    begun = Counter(each.row.id for each in shown if not each.row.parts and not each.row.kind.is_state)
    assert all(number == 1 for number in begun.values())


def no_burst_was_told_twice(records: Sequence[NoticeRecord]) -> None:
    """However the clock jumped: two of one recipient lie apart, or time went back between them."""
    words = [each for each in records if each.event is NoticeEvent.WROTE and each.reach is not None]
    for recipient in {each.recipient for each in words}:
        told = [each.at for each in words if each.recipient == recipient]
        assert all(not timedelta() <= after - before < BURST for before, after in pairwise(told))


def no_note_left_the_team(shown: list[Sent]) -> None:
    for each in shown:
        if isinstance(each.content, Notice | Copy) and SECRET in each.words:
            assert each.side == "team"


async def live(url: str, folder: Path, story: list[tuple[str, timedelta, Person, Person]]) -> None:
    life = Life(url, folder)
    await life.begins()
    for deed, passes, whom, by in story:
        life.desk.clock.move(passes)
        await life.lives(deed, whom, by)
    await life.ends()


@given(story=STORIES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_happens_no_notice_is_told_twice_or_to_who_may_not_see(
    story: list[tuple[str, timedelta, Person, Person]], sqlite_template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / str(next(FOLDERS))
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "deskbell.db")
    asyncio.run(live(f"sqlite:///{folder / 'deskbell.db'}", folder, story))
