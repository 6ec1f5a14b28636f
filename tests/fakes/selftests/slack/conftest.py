"""A Slack workspace to each test: minutes are hundredths of seconds, the app's three seconds stay three."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.selftests.slack.bolt_app import client
from tests.fakes.slack import Person, SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer.running(scale=0.002) as server:
        server.channel("help-it", [server.person("ana"), server.person("noor")])
        server.channel("network", [server.person("noor")], is_private=True)
        yield server


@pytest.fixture
def ana(slack: SlackServer) -> Person:
    return slack.person("ana")


@pytest.fixture
def noor(slack: SlackServer) -> Person:
    return slack.person("noor")


@pytest.fixture
def web(slack: SlackServer) -> AsyncWebClient:
    return client(slack)
