"""What a page asks first: itself, and one answer with all that it begins with."""

import re

import pytest

from adapters.web.page.assets import page_sources
from bot.text.catalogue import languages
from tests.adapters.web.workspace_in_use import Page, WorkspaceInUse
from tests.said import said

GERMAN = {"Accept-Language": "de-AT,en;q=0.5"}


async def test_the_page_names_one_script_and_one_style_sheet_that_are_kept_for_ever(ana: Page) -> None:
    page = (await ana.call("GET", "/")).body.decode()
    names = re.findall(r'(?:src|href)="/static/([\w.-]+\.(?:js|css))"', page)
    assert [name.rpartition(".")[2] for name in names] == ["css", "js"]
    for name in names:
        answer = await ana.call("GET", f"/static/{name}")
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "gzip"
    assert (await ana.call("GET", "/")).headers["Cache-Control"] == "no-cache"


async def test_who_takes_nothing_compressed_gets_it_plain(ana: Page) -> None:
    (script,) = (name for name in page_sources().current().assets if name.endswith(".js"))
    answer = await ana.call("GET", f"/static/{script}", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert answer.body == page_sources().current().assets[script].content


async def test_a_page_of_another_version_gets_the_script_of_now_and_does_not_keep_it(ana: Page) -> None:
    answer = await ana.call("GET", "/static/page-0123456789abcdef.js")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_without_a_session_there_is_no_script(in_use: WorkspaceInUse) -> None:
    (script,) = (name for name in page_sources().current().assets if name.endswith(".js"))
    async with in_use.new_session().get(f"{in_use.server.url}/static/{script}") as response:
        assert response.status == 403


async def test_one_answer_has_all_that_a_page_begins_with(ana: Page, noor: Page) -> None:
    for number in range(60):
        await noor.say(f"Line {number}")
    opening = await ana.get("/api/opening?speaks=en")
    assert opening["person"] == "ana"
    assert opening["opens"] == "help-it"
    assert [each["text"] for each in opening["page"]["messages"]] == [f"Line {at}" for at in range(10, 60)]
    assert opening["page"]["has_more"] is True
    assert opening["channels"] == await ana.get("/api/channels")
    assert opening["commands"] == await ana.get("/api/commands")
    assert opening["desk"].keys() == (await ana.get("/api/state")).keys()
    assert opening["words"] is None


async def test_an_agent_begins_where_work_comes_and_others_where_they_ask(ana: Page, noor: Page) -> None:
    assert (await noor.get("/api/opening"))["opens"] == "network"
    assert (await ana.get("/api/opening"))["opens"] == "help-it"


async def test_an_address_leads_where_one_may_go_and_nowhere_else(ana: Page, noor: Page) -> None:
    await noor.say("the password is swordfish", channel="network")
    assert (await noor.get("/api/opening?channel=help-it"))["opens"] == "help-it"
    closed = await ana.call("GET", "/api/opening?channel=network")
    assert closed.body["opens"] == "help-it"
    assert "swordfish" not in str(closed.body)
    home = await ana.get("/api/opening?channel=home@")
    assert (home["opens"], home["page"]) == ("home@", None)


async def test_whoever_is_not_there_begins_as_the_first_person(in_use: WorkspaceInUse) -> None:
    nobody = await in_use.page("nobody")
    assert (await nobody.get("/api/opening"))["person"] == "ana"


async def test_the_words_come_in_the_language_that_the_browser_asks_for(ana: Page) -> None:
    page = (await ana.call("GET", "/", headers=GERMAN)).body.decode()
    assert '<html lang="de"' in page
    opening = (await ana.call("GET", "/api/opening?speaks=en", headers=GERMAN)).body
    assert opening["words"]["language"] == "de"
    assert (await ana.call("GET", "/api/opening?speaks=de", headers=GERMAN)).body["words"] is None


@pytest.mark.parametrize("language", sorted(languages()))
async def test_every_language_of_the_desk_has_its_words_on_the_page(ana: Page, language: str) -> None:
    page = (await ana.call("GET", "/", headers={"Accept-Language": language})).body.decode()
    assert f'<html lang="{language}"' in page
    assert "</script" not in page.partition('id="words">')[2].partition("</script>")[0]


async def test_a_connection_tells_first_where_it_begins_and_which_page_is_the_newest(
    ana: Page, noor: Page
) -> None:
    before = (await ana.get("/api/opening"))["at"]
    assert (await ana.get("/api/opening"))["at"] == before
    await noor.say("Said in between")
    await ana.open_live()
    hello = await ana.hears("hello")
    assert hello["at"] != before
    assert hello["version"] == page_sources().current().version
    assert (await ana.get("/api/opening"))["at"] == hello["at"]


async def test_a_small_answer_is_sent_compressed(ana: Page, noor: Page) -> None:
    for number in range(50):
        await noor.say(f"Line {number} of a channel in which much the same is said over and over")
    answer = await ana.call("GET", "/api/opening")
    assert answer.headers["Content-Encoding"] in {"gzip", "deflate"}


async def test_nobody_opens_it_from_another_site(ana: Page) -> None:
    answer = await ana.call("GET", "/api/opening", headers={"Origin": "http://evil.example"})
    assert answer.status == 403
    assert answer.body["error"] == said("platforms.other_site")
