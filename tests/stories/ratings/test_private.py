"""Ratings of private requests: their words stand only where their team alone reads."""

from pathlib import Path
from typing import Any

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, words
from tests.stories.ratings.rating_desk import BAD

COMMENT = "Bo told everybody"


async def rated_low(office: Office) -> None:
    """Ana asked in private, was asked how it went, and wrote what she thinks."""
    await office.types("ana", "/ticket open My payslip is wrong", channel="hr-private")
    await office.types("bo", "/desk resolve IT-1 A new one is on its way", channel="team-people")
    await office.passes(hours=2)
    asked: list[dict[str, Any]] = [
        reply
        for message in await office.sees("ana", "@ana")
        for reply in [message, *await office.sees_thread("ana", "@ana", message["id"])]
        if BAD in [each["label"] for each in (reply["content"] or {}).get("buttons", ())]
    ]
    await office.presses("ana", asked[0], BAD)
    await office.types("ana", f"/ticket rate IT-1 bad {COMMENT}")


async def test_in_direct_messages_the_question_says_what_was_chosen(folder: Path) -> None:
    config = folder.parent / "private-desk.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + "\nsatisfaction: {}\n", encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await rated_low(office)
        told = [
            words(reply)
            for message in await office.sees("ana", "@ana")
            for reply in [message, *await office.sees_thread("ana", "@ana", message["id"])]
        ]
    assert any(
        each.startswith(said("requester.survey_chosen", rating="👎", reference="IT-1")) for each in told
    )


async def alerts(folder: Path, channel: str, *changes: tuple[str, str]) -> list[str]:
    text = DESK.read_text(encoding="utf-8") + "\nsatisfaction: {}\n"
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    config = folder.parent / "private-desk.yaml"
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await rated_low(office)
        assert COMMENT in await office.types("bo", "/desk show IT-1", channel="team-people")
        return [words(each) for each in await office.sees("lee", channel) if "👎" in words(each)]


async def test_in_the_teams_own_channel_its_lead_reads_the_comment(folder: Path) -> None:
    (told,) = await alerts(folder, "escalations-people")
    assert COMMENT in told


async def test_where_other_teams_read_it_names_neither_subject_nor_person_nor_words(folder: Path) -> None:
    (told,) = await alerts(folder, "escalations-it", ("web:escalations-people", "web:escalations-it"))
    for secret in (COMMENT, "payslip", "Ana"):
        assert secret not in told
    assert said("team.private") in told
    assert "/desk show IT-1" in told


async def test_an_anonymous_word_on_a_private_request_is_told_to_its_team_alone(folder: Path) -> None:
    anonymous = ("satisfaction: {}", "satisfaction: {anonymous: yes}")
    shared = ("web:escalations-people", "web:escalations-it")
    text = DESK.read_text(encoding="utf-8") + "\nsatisfaction: {}\n"
    for before, after in (anonymous, shared):
        text = text.replace(before, after)
    config = folder.parent / "private-desk.yaml"
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await rated_low(office)
        for number in (2, 3):
            await office.types("ana", f"/ticket open Payslip {number} is wrong", channel="hr-private")
            await office.types("bo", f"/desk resolve IT-{number} Done", channel="team-people")
            await office.passes(hours=2)
            await office.types("ana", f"/ticket rate IT-{number} good")
        (told,) = [words(each) for each in await office.sees("lee", "escalations-it") if "👎" in words(each)]
        assert told == said("team.low_rating_anonymous", team="People", rating="👎")
