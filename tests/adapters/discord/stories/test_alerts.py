"""An alarm's life in Discord: warned, on-call is mentioned, snoozed, breached, the lead is mentioned, taken."""

from pathlib import Path

from tests.adapters.alert_steps import with_steps
from tests.adapters.discord.office import DESK, Office, open_office
from tests.fakes.discord import Seen


def alerts(office: Office) -> list[Seen]:
    return [each for each in office.lee.reads("escalations") if not each.is_ephemeral]


async def test_from_the_warning_to_the_lead_who_takes_it(tmp_path: Path, sqlite_template: Path) -> None:
    desk = with_steps(DESK, bo='"discord:{lee}"')
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        bo, lee = office.bo, office.lee
        await lee.says("team", "Good morning")
        await office.ana.says("help", "Nobody looks at this")
        await office.settle()
        await office.passes(minutes=25)
        (warning,) = alerts(office)
        assert warning.pings == ()
        assert warning.buttons == ("Acknowledge", "Snooze…", "Claim", "Reassign…", "Open IT-1")

        await office.passes(minutes=2)
        _, step = alerts(office)
        assert "Nobody has acknowledged it yet" in step.words
        assert step.pings == ("Lee",)

        shown = await bo.presses(step, "Snooze…")
        await bo.submits(shown, {"Until when": "2h", "Why": "the vendor calls back"})
        await office.settle()
        first, second = alerts(office)
        assert "snoozed by Bo" in second.words
        assert "the vendor calls back" in second.words
        assert "Told again below" in first.words
        assert first.buttons == ()

        await office.passes(minutes=10)
        *_, breach, called = alerts(office)
        assert "Told again below" in breach.words
        assert called.pings == ("Lee",)

        await lee.presses(called, "Claim")
        await office.settle()
        told = alerts(office)
        assert len(told) == 4
        assert "acknowledged by Lee" in told[3].words
        assert told[3].buttons == ("Take over from Lee", "Reassign…", "Open IT-1")
        assert "Lee" in office.card("IT-1").words
