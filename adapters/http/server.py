"""One HTTP port for everything: platforms mount their routes on it, `/healthz` and `/readyz` are its own.

Every answer carries headers that keep a browser from framing, sniffing or caching it, unless the route
has set its own.
"""

import asyncio
import errno
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta

from aiohttp import web

from adapters.http.pages import policy_of
from adapters.http.rights import declares, right_of
from bot.domain.errors import TechnicalError
from bot.domain.sentence import Sentence, sentence
from bot.ports.health import HealthLevel, PartHealth, Probe
from bot.ports.sessions.sign_ins import Right
from bot.text.error_text import english, in_english

LARGEST_BODY = 2 * 2**20
"""Bytes of a request that is read whole; uploads are streamed and have a cap of their own."""

PROBE_TIMEOUT = timedelta(seconds=5)

_SOURCES = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
}
"""Where a page may load what from that says nothing of it itself."""
SAFE_HEADERS = {
    "Content-Security-Policy": policy_of(_SOURCES),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


ALIVE = {"status": "alive"}
"""What a desk answers at `/healthz`."""


class PortUnavailable(TechnicalError):
    """The HTTP port cannot be opened."""


class HttpServer:
    """Start it once everything is mounted. With port 0 the system chooses; `port` tells which it is."""

    def __init__(self, host: str = "127.0.0.1", port: int = 8080) -> None:
        self.host = host
        self.port = port
        self._probes: dict[str, Probe] = {}
        self._on_stop: list[Callable[[], Awaitable[None]]] = []
        self._application = web.Application(client_max_size=LARGEST_BODY)
        self._application.on_response_prepare.append(_add_safe_headers)
        self._application.on_shutdown.append(self._end_open_connections)
        self._application.add_routes([web.get("/healthz", self._healthz), web.get("/readyz", self._readyz)])
        self._runner: web.AppRunner | None = None

    def mount(
        self, routes: Iterable[web.AbstractRouteDef], *, on_stop: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Add a platform's routes; only before `start`.

        `on_stop` ends what would stay open by itself, such as live connections, so that stopping is quick. Raises
        TypeError for a route that declares no right.
        """
        mounted = list(routes)
        for each in mounted:
            if not isinstance(each, web.RouteDef) or right_of(each.handler) is None:
                raise TypeError(f"a route declares no right: {each}")
        self._application.add_routes(mounted)
        if on_stop is not None:
            self._on_stop.append(on_stop)

    def watch(self, probes: Mapping[str, Probe]) -> None:
        """Ask these for `/readyz`, by name."""
        self._probes.update(probes)

    def rights(self) -> Mapping[str, Right | None]:
        """What each route asks for, by its method and path; None for one that declares nothing."""
        return {
            f"{route.method} {route.resource.canonical if route.resource else route}": right_of(route.handler)
            for route in self._application.router.routes()
        }

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        return f"http://{_in_url(self.host)}:{self.port}"

    async def start(self) -> None:
        """Listen. Raises PortUnavailable with a sentence for the operator."""
        self._runner = web.AppRunner(self._application, access_log=None, shutdown_timeout=2.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self.host, self.port).start()
        except OSError as error:
            await self.stop()
            raise PortUnavailable(_why_not(self.host, self.port, error)) from error
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening and end what is open; harmless when it never started."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def _end_open_connections(self, _application: web.Application) -> None:
        for end in self._on_stop:
            await end()

    @declares(Right.ANYBODY)
    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.json_response(ALIVE)

    @declares(Right.ANYBODY)
    async def _readyz(self, _request: web.Request) -> web.Response:
        """The worst condition of all parts, and each part's; 503 while one of them does not do its work."""
        answers = await asyncio.gather(*map(asked, self._probes.values()))
        worst = max(
            (part.condition for part in answers), key=list(HealthLevel).index, default=HealthLevel.READY
        )
        parts = {
            name: {"condition": part.condition, "detail": part.detail}
            for name, part in zip(self._probes, answers, strict=True)
        }
        return web.json_response(
            {"status": worst, "parts": parts}, status=503 if worst is HealthLevel.NOT_READY else 200
        )


async def asked(probe: Probe) -> PartHealth:
    """What raises, or says nothing for long, does not do its work."""
    try:
        return await asyncio.wait_for(probe(), PROBE_TIMEOUT.total_seconds())
    except TimeoutError:
        silent = sentence("operations.http_probe_silent", length=PROBE_TIMEOUT)
        return PartHealth(condition=HealthLevel.NOT_READY, detail=english(silent), sentence=silent)
    except Exception as error:  # noqa: BLE001 — whatever a probe raises, the answer is "not ready"
        detail = in_english(error) if isinstance(error, TechnicalError) else type(error).__name__
    return PartHealth(condition=HealthLevel.NOT_READY, detail=detail)


async def _add_safe_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in SAFE_HEADERS.items():
        response.headers.setdefault(name, value)


def _why_not(host: str, port: int, error: OSError) -> Sentence:
    """The cure is in the port where that is taken or reserved, and else in the address."""
    facts = {"number": str(port), "name": host, "error": error.strerror or str(error)}
    if error.errno == errno.EADDRINUSE:
        return sentence("operations.http_port_taken", **facts)
    if error.errno in (errno.EACCES, errno.EPERM):
        return sentence("operations.http_port_reserved", **facts)
    return sentence("operations.http_address_unusable", **facts)


def _in_url(host: str) -> str:
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104 — compared with, not bound to
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
