"""Somebody looks for an answer at a browser before they ask."""

from pathlib import Path

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.knowledge.article_folder import looks
from tests.stories.portal.portal_visit import open_portal, portal_visit, words_of

INBOX = "help-it: {channel: web:help-it}"


def _desk_with_articles(beside: Path) -> Path:
    text = DESK.read_text(encoding="utf-8")
    titled = text.replace(INBOX, 'help-it: {channel: web:help-it, title: Computers, description: "Fix <it>"}')
    assert titled != text
    config = beside / "desk.yaml"
    config.write_text(f"{titled}\nknowledge: {{folder: articles, check_every: 1m}}\n", encoding="utf-8")
    return config


def _article(beside: Path, name: str, text: str) -> None:
    folder = beside / "articles"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


async def test_ana_finds_the_article_that_answers_before_her_own_requests(folder: Path) -> None:
    beside = folder.parent
    _article(beside, "vpn", "# VPN at home\n\nIf the VPN drops, restart the <b>client</b> and sign in again.")
    _article(
        beside,
        "keys",
        "---\nteam: it\naudience: team\n---\n# Keys of the server room\n\nThe VPN key is in the safe.",
    )
    async with open_portal(folder, config=_desk_with_articles(beside)) as office:
        await looks(office)
        await office.says("ana", "help-it", "The VPN drops when I move")
        async with portal_visit(office, "ana") as ana:
            assert 'href="/requests/articles"' in (await ana.opens("/requests")).text
            found = await ana.opens("/requests?q=vpn+drops")
            assert 'href="/kb/vpn"' in found.text
            assert "<b>client" not in found.text
            assert found.text.index("/kb/vpn") < found.text.index("/requests/IT-1")
            assert "safe" not in found.text
            assert said("portal.ask_instead") in words_of(found.text)

            listed = words_of((await ana.opens("/requests/articles?page=9")).text)
            assert "VPN at home" in listed
            assert "server room" not in listed
            article = await ana.opens("/kb/vpn")
            assert 'href="/requests/new"' in article.text
            assert said("portal.none_found") in await ana.reads("/requests?q=bicycle")
            assert (await ana.opens("/requests?q=status%3Anonsense")).status == 200
        async with portal_visit(office, "bo") as bo:
            assert "server room" in await bo.reads("/requests/articles")


async def test_inboxes_are_chosen_by_the_titles_that_the_operator_gave(folder: Path) -> None:
    async with (
        open_portal(folder, config=_desk_with_articles(folder.parent)) as office,
        portal_visit(office, "ana") as ana,
    ):
        choice = words_of((await ana.opens("/requests/new")).text)
        assert "Computers" in choice
        assert "Fix <it>" in choice
        assert "help-hr" in choice  # one without a title keeps its name
        assert "Computers" in await ana.reads("/requests/new?in=help-it")
        assert said("portal.no_articles") in await ana.reads("/requests/articles")
        assert "/requests/articles" not in (await ana.opens("/requests")).text
