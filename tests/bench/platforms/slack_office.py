"""A whole desk in a Slack workspace of the test server's, for benchmarks: nobody else uses either."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage import migrate
from tests.adapters.slack.office import Office, open_office


@asynccontextmanager
async def new_office(folder: Path, *, scale: float) -> AsyncIterator[Office]:
    """`scale`: real seconds for each of Slack's."""
    template = folder / "template.db"
    migrate(f"sqlite:///{template}")
    async with open_office(folder, template, scale=scale) as office:
        yield office
