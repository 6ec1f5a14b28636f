"""The desk of the stories, with a language model that the teams it and network may ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.fakes.language_model.endpoint import KEY, MODEL, Endpoint, open_endpoint
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, words

SECRETS = {"DESKBELL_MODEL_KEY": KEY}


def desk_with(folder: Path, url: str, *, teams: str = "[it, network]", more: str = "") -> Path:
    """A desk file in this folder whose model is at this address."""
    model = f"""
language_model:
  url: {url}
  model: {MODEL}
  key: DESKBELL_MODEL_KEY
  timeout: 30s
  teams: {teams}
{more}"""
    config = folder / "model.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + model, encoding="utf-8")
    return config


@asynccontextmanager
async def office_with_model(
    folder: Path, *, teams: str = "[it, network]", more: str = ""
) -> AsyncIterator[tuple[Office, Endpoint]]:
    async with open_endpoint() as endpoint:
        config = desk_with(folder.parent, endpoint.url, teams=teams, more=more)
        async with open_office(folder, config=config, secrets=SECRETS) as office:
            yield office, endpoint


async def is_answered(office: Office) -> None:
    """What the model was asked has been answered, by this tick or by one that was under way."""
    await office.desk.workers["assistant_jobs"].tick()
    while "assistant_jobs" in office.desk.scheduler.under_way:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await office.settle()


async def told_directly(office: Office, who: str) -> list[dict[str, Any]]:
    return await office.sees(who, f"@{who}")


async def last_told(office: Office, who: str) -> str:
    return words((await told_directly(office, who))[-1])
