"""An alert's life: warned, on-call mentioned, snoozed with a reason, breached, the lead mentioned, taken."""

from pathlib import Path

from tests.adapters.stories.platforms import Platform, with_rota

STAGES = """
escalation_policies:
  tell the team:
    - at: 80%
      notify: [escalation_channel]
      steps: [{{after: 2m, mention: on_call}}]
    - at: 100%
      notify: [escalation_channel]
      steps: [{{after: 5m, mention: leads}}]
"""


def with_steps(platform: Platform) -> str:
    """On-call after the warning, the lead after the breach."""
    head, _, rest = with_rota(platform, on_call="bo").partition("\nescalation_policies:\n")
    return head + STAGES + rest[rest.index("\nrotas:\n") :]


async def test_from_the_warning_to_the_lead_who_takes_it(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=with_steps(platform)) as office:
        bo, lee = office.called("bo"), office.called("lee")
        await office.says("bo", "team", "Good morning")
        await office.says("lee", "team", "Good morning")
        await office.says("ana", "requests", "Nobody looks at this")
        await office.passes(minutes=25)
        (warning,) = office.reads("lee", "escalations")
        assert warning.pings == ()
        assert warning.buttons == ("Acknowledge", "Snooze…", "Claim", "Reassign…", "Open IT-1")

        await office.passes(minutes=2)
        _, step = office.reads("lee", "escalations")
        assert "Nobody has acknowledged it yet" in step.words
        assert step.pings == (bo,)

        why = {"Until when": "2h", "Why": "the vendor calls back"}
        await office.fills("bo", step, "Snooze…", why)
        first, second = office.reads("lee", "escalations")
        assert f"snoozed by {bo}" in second.words
        assert "the vendor calls back" in second.words
        assert "Told again below" in first.words
        assert first.buttons == ()

        await office.passes(minutes=5)
        *_, breach = office.reads("lee", "escalations")
        assert "Breached" in breach.words
        await office.passes(minutes=5)
        *_, breach, called = office.reads("lee", "escalations")
        assert "Told again below" in breach.words
        assert called.pings == (lee,)

        await office.presses("lee", called, "Claim")
        told = office.reads("lee", "escalations")
        assert len(told) == 4
        assert "The time is up" in told[1].words
        assert f"acknowledged by {lee}" in told[3].words
        assert told[3].buttons == (f"Take over from {lee}", "Reassign…", "Open IT-1")
        assert lee in (await office.card("IT-1")).words
