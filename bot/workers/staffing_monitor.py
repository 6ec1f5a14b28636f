"""The watch beside the SLA clock, ticked: hand-overs, rotas that run empty, requests that nobody takes.

What was told is a row that changes only from what it was, so each thing is told once, whatever restarts and
however many replicas watch.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from typing import Final

import structlog

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.shifts import stretches
from bot.services.on_call.staffing_findings import StaffingFinding, StaffingTopic, staffing_findings
from bot.services.on_call.turns import note_channel_told, tell_turn_change, turn_changes
from bot.services.outbox.direct_notices import tell_directly

MOST_SHOWN: Final = 10
"""Alerts of one kind and team that are kept true, the newest ones."""

log = structlog.get_logger(__name__)


class StaffingMonitor:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Tell what is new; returns how many things were. Looking alone writes nothing."""
        if not await self._storage.read(self._is_anything_new):
            return 0
        return await self._storage.run(self._tell_news)

    def _is_anything_new(self, uow: UnitOfWork) -> bool:
        context = self._contexts.context(uow)
        news = chain(
            turn_changes(uow, context.desk, now=context.now),
            staffing_findings(uow, context.desk, now=context.now),
        )
        return any(True for _ in news)

    def _tell_news(self, uow: UnitOfWork) -> int:
        context = self._contexts.context(uow)
        changes = [*turn_changes(uow, context.desk, now=context.now)]
        changed = [each for each in changes if tell_turn_change(context, each)]
        found = [
            each
            for each in staffing_findings(uow, context.desk, now=context.now)
            if uow.watches.tell(each.name, was=each.was, told=each.told)
        ]
        by_channel: defaultdict[ChannelRef, list[StaffingFinding]] = defaultdict(list)
        for each in found:
            if each.topic is not None:
                by_channel[each.channel].append(each)
                log.info("the watch has news", topic=str(each.topic), team=each.team)
            if each.topic is StaffingTopic.ON_CALL:
                _call(context, each.team)
        if found:
            shown = dict(uow.watches.all())
            for each in found:
                if each.has_ended:
                    _show_ended(context, each, shown=shown)
            for channel, news in by_channel.items():
                _remember(context, news, key=_tell(context, channel, news), shown=shown)
        return len(changed) + len(found)


def _show_ended(context: Context, finding: StaffingFinding, *, shown: dict[str, str]) -> None:
    """What was told of it and is true no more is edited where it stands; what all of is over is shown no more."""
    name = _shown(finding)
    if keys := shown.get(name, ""):
        context.uow.outbox.show_again(keys.splitlines())
        if not finding.told:
            context.uow.watches.tell(name, was=keys, told="")
            del shown[name]


def _remember(context: Context, news: list[StaffingFinding], *, key: str, shown: Mapping[str, str]) -> None:
    """Under which key it was told, for the day when it is over."""
    for each in news:
        if each.topic is StaffingTopic.ON_CALL:
            note_channel_told(context, each.team, known=shown, person=each.told, key=key)
        if each.is_alert:
            was = shown.get(_shown(each), "")
            keys = [*was.splitlines(), key][-MOST_SHOWN:]
            context.uow.watches.tell(_shown(each), was=was, told="\n".join(keys))


def _shown(finding: StaffingFinding) -> str:
    return f"shown:{finding.name}"


def _tell(context: Context, channel: ChannelRef, news: list[StaffingFinding]) -> str:
    """One message for all of a channel; that nobody is missing any more says who is on call, too. Returns its key."""
    filled = {each.team for each in news if each.topic is StaffingTopic.FILLED}
    news = [each for each in news if each.topic is not StaffingTopic.ON_CALL or each.team not in filled]
    marks = ",".join(f"{each.topic}/{each.team}/{each.told}" for each in news)
    key = f"lookout:{channel}:{context.now:%Y%m%dT%H%M%S}:{marks}"
    context.uow.outbox.put_once(
        RowKind.STAFFING_NOTICE,
        conversation=context.uow.conversations.of_channel(channel).id,
        key=key,
        payload={
            "news": [{"topic": str(each.topic), "team": each.team, "people": each.people} for each in news]
        },
        now=context.now,
        is_urgent=any(each.topic in (StaffingTopic.EMPTY, StaffingTopic.UNCLAIMED) for each in news),
    )
    return key


def _call(context: Context, team_name: str) -> None:
    """Whoever is on call from now on knows it; those who stand in were told when that was said."""
    team = context.desk.teams[team_name]
    rota, roster = rota_of(context.desk, team), Roster(context.uow, context.desk, now=context.now)
    if rota is None:
        return
    turn = next(stretches(roster, rota, now=context.now))
    if turn.person is None or any(
        turn.person.key == each.person and each.holds(context.now) for each in roster.covers(rota)
    ):
        return
    tell_directly(
        context,
        turn.person.key,
        "team.you_are_on_call" if turn.ends is not None else "team.you_are_on_call_on",
        key=f"on call:{team_name}:{context.now.isoformat()}",
        team=team.title,
        **({"until": turn.ends.isoformat()} if turn.ends is not None else {}),
    )
