"""Which right each route asks for. A route that declares none is not mounted."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from aiohttp import web

from bot.ports.sessions.sign_ins import Right

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

F = TypeVar("F", bound=Callable[..., Any])

_DECLARED: Final = "declared_right"


def declares(right: Right) -> Callable[[F], F]:
    """Says on a handler who may use it, where the handler or what it stands behind checks that by itself.

    `adapters.http.gate.Gate.needs` both checks and declares.
    """

    def declared(handler: F) -> F:
        setattr(handler, _DECLARED, right)
        return handler

    return declared


def right_of(handler: object) -> Right | None:
    """None where none is declared."""
    right = getattr(handler, _DECLARED, None)
    return right if isinstance(right, Right) else None
