"""Where a request comes from: under which name the desk was asked, from which site's page, from which address."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from adapters.http.refusals import Problem

log = structlog.get_logger(__name__)

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_HOSTS_TOLD = 20


class Visits:
    """`hosts` are the names, besides the loopback ones, under which the desk may be opened.

    The Host check stops a foreign name that resolves to this machine, the Origin check another site's page.
    `is_behind_proxy`: people come by a proxy, which says in a header where from.
    """

    def __init__(self, hosts: Iterable[str] = (), *, is_behind_proxy: bool = False) -> None:
        self._hosts = LOOPBACK | {host.lower() for host in hosts}
        self._is_behind_proxy = is_behind_proxy
        self._refused: set[str] = set()

    def check(self, request: web.Request, *, takes_null: bool = False) -> None:
        """Raises Problem. `takes_null`: a form of ours is sent without an origin, as its page's policy wants."""
        if _host_name(request.host) not in self._hosts:
            self._tell_operator(request.host)
            raise Problem(403, "platforms.address_unknown")
        origin = request.headers.get("Origin")
        if origin is None or (takes_null and origin == "null"):
            return
        if _host_in(origin) != request.host.lower():
            raise Problem(403, "platforms.other_site")

    def address_of(self, request: web.Request) -> str:
        """Where whoever asks is, as far as that can be trusted.

        A header can be written by anybody, so it counts only from a proxy near by, and of what it says only what
        that proxy added itself: the last.
        """
        peer = request.remote or ""
        told = [
            each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()
        ]
        return told[-1] if told and self._is_behind_proxy and _is_near(peer) else peer

    def _tell_operator(self, host: str) -> None:
        """Once for each name, and of a few only: anybody can send any."""
        if host in self._refused or len(self._refused) >= MOST_HOSTS_TOLD:
            return
        self._refused.add(host)
        log.warning(
            "a page was refused: the desk does not answer to this name",
            host=host,
            mend="if people open the desk there, set DESKBELL_PUBLIC_URL to that address and restart the desk",
        )


def _is_near(peer: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return address.is_loopback or address.is_private


def _host_in(origin: str) -> str:
    """Host and port of an origin; empty for `null` and nonsense."""
    return origin.lower().partition("://")[2]


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
