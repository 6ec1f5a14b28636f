"""Deskbell as it runs, but for Slack's rate limits, which it keeps at a ten-thousandth of their length."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap.process import DeskProcess
from bot.interpreter import settle_in
from bot.settings import Settings
from tests.adapters.slack.office import slack_of
from tests.bench.platforms.apart.child import Answer
from tests.bench.platforms.apart.slack_side import Told
from tests.bench.platforms.apart.thread_profiles import ThreadProfiles

SCALE = 0.0001


@asynccontextmanager
async def desk_side(told: Told, folder: Path, url: str) -> AsyncIterator[Mapping[str, Answer]]:
    """On the migrated database of this address."""
    profiles = ThreadProfiles()
    configuration = await asyncio.to_thread(_configured, folder, told)
    desk = DeskProcess(
        Settings.from_environ(
            {
                "DESKBELL_DATA_DIR": str(folder),
                "DESKBELL_CONFIG": str(configuration),
                "DESKBELL_DATABASE_URL": url,
                "DESKBELL_HTTP_PORT": "0",
                "DESKBELL_WEB_ENABLED": "false",
                "SLACK_BOT_TOKEN": told.bot_token,
                "SLACK_API_URL": told.api_url,
                "SLACK_SIGNING_SECRET": told.signing_secret,
            }
        ),
        platform_scale=SCALE,
    )

    async def where() -> str:
        while not slack_of(desk).is_connected:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return f"{desk.http.url}/slack/events"

    async def tickets() -> int:
        return await desk.storage.read(lambda uow: sum(uow.tickets.count_by_status().values()))

    await desk.start()
    settle_in()
    try:
        yield {"where": where, "tickets": tickets, "profile": profiles.begin, "profiled": profiles.end}
    finally:
        await desk.stop()


def _configured(folder: Path, told: Told) -> Path:
    folder.mkdir(exist_ok=True)
    configuration = folder / "desk.yaml"
    configuration.write_text(told.configuration, encoding="utf-8")
    return configuration
