"""The console of agents, leads and administrators, put together: a line in `routes` for each of its pages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp.web import RouteDef

from adapters.http.console.console_door import ConsoleDoor
from adapters.http.console.console_routes import ConsoleRoutes
from adapters.http.console.figure_routes import FigureRoutes
from adapters.http.console.health_routes import HealthRoutes
from adapters.http.console.knowledge_routes import KnowledgeRoutes
from adapters.http.console.registry_deeds import RegistryDeeds
from adapters.http.console.team_routes import TeamRoutes
from adapters.http.console.ticket_routes import TicketRoutes
from bot.bootstrap.sessions.page_parts import PageParts
from bot.documents.console.asked_forms import AskedForms
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.figures.figure_reader import FigureReader
from bot.documents.console.health.health_reader import HealthReader
from bot.documents.console.knowledge.knowledge_reader import KnowledgeReader
from bot.documents.console.team.team_reader import TeamReader
from bot.documents.console.ticket_pages import DeskTicketPages
from bot.domain.knowledge.picture import LARGEST_PICTURE, MOST_PICTURES
from bot.ports.console_pages import ConsoleSection
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
    more = _overview_routes(parts, frame, door)
    return Console(routes=[*start.routes(), *tickets.routes(), *more], close=start.close)


def _overview_routes(parts: PageParts, frame: ConsoleFrame, door: ConsoleDoor) -> list[RouteDef]:
    """Teams, figures, articles, and what is wrong."""
    storage, contexts = parts.storage, parts.contexts
    forms = AskedForms(
        frame,
        section=ConsoleSection.KNOWLEDGE,
        contexts=contexts,
        file_limit=parts.settings.file_limit_bytes,
    )
    deeds = RegistryDeeds(forms, intake=parts.intake, now=contexts.clock.now)
    teams = TeamReader(frame, storage=storage, contexts=contexts)
    figures = FigureReader(frame, storage=storage, contexts=contexts)
    articles = KnowledgeReader(frame, storage=storage, contexts=contexts, files=parts.files)
    health = HealthReader(frame, storage=storage, contexts=contexts, health=parts.health)
    pictures = LARGEST_PICTURE * MOST_PICTURES
    return [
        *TeamRoutes(teams, door=door, deeds=deeds).routes(),
        *FigureRoutes(figures, door=door).routes(),
        *KnowledgeRoutes(articles, door=door, deeds=deeds, room=pictures).routes(),
        *HealthRoutes(health, door=door, deeds=deeds).routes(),
    ]
