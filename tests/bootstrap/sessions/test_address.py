"""Where people open the desk, as far as the settings say."""

import pytest
from aiohttp import web

from adapters.http.server import HttpServer
from adapters.http.sign_in_pages import SignInPages
from bot.bootstrap.sessions.entrance import address_for_people
from bot.clocks import SystemClock
from bot.domain.errors import NotAllowed
from bot.settings import Settings
from tests.said import said

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({}, "http://127.0.0.1:8470"),
        ({"DESKBELL_HTTP_HOST": "desk.lan"}, "http://desk.lan:8470"),
        ({"DESKBELL_HTTP_HOST": "0.0.0.0"}, ""),
        ({"DESKBELL_HTTP_HOST": "0.0.0.0", "DESKBELL_PUBLIC_URL": "https://d.example"}, "https://d.example"),
        ({"DESKBELL_WEB_ENABLED": "false"}, ""),
        (SLACK, ""),
        ({**SLACK, "DESKBELL_WEB_ENABLED": "true"}, ""),
    ],
)
def test_a_page_alone_is_opened_where_it_listens(environ: dict[str, str], address: str) -> None:
    settings = Settings.from_environ(environ)
    http = HttpServer(settings.http_host, settings.http_port)
    assert address_for_people(settings, http, SystemClock()) == address


def test_who_is_signed_out_of_a_page_alone_reads_whom_to_ask() -> None:
    pages = SignInPages(lambda: "Help desk", has_chat=lambda: False)
    for each in (
        pages.how(command="/ticket web", language="en"),
        pages.signed_out(command="/ticket web", language="en"),
        pages.refused(_used_link(), status=403, command="/ticket web", language="en"),
    ):
        assert isinstance(each, web.Response)
        assert each.text is not None
        assert said("sign_in.page_ask", command="deskbell sign-in") in each.text
        assert "/ticket" not in each.text


def _used_link() -> NotAllowed:
    return NotAllowed("sign_in.refused_used", command="/ticket web", sessions="/ticket sessions")
