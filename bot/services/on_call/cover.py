"""Somebody stands in for whoever is on call, or does after all not: done, and told to all whom it concerns."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.directory import Person
from bot.domain.on_call.rota import Cover, Rota, Shift
from bot.services.context.context import Work
from bot.services.on_call.roster import Roster
from bot.services.outbox.direct_notices import tell_directly


def stand_in(work: Work, rota: Rota, person: Person, *, begins: datetime, ends: datetime) -> list[Person]:
    """Puts the person on call from when to when; returns those in whose place they are, who are told."""
    relieved = _on_call_within(work, rota, begins=begins, ends=ends)
    shift = Shift(person=person.key, begins=begins, ends=ends)
    work.uow.covers.add(rota.name, shift, made_by=work.actor.key)
    if person.key != work.actor.key:
        _tell(work, [person], "you_cover", rota, shift, person)
    others = [each for each in relieved if each.key != person.key]
    _tell(
        work, [each for each in others if each.key != work.actor.key], "you_are_covered", rota, shift, person
    )
    return others


def take_back(work: Work, rota: Rota, cover: Cover, person: Person) -> list[Person]:
    """Ends it now, or before it begins; returns those who are on call in their place again, who are told."""
    begins = max(cover.begins, work.now)
    work.uow.covers.end(cover, at=work.now)
    back = _on_call_within(work, rota, begins=begins, ends=cover.ends)
    shift = Shift(person=person.key, begins=begins, ends=cover.ends)
    concerned = {each.key: each for each in [person, *back] if each.key != work.actor.key}
    _tell(work, concerned.values(), "cover_is_over", rota, shift, person)
    return back


def _on_call_within(work: Work, rota: Rota, *, begins: datetime, ends: datetime) -> list[Person]:
    """Everybody who is, in the order of their times, each once; asked anew, for covers may just have changed."""
    roster = Roster(work.uow, work.desk, now=work.now)
    instants = [begins, *(at for at in roster.borders(rota, until=ends) if begins < at < ends)]
    found = [roster.on_call(rota, at=at) for at in instants]
    return list({each.key: each for each in found if each is not None}.values())


def _tell(
    work: Work, people: Iterable[Person], sentence: str, rota: Rota, shift: Shift, standing_in: Person
) -> None:
    for each in people:
        tell_directly(
            work,
            each.key,
            sentence,
            key=f"{rota.name}:{shift.person}:{shift.begins.isoformat()}:{work.now.isoformat()}",
            name=work.actor.name,
            person=standing_in.name,
            rota=rota.name,
            since=shift.begins.isoformat(),
            until=shift.ends.isoformat(),
        )
