"""Rows of the tables that are easily forgotten, and teams that are set up differently."""

from pathlib import Path

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office


async def test_what_a_requester_writes_on_hold_opens_it_again_and_its_team_hears_of_it(
    office: Office,
) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk hold IT-1 the supplier")
    await office.says("ana", "help-it", "Any news?", thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "new"
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-2:] == [
        "Ana Alves: Any news?",
        said("team.replied_unassigned", name="Ana Alves", reference="IT-1"),
    ]
    paused = [each["note"] for each in card["content"]["dues"]]
    assert paused == ["", ""], "its clocks go on"


async def test_who_asks_for_news_in_the_tickets_thread_is_told_how_it_stands_each_time(
    office: Office,
) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    async with office.page_of("ana") as told:
        await office.says("ana", "help-it", "Hello, any news?", thread=root)
        await office.says("ana", "help-it", "Gibt es schon was Neues?", thread=root)
        await office.says("ana", "help-it", "It is the left button", thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert "Ana Alves: Hello, any news?" in await office.reads("bo", "team-it", thread=card["id"])
    answer, again = told
    assert again == answer
    assert said("requester.working_on_it", name="Bo Berg") in answer
    assert "IT-1" in answer
    assert answer.endswith("."), "and until when they hear of it"
    await office.types("bo", "/desk reply IT-1 The supplier sends one")
    async with office.page_of("dan") as dan, office.page_of("ana") as told:
        await office.says("dan", "help-it", "any news?", thread=root)
        await office.says("ana", "help-it", "any update on my mouse?", thread=root)
    assert (dan, len(told)) == ([], 1), "after a reply it is news again, for its requester alone"


async def test_a_colleagues_words_reopen_nothing(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 new battery")
    await office.says("dan", "help-it", "Mine is still broken", thread=root)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "resolved"
    await office.types("bo", "/desk close IT-1 done")
    await office.says("dan", "help-it", "Mine is broken even now", thread=root)
    first, second = await office.sees("bo", "team-it")
    assert first["content"]["status"] == "closed"
    assert second["content"]["subject"] == "Mine is broken even now", "a request of their own"


async def test_a_direct_conversation_goes_on_in_its_thread(office: Office) -> None:
    root = await office.says("ana", "@ana", "My payslip is wrong")
    await office.types("bo", "/desk reply IT-1 which month?")
    await office.says("ana", "@ana", "February", thread=root)
    assert (await office.reads("ana", "@ana", thread=root))[1:] == [
        "Bo Berg: which month?",
        "February",
    ]
    card = await office.card("bo", "team-people", "IT-1")
    assert (await office.reads("bo", "team-people", thread=card["id"]))[-1] == "Ana Alves: February"


async def test_requests_go_round_and_whose_turn_it_is_hears_of_it(folder: Path) -> None:
    async with open_office(
        folder, config=changed(folder, "title: Service Desk", "assignment: round_robin")
    ) as office:
        for number in range(3):
            await office.says("ana", "help-it", f"Mouse {number}")
        owners = [card["content"]["assignee"] for card in await office.sees("bo", "team-it")]
        assert owners == ["Bo Berg", "Cleo Chen", "Bo Berg"]
        card = await office.card("bo", "team-it", "IT-1")
        assert await office.reads("bo", "team-it", thread=card["id"]) == [
            said("team.assigned_by_rule", reference="IT-1", owner="Bo Berg")
        ]
        assert (await office.mentions("bo", "team-it"), await office.mentions("cleo", "team-it")) == (2, 1)


async def test_agents_named_by_their_e_mail_address_are_agents(folder: Path) -> None:
    by_mail = DESK.read_text().replace("agents: [web:bo, web:cleo]", "agents: [Bo@example.com]")
    config = folder / "desk.yaml"
    config.write_text(by_mail)
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        assert await office.types("bo", "/desk claim IT-1") == said("answers.claimed", reference="IT-1")
        facts = {"team": "Service Desk", "people": "Bo Berg or Lee Lund", "reference": "IT-1"}
        refused = said("commands.team_only", command="/desk release", **facts)
        assert await office.types("cleo", "/desk release IT-1") == refused


async def test_commands_go_by_the_names_they_were_given(folder: Path) -> None:
    names = "commands: {ticket: help, desk: it, desk-admin: it-admin}"
    async with open_office(folder, config=changed(folder, "ticket_prefix: IT", names)) as office:
        answer = await office.types("ana", "/help open my mouse is dead")
        assert answer == said("answers.created_in_thread", reference="IT-1", team="Service Desk")
        assert await office.types("bo", "/it claim 1") == said("answers.claimed", reference="IT-1")
        refused = said("commands.agents_only", command="/it mine", ask="/help open")
        assert await office.types("ana", "/it mine") == refused
        assert "Unknown command /desk." in await office.types("bo", "/desk mine")


def changed(folder: Path, after: str, line: str) -> Path:
    """The test desk with one more line, at the depth of the one it follows."""
    lines = []
    for each in DESK.read_text().splitlines():
        lines.append(each)
        if each.strip() == after:
            lines.append(each[: len(each) - len(each.lstrip())] + line)
    config = folder / "desk.yaml"
    config.write_text("\n".join(lines))
    return config
