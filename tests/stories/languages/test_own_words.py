"""What the operator calls categories, choices and inboxes, each reads in their own language."""

from pathlib import Path
from typing import Any

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office
from tests.stories.portal.portal_visit import open_portal, portal_visit, words_of

CATEGORIES = """\
  categories: [Hardware, Network]
"""
CATEGORY_LABELS = """\
  category_labels: {Hardware: {de: Geräte, fr: Matériel}, Network: {de: Netzwerk}}
"""
INBOX = """\
  help-it: {channel: web:help-it}
"""
NAMED_INBOX = """\
  help-it:
    channel: web:help-it
    title: Computers
    titles: {de: Rechner}
    description: All that beeps
    descriptions: {de: "Alles, was piept"}
    fields:
      - name: floor
        label: Floor
        kind: choice
        choices: [Ground, First]
        choice_labels: {Ground: {de: Erdgeschoss}}
"""


def written(folder: Path) -> Path:
    """A desk that speaks German to people, and English in its Service Desk's channel."""
    text = DESK.read_text("utf-8")
    for before, after in (
        (CATEGORIES, CATEGORIES + CATEGORY_LABELS),
        (INBOX, NAMED_INBOX),
        ("desk:\n  name", "desk:\n  language: de\n  name"),
        ("    title: Service Desk\n", "    title: Service Desk\n    language: en\n"),
    ):
        assert before in text
        text = text.replace(before, after)
    config = folder / "desk.yaml"
    config.write_text(text, encoding="utf-8")
    return config


def offered(form: dict[str, Any], name: str) -> list[list[str]]:
    (field,) = [each for each in form["fields"] if each["name"] == name]
    return [list(each) for each in field["choices"]]


async def test_the_form_offers_categories_and_choices_in_ones_language_and_the_team_reads_its_own(
    folder: Path,
) -> None:
    async with open_office(folder, config=written(folder)) as office:
        form = (await office.types_for_reply("ana", "/ticket open"))["reply"]
        assert offered(form, "category") == [["Hardware", "Geräte"], ["Network", "Netzwerk"]]
        assert offered(form, "floor") == [["Ground", "Erdgeschoss"], ["First", "First"]]
        await office.submits(
            "ana", form, channel="help-it", text="Der Bildschirm", category="Hardware", floor="Ground"
        )
        assert await answers(office) == [("Category", "Hardware"), ("Floor", "Ground")]
        told = await office.types("ana", "/ticket show IT-1")
        assert f"{said('commands.category', language='de')}: Geräte" in told
        for typed, kept in (("First", "First"), ("erdgeschoss", "Ground")):
            await office.types("bo", f"/desk set IT-1 floor={typed}", channel="team-it")
            assert await answers(office) == [("Category", "Hardware"), ("Floor", kept)]


async def answers(office: Office) -> list[tuple[str, str]]:
    """On the card, in the team's language."""
    card = await office.card("bo", "team-it", "IT-1")
    return [(each["label"], each["answer"]) for each in card["content"]["answers"]]


async def test_at_a_browser_one_chooses_among_inboxes_in_ones_own_language(folder: Path) -> None:
    async with open_portal(folder, config=written(folder)) as office, portal_visit(office, "ana") as ana:
        page = words_of((await ana.opens("/requests/new")).text)
        assert "Rechner Alles, was piept" in page
        assert "Computers" not in page
