"""A lead records that somebody of their team is away, on every platform."""

from pathlib import Path

from tests.adapters.stories.platforms import Platform
from tests.said import said


async def test_who_is_recorded_as_away_is_told_and_can_undo_it(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        await office.types("bo", "team", "/desk mine")
        name = office.called("bo")
        answer = await office.types(
            "lee", "team", "/desk team away", until=f"@{name} until tomorrow 18:00, ill"
        )
        begins = said("answers.away_recorded", name=name, until="\0").partition("\0")[0]
        assert begins in answer.words
        told = office.reads_directly("bo")[-1]
        assert (
            said("team.away_recorded", name=office.called("lee"), until="\0").partition("\0")[0] in told.words
        )
        await office.presses("bo", told, said("answers.button_not_away"))
        back = await office.types("lee", "team", "/desk team away", until=f"@{name} back")
        assert said("answers.back_recorded_already", name=name) in back.words
