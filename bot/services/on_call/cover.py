"""Somebody stands in for whoever is on call, or does after all not: done, and told to all whom it concerns."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.directory import Person
from bot.domain.on_call.rota import Cover, Rota, Shift
from bot.services.context.context import Context
from bot.services.on_call.roster import Roster, rota_of, rota_title
from bot.services.on_call.turns import note_turn, tell_pending_change
from bot.services.outbox.direct_notices import tell_directly

LOOKED_AHEAD = timedelta(weeks=8)
"""For the end of a turn."""


def arrange_cover(
    context: Context, rota: Rota, person: Person, *, begins: datetime, ends: datetime
) -> list[Person]:
    """Puts the person on call from when to when; returns those in whose place they are, who are told."""
    tell_pending_change(context, rota)
    relieved = _arrange(context, rota, person, begins=begins, ends=ends)
    note_turn(context, rota)
    return relieved


def _arrange(
    context: Context, rota: Rota, person: Person, *, begins: datetime, ends: datetime
) -> list[Person]:
    turns = _turns_within(context, rota, begins=begins, ends=ends)
    relieved = {each.key: each for _, each in turns if each is not None and each.key != person.key}
    shift = Shift(person=person.key, begins=begins, ends=ends)
    context.uow.covers.add(rota.name, shift, made_by=context.actor.key)
    if person.key != context.actor.key:
        since = next((at for at, each in turns if each is None or each.key != person.key), begins)
        _tell(context, [person], "team.you_cover", rota, replace(shift, begins=since), person)
    for other in relieved.values():
        if other.key != context.actor.key:
            since = next(at for at, each in turns if each == other)
            _tell(context, [other], "team.you_are_covered", rota, replace(shift, begins=since), person)
    return [*relieved.values()]


def relieves_from(
    context: Context, rotas: Iterable[Rota], person: Person, *, begins: datetime, ends: datetime
) -> datetime:
    """When the person would first stand in for somebody, as far as is known: until then it is their own turn."""
    turns = (turn for rota in rotas for turn in _turns_within(context, rota, begins=begins, ends=ends))
    return min((at for at, each in turns if each is None or each.key != person.key), default=begins)


def move_cover(
    context: Context, rota: Rota, cover: Cover, person: Person, *, begins: datetime, ends: datetime
) -> list[Person]:
    """Puts the person on call at this time instead of the cover's; returns those in whose place they are.

    Who is on call again hears that the old time is over, unless the new one is in their place as well.
    """
    tell_pending_change(context, rota)
    context.uow.covers.end(cover, at=context.now)
    back = on_call_within(context, rota, begins=max(cover.begins, context.now), ends=cover.ends)
    others = _arrange(context, rota, person, begins=begins, ends=ends)
    spared = {person.key, context.actor.key, *(each.key for each in others)}
    old = Shift(person=person.key, begins=max(cover.begins, context.now), ends=cover.ends)
    concerned = [each for each in back if each.key not in spared]
    _tell(context, concerned, "team.cover_is_over", rota, old, person)
    note_turn(context, rota)
    return others


def cancel_cover(context: Context, rota: Rota, cover: Cover, person: Person) -> list[Person]:
    """Ends it now, or before it begins; returns those who are on call in their place again, who are told."""
    tell_pending_change(context, rota)
    begins = max(cover.begins, context.now)
    context.uow.covers.end(cover, at=context.now)
    back = on_call_within(context, rota, begins=begins, ends=cover.ends)
    shift = Shift(person=person.key, begins=begins, ends=cover.ends)
    concerned = {each.key: each for each in [person, *back] if each.key != context.actor.key}
    _tell(context, concerned.values(), "team.cover_is_over", rota, shift, person)
    note_turn(context, rota)
    return back


def on_call_within(context: Context, rota: Rota, *, begins: datetime, ends: datetime) -> list[Person]:
    """Everybody who is, in the order of their times, each once; asked anew, for covers may just have changed."""
    found = _turns_within(context, rota, begins=begins, ends=ends)
    return list({each.key: each for _, each in found if each is not None}.values())


def _turns_within(
    context: Context, rota: Rota, *, begins: datetime, ends: datetime
) -> list[tuple[datetime, Person | None]]:
    """Who is on call, or nobody, from each instant on at which that may change."""
    roster = Roster(context.uow, context.desk, now=context.now)
    instants = [begins, *(at for at in roster.borders(rota, until=ends) if begins < at < ends)]
    return [(at, roster.on_call(rota, at=at)) for at in instants]


def on_call_until(context: Context, rota: Rota, person: Person, *, at: datetime) -> datetime:
    """When their turn ends that goes on at this instant; as far ahead as is looked."""
    roster = Roster(context.uow, context.desk, now=context.now)
    last = at + LOOKED_AHEAD
    later = (each for each in roster.borders(rota, until=last) if each >= at)
    return next((each for each in later if roster.on_call(rota, at=each) != person), last)


def _tell(
    context: Context, people: Iterable[Person], sentence: str, rota: Rota, shift: Shift, standing_in: Person
) -> None:
    for each in people:
        tell_directly(
            context,
            each.key,
            sentence,
            key=f"{rota.name}:{shift.person}:{shift.begins.isoformat()}:{context.now.isoformat()}",
            name=context.actor.name,
            person=standing_in.name,
            rota=rota_title(context.desk, rota),
            since=shift.begins.isoformat(),
            until=shift.ends.isoformat(),
        )


def covers_of(context: Context, roster: Roster) -> list[tuple[Rota, Cover]]:
    """Those that the actor may take back: of the rotas of their teams."""
    rotas = {
        rota.name: rota
        for team in context.desk.teams_of(context.actor)
        if (rota := rota_of(context.desk, team))
    }
    return [(rota, cover) for rota in rotas.values() for cover in roster.covers(rota)]
