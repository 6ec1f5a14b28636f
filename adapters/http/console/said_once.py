"""What the desk answered to a form, until the page is shown that the browser was sent on to.

It is of this process and short-lived: where another replica shows the page, the page says how things stand now, and
not what was answered.
"""

import secrets
from collections import OrderedDict
from typing import Final

from aiohttp import web

from bot.ports.console.pages import ConsoleVisitor

MOST_KEPT: Final = 500


class SaidOnce:
    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def keep(self, html: str, *, person: str) -> str:
        """What asks for it, once, by the same person."""
        mark = secrets.token_urlsafe(9)
        self._kept[mark] = (person, html)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return mark

    def to(self, visitor: ConsoleVisitor, request: web.Request) -> str:
        """What the page that they open asks for; nothing where there is nothing."""
        return self.take(request.query.get("said", ""), person=visitor.person.key)

    def take(self, mark: str, *, person: str) -> str:
        kept = self._kept.get(mark)
        if kept is None or kept[0] != person:
            return ""
        del self._kept[mark]
        return kept[1]
