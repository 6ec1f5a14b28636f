"""Which macros are offered, to everybody on every kind of ticket: never another's own, nor a team's one is not in."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.catalogue import all_commands
from bot.commands.framework.registry import Registry
from bot.commands.framework.suggestions import suggest
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.macros.macro import Macro
from bot.domain.macros.written_macro import MacroOwner, MacroScope, WrittenMacro
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.inbound import Location, SuggestionsWanted
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.macros.known_macros import macros_for
from tests.domain.search.searchable_desk import ADA, OLE, PEOPLE, PIA, a_desk, tickets
from tests.services.tickets.one_desk import FixedClock
from tests.storage.sample_rows import NOW

REGISTRY = Registry(all_commands())
UNKNOWN = "IT-999999"


def macro(name: str, *, team: str | None = None) -> Macro:
    return Macro(name=name, title=name, text="Thanks", team=team)


def desk() -> Desk:
    known = a_desk()
    to_teams = {f"to-{name}": macro(f"to-{name}", team=name) for name in known.teams}
    return replace(known, macros={"anyone": macro("anyone"), **to_teams})


def fill(uow: UnitOfWork) -> None:
    owners = [
        *((MacroOwner(MacroScope.TEAM, name), f"of-{name}") for name in desk().teams),
        *((MacroOwner(MacroScope.PERSON, each.key), f"own-{each.name}") for each in PEOPLE),
    ]
    for owner, name in owners:
        written = WrittenMacro(
            id=uow.new_id(), owner=owner, macro=macro(name), changed_by="web:pia", changed_at=NOW
        )
        assert uow.macros.add(written)
    for person in PEOPLE:
        uow.people.remember(person)
    for ticket in tickets():
        uow.tickets.add(ticket)


def as_everybody(uow: UnitOfWork) -> Iterator[Context]:
    known = desk()
    factory = ContextFactory(desk=lambda: known, clock=FixedClock(NOW))
    for person in PEOPLE:
        yield factory.context(uow, person)


def offered(context: Context, reference: str, *, verb: str = verbs.MACRO, option: str = "macro") -> set[str]:
    wanted = SuggestionsWanted(
        actor=context.actor,
        location=Location(channel=ChannelRef.direct(context.actor.key)),
        verb=verb,
        option=option,
        typed="",
        ticket=reference,
    )
    return {value for value, _ in suggest(context, REGISTRY, wanted)}


def teams_of(person: Person) -> set[str]:
    return {each.name for each in desk().teams_of(person)}


async def test_nobody_is_offered_what_is_not_theirs_on_any_ticket(storage: Storage) -> None:
    await storage.run(fill)

    def work(uow: UnitOfWork) -> int:
        seen = 0
        for context in as_everybody(uow):
            person = context.actor
            nowhere = offered(context, UNKNOWN)
            for ticket in tickets():
                names = offered(context, ticket.reference)
                seen += len(names)
                others = {f"own-{each.name}" for each in PEOPLE if each != person}
                assert not names & others
                assert {name for name in names if name.startswith("of-")} <= {
                    f"of-{each}" for each in teams_of(person)
                }
                if not context.is_agent_of(ticket):
                    assert names == nowhere, "a ticket that is not theirs tells nothing"
                else:
                    assert {f"of-{context.team_of(ticket).name}", f"own-{person.name}", "anyone"} <= names
                    assert not names & crossing(context, ticket)
        return seen

    assert await storage.read(work) > 0


def crossing(context: Context, ticket: Ticket) -> set[str]:
    """Macros that would move the ticket to another server's team."""
    community = context.desk.community_of(ticket)
    return {
        name for name, each in context.desk.macros.items() if not context.desk.is_within(each.team, community)
    }


async def test_only_those_one_may_change_are_offered_to_be_changed(storage: Storage) -> None:
    await storage.run(fill)

    def work(uow: UnitOfWork) -> dict[str, set[str]]:
        return {
            each.actor.name: offered(each, "", verb=verbs.EDIT_MACRO, option="name")
            for each in as_everybody(uow)
        }

    names = await storage.read(work)
    assert names["Ana Alves"] == set()
    assert names[PIA.name] == {"own-Pia Pine", "of-pine"}
    assert names[OLE.name] == {"own-Ole Oak", "of-oak"}
    assert names[ADA.name] == {"own-Ada Both", "of-pine", "of-oak"}


async def test_a_macro_to_a_team_that_is_no_more_is_not_offered(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> set[str]:
        owner = MacroOwner(MacroScope.PERSON, PIA.key)
        gone = WrittenMacro(
            id=uow.new_id(),
            owner=owner,
            macro=macro("gone", team="gone"),
            changed_by="web:pia",
            changed_at=NOW,
        )
        uow.macros.add(gone)
        (context,) = (each for each in as_everybody(uow) if each.actor == PIA)
        return {each.macro.name for each in macros_for(context, None)}

    assert "gone" not in await storage.run(work)
