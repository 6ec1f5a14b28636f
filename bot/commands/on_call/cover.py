"""`/desk cover`: somebody stands in for whoever is on call."""

from collections.abc import Iterable
from datetime import datetime

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_person
from bot.commands.framework.when import read_span, zone_of
from bot.domain.directory import Person
from bot.domain.errors import AlreadySo, NotAllowed, Refused
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Cover, Rota
from bot.messages import verbs
from bot.messages.outbound import Moment, PrivateReply, RichText
from bot.services.context.named_people import is_oneself
from bot.services.on_call.cover import (
    arrange_cover,
    cancel_cover,
    covers_of,
    move_cover,
    on_call_until,
    on_call_within,
    relieves_from,
)
from bot.services.on_call.roster import Roster, rota_of, rota_title
from bot.text.amounts import listed
from bot.text.sentences import joined
from bot.views.cover_buttons import cover_buttons

INSTEAD = "instead"
"""The option that names what is moved: a cover's id."""
OFF = frozenset({"off", "no", "back", "never"})


def cover(call: Call) -> PrivateReply:
    """Somebody stands in, from now or `from …`, until when; `off` takes it back; alone, one's own or the only one."""
    context, named = call.context, call.option("person")
    if named.casefold() in OFF and not call.option("when"):
        return _take_back_alone(call)
    person = context.actor if is_oneself(named) else find_person(context, named)
    if call.option("when").lower() in OFF:
        return _take_back(call, person)
    rotas = {
        rota.name: rota
        for team in context.desk.teams_of(context.actor)
        if (rota := rota_of(context.desk, team)) is not None and team.has_agent(person)
    }
    if not rotas:
        raise NotAllowed("answers.cover_no_rota", person=person.name)
    when, now = call.option("when"), context.now
    typed = verbs.typed(context.desk.command_names, call.command.name)
    if "until " not in when.lower():
        example = f"{typed} {_typed(person.name)} until Friday"
        raise Refused("answers.cover_needs_end", command=example)
    begins, ends = read_span(when, now=now, zone=zone_of(context))
    _check_is_there(call, person, begins=begins, ends=ends)
    since = begins
    if call.option(INSTEAD):
        rota, moved = _moved(call, person)
        rotas = {rota.name: rota}
        others = move_cover(context, rota, moved, person, begins=begins, ends=ends)
    else:
        _check_somebody_is_relieved(call, rotas.values(), person, begins=begins, ends=ends)
        since = relieves_from(context, rotas.values(), person, begins=begins, ends=ends)
        others = [
            each
            for rota in rotas.values()
            for each in arrange_cover(context, rota, person, begins=begins, ends=ends)
        ]
    relieved = {each.key: each.name for each in others}
    arranged = _said_of(
        call,
        "answers.cover_for" if relieved else "answers.cover",
        begins=begins,
        ends=ends,
        person=person.name,
        rota=listed(sorted(rota_title(context.desk, each) for each in rotas.values()), context.language),
        names=listed(relieved.values(), context.language),
    )
    if since > begins:
        own_until = Moment(since, context.actor.time_zone)
        arranged = joined(arranged, call.say("answers.cover_own_turn", person=person.name, until=own_until))
    undo = call.say("answers.cover_undo", command=f"{typed} {_named(named, person)} off")
    away = joined(*(_if_away(call, rota, person, begins=begins, ends=ends) for rota in rotas.values()))
    return PrivateReply(text=joined(arranged, away, undo))


def _moved(call: Call, person: Person) -> tuple[Rota, Cover]:
    """The cover that this one takes the place of. Raises Refused where it is not there any more."""
    context = call.context
    covers = covers_of(context, Roster(context.uow, context.desk, now=context.now))
    wanted = call.option(INSTEAD)
    found = next(
        (each for each in covers if str(each[1].id) == wanted and each[1].person == person.key), None
    )
    if found is None:
        raise Refused("answers.cover_moved_gone")
    return found


def _check_is_there(call: Call, person: Person, *, begins: datetime, ends: datetime) -> None:
    """Raises Refused for somebody who is away all that time: nobody would be on call."""
    context = call.context
    absence = Roster(context.uow, context.desk, now=context.now).absence_of(person, at=begins)
    if absence is None or absence.until < ends:
        return
    key = "answers.cover_away_self" if person == context.actor else "answers.cover_away"
    back = f"{verbs.typed(context.desk.command_names, verbs.AWAY)} back"
    raise Refused(key, person=person.name, until=absence.until, command=back)


def _check_somebody_is_relieved(
    call: Call, rotas: Iterable[Rota], person: Person, *, begins: datetime, ends: datetime
) -> None:
    """Raises AlreadySo where the person is the one on call all that time: nobody covers for themselves.

    Whoever is away for a part of it is not on call all that time, even where nobody else is.
    """
    ends_of: list[datetime] = []
    for rota in rotas:
        if _absence_within(call, rota, person, begins=begins, ends=ends) is not None:
            return
        ends_of.append(on_call_until(call.context, rota, person, at=ends))
        if on_call_within(call.context, rota, begins=begins, ends=ends) != [person]:
            return
    key = "answers.cover_self" if person == call.context.actor else "answers.cover_already"
    raise AlreadySo(key, person=person.name, until=min(ends_of))


def _said_of(call: Call, key: str, *, begins: datetime, ends: datetime, **facts: str) -> RichText:
    """The sentence of this key for a span that has begun, or the one that also says when it begins."""
    zone = call.context.actor.time_zone
    until = Moment(ends, zone)
    if begins <= call.context.now:
        return call.say(key, until=until, **facts)
    return call.say(f"{key}_from", since=Moment(begins, zone), until=until, **facts)


def _take_back(call: Call, person: Person) -> PrivateReply:
    """Everything that the person covers, or will, in the rotas of the actor's teams."""
    context = call.context
    found = [
        (rota, each)
        for rota, each in covers_of(context, Roster(context.uow, context.desk, now=context.now))
        if each.person == person.key
    ]
    if not found:
        raise Refused("answers.cover_none", person=person.name)
    lines = [_cancelled(call, rota, each, person) for rota, each in found]
    return PrivateReply(text=joined(*lines, by="\n"))


def _take_back_alone(call: Call) -> PrivateReply:
    """The actor's own covers; where they have none, those of the only colleague. Of several, asks whose."""
    context = call.context
    found = covers_of(context, Roster(context.uow, context.desk, now=context.now))
    people = dict.fromkeys(each.person for _, each in found)
    if not people:
        raise Refused("answers.cover_none_at_all")
    if context.actor.key in people:
        return _take_back(call, context.actor)
    if len(people) > 1:
        return PrivateReply(text=call.say("answers.cover_whose"), buttons=cover_buttons(context, people))
    return _take_back(call, find_person(context, next(iter(people))))


def _cancelled(call: Call, rota: Rota, cover: Cover, person: Person) -> RichText:
    back = cancel_cover(call.context, rota, cover, person)
    return _said_of(
        call,
        "answers.cover_ended" if back else "answers.cover_ended_nobody",
        begins=cover.begins,
        ends=cover.ends,
        person=person.name,
        rota=rota_title(call.context.desk, rota),
        names=listed((each.name for each in back), call.context.language),
    )


def _named(typed: str, person: Person) -> str:
    """As it was typed; a page sends a key, which nobody types."""
    return _typed(person.name if person.key in typed else typed)


def _typed(name: str) -> str:
    """As one would type it: several words in quotation marks."""
    return f'"{name}"' if " " in name else name


def _if_away(call: Call, rota: Rota, person: Person, *, begins: datetime, ends: datetime) -> RichText:
    """Who really is on call while the person is away, from the beginning or later; nothing where they are there."""
    context = call.context
    absence = _absence_within(call, rota, person, begins=begins, ends=ends)
    if absence is None:
        return ()
    since = max(absence.since, begins)
    others = on_call_within(context, rota, begins=since, ends=min(absence.until, ends))
    names = listed((each.name for each in others), context.language)
    key = "answers.cover_absent" if names else "answers.cover_absent_nobody"
    zone, title = context.actor.time_zone, rota_title(context.desk, rota)
    until = Moment(absence.until, zone)
    if since == begins:
        return call.say(key, person=person.name, rota=title, until=until, names=names)
    since_then = Moment(since, zone)
    return call.say(f"{key}_from", person=person.name, rota=title, since=since_then, until=until, names=names)


def _absence_within(
    call: Call, rota: Rota, person: Person, *, begins: datetime, ends: datetime
) -> Absence | None:
    """The first one of the person's in that time."""
    roster = Roster(call.context.uow, call.context.desk, now=call.context.now)
    instants = [begins, *(at for at in roster.borders(rota, until=ends) if begins < at < ends)]
    return next((found for at in instants if (found := roster.absence_of(person, at=at))), None)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.COVER,
        place=250,
        who=Role.AGENT,
        handler=cover,
        options=(
            Option(name="person", kind=OptionKind.AGENT, alone=OFF),
            Option(name="when"),
        ),
        has_form=True,
        menu_group="team",
        example="cover @ana from tomorrow 9:00 until Friday",
    ),
)
