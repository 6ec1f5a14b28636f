"""The console of agents, leads and administrators, put together: a line in `routes` for each of its pages."""

from collections.abc import Awaitable, Callable, Collection
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
from bot.commands.framework.offers.offered_verbs import offered_verbs
from bot.commands.framework.registry import Registry
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.deed_pages import DeskDeedPages
from bot.documents.console.ticket_pages import DeskTicketPages
from bot.views.card import card
from bot.workers.console.ticket_news import TicketNews


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """`close` ends the streams that are open."""

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
    ticket_pages = DeskTicketPages(frame, storage=storage, contexts=contexts, files=parts.files, card_of=card)
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
    more = overview_routes(parts, frame, door=door, deed_pages=deed_pages)
    routes = [*start.routes(), *tickets.routes(), *deeds.routes(), *more]
    return Console(routes=routes, close=start.close)


def _only_reads(registry: Registry, verb: str, options: Collection[str]) -> bool:
    command = registry.named(verb)
    if command is None or not command.reads:
        return command is not None and bool(command.asks_without) and command.asks_without.isdisjoint(options)
    return command.writes_with not in options
