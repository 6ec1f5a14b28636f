"""The console of agents, leads and administrators, put together: a line in `routes` for each of its pages."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from aiohttp.web import RouteDef

from adapters.http.console.console_door import ConsoleDoor
from adapters.http.console.console_routes import ConsoleRoutes
from adapters.http.console.deed_routes import DeedRoutes
from adapters.http.console.said_once import SaidOnce
from adapters.http.console.ticket_routes import TicketRoutes
from bot.bootstrap.sessions.console_overviews import overview_routes
from bot.bootstrap.sessions.page_parts import PageParts
from bot.caches.platform_choices import PlatformChoices
from bot.commands.framework.offers.offered_verbs import may_do, offered_verbs
from bot.commands.framework.registry import Registry
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.deed_pages import DeskDeedPages
from bot.documents.console.ticket_pages import DeskTicketPages
from bot.ports.platform import Directory, Platform
from bot.views.card import card
from bot.workers.console.ticket_news import TicketNews


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """`close` ends the streams that are open, and asks platforms for nothing more."""

    routes: list[RouteDef]
    close: Callable[[], Awaitable[None]]


def make_console(parts: PageParts) -> Console:
    storage, contexts = parts.storage, parts.contexts
    frame = ConsoleFrame(contexts.desk)
    news = TicketNews(frame, storage=storage, contexts=contexts, replicas=parts.replicas)
    storage.on_commit(news.wake)
    door = ConsoleDoor(parts.gate, SaidOnce(parts.cookies))
    start = ConsoleRoutes(frame.files, door=door, news=news)
    limit = parts.settings.file_limit_bytes
    ticket_pages = DeskTicketPages(
        frame,
        storage=storage,
        contexts=contexts,
        files=parts.files,
        card_of=card,
        may_do=partial(may_do, parts.registry),
    )
    tickets = TicketRoutes(ticket_pages, door=door)
    deed_pages = DeskDeedPages(
        frame,
        storage=storage,
        contexts=contexts,
        offers=partial(offered_verbs, parts.registry),
        reads=partial(_only_reads, parts.registry),
        file_limit=limit,
    )
    deeds = DeedRoutes(
        deed_pages,
        door=door,
        intake=parts.intake,
        now=contexts.clock.now,
        file_limit=limit,
        news=news,
    )
    choices = PlatformChoices(lambda: directories_of(parts.platforms))
    more = overview_routes(parts, frame, door=door, deed_pages=deed_pages, choices=choices)
    routes = [*start.routes(), *tickets.routes(), *deeds.routes(), *more]

    async def close() -> None:
        await choices.close()
        await start.close()

    return Console(routes=routes, close=close)


def directories_of(platforms: Mapping[str, Platform]) -> dict[str, Directory]:
    """Of those that list something by name."""
    return {name: each.directory for name, each in platforms.items() if each.directory is not None}


def _only_reads(registry: Registry, verb: str, options: Collection[str]) -> bool:
    command = registry.named(verb)
    if command is None:
        return False
    if command.reads or command.only_shows:
        return command.writes_with not in options
    return bool(command.asks_without) and command.asks_without.isdisjoint(options)
