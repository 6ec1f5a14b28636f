"""The everyday desk, with what it has learned."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.learner.small_models import knows
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, Office, open_office

VPN = {"tunnel": "network", "handshake": "network"}


@asynccontextmanager
async def sorting_office(
    folder: Path, more: str = "sorting: {}", **says: Mapping[str, str]
) -> AsyncIterator[Office]:
    """By field, which word says what: `team={"tunnel": "network"}`."""
    config = folder.parent / "sorting-desk.yaml"
    operators = DESK.read_text(encoding="utf-8").replace(
        "  admins: [web:lee]", "  admins: [web:lee]\n  operator_channel: web:operators"
    )
    config.write_text(f"{operators}\n{more}\n", encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await knows(office.desk, MONDAY_9, **says)
        yield office
