"""A link that signs somebody in, made beside the running desk in its database."""

import asyncio

from bot.bootstrap.platforms import platforms_set_up
from bot.cli.actions.database import opened_storage
from bot.cli.actions.desk_file import read_configuration
from bot.cli.actions.environment import load_settings
from bot.cli.terminal import for_terminal, say
from bot.clocks import SystemClock
from bot.config import Configuration
from bot.domain.directory import Person
from bot.domain.errors import UsageError
from bot.domain.sentence import sentence
from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import LIFE, SignInSide
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.sessions.sign_in_links import link_address, make_link
from bot.settings import Settings


def print_link(name: str) -> None:
    """For whoever goes by this name, id or address on a platform that the desk is on."""
    settings = load_settings()
    configuration = read_configuration(None, settings)
    say(asyncio.run(_link(settings, configuration, name)))


async def _link(settings: Settings, configuration: Configuration, name: str) -> str:
    platforms = platforms_set_up(settings, configuration.desk)
    async with opened_storage(settings) as storage:
        person, secret = await storage.run(
            lambda uow: link_for(uow, configuration, name, platforms=platforms)
        )
    address = settings.public_url or f"http://127.0.0.1:{settings.http_port}"
    minutes = int(LIFE.total_seconds()) // 60
    told = sentence("terminal.sign_in_link", name=person.name, account=person.key, number=str(minutes))
    return f"{for_terminal(told)}\n{link_address(address, secret)}"


def link_for(
    uow: UnitOfWork, configuration: Configuration, name: str, *, platforms: frozenset[str]
) -> tuple[Person, str]:
    """Whom it signs in, and its secret. Raises UsageError where the name is nobody's, or several people's."""
    desk = configuration.desk
    if configuration.names.workspace in platforms:
        for each in configuration.workspace.people:  # a desk that never ran has met nobody
            uow.people.remember(each.as_person())
    person = _found(uow, name, platforms)
    context = ContextFactory(desk=lambda: desk, clock=SystemClock()).context(uow)
    return person, make_link(context, person, way=SignInWay.TERMINAL, side=SignInSide.START)


def _found(uow: UnitOfWork, name: str, platforms: frozenset[str]) -> Person:
    exact = uow.people.find(name)
    candidates = [exact] if exact is not None else list(uow.people.search(name))
    found = [each for each in candidates if each.platform in platforms and each.is_active and not each.is_bot]
    match found:
        case [person]:
            return person
        case []:
            raise UsageError(sentence("terminal.sign_in_nobody", name=name))
        case _:
            keys = tuple(each.key for each in found)
            raise UsageError(sentence("terminal.sign_in_several", name=name, accounts=keys))
