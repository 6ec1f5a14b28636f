"""What is offered while somebody types: what they may use, see and mean, and nothing else."""

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.commands.catalogue import all_commands
from bot.commands.framework.access import may_use, require
from bot.commands.framework.command import Command
from bot.commands.framework.registry import Registry
from bot.config import load_desk
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Priority, Ticket
from bot.messages.inbound import Location, SuggestionsWanted, VerbChosen
from bot.ports.intake import OptionHelp
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context, ContextFactory
from tests.fakes.desk.desk_without_platform import (
    ANA,
    BO,
    CLEO,
    HELP,
    MONDAY_9,
    TEAM,
    DeskWithoutPlatform,
    FixedClock,
    person,
    words_of,
)
from tests.storage.sample_rows import a_numbered_ticket
from tests.stories.desk_files import DESK


async def offered(
    desk: DeskWithoutPlatform,
    who: Person,
    verb: str,
    option: str,
    typed: str = "",
    *,
    ticket: str | None = None,
    location: Location | None = None,
) -> list[str]:
    wanted = SuggestionsWanted(
        actor=who,
        location=location or Location(channel=TEAM),
        verb=verb,
        option=option,
        typed=typed,
        ticket=ticket,
    )
    return [value for value, _ in await desk.intake.suggest(wanted)]


async def test_an_agent_is_offered_the_tickets_that_the_command_is_for(desk_on: DeskWithoutPlatform) -> None:
    await desk_on.intake.take(desk_on.posted(ANA, "My mouse is dead", message="m1"))
    await desk_on.intake.take(desk_on.posted(ANA, "Is the printer empty?", message="m2"))
    await desk_on.intake.take(desk_on.pressed(BO, "desk claim", "IT-2"))

    assert await offered(desk_on, BO, "desk claim", "ticket") == ["IT-1"]
    assert await offered(desk_on, BO, "desk priority", "ticket") == ["IT-1", "IT-2"]
    assert await offered(desk_on, BO, "desk note", "ticket") == ["IT-2", "IT-1"]
    assert await offered(desk_on, BO, "desk priority", "ticket", "PRINTER") == ["IT-2"]
    assert await offered(desk_on, BO, "desk reopen", "ticket") == []


async def test_a_ticket_is_offered_with_what_it_is_about(desk_on: DeskWithoutPlatform) -> None:
    await desk_on.intake.take(desk_on.posted(ANA, "My mouse is dead", message="m1"))
    wanted = SuggestionsWanted(
        actor=ANA, location=Location(channel=HELP), verb="ticket show", option="ticket", typed="it-1"
    )

    assert list(await desk_on.intake.suggest(wanted)) == [("IT-1", "IT-1 · My mouse is dead")]


async def test_nobody_is_offered_a_ticket_they_may_not_see(desk_on: DeskWithoutPlatform) -> None:
    await desk_on.intake.take(desk_on.posted(ANA, "My payslip is wrong", message="m1"))
    dan = person("Dan Dietz")

    for typed in ("", "payslip", "IT-1", "1"):
        assert await offered(desk_on, dan, "ticket show", "ticket", typed) == []
        assert await offered(desk_on, CLEO, "ticket show", "ticket", typed) == []
        assert await offered(desk_on, CLEO, "desk note", "ticket", typed) == []
    assert await offered(desk_on, BO, "ticket show", "ticket") == ["IT-1"]


async def test_somebody_who_is_no_agent_is_offered_nothing_of_the_agents(
    desk_on: DeskWithoutPlatform,
) -> None:
    await desk_on.intake.take(desk_on.posted(ANA, "My mouse is dead", message="m1"))

    assert await offered(desk_on, ANA, "desk claim", "ticket") == []
    assert await offered(desk_on, ANA, "desk transfer", "team") == []
    assert await offered(desk_on, ANA, "desk tag", "tags", "v") == []


async def test_more_than_a_platform_takes_is_never_offered(desk_on: DeskWithoutPlatform) -> None:
    for number in range(30):
        await desk_on.intake.take(desk_on.posted(ANA, f"Is mouse {number} dead?", message=f"m{number}"))

    assert len(await offered(desk_on, BO, "desk claim", "ticket", "mouse")) == 25
    assert (await offered(desk_on, BO, "desk claim", "ticket", "IT-30"))[0] == "IT-30"


async def test_a_ticket_is_found_by_its_words_however_many_go_before_it(
    desk_on: DeskWithoutPlatform,
) -> None:
    def open_many(uow: UnitOfWork) -> None:
        for _ in range(250):
            a_numbered_ticket(uow, team="it", subject="My mouse is dead", priority=Priority.URGENT)
        a_numbered_ticket(uow, team="it", subject="Größe der Bälle", priority=Priority.LOW)

    await desk_on.storage.run(open_many)

    for typed in ("bälle", "GRÖßE", " Größe ", "it-251"):
        assert await offered(desk_on, BO, "desk claim", "ticket", typed) == ["IT-251"]
    assert await offered(desk_on, BO, "desk claim", "ticket", "b_lle") == []
    assert await offered(desk_on, BO, "desk claim", "ticket", "x" * 70_000) == []


async def test_teams_are_offered_but_the_one_that_has_the_ticket(desk_on: DeskWithoutPlatform) -> None:
    await desk_on.intake.take(desk_on.posted(ANA, "My mouse is dead", message="m1"))
    in_thread = Location(channel=HELP, thread="m1")

    assert await offered(desk_on, BO, "desk transfer", "team", ticket="IT-1") == ["network", "people"]
    assert await offered(desk_on, BO, "desk transfer", "team", location=in_thread) == ["network", "people"]
    assert await offered(desk_on, BO, "desk queue", "team", "serv") == ["it"]


async def test_tags_in_use_are_offered_for_the_last_word(desk_on: DeskWithoutPlatform) -> None:
    for message, tags in (("m1", "vpn office"), ("m2", "printer")):
        await desk_on.intake.take(desk_on.posted(ANA, f"Is it {message}?", message=message))
        await desk_on.intake.take(desk_on.typed(BO, f"tag IT-{message[1:]} {tags}"))

    assert await offered(desk_on, BO, "desk tag", "tags", "slow pr", ticket="IT-1") == [
        "slow pr",
        "slow printer",
    ]
    assert await offered(desk_on, BO, "desk tag", "tags", "new -o", ticket="IT-1") == [
        "new -o",
        "new -office",
    ]
    assert await offered(desk_on, BO, "desk tag", "tags", ticket="IT-1") == ["printer"]


def options(desk: DeskWithoutPlatform, key: str, verb: str) -> tuple[OptionHelp, ...]:
    return next(each.options for each in desk.intake.command_helps() if (each.key, each.verb) == (key, verb))


async def test_platforms_learn_what_a_commands_options_are(desk_on: DeskWithoutPlatform) -> None:
    text, category, private = options(desk_on, "ticket", "open")
    assert (text.name, text.kind, text.is_required) == ("text", "text", True)
    assert category.choices == (("Hardware", "Hardware"), ("Network", "Network"))
    assert private.choices == (("no", "No"), ("yes", "Yes"))

    (priority,) = options(desk_on, "desk", "priority")
    assert [value for value, _ in priority.choices] == ["low", "normal", "high", "urgent"]
    (person_,) = options(desk_on, "desk", "assign")
    assert (person_.kind, person_.is_required, person_.is_suggested) == ("agent", True, True)
    team, reason = options(desk_on, "desk", "transfer")
    assert (team.kind, team.is_suggested, reason.is_required) == ("team", True, False)
    assert options(desk_on, "ticket", "separate") == ()


async def test_an_option_that_is_called_ticket_is_heard(desk_on: DeskWithoutPlatform) -> None:
    lee = person("Lee Lund")
    for message in ("m1", "m2"):
        await desk_on.intake.take(desk_on.posted(ANA, f"Is it {message}?", message=message))
    audit = VerbChosen(
        key="audit-1",
        actor=lee,
        location=Location(channel=TEAM),
        at=MONDAY_9,
        verb="desk-admin audit",
        ticket="IT-2",
    )

    said = words_of(await desk_on.intake.take(audit))
    assert "IT-2" in said
    assert "IT-1" not in said


async def test_what_is_offered_is_what_may_be_used(desk_on: DeskWithoutPlatform) -> None:
    """Every command, for everybody, on a request of theirs, of others, and on a private one."""
    await desk_on.intake.take(desk_on.posted(ANA, "My mouse is dead", message="m1"))
    await desk_on.intake.take(desk_on.posted(BO, "My payslip is wrong", message="m2"))
    desk = load_desk(DESK, KNOWN_PLATFORMS)
    contexts = ContextFactory(desk=lambda: desk, clock=FixedClock())
    everybody = (ANA, BO, CLEO, person("Dan Dietz"), person("Lee Lund"))

    def disagreements(uow: UnitOfWork) -> list[str]:
        found = []
        for who in everybody:
            context = contexts.context(uow, who)
            for command in Registry(all_commands()).all():
                for ticket in (None, uow.tickets.find("IT", 1), uow.tickets.find("IT", 2)):
                    if may_use(context, command, ticket) is is_refused(context, command, ticket):
                        found.append(f"{who.name}: {command.name} on {ticket and ticket.reference}")
        return found

    assert await desk_on.storage.read(disagreements) == []


def is_refused(context: Context, command: Command, ticket: Ticket | None) -> bool:
    try:
        require(context, command, ticket)
    except Refused:
        return True
    return False
