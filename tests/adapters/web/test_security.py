"""Who gets in, from where, and what a browser is told to refuse."""

from html import escape
from pathlib import Path

import aiohttp
import pytest
import structlog
from aiohttp import WSServerHandshakeError
from structlog.testing import capture_logs

from adapters.http.visits import MOST_HOSTS_TOLD
from bot.bootstrap.process import DeskProcess
from bot.config.file.document import STARTER
from bot.messages.plain import quoted
from bot.settings import Settings
from bot.text.sentences import say
from storage import migrate
from tests.adapters.web.workspace_in_use import TOKEN, Page, WorkspaceInUse
from tests.said import said

FOREIGN = {"Origin": "http://evil.example"}


async def test_without_the_link_a_visitor_is_told_to_open_it(in_use: WorkspaceInUse) -> None:
    async with in_use.new_session().get(in_use.server.url + "/") as response:
        assert response.status == 403
        told = await response.text()
    for word in ["deskbell demo", "deskbell run", "web-token", f"{in_use.server.url}/?token=…"]:
        assert f"<code>{word}</code>" in told


async def test_without_the_link_no_call_is_answered(in_use: WorkspaceInUse) -> None:
    stranger = Page("ana", in_use.new_session(), in_use.server.url)
    for method, path in [("GET", "/api/state"), ("POST", "/api/files"), ("GET", "/api/live?person=ana")]:
        answer = await stranger.call(method, path)
        assert answer.status == 403
        link = f"{in_use.server.url}/?token=…"
        assert answer.body["error"] == quoted(say("en", "platforms.link_needed", link=link))


async def test_a_wrong_token_opens_nothing(in_use: WorkspaceInUse) -> None:
    session = in_use.new_session()
    for wrong in ["", "let-me", TOKEN + "x", "é"]:
        async with session.get(in_use.server.url + "/", params={"token": wrong}) as response:
            assert response.status == 403
    async with session.get(in_use.server.url + "/api/state") as response:
        assert response.status == 403


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_is_not_the_token(
    in_use: WorkspaceInUse,
) -> None:
    link = in_use.platform.entrance(in_use.server.url)
    async with in_use.new_session().get(link, allow_redirects=False) as response:
        cookie = response.headers["Set-Cookie"]
        assert response.headers["Location"] == "/"
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie


async def test_a_name_that_a_proxy_passes_on_is_refused_and_the_operator_learns_which_setting_allows_it(
    in_use: WorkspaceInUse,
) -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        for _ in range(3):
            async with in_use.new_session().get(
                in_use.server.url + "/", headers={"Host": "desk.example.org"}
            ) as response:
                assert response.status == 403
                assert escape(said("platforms.address_unknown")) in await response.text()
    (told,) = [line for line in lines if line.get("host") == "desk.example.org"]
    assert told["log_level"] == "warning"
    assert "DESKBELL_PUBLIC_URL" in told["mend"]


async def test_the_log_is_not_filled_with_names_that_anybody_makes_up(in_use: WorkspaceInUse) -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        for number in range(MOST_HOSTS_TOLD + 5):
            await in_use.new_session().get(in_use.server.url + "/", headers={"Host": f"h{number}.example"})
    assert len([line for line in lines if "host" in line]) == MOST_HOSTS_TOLD


async def test_pages_of_other_sites_are_refused(ana: Page) -> None:
    for method, path in [("GET", "/api/state"), ("POST", "/api/channels/help-it/messages")]:
        answer = await ana.call(method, path, headers=FOREIGN)
        assert answer.status == 403
        assert answer.body["error"] == said("platforms.other_site")


@pytest.mark.parametrize("origin", ["null", "", "http://[", "127.0.0.1", "http://127.0.0.1"])
async def test_a_sandboxed_or_odd_origin_counts_as_foreign(ana: Page, origin: str) -> None:
    assert (await ana.call("GET", "/api/state", headers={"Origin": origin})).status == 403


async def test_another_port_of_the_same_machine_counts_as_foreign(ana: Page) -> None:
    assert (await ana.call("GET", "/api/state", headers={"Origin": "http://127.0.0.1:1"})).status == 403


async def test_the_desks_own_page_is_not_foreign(ana: Page) -> None:
    assert (await ana.call("GET", "/api/state", headers={"Origin": ana.url})).status == 200


async def test_other_sites_cannot_listen_in(ana: Page) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await ana.session.ws_connect(f"{ana.url}/api/live?person=ana", headers=FOREIGN)
    assert refused.value.status == 403


async def test_a_foreign_name_for_this_machine_is_refused(ana: Page) -> None:
    answer = await ana.call("GET", "/api/state", headers={"Host": "rebound.example"})
    assert answer.status == 403


@pytest.mark.parametrize(
    ("address", "is_secure"), [("https://desk.example.org", True), ("http://desk.example.org", False)]
)
async def test_behind_a_proxy_with_tls_the_cookie_goes_nowhere_else(
    tmp_path: Path, address: str, is_secure: bool
) -> None:
    settings = Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(tmp_path),
            "DESKBELL_CONFIG": str(STARTER),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_PUBLIC_URL": address,
        }
    )
    migrate(settings.database_url.get_secret_value())
    desk = DeskProcess(settings)
    await desk.http.start()
    try:
        link = desk.entrance.replace(address, desk.http.url)
        async with (
            aiohttp.ClientSession() as session,
            session.get(link, allow_redirects=False) as response,
        ):
            assert ("Secure" in response.headers["Set-Cookie"]) is is_secure
    finally:
        await desk.stop()


async def test_a_foreign_name_gets_no_cookie_even_with_the_token(in_use: WorkspaceInUse) -> None:
    link = in_use.platform.entrance(in_use.server.url)
    async with in_use.new_session().get(link, headers={"Host": "rebound.example"}) as response:
        assert response.status == 403
        assert "Set-Cookie" not in response.headers


async def test_every_answer_forbids_framing_sniffing_and_foreign_scripts(in_use: WorkspaceInUse) -> None:
    page = await in_use.page("ana")
    for path in ["/", "/api/state", "/api/nowhere"]:
        headers = (await page.call("GET", path)).headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


async def test_nobody_reads_files_beside_the_pages(in_use: WorkspaceInUse) -> None:
    page = await in_use.page("ana")
    for path in ["/static/../platform.py", "/static/..%2fplatform.py", "/static/%2e%2e/store.py"]:
        assert (await page.call("GET", path)).status in (403, 404)
    assert (await page.call("GET", "/static/a%00b")).status == 404


async def test_health_needs_no_session(in_use: WorkspaceInUse) -> None:
    async with aiohttp.ClientSession() as session, session.get(in_use.server.url + "/readyz") as response:
        assert response.status == 200


async def test_one_must_be_somebody_whom_the_desk_knows(in_use: WorkspaceInUse) -> None:
    nobody = Page("mallory", (await in_use.page("ana")).session, in_use.server.url)
    answer = await nobody.call("GET", "/api/channels")
    assert answer.status == 403
    assert answer.body["error"] == said("platforms.no_person")


async def test_employees_see_no_team_channel(in_use: WorkspaceInUse, ana: Page, noor: Page) -> None:
    assert [each["id"] for each in await ana.get("/api/channels")] == ["help-it", "@ana"]
    assert [each["id"] for each in await noor.get("/api/channels")] == ["help-it", "network", "@noor"]


async def test_hidden_channels_look_as_if_they_did_not_exist(ana: Page, noor: Page) -> None:
    secret = await noor.say("the password is swordfish", channel="network")
    await noor.say("to the desk alone", channel="@noor")
    answers = [
        await ana.call("GET", "/api/channels/network/messages"),
        await ana.call("GET", "/api/channels/no-such/messages"),
        await ana.call("GET", "/api/channels/@noor/messages"),
        await ana.call("GET", f"/api/threads/network/{secret['id']}"),
        await ana.call("POST", "/api/channels/network/messages", {"text": "hi"}),
        await ana.call("POST", "/api/make-ticket", {"channel": "network", "message": secret["id"]}),
    ]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.body["error"] for answer in answers}) == 1


async def test_a_hidden_message_cannot_be_reached_through_another_channel(ana: Page, noor: Page) -> None:
    secret = await noor.say("the password is swordfish", channel="network")
    assert (await ana.call("GET", f"/api/threads/help-it/{secret['id']}")).status == 404
    reply = {"text": "me too", "thread": secret["id"]}
    assert (await ana.call("POST", "/api/channels/help-it/messages", reply)).status == 409
    made = await ana.call("POST", "/api/make-ticket", {"channel": "help-it", "message": secret["id"]})
    assert made.status == 404


async def test_one_changes_only_ones_own_messages(ana: Page, noor: Page) -> None:
    theirs = await noor.say("mine")
    edit = await ana.call("PATCH", f"/api/messages/{theirs['id']}", {"text": "yours"})
    removal = await ana.call("DELETE", f"/api/messages/{theirs['id']}")
    assert (edit.status, removal.status) == (403, 403)
    assert [each["text"] for each in await ana.messages()] == ["mine"]
