"""The doctor names what keeps the desk from working in Slack, and how to fix it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack.api.errors import token_lost
from bot.domain.findings import Severity
from bot.domain.sentence import Sentence, sentence
from bot.text.error_text import english
from tests.adapters.slack.office import DESK, Office, open_office


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        yield office


async def findings(office: Office) -> list[Sentence]:
    found = await office.platform.diagnose(office.desk.in_force.desk())
    return [finding.sentence for finding in found]


async def test_nothing_is_wrong_where_nothing_is(office: Office) -> None:
    assert await findings(office) == []


async def test_a_missing_scope_is_named_with_what_it_is_for(office: Office) -> None:
    office.slack.app.scopes -= {"files:read"}
    (found,) = await findings(office)
    assert found == sentence(
        "operations.slack_scope_missing",
        scope="files:read",
        reason=sentence("operations.slack_scope_for_files_read"),
    )


async def test_a_channel_that_is_archived_is_named(office: Office) -> None:
    office.slack.archive("escalations")
    (archived,) = await findings(office)
    assert archived == sentence(
        "operations.slack_channel_archived", place="escalations of `it`", channel="#escalations"
    )


async def test_a_public_channel_is_joined_by_the_first_post_so_nobody_has_to_invite(office: Office) -> None:
    office.slack.kick_bot("team-it")
    office.slack.workspace.channel("team-it").is_private = False
    (found,) = await office.platform.diagnose(office.desk.in_force.desk())
    assert found.severity is Severity.HINT
    assert found.sentence == sentence("operations.slack_joins_later", place="team `it`", channel="#team-it")
    await office.ana.says("help-it", "My mouse is dead")
    await office.settle()
    assert await findings(office) == []


async def test_an_inbox_is_not_joined_by_posting_so_somebody_has_to_invite(office: Office) -> None:
    office.slack.kick_bot("help-it")
    (found,) = await office.platform.diagnose(office.desk.in_force.desk())
    assert found.severity is Severity.ERROR
    assert found.sentence == sentence(
        "operations.slack_not_in_channel", place="inbox `help`", channel="#help-it", name="deskbell"
    )


async def test_a_private_channel_needs_an_invitation(office: Office) -> None:
    office.slack.kick_bot("team-it")
    office.slack.workspace.channel("team-it").is_private = True
    (found,) = await office.platform.diagnose(office.desk.in_force.desk())
    assert found.severity is Severity.ERROR
    team = office.slack.workspace.channel("team-it")
    assert found.sentence == sentence(
        "operations.slack_channel_hidden",
        place="team `it`",
        channel=f"slack:{team.id}",
        error="channel_not_found",
        name="deskbell",
    )


async def test_without_the_right_to_join_it_must_be_invited_everywhere(office: Office) -> None:
    office.slack.app.scopes -= {"channels:join"}
    office.slack.kick_bot("team-it")
    office.slack.workspace.channel("team-it").is_private = False
    invited = sentence(
        "operations.slack_not_in_channel", place="team `it`", channel="#team-it", name="deskbell"
    )
    assert invited in await findings(office)


async def test_an_agent_whose_address_nobody_in_slack_has_is_named(
    tmp_path: Path, sqlite_template: Path
) -> None:
    misspelt = DESK.replace("agents: [bo@example.org", "agents: [boo@example.org, bo@example.org")
    async with open_office(tmp_path, sqlite_template, desk=misspelt) as office:
        sentences = [english(each.sentence) for each in await office.desk.doctor.examine()]
    (named,) = [each for each in sentences if "@example.org" in each]
    assert "team `it`" in named
    assert "boo@example.org" in named


async def test_where_slack_does_not_tell_addresses_nobody_is_said_to_be_unknown(office: Office) -> None:
    office.slack.app.scopes -= {"users:read.email"}
    assert await office.platform.known_addresses({"boo@example.org"}) is None


async def test_a_group_that_does_not_exist_and_one_without_members_are_named(office: Office) -> None:
    office.slack.workspace.groups.clear()
    (missing,) = await findings(office)
    assert missing == sentence("operations.slack_group_unknown", name="slack:@netops")
    office.slack.user_group("netops", [])
    (empty,) = await findings(office)
    assert empty == sentence("operations.slack_group_empty", name="slack:@netops")


async def test_a_revoked_token_is_all_there_is_to_say(office: Office) -> None:
    office.slack.revoke_token()
    (lost,) = await findings(office)
    assert lost == token_lost("token_revoked")


async def test_a_private_inbox_that_everybody_in_its_channel_reads_is_named(
    tmp_path: Path, sqlite_template: Path
) -> None:
    accepted = DESK.replace(
        'help: {{channel: "slack:{help_it}"}}',
        'help: {{channel: "slack:{help_it}", private: true, public_by_platform: accepted}}',
    )
    async with open_office(tmp_path, sqlite_template, desk=accepted) as office:
        (found,) = await findings(office)
    channel = office.slack.workspace.channel("help-it")
    assert found == sentence("operations.slack_private_inbox", name="help", channel=f"slack:{channel.id}")


async def test_a_post_in_such_an_inbox_is_answered_by_direct_message_all_the_same(
    tmp_path: Path, sqlite_template: Path
) -> None:
    accepted = DESK.replace(
        'help: {{channel: "slack:{help_it}"}}',
        'help: {{channel: "slack:{help_it}", private: true, public_by_platform: accepted}}',
    )
    async with open_office(tmp_path, sqlite_template, desk=accepted) as office:
        await office.ana.says("help-it", "My manager shouts at us")
        await office.settle()
        assert not any("IT-1" in each.words for each in office.cleo.reads("help-it"))
        assert any("IT-1" in each.words for each in office.ana.reads("@deskbell"))
