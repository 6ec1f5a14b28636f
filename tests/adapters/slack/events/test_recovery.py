"""Coming back, and coming under load: what was missed is made up for, and the limits are kept to."""

import asyncio
import shutil
from pathlib import Path

import pytest
import structlog

from tests.adapters.slack.office import DESK, SCALE, Office, open_office, running_desk
from tests.fakes.slack import SlackServer


async def test_what_was_said_while_the_desk_was_down_is_recovered_and_told_in_one_line(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with SlackServer.running(scale=SCALE) as slack:
        ana, bo, lee = slack.person("ana"), slack.person("bo"), slack.person("lee")
        channels = {
            "help_it": slack.channel("help-it", [ana, bo]).id,
            "team_it": slack.channel("team-it", [bo, lee]).id,
            "escalations": slack.channel("escalations", [bo, lee]).id,
            "operators": slack.channel("operators", [lee]).id,
        }
        (tmp_path / "desk.yaml").write_text(DESK.format(**channels), encoding="utf-8")
        shutil.copy(sqlite_template, tmp_path / "deskbell.db")
        async with running_desk(slack, tmp_path) as (desk, clock):
            before = Office(slack, desk, clock, ana, bo, bo, lee)
            roots = [await ana.says("help-it", f"Can you mend printer {number}?") for number in range(10)]
            await before.settle()
        slack.deliveries.is_on = False
        for number in range(50):
            await ana.says("help-it", f"Can you mend screen {number}?")
        for number in range(20):
            await ana.says("help-it", f"Reply {number}", thread=roots[number % 10])
        slack.deliveries.is_on = True
        async with running_desk(slack, tmp_path) as (desk, clock):
            after = Office(slack, desk, clock, ana, bo, bo, lee)
            await slack.until(
                lambda: any("recovered" in seen for seen in lee.reads("operators")),
                "the operators are told what was recovered",
                patience_s=60,
            )
            await after.settle()
            assert len(bo.reads("team-it")) == 60
            copies = [line for card in bo.reads("team-it") for line in after.thread(bo, card)]
            assert sorted(copies) == sorted(f"Ana: Ana: Reply {number}" for number in range(20))
            (line,) = [seen for seen in lee.reads("operators") if "recovered" in seen]
            assert "50 requests and 20 replies" in line


async def test_a_desk_that_is_stopped_while_it_reads_what_it_missed_ends_in_order_and_reads_it_next_time(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with SlackServer.running(scale=SCALE) as slack:
        ana, bo, lee = slack.person("ana"), slack.person("bo"), slack.person("lee")
        channels = {
            name.replace("-", "_"): slack.channel(name, people).id
            for name, people in (
                ("help-it", [ana, bo]),
                ("team-it", [bo, lee]),
                ("escalations", [bo, lee]),
                ("operators", [lee]),
            )
        }
        (tmp_path / "desk.yaml").write_text(DESK.format(**channels), encoding="utf-8")
        shutil.copy(sqlite_template, tmp_path / "deskbell.db")
        async with running_desk(slack, tmp_path) as (desk, _):
            await desk.settled()
        slack.deliveries.is_on = False
        await ana.says("help-it", "Can you mend the screen?")
        slack.deliveries.is_on = True
        hangs = slack.plan_failures("conversations.history", hang_s=30)
        with structlog.testing.capture_logs() as logged:
            async with running_desk(slack, tmp_path) as (desk, _):
                await slack.until(lambda: hangs.happened > 0, "the desk reads what it missed")
        assert [each for each in logged if each["log_level"] in ("warning", "error")] == []
        with pytest.raises(RuntimeError, match="shutdown"):
            await desk.storage.read(lambda uow: uow.watermarks.all())
        slack.failures.clear()
        async with running_desk(slack, tmp_path) as (desk, clock):
            after = Office(slack, desk, clock, ana, bo, bo, lee)
            await slack.until(lambda: len(bo.reads("team-it")) == 1, "the request is there", patience_s=30)
            await after.settle()


async def test_a_burst_into_one_channel_keeps_to_its_pace_and_a_ping_goes_first(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template, scale=0.05) as office:
        slack = office.slack
        requests = await asyncio.gather(
            *(office.ana.says("help-it", f"Can you mend lamp {number}?") for number in range(100))
        )
        await office.passes(minutes=25)
        await office.settle()
        assert len(office.bo.reads("team-it")) == len(requests)
        calls = slack.calls_to("chat.postMessage")
        assert (
            sum(call.answer == "429" for call in calls) <= len(calls) / 10
        )  # this machine's pauses are long here
        posted = [call.at for call in slack.calls_to("chat.postMessage", channel="team-it") if call.is_ok]
        assert posted[-1] - posted[0] >= (len(posted) - 3) * 1.0
