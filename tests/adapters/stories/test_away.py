"""What people said while the desk was away is with the team before what they say once it is back."""

from pathlib import Path

from tests.adapters.stories.platforms import Office, Platform


async def test_what_was_said_while_the_desk_was_away_comes_before_what_is_said_when_it_is_back(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        requests = [await office.says("ana", "requests", f"Printer {n} is broken") for n in range(5)]
        await office.goes_away()
        for request in requests:
            await office.writes("ana", request, "It smokes")
            await office.writes("ana", request, "And it smells")
        async with office.comes_back(tmp_path):
            for request in requests:
                await office.writes("ana", request, "Now it burns")
            await office.settle()
            for number in range(5):
                assert await copies(office, f"IT-{number + 1}") == [
                    "It smokes",
                    "And it smells",
                    "Now it burns",
                ]


async def copies(office: Office, reference: str) -> list[str]:
    """What the team's thread shows of the requester's words."""
    shown = office.thread("bo", await office.card(reference))
    return [line.removeprefix(f"{office.called('ana')}: ") for line in shown if "IT-" not in line]
