"""Somebody asks anew at a browser, with the form and the checks that the chat has."""

from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.fields.desk_with_fields import desk_with
from tests.stories.portal.portal_visit import open_portal, portal_visit, words_of


async def test_a_request_is_opened_once_between_its_author_and_the_team(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        choice = await ana.opens("/requests/new")
        assert 'href="/requests/new?in=help-it"' in choice.text
        assert "in=lounge" not in choice.text  # people talk there, and mention the desk now and then
        page = await ana.opens("/requests/new?in=help-hr")
        assert "help-hr" in words_of(page.text)
        assert 'name="f-private"' not in page.text
        first = await ana.sends(page, "/requests/new", text="My payslip is wrong\nby a lot")
        assert (first.status, first.location) == (303, "/requests/IT-1?done=created")
        assert (await ana.sends(page, "/requests/new", text="My payslip is wrong\nby a lot")).status == 303
        assert said("portal.done_created") in await ana.reads(first.location)
        mine = await ana.opens("/requests")
        assert mine.text.count('class="number"') == 1
        assert said("lists.private") in words_of(mine.text)

        assert (await office.card("bo", "team-people", "IT-1"))["content"]["subject"] == "My payslip is wrong"
        assert "payslip" not in str(await office.sees("dan", "help-hr"))
        assert "My payslip is wrong" in await office.everything_seen_by("ana")

        page = await ana.opens("/requests/new?in=help-it")  # where everybody reads what is asked in chat
        await ana.sends(page, "/requests/new", text="My lamp is out")
        assert (await office.card("bo", "team-it", "IT-2"))["content"]["subject"] == "My lamp is out"
        assert "lamp" not in await office.everything_seen_by("dan")


async def test_who_is_not_sure_leaves_the_team_to_the_desk(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        page = await ana.opens("/requests/new?in=")
        sent = await ana.sends(page, "/requests/new", text="The vpn is slow", category="Network")
        assert sent.location == "/requests/IT-1?done=created"
        assert await office.card("cleo", "team-network", "IT-1")
        assert (await ana.opens("/requests/new?in=nowhere")).text.count("?in=") > 1


async def test_the_desk_asks_what_it_asks_in_chat_and_keeps_what_was_typed(folder: Path) -> None:
    needed = "fields:\n  asset_tag: {label: Asset tag, labels: {de: Inventarnummer}"
    config = desk_with(folder.parent)
    text = config.read_text(encoding="utf-8")
    asked = text.replace(
        "help-it: {channel: web:help-it}",
        "help-it: {channel: web:help-it, fields: [asset_tag, seats, insured]}",
    )
    asked = asked.replace(needed, needed + ", required: true")
    if asked == text:
        pytest.fail("the desk's file has other fields now")
    config.write_text(asked, encoding="utf-8")
    async with open_portal(folder, config=config) as office, portal_visit(office, "ana") as ana:
        page = await ana.opens("/requests/new?in=help-it")
        refused = await ana.sends(page, "/requests/new", text="My <dock> is dead", seats="many")
        assert refused.status == 422
        assert "My &lt;dock&gt; is dead</textarea>" in refused.text
        assert 'value="many"' in refused.text
        assert 'href="#f-seats"' in refused.text
        assert 'id="f-seats-problem"' in refused.text
        sent = await ana.sends(
            refused, "/requests/new", text="My dock is dead", seats="3", asset_tag="L-1", insured="yes"
        )
        assert sent.location == "/requests/IT-1?done=created"
        assert "L-1" in await ana.reads("/requests/IT-1")


FAQ = """
knowledge:
  answers: before
  faq:
    - {when: {words: [parking]}, answer: "The gate opens with your badge."}
"""


async def test_articles_come_first_where_the_desk_looks_first(folder: Path) -> None:
    config = folder.parent / "looking-desk.yaml"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\n{FAQ}", encoding="utf-8")
    async with open_portal(folder, config=config) as office, portal_visit(office, "ana") as ana:
        page = await ana.opens("/requests/new?in=help-it")
        sent = await ana.sends(page, "/requests/new", text="How do I get into the parking lot?")
        shown = await ana.opens(sent.location)  # again, as after reading an article
        assert "The gate opens with your badge." in words_of(shown.text)
        assert said("portal.none_yet") in await ana.reads("/requests")
        solved, ask = shown.text.split('action="/requests/answers"')[1:]
        assert said("requester.button_solved_it") in solved
        assert said("requester.button_ask_team") in ask
        opened = await ana.sends(shown, "/requests/answers", choice="ask")
        assert opened.location == "/requests/IT-1?done=created"
        assert (await ana.sends(shown, "/requests/answers", choice="ask")).location == "/requests"
        assert (await ana.opens(sent.location)).location == "/requests"


async def test_nobody_else_opens_what_somebody_was_shown(folder: Path) -> None:
    config = folder.parent / "looking-desk.yaml"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\n{FAQ}", encoding="utf-8")
    async with (
        open_portal(folder, config=config) as office,
        portal_visit(office, "ana") as ana,
        portal_visit(office, "dan") as dan,
    ):
        page = await ana.opens("/requests/new?in=help-it")
        sent = await ana.sends(page, "/requests/new", text="How do I get into the parking lot?")
        assert (await ana.opens(sent.location)).status == 200
        for address in (sent.location, "/requests/answers?offer=1", "/requests/answers?offer=x"):
            assert (await dan.opens(address)).location == "/requests"
