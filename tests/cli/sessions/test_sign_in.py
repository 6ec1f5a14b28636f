"""`deskbell sign-in` makes a link for the first person of a desk that nobody has written to yet."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.sessions.sign_in import link_for
from bot.clocks import SystemClock
from bot.config import Configuration, load_configuration
from bot.domain.directory import Person
from bot.domain.errors import UsageError
from bot.domain.sessions.sign_in_link import SignInSide
from bot.ports.platform import Capabilities
from bot.services.context.context import ContextFactory
from bot.services.sessions.sign_ins import DeskSignIns
from storage.store import DeskStorage
from tests.said import in_terminal, printed
from tests.stories.desk_files import DESK

PAGE = frozenset({"web"})


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return load_configuration(Path(DESK), KNOWN_PLATFORMS)


async def test_somebody_whom_desk_yaml_lists_gets_a_link_before_the_desk_ever_ran(
    sqlite_storage: DeskStorage, configuration: Configuration
) -> None:
    person, secret = await sqlite_storage.run(lambda uow: link_for(uow, configuration, "bo", platforms=PAGE))
    assert person.key == "web:bo"
    contexts = ContextFactory(
        desk=lambda: configuration.desk, clock=SystemClock(), capabilities={"web": Capabilities()}
    )
    sign_ins = DeskSignIns(storage=sqlite_storage, contexts=contexts, is_member=lambda _: True)
    offer = await sign_ins.look_at(secret, address="")
    assert (offer.person.key, offer.side) == ("web:bo", SignInSide.START)


async def test_nobody_and_several_people_are_told_apart(
    sqlite_storage: DeskStorage, configuration: Configuration
) -> None:
    slack_bo = Person(key="slack:U1", name="Bo Berg")
    await sqlite_storage.run(lambda uow: uow.people.remember(slack_bo))

    async def refused(name: str, *, platforms: frozenset[str]) -> str:
        with pytest.raises(UsageError) as refusal:
            await sqlite_storage.run(lambda uow: link_for(uow, configuration, name, platforms=platforms))
        return in_terminal(refusal.value)

    assert await refused("nobody", platforms=PAGE) == printed("terminal.sign_in_nobody", name="nobody")
    assert await refused("slack:U1", platforms=PAGE) == printed("terminal.sign_in_nobody", name="slack:U1")
    both = await refused("Bo Berg", platforms=PAGE | {"slack"})
    accounts = ("slack:U1", "web:bo")
    assert both == printed("terminal.sign_in_several", name="Bo Berg", accounts=accounts)
