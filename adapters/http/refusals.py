"""Requests that cannot be done: a status, and a sentence in the language of whoever asked."""

from collections.abc import Callable
from html import escape

from aiohttp import web

from adapters.http.reader import language_of
from bot.domain.errors import DeskbellError, NotAllowed, StorageUnavailable
from bot.domain.sentence import Fact, Sentence
from bot.messages.outbound import Code, Span
from bot.messages.plain import plain, quoted
from bot.text.error_text import explain


class Problem(DeskbellError):
    """A request that cannot be done: HTTP status, and the sentence to show."""

    def __init__(self, status: int, key: str, *more: Sentence, **facts: Fact) -> None:
        super().__init__(key, *more, **facts)
        self.status = status


class Refusals:
    """`language` is the desk's, for browsers that ask for none it has."""

    def __init__(self, language: Callable[[], str]) -> None:
        self._language = language

    def answer(self, request: web.Request, error: DeskbellError) -> web.Response:
        """JSON for the calls of scripts, a plain page for a person who opened an address; in their language."""
        language = language_of(request, otherwise=self._language())
        text, status = explain(language, error), status_of(error)
        if is_call(request):
            return web.json_response({"error": quoted(text)}, status=status)
        shown = "".join(map(_html, text))
        head = (
            "<!doctype html>",
            f"<html lang={language}>",
            "<meta charset=utf-8>",
            "<title>Deskbell</title>",
        )
        page = "".join((*head, f"<p>{shown}</p></html>"))
        return web.Response(text=page, content_type="text/html", status=status)


def is_call(request: web.Request) -> bool:
    """Whether a script asks, and not somebody who opened an address."""
    return request.path.startswith("/api/") or request.headers.get("Accept", "") == "application/json"


def status_of(error: DeskbellError) -> int:
    if isinstance(error, Problem):
        return error.status
    if isinstance(error, StorageUnavailable):
        return 503
    return 403 if isinstance(error, NotAllowed) else 409


def _html(span: Span) -> str:
    text = escape(plain((span,)))
    return f"<code>{text}</code>" if isinstance(span, Code) else text
