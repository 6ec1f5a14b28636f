"""Asserting that Slack refuses a call, and reading why."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refused(call: Awaitable[Any]) -> dict[str, Any]:
    """What Slack answers instead of doing it."""
    with pytest.raises(SlackApiError) as caught:
        await call
    response = caught.value.response
    answer: dict[str, Any] = dict(response.data) if isinstance(response.data, dict) else {}
    return answer


async def refusal(call: Awaitable[Any]) -> str:
    """The error alone."""
    return str((await refused(call))["error"])
