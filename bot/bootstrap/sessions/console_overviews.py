"""The console's pages besides tickets, put together: teams, figures, articles, what is wrong, and settings."""

from aiohttp.web import RouteDef

from adapters.http.console.console_door import ConsoleDoor
from adapters.http.console.figure_routes import FigureRoutes
from adapters.http.console.health_routes import HealthRoutes
from adapters.http.console.knowledge_routes import KnowledgeRoutes
from adapters.http.console.settings_entry_routes import SettingsEntryRoutes
from adapters.http.console.settings_routes import SettingsRoutes
from adapters.http.console.team_routes import TeamRoutes
from bot.bootstrap.sessions.page_parts import PageParts
from bot.caches.platform_choices import PlatformChoices
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.figures.figure_reader import FigureReader
from bot.documents.console.health.health_reader import HealthReader
from bot.documents.console.knowledge.knowledge_reader import KnowledgeReader
from bot.documents.console.settings.entry_deeds import EntryDeeds
from bot.documents.console.settings.settings_reader import SettingsReader
from bot.documents.console.team.team_reader import TeamReader
from bot.ports.console.deeds import DeedPages


def overview_routes(
    parts: PageParts,
    frame: ConsoleFrame,
    *,
    door: ConsoleDoor,
    deed_pages: DeedPages,
    choices: PlatformChoices,
) -> list[RouteDef]:
    storage, contexts = parts.storage, parts.contexts
    teams = TeamReader(frame, storage=storage, contexts=contexts)
    figures = FigureReader(frame, storage=storage, contexts=contexts)
    articles = KnowledgeReader(frame, storage=storage, contexts=contexts, files=parts.files)
    health = HealthReader(frame, storage=storage, contexts=contexts, health=parts.health)
    file = parts.in_force.settings_file
    settings = SettingsReader(frame, storage=storage, contexts=contexts, file=file, choices=choices)
    entries = EntryDeeds(
        frame, storage=storage, contexts=contexts, file=file, settings=settings, choices=choices
    )
    team_routes = TeamRoutes(teams, door=door, intake=parts.intake, now=contexts.clock.now, deeds=deed_pages)
    return [
        *team_routes.routes(),
        *FigureRoutes(figures, door=door).routes(),
        *KnowledgeRoutes(articles, door=door).routes(),
        *HealthRoutes(health, door=door).routes(),
        *SettingsRoutes(settings, entries, door=door).routes(),
        *SettingsEntryRoutes(entries, door=door).routes(),
    ]
