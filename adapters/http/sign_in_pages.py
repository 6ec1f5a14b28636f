"""The pages of signing in, made on the server: they need no script."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import web

from adapters.http.pages import WITHOUT_SCRIPTS, policy_of
from adapters.http.refusals import TEMPLATES
from bot.domain.errors import DeskbellError
from bot.messages.plain import quoted
from bot.ports.sessions.identity import SignInChoice
from bot.ports.sessions.sign_ins import OpenSession, Right, SignedIn
from bot.text.error_text import explain
from bot.text.instants import known_zone, stamp
from bot.text.page_templates import PageTemplates
from bot.text.sentences import words

MAKES_LINKS: Final = "deskbell sign-in"
"""What an administrator types at a terminal."""
UTC: Final = ZoneInfo("UTC")
HEADERS: Final = {
    "Content-Security-Policy": policy_of(WITHOUT_SCRIPTS),
    "Vary": "Cookie, Accept-Language",
}


class SignInPages:
    """`desk_name` is what people read; `choices` are the ways to sign in besides links.

    Where `has_chat` says no, who is signed out has nowhere left to ask for a link: they read who makes them one.
    """

    def __init__(
        self,
        desk_name: Callable[[], str],
        *,
        choices: Callable[[], Sequence[SignInChoice]] = tuple,
        has_chat: Callable[[], bool] = lambda: True,
    ) -> None:
        self._desk_name = desk_name
        self._has_chat = has_chat
        self._choices = choices
        self._templates = PageTemplates(TEMPLATES)

    def confirm(self, *, name: str, token: str, language: str) -> web.Response:
        title = words(language, "sign_in.page_question", desk=self._desk_name(), name=name)
        return self._page("confirm.html", language=language, title=title, name=name, token=token)

    def how(self, *, command: str, language: str) -> web.Response:
        """How one gets a link."""
        told = [self._how(command, language)]
        if self._has_chat():
            told.append(words(language, "sign_in.page_no_chat"))
        return self._words("sign_in.page_how_title", (), told, language=language, desk=self._desk_name())

    def signed_out(self, *, command: str, language: str) -> web.Response:
        return self._words("sign_in.page_signed_out", (), [self._how(command, language)], language=language)

    def refused(self, error: DeskbellError, *, status: int, command: str, language: str) -> web.Response:
        """Why, and the other ways where there are any."""
        is_of_command = any("command" in each.facts for each in error.sentences)
        if is_of_command and not self._has_chat():  # what it says to type nobody could
            why = [words(language, "sign_in.refused_link"), self._how(command, language)]
            return self._words("sign_in.page_refused", why, (), language=language, status=status)
        why = [quoted(explain(language, error))]
        ways = [self._how(command, language)] if self._choices() else []
        return self._words("sign_in.page_refused", why, ways, language=language, status=status)

    def account(
        self, signed_in: SignedIn, sessions: Sequence[OpenSession], *, token: str, notice: str
    ) -> web.Response:
        language = signed_in.language
        zone = known_zone(signed_in.person.time_zone)

        def shown(at: datetime) -> str:
            """In their own time; where that is not known it says which."""
            told = stamp(at, zone=zone or UTC, language=language)
            return told if zone is not None else f"{told} {UTC.key}"

        rows = [
            {
                "id": each.session.id,
                "browser": each.session.browser,
                "account": each.account,
                "is_this": each.is_this,
                "since": shown(each.session.created_at),
                "used": shown(each.session.used_at),
                "until": shown(each.ends_at),
            }
            for each in sessions
        ]
        title = words(language, "sign_in.account_title", name=signed_in.person.name)
        return self._page(
            "account.html",
            language=language,
            title=title,
            sessions=rows,
            token=token,
            notice=notice,
            has_console=Right.AGENT in signed_in.rights,
        )

    def _how(self, command: str, language: str) -> str:
        """How somebody gets a link."""
        if not self._has_chat():
            return words(language, "sign_in.page_ask", command=MAKES_LINKS)
        return words(language, "sign_in.page_how", command=command)

    @property
    def style(self) -> bytes:
        return self._templates.style

    def _words(
        self,
        title: str,
        first: Sequence[str],
        last: Sequence[str],
        *,
        language: str,
        status: int = 200,
        **facts: str,
    ) -> web.Response:
        """Between what is said first and last stand the ways to sign in besides links."""
        return self._page(
            "words.html",
            language=language,
            title=words(language, title, **facts),
            first=first,
            last=last,
            choices=self._choices(),
            status=status,
        )

    def _page(self, template: str, *, language: str, status: int = 200, **values: Any) -> web.Response:  # noqa: ANN401
        def said(key: str, **facts: str) -> str:
            return words(language, f"sign_in.{key}", **facts)

        html = self._templates.render(
            template,
            language=language,
            desk=self._desk_name(),
            say=said,
            version=self._templates.version,
            **values,
        )
        return web.Response(
            text=html, content_type="text/html", charset="utf-8", status=status, headers=HEADERS
        )
