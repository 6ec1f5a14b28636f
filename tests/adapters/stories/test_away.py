"""What people said while the desk was away is with the team before what they say once it is back."""

from pathlib import Path

from tests.adapters.stories.platforms import Office, Platform

MISSED = ("It smokes", "And it smells")
NEWER = "Now it burns"


async def test_what_was_said_while_the_desk_was_away_comes_before_what_is_said_when_it_is_back(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        requests = [await office.says("ana", "requests", f"Printer {n} is broken") for n in range(5)]
        await office.goes_away()
        for request in requests:
            for text in MISSED:
                await office.writes("ana", request, text)
        async with office.comes_back(tmp_path):
            for request in requests:
                await office.writes("ana", request, NEWER)
            await office.settle()
            for number in range(5):
                assert await copies(office, f"IT-{number + 1}") == [*MISSED, NEWER]


async def copies(office: Office, reference: str) -> list[str]:
    """Which of the requester's words the team's thread shows, in its order."""
    thread = office.reads_thread("bo", await office.card(reference))
    return [text for each in thread for text in (*MISSED, NEWER) if text in each.words]
