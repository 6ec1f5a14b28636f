"""A desk without macros says so instead of opening a form that nothing can be chosen in."""

from pathlib import Path

from tests.adapters.stories.platforms import Platform
from tests.said import said


async def test_where_there_are_no_macros_that_is_said_and_no_form_opens(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        await office.says("ana", "requests", "My mouse is dead")
        answer = await office.types("bo", "team", "/desk macro send", ticket="IT-1")
        assert said("macros.none_yet", command="/desk macro new") in answer.words.replace("`", "")
