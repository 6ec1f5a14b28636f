"""A ticket goes to the next level with what was tried, on every platform."""

from pathlib import Path

from tests.adapters.stories.platforms import Platform
from tests.said import said

TRIED = "Restarted the router"


async def test_the_next_level_reads_what_was_tried(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    lee = f"    leads: [{platform.person('lee')}]"
    second = (
        f"{lee}\n    escalates: {{{{to: second, tried: required}}}}\n"
        f"  second:\n    title: Second line\n    channel: {platform.operators}\n"
        f"    board: no\n    digests: []\n{lee}"
    )
    desk = platform.desk_file.replace(lee, second)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        message = await office.says("ana", "requests", "The internet is slow")
        card = await office.card("IT-1")
        label = said("commands.desk_escalate_tried_label")
        await office.fills_chosen("bo", card, said("team.button_escalate_form"), {label: TRIED})
        there = office.reads("lee", "operators")[-1]
        why = said("team.why_escalated_because", name=office.called("bo"), reason=TRIED)
        assert why in there.words
        notes = [each.words for each in office.reads_thread("lee", there)]
        assert any(said("team.tried", text=TRIED) in each for each in notes)
        shown = [
            each.words for each in (*office.reads("ana", "requests"), *office.reads_thread("ana", message))
        ]
        assert not any(TRIED in each for each in shown)
