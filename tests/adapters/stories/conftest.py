"""Each story is told on each platform."""

import pytest

from tests.adapters.stories.discord_driver import Discord
from tests.adapters.stories.platforms import Platform
from tests.adapters.stories.slack_driver import Slack

PLATFORMS: dict[str, Platform] = {"slack": Slack(), "discord": Discord()}


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> Platform:
    return PLATFORMS[request.param]
