"""The console of agents, leads and administrators, put together: a line in `routes` for each of its pages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp.web import RouteDef

from adapters.http.console.console_door import ConsoleDoor
from adapters.http.console.console_routes import ConsoleRoutes
from adapters.http.console.ticket_routes import TicketRoutes
from bot.bootstrap.sessions.page_parts import PageParts
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.ticket_pages import DeskTicketPages
from bot.workers.console.ticket_news import TicketNews


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """`close` ends the streams that are open."""

    routes: list[RouteDef]
    close: Callable[[], Awaitable[None]]


def make_console(parts: PageParts) -> Console:
    storage, contexts = parts.storage, parts.contexts
    frame = ConsoleFrame(lambda: contexts.desk().name)
    news = TicketNews(storage, contexts)
    storage.on_commit(news.wake)
    door = ConsoleDoor(parts.gate)
    start = ConsoleRoutes(frame.files, door=door, news=news)
    tickets = TicketRoutes(DeskTicketPages(frame, storage=storage, contexts=contexts), door=door)
    return Console(routes=[*start.routes(), *tickets.routes()], close=start.close)
