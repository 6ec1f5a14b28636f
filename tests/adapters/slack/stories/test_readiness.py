"""`/readyz` asks whether the desk works: it does not while Slack cannot be reached."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.slack.api.errors import UNREACHABLE
from bot.bootstrap import readiness
from bot.text.error_text import english
from tests.adapters.slack.office import Office, open_office
from tests.said import said


async def asked(office: Office) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{office.desk.http.url}/readyz") as answer,
    ):
        return answer.status, await answer.json()


async def test_a_desk_that_works_lists_its_parts(tmp_path: Path, sqlite_template: Path) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        status, told = await asked(office)
    assert (status, told["status"]) == (200, "ready")
    assert list(told["parts"]) == ["database", "disk", "clock", "outbox", "slack"]
    assert told["parts"]["outbox"]["detail"] == said("operations.nothing_queued")


async def test_the_desk_is_not_ready_while_its_socket_is_down(tmp_path: Path, sqlite_template: Path) -> None:
    async with open_office(tmp_path, sqlite_template, by_socket=True) as office:
        office.slack.plan_failures("apps.connections.open", status=503)
        office.slack.drop_sockets()
        await office.slack.until(lambda: office.platform.outage is not None, "the desk notices")
        status, told = await asked(office)
    assert (status, told["status"]) == (503, "not ready")
    assert told["parts"]["slack"] == {"condition": "not ready", "detail": english(UNREACHABLE)}
    assert told["parts"]["database"]["condition"] == "ready"


async def test_the_desk_is_not_ready_when_slack_has_taken_nothing_for_a_minute(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        office.slack.plan_failures("chat.postMessage", status=503)
        await office.ana.says("help-it", "My VPN is dead")
        worker = office.desk.delivering
        await office.slack.until(
            lambda: (trouble := worker.trouble_with("slack")) is not None and len(trouble.conversations) > 1,
            "the card and the answer fail",
        )
        assert (await asked(office))[1]["parts"]["slack"]["condition"] == "degraded"
        monkeypatch.setattr(readiness, "DELIVERY_TROUBLE_S", 0.0)
        office.clock.move(readiness.UNSEEN_LATE * 2)
        status, told = await asked(office)
        assert (status, told["parts"]["slack"]["condition"]) == (503, "not ready")
        assert told["parts"]["outbox"] == {
            "condition": "degraded",
            "detail": said("operations.oldest_message", seconds="600"),
        }
        office.slack.failures.clear()
        await office.settle()
        assert (await asked(office))[0] == 200


async def test_a_disk_with_little_space_is_somebodys_business_before_it_is_full(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        assert (await asked(office))[1]["parts"]["disk"]["condition"] == "ready"
        monkeypatch.setattr(readiness, "LITTLE_SPACE_MB", readiness.free_space_mb(tmp_path) + 1_000)
        status, told = await asked(office)
    assert (status, told["status"]) == (200, "degraded")
    assert told["parts"]["disk"]["condition"] == "degraded"
    free_mb = told["parts"]["disk"]["detail"].split()[0]
    assert told["parts"]["disk"]["detail"] == said("operations.space_left", free=free_mb)


async def test_a_clock_that_no_longer_ticks_is_noticed(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        monkeypatch.setattr(readiness, "TICK_LATE_S", -1.0)
        status, told = await asked(office)
    assert (status, told["parts"]["clock"]["condition"]) == (503, "not ready")
