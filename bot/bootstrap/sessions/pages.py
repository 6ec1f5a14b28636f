"""The pages of people who are signed in, put on the desk's HTTP port."""

from adapters.http.server import HttpServer
from bot.bootstrap.sessions.console import make_console
from bot.bootstrap.sessions.page_parts import PageParts
from bot.bootstrap.sessions.portal import make_request_routes

__all__ = ["PageParts", "mount_pages"]


def mount_pages(http: HttpServer, parts: PageParts) -> None:
    requests = make_request_routes(
        parts.settings,
        parts.in_force,
        storage=parts.storage,
        contexts=parts.contexts,
        files=parts.files,
        gate=parts.gate,
        intake=parts.intake,
    )
    http.mount(requests.routes())
    if parts.is_home:
        http.mount(requests.home())
    console = make_console(parts)
    http.mount(console.routes, on_stop=console.close)
