"""Requests that cannot be done: a status, and a sentence in the language of whoever asked."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from aiohttp import web

from adapters.http.reader import language_of
from bot.domain.errors import DeskbellError, NotAllowed, StorageUnavailable
from bot.domain.sentence import Fact, Sentence
from bot.messages.outbound import Code
from bot.messages.plain import plain, quoted
from bot.text.error_text import explain
from bot.text.page_templates import PageTemplates
from bot.text.sentences import words

TEMPLATES: Final = Path(__file__).parent / "templates"
FIELD: Final = "f-"
"""Before the names of a form's fields, which are the desk's or an operator's and could be any."""
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
WORTH_KEEPING: Final = 12
"""Characters that nobody wants to write again."""


class Problem(DeskbellError):
    """A request that cannot be done: HTTP status, and the sentence to show."""

    def __init__(self, status: int, key: str, *more: Sentence, **facts: Fact) -> None:
        super().__init__(key, *more, **facts)
        self.status = status


class Refusals:
    """`language` is the desk's, for browsers that ask for none it has."""

    def __init__(self, language: Callable[[], str]) -> None:
        self._language = language
        self._templates = PageTemplates(TEMPLATES)

    def answer(
        self, request: web.Request, error: DeskbellError, *, written: Sequence[str] = ()
    ) -> web.Response:
        """JSON for the calls of scripts, a plain page for a person who opened an address; in their language.

        `written` is what a person wrote into the form that is refused: they can copy it.
        """
        language = language_of(request, otherwise=self._language())
        text, status = explain(language, error), status_of(error)
        if is_call(request):
            return web.json_response({"error": quoted(text)}, status=status)
        page = self._templates.render(
            "refused.html",
            language=language,
            version=self._templates.version,
            said=[(plain((span,)), isinstance(span, Code)) for span in text],
            written=written,
            not_sent=words(language, "sign_in.written_not_sent"),
        )
        return web.Response(text=page, content_type="text/html", status=status)


async def written_in(request: web.Request) -> Sequence[str]:
    """What somebody wrote into the form that they sent, each field's text; nothing that the page itself put there."""
    if request.content_type not in FORMS:
        return ()
    try:
        given = await request.post()
    except web.HTTPRequestEntityTooLarge:
        return ()
    return [
        text
        for name, text in given.items()
        if name.startswith(FIELD) and isinstance(text, str) and len(text.strip()) >= WORTH_KEEPING
    ]


def is_call(request: web.Request) -> bool:
    """Whether a script asks, and not somebody who opened an address."""
    return request.path.startswith("/api/") or request.headers.get("Accept", "") == "application/json"


def status_of(error: DeskbellError) -> int:
    if isinstance(error, Problem):
        return error.status
    if isinstance(error, StorageUnavailable):
        return 503
    return 403 if isinstance(error, NotAllowed) else 409
