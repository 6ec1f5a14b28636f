"""`/desk cover`: somebody stands in for whoever is on call."""

from datetime import datetime

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_person
from bot.commands.framework.when import EXAMPLES, from_until, read_span, zone_of
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed, Refused
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.on_call.cover import arrange_cover, cancel_cover, covers_of
from bot.services.on_call.roster import Roster, rota_of

OFF = frozenset({"off", "no", "back", "never"})


def cover(call: Call) -> PrivateReply:
    """Somebody stands in, from now or `from …`, until when; `off` takes it back."""
    context = call.context
    words = call.option("person")
    person = context.actor if words.lower() == "me" else find_person(context, words)
    if call.option("when").lower() in OFF:
        return _take_back(call, person)
    rotas = {
        rota.name: rota
        for team in context.desk.teams_of(context.actor)
        if (rota := rota_of(context.desk, team)) is not None and team.has_agent(person)
    }
    if not rotas:
        raise NotAllowed(
            f"{person.name} is in no team of yours that has a rota, so they cannot cover for one."
        )
    when, now = call.option("when"), context.now
    if "until " not in when.lower():
        raise Refused("commands.until_when", EXAMPLES, command=f"cover {_typed(person.name)} until Friday")
    begins, ends = read_span(when, now=now, zone=zone_of(context))
    relieved = {
        each.key: each.name
        for rota in rotas.values()
        for each in arrange_cover(context, rota, person, begins=begins, ends=ends)
    }
    span: RichText = (*from_until(context, begins, ends), f" for {', '.join(sorted(rotas))}")
    instead = f", in place of {' and '.join(relieved.values())}" if relieved else ""
    typed = verbs.typed(context.desk.command_names, call.command.name)
    undo = Code(f"{typed} {_typed(words)} off")
    return PrivateReply(
        text=(
            Bold(person.name),
            " is on call ",
            *span,
            f"{instead}. ",
            *_if_away(context, person, at=begins),
            undo,
            " takes it back.",
        )
    )


def _take_back(call: Call, person: Person) -> PrivateReply:
    """Everything that the person covers, or will, in the rotas of the actor's teams."""
    context = call.context
    found = [
        (rota, each)
        for rota, each in covers_of(context, Roster(context.uow, context.desk, now=context.now))
        if each.person == person.key
    ]
    if not found:
        raise Refused(f"{person.name} stands in for nobody in the rotas of your teams.")
    text: RichText = ()
    for rota, each in found:
        back = cancel_cover(context, rota, each, person)
        span = from_until(context, max(each.begins, context.now), each.ends)
        names = " and ".join(one.name for one in back) or "nobody"
        verb = "are" if len(back) > 1 else "is"
        line = (f"{person.name} does not stand in for {rota.name} ", *span, f": {names} {verb} on call then.")
        text += (*(("\n",) if text else ()), *line)
    return PrivateReply(text=text)


def _typed(name: str) -> str:
    """As one would type it: several words in quotation marks."""
    return f'"{name}"' if " " in name else name


def _if_away(context: Context, person: Person, *, at: datetime) -> RichText:
    absence = Roster(context.uow, context.desk, now=context.now).absence_of(person, at=at)
    if absence is None:
        return ()
    return (
        "They are away until ",
        Moment(absence.until, context.actor.time_zone),
        ", and passed over until then. ",
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.COVER,
        place=250,
        who=Role.AGENT,
        handler=cover,
        options=(
            Option(name="person", kind=OptionKind.PERSON),
            Option(
                name="when",
            ),
        ),
        has_form=True,
        menu_group="team",
        example="cover @ana from tomorrow 9:00 until Friday",
    ),
)
