"""Who is on call for a team, who stands in because who said so, who is away, and whom the reader may plan for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.caches.known_staff import agents_among
from bot.documents.console.team.calendar import BarKind, Handle, Stay, TeamCalendar, calendar_of
from bot.domain.directory import Person, Team
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Cover, Rota
from bot.services.context.context import Context
from bot.services.context.membership import people_meant
from bot.services.context.reader import zone_of
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.shifts import ShiftStretch, first_coverage_gap, stretches


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCover:
    """Somebody stands in; `person` is their key, which it is taken back by."""

    id: int
    person: str
    name: str
    begins: datetime
    ends: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAbsence:
    """`is_ended_by_reader`: the reader's own, or one that they may say is over as a lead; `ended_by` is how."""

    person: str
    name: str
    since: datetime
    until: datetime
    has_begun: bool
    is_ended_by_reader: bool
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRoster:
    """`now` is None where the team has no rota. `choices` are (key, name) of people who can stand in or be away."""

    now: ShiftStretch | None
    following: Person | None
    gap: ShiftStretch | None
    covers: tuple[KnownCover, ...]
    absences: tuple[KnownAbsence, ...]
    calendar: TeamCalendar
    cover_choices: tuple[tuple[str, str], ...] = ()
    away_choices: tuple[tuple[str, str], ...] = ()


def roster_of(context: Context, team: Team, roster: Roster, staff: Sequence[Person]) -> TeamRoster:
    """`staff` are the team's people whom the desk has met."""
    rota = rota_of(context.desk, team)
    turns = list(stretches(roster, rota, now=context.now)) if rota is not None else []
    absences = [*_absences(context, team, roster)]
    agents = agents_among(staff, [team], actor=context.actor)
    is_lead = [each for each in agents if context.desk.leads_of(each, context.actor)]
    own = [each for each in agents if each.key in context.accounts]
    return TeamRoster(
        now=turns[0] if turns else None,
        following=turns[1].person if len(turns) > 1 else None,
        gap=first_coverage_gap(roster, rota, team.calendar, now=context.now) if rota is not None else None,
        covers=tuple(_covers(context, rota, roster)) if rota is not None else (),
        absences=tuple(absences),
        calendar=calendar_of(
            [
                *_turns(context, rota, roster, turns),
                *(_away(context, each) for each in absences),
            ],
            now=context.now,
            zone=zone_of(context),
        ),
        cover_choices=tuple((each.key, each.name) for each in agents) if rota is not None else (),
        away_choices=tuple((each.key, each.name) for each in dict.fromkeys([*own, *is_lead])),
    )


def _covers(context: Context, rota: Rota, roster: Roster) -> Iterator[KnownCover]:
    covers = roster.covers(rota)
    people = context.uow.people.find_many({key for each in covers for key in (each.person, each.made_by)})
    names = {key: each.name for key, each in people.items()}
    for each in covers:
        yield KnownCover(
            id=each.id,
            person=each.person,
            name=names.get(each.person, each.person),
            begins=each.begins,
            ends=each.ends,
            made_by=names.get(each.made_by, each.made_by),
        )


def _absences(context: Context, team: Team, roster: Roster) -> Iterator[KnownAbsence]:
    """Of the team's people, the soonest first; of what is told by the configuration nothing can be ended here."""
    soonest: list[Absence] = sorted(roster.absences, key=lambda each: (each.since, each.person))
    told = {(each.person, each.since) for each in context.desk.absences}
    for absence in soonest:
        for person in people_meant(context.uow, [absence.person]):
            if not team.has_agent(person):
                continue
            is_own = person.key in context.accounts
            is_said = (absence.person, absence.since) not in told
            yield KnownAbsence(
                person=person.key,
                name=person.name,
                since=absence.since,
                until=absence.until,
                has_begun=absence.holds(context.now),
                ended_by=_ended_by("" if is_own else f"@{person.key} ", absence, context),
                is_ended_by_reader=is_said and (is_own or bool(context.desk.leads_of(person, context.actor))),
            )


def _ended_by(whose: str, absence: Absence, context: Context) -> str:
    """What the command reads: it ends the present absence, or cancels what begins on that day."""
    day = absence.since.astimezone(zone_of(context)).date()
    return f"{whose}back" if absence.holds(context.now) else f"{whose}cancel {day}"


def _turns(
    context: Context, rota: Rota | None, roster: Roster, turns: Sequence[ShiftStretch]
) -> Iterator[Stay]:
    covers = roster.covers(rota) if rota is not None else ()
    for each in turns:
        for person, begins, ends, cover in _parts(each, covers):
            yield Stay(
                person=person.key,
                name=person.name,
                kind=BarKind.ON_CALL if cover is None else BarKind.COVER,
                begins=begins,
                ends=ends,
                handle=None
                if cover is None
                else _handle(context, "cover", cover.begins, cover.ends, instead=str(cover.id)),
            )


def _parts(
    turn: ShiftStretch, covers: Sequence[Cover]
) -> Iterator[tuple[Person, datetime, datetime | None, Cover | None]]:
    """Each cover by itself, also where it adjoins a turn of whoever covers: the latest counts, as in the rota."""
    if turn.person is None:
        return
    theirs = [each for each in covers if each.person == turn.person.key]
    borders = {at for each in theirs for at in (each.begins, each.ends)}
    starts = [turn.begins, *sorted(at for at in borders if _is_within(at, turn))]
    held = [next((each for each in reversed(theirs) if each.holds(at)), None) for at in starts]
    kept = [number for number, cover in enumerate(held) if not number or cover != held[number - 1]]
    ends = [*(starts[number] for number in kept[1:]), turn.ends]
    for number, end in zip(kept, ends, strict=True):
        yield turn.person, starts[number], end, held[number]


def _is_within(at: datetime, turn: ShiftStretch) -> bool:
    return at > turn.begins and (turn.ends is None or at < turn.ends)


def _handle(context: Context, form: str, since: datetime, until: datetime, *, instead: str) -> Handle:
    zone = zone_of(context)
    begins, ends = (f"{each.astimezone(zone):%Y-%m-%dT%H:%M}" for each in (since, until))
    return Handle(form=form, since=begins, until=ends, instead=instead, has_begun=since <= context.now)


def _away(context: Context, absence: KnownAbsence) -> Stay:
    return Stay(
        person=absence.person,
        name=absence.name,
        kind=BarKind.AWAY,
        begins=absence.since,
        ends=absence.until,
        handle=_handle(context, "away", absence.since, absence.until, instead=absence.since.isoformat())
        if absence.is_ended_by_reader
        else None,
    )
