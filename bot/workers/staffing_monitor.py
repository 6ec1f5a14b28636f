"""The watch beside the SLA clock, ticked: hand-overs, rotas that run empty, requests that nobody takes.

What was told is a row that changes only from what it was, so each thing is told once, whatever restarts and
however many replicas watch.
"""

from collections import defaultdict
from datetime import timedelta

import structlog

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Work, Workplace
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.shifts import stretches
from bot.services.on_call.staffing_findings import News, Topic, look
from bot.services.outbox.direct_notices import tell_directly

log = structlog.get_logger(__name__)


class Vigilance:
    def __init__(self, *, storage: Storage, workplace: Workplace) -> None:
        self._storage = storage
        self._workplace = workplace

    async def tick(self) -> int:
        """Tell what is new; returns how many things were. Looking alone writes nothing."""
        if not await self._storage.read(self._is_anything_new):
            return 0
        return await self._storage.run(self._tell_news)

    def _is_anything_new(self, uow: UnitOfWork) -> bool:
        work = self._workplace.work(uow)
        return any(True for _ in look(uow, work.desk, now=work.now))

    def _tell_news(self, uow: UnitOfWork) -> int:
        work = self._workplace.work(uow)
        found = [
            each
            for each in look(uow, work.desk, now=work.now)
            if uow.watches.tell(each.name, was=each.was, told=each.told)
        ]
        by_channel: defaultdict[ChannelRef, list[News]] = defaultdict(list)
        for each in found:
            if each.topic is not None:
                by_channel[each.channel].append(each)
                log.info("the watch has news", topic=str(each.topic), team=each.team)
            if each.topic is Topic.ON_CALL:
                _call(work, each.team)
        for channel, news in by_channel.items():
            _tell(work, channel, news)
        return len(found)


def _tell(work: Work, channel: ChannelRef, news: list[News]) -> None:
    """One message for all of a channel; that nobody is missing any more says who is on call, too."""
    filled = {each.team for each in news if each.topic is Topic.FILLED}
    news = [each for each in news if each.topic is not Topic.ON_CALL or each.team not in filled]
    marks = ",".join(f"{each.topic}/{each.team}/{each.told}" for each in news)
    work.uow.outbox.tell(
        RowKind.LOOKOUT,
        conversation=work.uow.conversations.of_channel(channel).id,
        key=f"lookout:{channel}:{work.now:%Y%m%dT%H%M%S}:{marks}",
        payload={
            "news": [{"topic": str(each.topic), "team": each.team, "people": each.people} for each in news]
        },
        now=work.now,
        is_urgent=any(each.topic in (Topic.EMPTY, Topic.UNCLAIMED) for each in news),
    )


def _call(work: Work, team_name: str) -> None:
    """Whoever is on call from now on knows it; those who stand in were told when that was said."""
    team = work.desk.teams[team_name]
    rota, roster = rota_of(work.desk, team), Roster(work.uow, work.desk, now=work.now)
    if rota is None:
        return
    turn = next(stretches(roster, rota, now=work.now))
    if turn.person is None or any(
        turn.person.key == each.person and each.holds(work.now) for each in roster.covers(rota)
    ):
        return
    until = turn.ends or work.now + timedelta(days=7)
    tell_directly(
        work,
        turn.person.key,
        "you_are_on_call",
        key=f"on call:{team_name}:{work.now.isoformat()}",
        team=team.title,
        until=until.isoformat(),
    )
