"""Where a team wants it confirmed, the requester is asked whether it is solved; no answer is a yes after days."""

from pathlib import Path
from typing import Any

from tests.said import said
from tests.stories.office import Office, shown
from tests.stories.ratings.rating_desk import rating_office, resolved

YES, NO = said("requester.button_yes_solved"), said("requester.button_not_solved")
CONFIRMED = "confirm_resolution: 3d"


async def notice(office: Office, request: str) -> dict[str, Any] | None:
    for message in await office.sees_thread("ana", "help-it", request):
        if YES in [each["label"] for each in (message["content"] or {}).get("buttons", ())]:
            return message
    return None


async def is_now(office: Office) -> str:
    card = await office.card("bo", "team-it", "IT-1")
    return str(card["content"]["status"])


async def test_yes_closes_it(folder: Path) -> None:
    async with rating_office(folder, more="", team=CONFIRMED) as office:
        message = await notice(office, await resolved(office))
        assert message is not None
        text = shown({"type": "private", "text": message["content"]["text"]})
        assert said("requester.is_it_solved", at="")[:20] in text
        reply = await office.presses("ana", message, YES)
        assert shown(reply) == said("answers.closed_own", reference="IT-1")
        assert await is_now(office) == "closed"


async def test_no_reopens_it_and_asks_again_after_the_next_resolution(folder: Path) -> None:
    async with rating_office(folder, more="", team=CONFIRMED) as office:
        request = await resolved(office)
        message = await notice(office, request)
        assert message is not None
        await office.presses("ana", message, NO)
        assert await is_now(office) == "open"
        assert await notice(office, request) is None
        reply = await office.presses_what_it_saw("ana", message, YES)
        assert await is_now(office) == "open", shown(reply)
        await office.types("bo", "/desk resolve IT-1 A new mouse", channel="team-it")
        assert await notice(office, request) is not None
        assert shown(await office.presses_what_it_saw("ana", message, YES)) != ""
        assert await is_now(office) == "resolved"


async def test_no_answer_is_a_yes_after_as_many_days_as_the_team_says(folder: Path) -> None:
    async with rating_office(folder, more="", team=CONFIRMED) as office:
        await resolved(office)
        await office.passes(days=2, hours=23)
        assert await is_now(office) == "resolved"
        await office.passes(hours=2)
        assert await is_now(office) == "closed"


async def test_other_teams_ask_nothing(folder: Path) -> None:
    async with rating_office(folder, more="") as office:
        assert await notice(office, await resolved(office)) is None
