"""People whom the configuration names are known to the desk before they do anything."""

from tests.adapters.slack.slack_in_use import SlackInUse


async def test_named_people_are_introduced_by_id_address_and_group(in_use: SlackInUse) -> None:
    server = in_use.server
    lee, cleo = server.person("lee"), server.person("cleo")
    server.user_group("netops", [cleo])
    await in_use.platform._people.begin(team=in_use.platform.identity.team)
    in_use.intake.named = frozenset(
        {f"slack:{in_use.ana.id}", "lee@example.org", "nobody@example.org", "slack:@netops", "web:bo"}
    )
    await in_use.platform._directory_sync._introduce(in_use.intake.named, in_use.intake)
    assert {person.key for person in in_use.intake.met} == {
        f"slack:{person.id}" for person in (in_use.ana, lee, cleo)
    }
    assert {person.name for person in in_use.intake.met} == {"Ana Lima", "Lee", "Cleo"}


async def test_what_slack_does_not_say_stops_nobody_else(in_use: SlackInUse) -> None:
    in_use.server.plan_failures("users.lookupByEmail", error="missing_scope")
    named = frozenset({"lee@example.org", f"slack:{in_use.ana.id}"})
    await in_use.platform._directory_sync._introduce(named, in_use.intake)
    assert [person.name for person in in_use.intake.met] == ["Ana Lima"]


async def test_whoever_went_by_their_id_gets_their_name_once_slack_tells_it(in_use: SlackInUse) -> None:
    people, directory_sync = in_use.platform._people, in_use.platform._directory_sync
    in_use.server.plan_failures("users.info", error="internal_error", times=1)
    assert await people.meet([in_use.ana.id]) == {}
    people._failed.clear()
    await directory_sync._name_strangers(in_use.intake)
    assert [person.name for person in in_use.intake.met] == ["Ana Lima"]
    await directory_sync._name_strangers(in_use.intake)
    assert len(in_use.intake.met) == 1
