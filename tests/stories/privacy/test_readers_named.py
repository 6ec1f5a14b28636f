"""Who asks in confidence is told by name who reads it, wherever they ask: perhaps the very person it is about."""

from pathlib import Path

from tests.said import said
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, portal_visit

READERS = said("answers.private_readers", team="People", people="Bo Berg and Lee Lund")
SERVICE_DESK = said("answers.private_readers", team="Service Desk", people="Bo Berg, Cleo Chen and Lee Lund")


async def acknowledged(office: Office, *, who: str = "ana") -> str:
    """What is said in the threads of one's direct messages."""
    directs = await office.sees(who, f"@{who}")
    threads = [await office.reads(who, f"@{who}", thread=each["id"]) for each in directs]
    return "\n".join(line for lines in threads for line in lines)


async def test_what_a_rule_gives_to_a_private_team_names_its_readers(office: Office) -> None:
    await office.says("ana", "@ana", "My payslip of March is wrong")
    told = await acknowledged(office)
    assert READERS in told
    assert said("requester.named_reads", people="Lee Lund") not in told


async def test_who_is_named_and_reads_it_is_said(office: Office) -> None:
    await office.says("ana", "@ana", "Lee keeps my payslip from me and laughs")
    assert said("requester.named_reads", people="Lee Lund") in await acknowledged(office)


async def test_a_word_that_is_a_name_as_well_names_nobody(office: Office) -> None:
    await office.says("ana", "@ana", "my payslip flies to the lee side, says bo")
    assert said("requester.named_reads", people="Bo Berg and Lee Lund") not in await acknowledged(office)
    assert READERS in await acknowledged(office)


async def test_who_wishes_for_confidence_reads_it_of_any_team_and_others_do_not(office: Office) -> None:
    await office.says("ana", "@ana", "My screen is dark since Monday")
    assert "Cleo Chen" not in await acknowledged(office)
    typed = await office.types("ana", "/ticket open private: I need a quiet desk", channel="help-it")
    assert SERVICE_DESK in typed
    await office.types("dan", "/ticket open I take pills, please do not tell my manager", channel="@dan")
    assert SERVICE_DESK in "\n".join(await office.reads("dan", "@dan"))


async def test_the_readers_are_those_of_the_team_that_has_it_now(office: Office) -> None:
    await office.says("ana", "@ana", "My payslip of March is wrong")
    command = "/desk transfer IT-1 it"
    asked = (await office.types_for_reply("bo", command, channel="team-people"))["reply"]
    await office.presses_private("bo", asked, 0, channel="team-people")
    assert READERS not in await acknowledged(office)


async def test_the_portal_names_them_too(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "@ana", "Lee keeps my payslip from me")
        page = await ana.reads("/requests/IT-1")
        assert READERS in page
        assert said("requester.named_reads", people="Lee Lund") in page
