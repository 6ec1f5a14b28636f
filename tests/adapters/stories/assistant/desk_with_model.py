"""What a platform's desk file gets for a language model that its team may ask."""

import asyncio

from tests.adapters.stories.platforms import Office, Platform


def with_model(platform: Platform, url: str) -> str:
    """The platform's template, with a model at this address."""
    return f"""{platform.desk_file}
language_model:
  url: {url}
  model: tiny
  timeout: 30s
  teams: [{platform.team}]
"""


async def is_answered(office: Office) -> None:
    """What the model was asked has been answered."""
    await office.desk.workers["assistant_jobs"].tick()
    while "assistant_jobs" in office.desk.scheduler.under_way:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await office.settle()
