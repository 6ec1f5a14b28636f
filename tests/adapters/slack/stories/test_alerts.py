"""An alarm's life in Slack: warned, on-call mentioned, snoozed with a reason, breached, the lead mentioned, taken."""

from pathlib import Path
from typing import Any

from tests.adapters.alert_steps import with_steps
from tests.adapters.slack.office import DESK, open_office
from tests.fakes.slack import Seen


def mentioned(message: Seen) -> list[str]:
    return [part["user_id"] for part in parts(message.blocks) if part.get("type") == "user"]


def parts(blocks: Any) -> list[dict[str, Any]]:
    if isinstance(blocks, list | tuple):
        return [part for each in blocks for part in parts(each)]
    if isinstance(blocks, dict):
        return [blocks, *(part for each in blocks.values() for part in parts(each))]
    return []


async def test_from_the_warning_to_the_lead_who_takes_it(tmp_path: Path, sqlite_template: Path) -> None:
    desk = with_steps(DESK, bo="bo@example.org")
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        bo, lee = office.bo, office.lee
        await bo.says("team-it", "Good morning")
        await lee.says("team-it", "Good morning")
        await office.ana.says("help-it", "Nobody looks at this")
        await office.settle()
        await office.passes(minutes=25)
        (warning,) = lee.reads("escalations")
        assert mentioned(warning) == []
        assert warning.buttons == ("Acknowledge", "Snooze…", "Claim", "Reassign…", "Open IT-1")

        await office.passes(minutes=2)
        _, step = lee.reads("escalations")
        assert "Nobody has acknowledged it yet" in step.text
        assert mentioned(step) == [bo.id]

        await bo.presses(step, "Snooze…")
        form = await bo.sees_modal()
        await bo.submits(form, {form.fields[0]: "2h", form.fields[1]: "the vendor calls back"})
        await office.settle()
        first, second = lee.reads("escalations")
        assert "snoozed by Bo Berg" in second.text
        assert "the vendor calls back" in second.text
        assert "Told again below" in first.text
        assert first.buttons == ()

        await office.passes(minutes=5)
        *_, breach = lee.reads("escalations")
        assert "Breached" in breach.text
        await office.passes(minutes=5)
        *_, called = lee.reads("escalations")
        assert mentioned(called) == [lee.id]

        await lee.presses(called, "Claim")
        await office.settle()
        told = [each for each in lee.reads("escalations") if not each.is_ephemeral]
        assert len(told) == 4
        assert "acknowledged by Lee Lund" in told[3].text
        assert told[1].text.startswith("The time is up")
        assert told[3].buttons == ("Take over from Lee Lund", "Reassign…", "Open IT-1")
        assert "Lee Lund" in (await office.card("IT-1")).words
