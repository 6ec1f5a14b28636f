"""Articles in a folder beside desk.yaml: read at the start, followed while the desk runs, never half."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.text.language_detector import LanguageDetector
from bot.workers.knowledge.article_folder import FolderWorker
from tests.said import said
from tests.stories.knowledge.article_folder import looks, office_with_articles
from tests.stories.knowledge.test_articles import writes
from tests.stories.office import Office, words

VPN = "---\ntags: [vpn]\nteam: network\n---\n# Set up the VPN\n\nOpen **Settings**.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "network").mkdir(parents=True)
    (folder / "network" / "vpn.md").write_text(VPN, encoding="utf-8")
    return folder


@pytest.fixture
async def office(folder: Path, tmp_path: Path, articles: Path) -> AsyncIterator[Office]:
    async with office_with_articles(folder, tmp_path) as office:
        yield office


def moved(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


async def operators_read(office: Office) -> str:
    return "\n".join(words(each) for each in await office.sees("lee", "operators"))


async def test_a_file_is_found_and_read_and_says_where_it_is_changed(office: Office) -> None:
    assert "Set up the VPN" in await office.types("ana", "/kb search vpn settings")
    whole = await office.types("cleo", "/kb show network/vpn")
    assert whole.count("Set up the VPN") == 1
    assert said("knowledge.kept_in_file", file="articles/network/vpn.md") in whole.replace("`", "")
    told = await office.types("cleo", "/kb edit network/vpn")
    assert told == said("knowledge.in_a_file", title="Set up the VPN", file="articles/network/vpn.md")
    assert "articles/" not in await office.types("ana", "/kb show network/vpn")


async def test_a_changed_file_is_a_new_version(office: Office, articles: Path) -> None:
    (articles / "network" / "vpn.md").write_text(VPN.replace("Settings", "Options"), encoding="utf-8")
    await looks(office)
    assert "Options" in await office.types("ana", "/kb show network/vpn")
    history = await office.types("cleo", "/kb history network/vpn")
    assert said("knowledge.first_version") in history
    assert said("knowledge.part_body") in history
    assert said("knowledge.the_file") in history


async def test_a_bad_file_is_told_once_with_its_line_and_the_last_good_version_stays(
    office: Office, articles: Path
) -> None:
    (articles / "network" / "vpn.md").write_text(VPN.replace("tags", "tegs"), encoding="utf-8")
    (articles / "printer.md").write_text("# Printers\n\nTurn it on.\n", encoding="utf-8")
    await looks(office)
    (articles / "printer.md").write_text("# Printers\n\nTurn it off.\n", encoding="utf-8")
    await looks(office)
    told = await operators_read(office)
    assert told.count("vpn.md") == 1
    assert "vpn.md:2" in told or "line 2" in told
    assert "Settings" in await office.types("ana", "/kb show network/vpn")
    assert "Turn it off." in await office.types("ana", "/kb show printer")
    (articles / "network" / "vpn.md").write_text(VPN, encoding="utf-8")
    await looks(office)
    assert (await operators_read(office)).count("vpn.md") == 1


async def test_a_file_that_is_gone_retires_its_article_and_comes_back_with_its_history(
    office: Office, articles: Path
) -> None:
    (articles / "network" / "vpn.md").unlink()
    await looks(office)
    assert await office.types("ana", "/kb show network/vpn") == said(
        "knowledge.no_article", text="network/vpn"
    )
    (articles / "network" / "vpn.md").write_text(VPN, encoding="utf-8")
    await looks(office)
    assert "Settings" in await office.types("ana", "/kb show network/vpn")
    assert said("knowledge.retired") in await office.types("cleo", "/kb history network/vpn")


async def test_a_folder_that_is_gone_is_told_and_nothing_is_retired(office: Office, articles: Path) -> None:
    moved(articles)
    await looks(office)
    assert "articles" in await operators_read(office)
    assert "Settings" in await office.types("ana", "/kb show network/vpn")


async def test_an_article_of_chat_keeps_its_name_and_the_operators_are_told(
    office: Office, articles: Path
) -> None:
    await writes(office, "bo")
    (articles / "vpn-on-your-phone.md").write_text("# Another\n\nOther words.\n", encoding="utf-8")
    await looks(office)
    assert "Other words." not in await office.types("ana", "/kb show vpn-on-your-phone")
    assert "vpn-on-your-phone" in await operators_read(office)


async def test_several_replicas_take_a_change_in_once(office: Office, articles: Path) -> None:
    (articles / "network" / "vpn.md").write_text(VPN.replace("Settings", "Options"), encoding="utf-8")
    desk = office.desk
    for _ in range(3):
        await FolderWorker(storage=desk.storage, contexts=desk.contexts, files=desk.file_store).tick()
    found = await desk.storage.read(lambda uow: uow.articles.versions("network/vpn"))
    assert [each.version for each in found] == [2, 1]


async def test_what_is_for_a_team_is_for_nobody_else(office: Office, articles: Path) -> None:
    text = VPN.replace("team: network", "team: network\naudience: team").replace("VPN", "Switch")
    (articles / "switch.md").write_text(text, encoding="utf-8")
    await looks(office)
    for who in ("ana", "bo"):
        assert "Switch" not in await office.types(who, "/kb list")
        assert "Switch" not in await office.types(who, "/kb search switch settings")
    assert "Switch" in await office.types("cleo", "/kb list")
    assert said("knowledge.only_for", audience="Network") in await office.types("cleo", "/kb list")


async def test_what_tells_languages_is_let_go_of_once_the_folder_was_read(
    office: Office, articles: Path
) -> None:
    detector = office.desk.contexts.language_of
    assert isinstance(detector, LanguageDetector)
    (articles / "drucker.md").write_text(
        "# Drucker\n\nDer Drucker steht im zweiten Stock.\n", encoding="utf-8"
    )
    await looks(office)
    assert "Drucker" in await office.types("cleo", "/kb show drucker")
    assert not detector.is_loaded
    detector.load()
    (articles / "drucker.md").write_text("# Drucker\n\nDer Drucker steht im Keller.\n", encoding="utf-8")
    await looks(office)
    assert detector.is_loaded
