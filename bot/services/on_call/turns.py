"""Turns on call that change before their time: an absence, somebody who is back, a rota that was edited.

What people know of each rota's present turn is a row: who is on call, and until when. A turn that ends as they know
is no news here; whoever goes on or off earlier or later hears of it at once, and the line that told the channel of
the turn is kept true. What is arranged by cover is told by who arranges it, and noted here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from bot.domain.desk import Desk
from bot.domain.on_call.rota import Rota
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.on_call.roster import Roster, rota_title
from bot.services.on_call.shifts import LOOKED_INTO, stretches
from bot.services.outbox.direct_notices import tell_directly

_NOBODY = "nobody"
_NO_END = "-"
_COMES_INTO_SIGHT = timedelta(days=1)
"""An end so close to the furthest that is looked has only come into sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTurn:
    """Whose it is, by their key, None for nobody's; `until` is None where it ends later than is looked."""

    person: str | None
    until: datetime | None

    def __str__(self) -> str:
        return f"{self.person or _NOBODY} {self.until.isoformat() if self.until else _NO_END}"

    @classmethod
    def read(cls, text: str) -> Self:
        person, _, until = text.rpartition(" ")
        return cls(
            person=None if person == _NOBODY else person,
            until=None if until == _NO_END else datetime.fromisoformat(until),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnChange:
    """What is known of a rota's turn, as it is stored, "" for nothing yet; and what is true by now."""

    rota: Rota
    was: str
    turn: KnownTurn

    @property
    def name(self) -> str:
        return _known(self.rota)


def turn_changes(uow: UnitOfWork, desk: Desk, *, now: datetime) -> Iterator[TurnChange]:
    """Of the rotas that teams have, those whose present turn is another than people know."""
    known, roster = uow.watches.all(), Roster(uow, desk, now=now)
    for name in sorted({team.rota for team in desk.teams.values() if team.rota in desk.rotas and team.rota}):
        rota = desk.rotas[name]
        was, turn = known.get(_known(rota), ""), _present(roster, rota, now=now)
        if str(turn) != was:
            yield TurnChange(rota=rota, was=was, turn=turn)


def tell_turn_change(context: Context, change: TurnChange) -> bool:
    """Remember it, and tell whom it takes by surprise; False where another replica has."""
    if not context.uow.watches.tell(change.name, was=change.was, told=str(change.turn)):
        return False
    if change.was:
        was = KnownTurn.read(change.was)
        if was.person == change.turn.person:
            _tell_moved_end(context, change, was)
        else:
            _tell_relieved(context, change, was)
    return True


def tell_pending_change(context: Context, rota: Rota) -> None:
    """What the watch has not told yet of this rota's turn is told before it changes for another reason."""
    for change in turn_changes(context.uow, context.desk, now=context.now):
        if change.rota == rota:
            tell_turn_change(context, change)


def note_turn(context: Context, rota: Rota) -> None:
    """Those whom it concerns have just been told of this rota's turn as it is now."""
    roster = Roster(context.uow, context.desk, now=context.now)
    was = context.uow.watches.all().get(_known(rota), "")
    told = str(_present(roster, rota, now=context.now))
    context.uow.watches.tell(_known(rota), was=was, told=told)


def note_channel_told(
    context: Context, team: str, *, known: Mapping[str, str], person: str, key: str
) -> None:
    """The row of this key has told the team's channel that the person went on call; `known` was told before."""
    name = _line(team)
    context.uow.watches.tell(name, was=known.get(name, ""), told=f"{person}\n{key}")


def _tell_moved_end(context: Context, change: TurnChange, was: KnownTurn) -> None:
    """Whoever is on call stays so, for longer or less long than they know."""
    person, until = change.turn.person, change.turn.until
    if person is None or _has_come_into_sight(context, was, until):
        return
    _show_line_again(context, change)
    facts = {"rota": rota_title(context.desk, change.rota)}
    if until is not None:
        facts["until"] = until.isoformat()
    if was.until is not None:
        facts["known_until"] = was.until.isoformat()
    key = "team.turn_goes_on" if until is None else "team.turn_ends" if was.until else "team.turn_has_an_end"
    tell_directly(context, person, key, key=f"turn:{change.rota.name}:{context.now.isoformat()}", **facts)


def _has_come_into_sight(context: Context, was: KnownTurn, until: datetime | None) -> bool:
    is_far = until is None or until >= context.now + LOOKED_INTO - _COMES_INTO_SIGHT
    return was.until is None and is_far


def _tell_relieved(context: Context, change: TurnChange, was: KnownTurn) -> None:
    """Whose turn is over before the time they know, unless they are away; who is on call now hears so as ever."""
    if was.person is None or (was.until is not None and was.until <= context.now):
        return
    before = context.uow.people.find(was.person)
    roster = Roster(context.uow, context.desk, now=context.now)
    if before is None or not before.is_active or roster.absence_of(before, at=context.now) is not None:
        return
    now = context.uow.people.find(change.turn.person) if change.turn.person is not None else None
    facts = {"rota": rota_title(context.desk, change.rota)} | (
        {"person": now.name} if now is not None else {}
    )
    tell_directly(
        context,
        before.key,
        "team.turn_is_over" if now is not None else "team.turn_is_nobodys",
        key=f"turn:{change.rota.name}:{context.now.isoformat()}",
        **facts,
    )


def _show_line_again(context: Context, change: TurnChange) -> None:
    lines = context.uow.watches.all()
    for team in context.desk.teams.values():
        person, _, key = lines.get(_line(team.name), "").partition("\n")
        if team.rota == change.rota.name and person == change.turn.person:
            context.uow.outbox.show_again([key])


def _present(roster: Roster, rota: Rota, *, now: datetime) -> KnownTurn:
    stretch = next(stretches(roster, rota, now=now))
    return KnownTurn(person=stretch.person.key if stretch.person is not None else None, until=stretch.ends)


def _known(rota: Rota) -> str:
    return f"turn:{rota.name}"


def _line(team: str) -> str:
    return f"turn line:{team}"
