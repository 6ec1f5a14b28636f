"""The pages of requesters, put together from the settings and the configuration."""

from adapters.http.gate import Gate
from adapters.http.portal.request_routes import RequestRoutes
from bot.bootstrap.configuration import ReloadableConfiguration
from bot.documents.portal.request_reader import RequestReader, Standings
from bot.domain.directory import Inbox, Person
from bot.ports.file_store import FileStore
from bot.ports.intake import Intake
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory
from bot.settings import Settings
from bot.views.portal.request_state import outlook, standing, standing_asked


def make_request_routes(
    settings: Settings,
    in_force: ReloadableConfiguration,
    *,
    storage: Storage,
    contexts: ContextFactory,
    files: FileStore,
    gate: Gate,
    intake: Intake,
) -> RequestRoutes:
    def is_open_to(person: Person, inbox: Inbox) -> bool:
        """Who is in a channel of the browser workspace, `desk.yaml` says; of other platforms that is not known."""
        configuration = in_force.configuration
        if inbox.channel.platform != configuration.names.workspace:
            return True
        channels = configuration.workspace.channels
        found = next((each for each in channels if each.id == inbox.channel.channel), None)
        return found is not None and found.admits(person.key.partition(":")[2])

    pages = RequestReader(
        storage=storage,
        contexts=contexts,
        files=files,
        standings=Standings(whole=standing, asked=standing_asked, brief=outlook),
        is_open_to=is_open_to,
        file_limit=settings.file_limit_bytes,
    )
    return RequestRoutes(
        pages, gate=gate, intake=intake, now=contexts.clock.now, file_limit=settings.file_limit_bytes
    )
