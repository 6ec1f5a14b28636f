"""A panel: buttons in a channel that ask for help, for those who type no commands."""

from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, plain

FORMS = """
forms:
  Hardware:
    - {name: asset_tag, label: Asset tag, required: true}
"""


def with_categories(tmp_path: Path, categories: str, *, more: str = "") -> Path:
    config = tmp_path / "panel.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("categories: [Hardware, Network]", categories) + more, encoding="utf-8")
    return config


async def panel(office: Office, channel: str = "lounge") -> dict[str, Any]:
    return (await office.sees("ana", channel))[-1]


def labels(message: dict[str, Any]) -> list[str]:
    return [each["label"] for each in message["content"]["buttons"]]


async def test_an_agent_posts_a_panel_with_a_button_for_each_category(office: Office) -> None:
    assert await office.types("bo", "/ticket panel", channel="lounge") == said("answers.panel_posted")
    posted = await panel(office)
    assert plain(posted["content"]["text"]) == said("requester.panel", title="Test desk")
    assert labels(posted) == ["Hardware", "Network"]


async def test_a_panel_carries_the_words_it_is_given(office: Office) -> None:
    await office.types("lee", "/ticket panel What do you need, @everyone?", channel="lounge")
    assert plain((await panel(office))["content"]["text"]) == "What do you need, @everyone?"


async def test_pressing_a_category_asks_for_the_request_and_opens_its_ticket(office: Office) -> None:
    await office.types("bo", "/ticket panel", channel="lounge")
    form = await office.presses("ana", await panel(office), "Network")
    assert form is not None
    assert (form["title"], [each["name"] for each in form["fields"]]) == (
        "Ask for help · Network",
        ["text", "private"],
    )
    answer = await office.submits("ana", form, channel="lounge", text="No wifi on floor 2")
    assert answer == said("answers.created_in_thread", reference="IT-1", team="Network")
    assert (await office.card("cleo", "team-network", "IT-1"))["content"]["subject"] == "No wifi on floor 2"


async def test_a_category_with_questions_asks_them_at_once(folder: Path, tmp_path: Path) -> None:
    config = with_categories(tmp_path, "categories: [Hardware, Network]", more=FORMS)
    async with open_office(folder, config=config) as office:
        await office.types("bo", "/ticket panel", channel="lounge")
        form = await office.presses("ana", await panel(office), "Hardware")
        assert form is not None
        assert [each["name"] for each in form["fields"]] == ["text", "asset_tag", "private"]


@pytest.mark.parametrize(
    "categories", ["", f"categories: [{', '.join(f'Thing {number}' for number in range(26))}]"]
)
async def test_without_categories_or_with_too_many_there_is_one_button(
    folder: Path, tmp_path: Path, categories: str
) -> None:
    async with open_office(folder, config=with_categories(tmp_path, categories)) as office:
        await office.types("bo", "/ticket panel", channel="lounge")
        posted = await panel(office)
        assert labels(posted) == ["Open a ticket"]
        form = await office.presses("ana", posted, "Open a ticket")
        assert form is not None
        await office.submits("ana", form, channel="lounge", text="My mouse is dead")
        assert (await office.card("bo", "team-it", "IT-1"))["content"]["subject"] == "My mouse is dead"


async def test_a_category_that_is_gone_since_is_asked_for_anew(folder: Path, tmp_path: Path) -> None:
    config = with_categories(tmp_path, "categories: [Hardware, Network]", more=FORMS)
    async with open_office(folder, config=config) as office:
        await office.types("bo", "/ticket panel", channel="lounge")
        posted = await panel(office)
        text = config.read_text(encoding="utf-8").replace("[Hardware, Network]", "[Hardware, Wifi]")
        config.write_text(text, encoding="utf-8")
        office.desk.reload()
        form = await office.presses("ana", posted, "Network")
        assert form is not None
        assert form["fields"][0]["choices"] == [["Hardware", "Hardware"], ["Wifi", "Wifi"]]


async def test_a_requester_posts_no_panel(office: Office) -> None:
    assert await office.types("ana", "/ticket panel", channel="lounge") == (
        said("commands.staff_only", command="/ticket panel")
    )
    assert await office.sees("ana", "lounge") == []


async def test_a_panel_is_refused_where_only_one_person_would_read_it(office: Office) -> None:
    assert await office.types("bo", "/ticket panel", channel="@bo") == said("answers.panel_not_in_directs")


async def test_a_panel_without_end_is_refused(office: Office) -> None:
    assert await office.types("bo", f"/ticket panel {'x' * 201}", channel="lounge") == said(
        "answers.panel_title_too_long", limit=200
    )


async def test_help_names_the_panel_to_those_alone_who_may_post_it(office: Office) -> None:
    assert "/ticket panel" in await office.types("bo", "/ticket help")
    assert "/ticket panel" not in await office.types("ana", "/ticket help")
