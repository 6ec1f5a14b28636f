"""The manifest asks for what the desk needs in Slack, and for nothing else."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from adapters.slack.interactions.inbound import verb_of_shortcut
from adapters.slack.manifest import EVENTS, SCOPES, manifest
from bot.__main__ import application
from bot.cli.actions.slack_manifest import manifest_text, write_shipped
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import GROUPS
from bot.commands.framework.registry import Registry
from tests.adapters.slack.manifest_needs import NEEDS, open_granted_office
from tests.adapters.slack.office import open_office
from tests.said import said

NAMES = {group: group for group in GROUPS}
SHIPPED = Path(__file__).parents[3] / "deploy" / "slack-manifest.yaml"


def shipped(**changed: Any) -> dict[str, Any]:
    how: dict[str, Any] = {"names": NAMES, "url": None, "by_socket": True} | changed
    return manifest(Registry(all_commands()).helps_by_name(how["names"]), **how)


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(application(only="slack-manifest"), ["slack-manifest", *arguments])
    return result.output


def test_the_shipped_manifest_is_current() -> None:
    current = SHIPPED.read_text(encoding="utf-8") == manifest_text(NAMES, url=None, by_socket=True)
    assert current, "run `make docs`"


def test_what_is_shipped_is_written_as_it_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "slack-manifest.yaml"
    path.write_text("out of date", encoding="utf-8")
    write_shipped(path)
    assert path.read_text(encoding="utf-8") == SHIPPED.read_text(encoding="utf-8")


def test_over_http_slack_is_told_where_the_desk_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = yaml.safe_load(printed("--url", "https://desk.example.org/"))
    endpoint = "https://desk.example.org/slack/events"
    assert told["settings"]["event_subscriptions"]["request_url"] == endpoint
    assert told["settings"]["interactivity"]["request_url"] == endpoint
    assert {each["url"] for each in told["features"]["slash_commands"]} == {endpoint}
    assert told["settings"]["socket_mode_enabled"] is False


def test_by_socket_no_address_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert printed("--socket") == SHIPPED.read_text(encoding="utf-8")
    assert "http://" not in SHIPPED.read_text(encoding="utf-8")


def test_an_address_that_slack_would_refuse_is_refused() -> None:
    for address in ("http://desk.example.org", "https://desk.example.org/x"):
        assert said("terminal.slack_url", address=address) in printed("--url", address)


def test_commands_go_by_their_configured_names(tmp_path: Path) -> None:
    names = {"ticket": "help", "desk": "desk", "desk-admin": "desk-admin"}
    commands = shipped(names=names)["features"]["slash_commands"]
    assert [each["command"] for each in commands] == ["/help", "/desk", "/desk-admin"]
    assert commands[0]["usage_hint"].startswith("open, ")


def test_it_stays_within_slacks_limits() -> None:
    features = shipped()["features"]
    for kind in ("global", "message"):
        assert len([each for each in features["shortcuts"] if each["type"] == kind]) <= 5
    assert all(len(each["name"]) <= 24 for each in features["shortcuts"])
    assert all(len(each["usage_hint"]) < 1_000 for each in features["slash_commands"])


def test_every_shortcut_stands_for_a_verb_under_an_id_of_its_own() -> None:
    ids = [each["callback_id"] for each in shipped()["features"]["shortcuts"]]
    assert len(ids) == len(set(ids)) == 6
    for callback_id in ids:
        verb, _ = verb_of_shortcut(callback_id)
        assert Registry(all_commands()).named(verb) is not None


def test_for_every_scope_it_is_known_what_needs_it() -> None:
    assert NEEDS.keys() == set(SCOPES)
    assert set(EVENTS) == set(shipped()["settings"]["event_subscriptions"]["bot_events"])


@pytest.mark.parametrize("scope", SCOPES)
async def test_no_scope_can_be_left_out(scope: str, tmp_path: Path, sqlite_template: Path) -> None:
    asked = shipped()
    asked["oauth_config"]["scopes"]["bot"].remove(scope)
    async with open_granted_office(tmp_path, sqlite_template, asked) as office:
        assert not await NEEDS[scope](office)


async def test_with_the_manifest_everything_works(tmp_path: Path, sqlite_template: Path) -> None:
    async with open_granted_office(tmp_path, sqlite_template, shipped()) as office:
        for scope, works in NEEDS.items():
            assert await works(office), scope


async def test_from_a_message_in_its_thread_the_shortcuts_work_on_the_ticket(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        request = await office.ana.says("help-it", "My VPN is dead")
        await office.settle()
        await office.bo.uses_shortcut("Claim the ticket", await office.card("IT-1"))
        await office.settle()
        assert "Bo Berg" in (await office.card("IT-1")).words
        for name, text in (("Reply to the requester", "Try again"), ("Add a note", "It is the router")):
            await office.bo.uses_shortcut(name, await office.card("IT-1"))
            form = await office.bo.sees_modal()
            await office.bo.submits(form, {form.fields[0]: text})
            await office.settle()
        said = office.thread(office.ana, request)
        assert any("Try again" in line for line in said)
        assert not any("router" in line for line in said)
        await office.bo.uses_shortcut("Resolve the ticket", office.ana.reads_thread(request)[-1])
        form = await office.bo.sees_modal()
        await office.bo.submits(form, {form.fields[0]: "The router was restarted"})
        await office.settle()
        assert "resolved" in (await office.card("IT-1")).words
