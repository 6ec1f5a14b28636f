"""Socket Mode through the real handler: one connection hears each event, and what nobody hears is lost."""

from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from slack_bolt.app.async_app import AsyncApp

from tests.fakes.selftests.slack.bolt_app import bolt_app, client, connected
from tests.fakes.slack import Person, SlackServer


def listening(slack: SlackServer, heard: list[str]) -> AsyncApp:
    app = bolt_app(slack)

    @app.event("message")
    async def said(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    return app


async def test_each_event_goes_to_one_of_the_open_connections(slack: SlackServer, ana: Person) -> None:
    slack.uses_sockets()
    left: list[str] = []
    right: list[str] = []
    async with connected(slack, listening(slack, left)), connected(slack, listening(slack, right)):
        for number in range(6):
            await ana.says("help-it", f"number {number}")
        await slack.settled()
    assert sorted(left + right) == [f"number {number}" for number in range(6)]
    assert left
    assert right


async def test_what_is_said_while_no_connection_is_open_is_lost(slack: SlackServer, ana: Person) -> None:
    slack.uses_sockets()
    heard: list[str] = []
    await ana.says("help-it", "too early")
    await slack.settled()
    async with connected(slack, listening(slack, heard)):
        await ana.says("help-it", "in time")
        await slack.settled()
    assert heard == ["in time"]
    assert [event["event"]["text"] for event in slack.delivered.lost] == ["too early"]


async def test_a_cut_line_is_taken_up_again(slack: SlackServer, ana: Person) -> None:
    slack.uses_sockets()
    heard: list[str] = []
    async with connected(slack, listening(slack, heard)):
        slack.drop_sockets()
        await slack.until(lambda: slack.sockets.count == 0, "the line is cut")
        await slack.until(lambda: slack.sockets.count == 1, "the line is open again")
        await ana.says("help-it", "still there?")
        await slack.settled()
    assert heard == ["still there?"]
    assert len(slack.calls_to("apps.connections.open")) == 2


async def test_a_connection_comes_back_when_slack_asks_it_to(slack: SlackServer, ana: Person) -> None:
    slack.uses_sockets()
    heard: list[str] = []
    async with connected(slack, listening(slack, heard)):
        await slack.sockets.refresh()
        await slack.until(
            lambda: len(slack.calls_to("apps.connections.open")) > 1 and slack.sockets.open_count == 1,
            "the connection is a new one",
        )
        await ana.says("help-it", "after the refresh")
        await slack.settled()
    # Twice, if the old line was cut before the acknowledgement was through.
    assert set(heard) == {"after the refresh"}


async def test_an_event_the_app_failed_on_comes_again() -> None:
    async with SlackServer.running(scale=0.001, deadline_scale=0.05) as slack:
        slack.uses_sockets()
        slack.channel("help-it", [slack.person("ana")])
        app, heard = bolt_app(slack), []

        @app.event("message")
        async def said(event: dict[str, Any]) -> None:
            heard.append(event["text"])
            if len(heard) == 1:
                raise RuntimeError("the database is away")

        async with connected(slack, app):
            await slack.person("ana").says("help-it", "once more")
            await slack.settled()
        assert heard == ["once more", "once more"]
        assert [a.problem for a in slack.delivered.attempts] == ["timeout", None]


async def test_the_address_of_a_connection_works_once(slack: SlackServer) -> None:
    opened = await client(slack).apps_connections_open(app_token=slack.app.app_token)
    assert await greeting(opened["url"]) == "hello"
    with pytest.raises(WSServerHandshakeError):
        await greeting(opened["url"])


async def test_the_eleventh_connection_is_sent_away(slack: SlackServer) -> None:
    slack.limiter.is_on = False
    web = client(slack)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        greetings = []
        for _ in range(11):
            opened = await web.apps_connections_open(app_token=slack.app.app_token)
            socket = await stack.enter_async_context(session.ws_connect(opened["url"]))
            greetings.append(await socket.receive_json())
    assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[-1]["reason"] == "too_many_websockets"


async def greeting(url: str) -> str:
    """The first word of a connection."""
    async with ClientSession() as session, session.ws_connect(url) as socket:
        return str((await socket.receive_json())["type"])
