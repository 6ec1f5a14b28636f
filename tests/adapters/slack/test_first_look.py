"""What can be chosen by name in a workspace: channels, groups and people, as far as its app may list them."""

from adapters.slack.platform import SlackPlatform
from tests.adapters.doubles import MemoryFiles
from tests.adapters.slack.slack_in_use import SlackInUse


async def test_channels_groups_and_people_are_named_as_desk_yaml_has_them(in_use: SlackInUse) -> None:
    in_use.server.user_group("netops", [in_use.bo])
    look = await in_use.platform.look()
    assert not look.is_refused
    assert {each.name: each.reference for each in look.channels} == {
        f"#{name}": str(in_use.ref(name)) for name in ("help-it", "team-it")
    }
    people = {each.name: each for each in look.people}
    assert people["@netops"].reference == "slack:@netops"
    assert people["Bo Berg"].reference == "bo@example.org"
    assert people["Bo Berg"].other == f"slack:{in_use.bo.id}"
    assert not any("deskbell" in name for name in people)


async def test_a_list_that_the_app_may_not_read_is_told_and_the_others_are_there(in_use: SlackInUse) -> None:
    in_use.server.app.scopes -= {"users:read"}
    look = await in_use.platform.look()
    (finding,) = look.findings
    assert "missing_scope" in str(finding.sentence.facts["error"])
    assert look.channels
    assert not look.people


async def test_before_the_desk_is_connected_nothing_is_asked() -> None:
    platform = SlackPlatform(
        bot_token="xoxb-1",
        signing_secret="s",
        app_token=None,
        api_url="http://127.0.0.1:9/api/",
        files=MemoryFiles(),
        file_limit=1,
    )
    assert (await platform.look()).is_refused
    await platform.close()
