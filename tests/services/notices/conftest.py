"""The service desk by day, with IT-1 open."""

from pathlib import Path

import pytest

from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.services.notices.night_desk import desk_by_day, with_ticket


@pytest.fixture
async def desk(headless: HeadlessDesk, tmp_path: Path) -> HeadlessDesk:
    headless.desk = desk_by_day(tmp_path)
    return await with_ticket(headless)
