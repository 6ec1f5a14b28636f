"""Who hears of a new request: the card mentions whom the team chose, and nobody once somebody has it."""

from pathlib import Path

from tests.adapters.stories.platforms import Platform, with_rota


async def test_the_card_of_a_new_request_mentions_whoever_is_on_call(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    desk = with_rota(platform, on_call="lee", more="\n    ping_new: on_call")
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.types("lee", "team", "/desk mine")
        await office.says("ana", "requests", "My VPN is dead")
        assert (await office.card("IT-1")).pings == (office.called("lee"),)
        await office.presses("bo", await office.card("IT-1"), "Claim")
        assert (await office.card("IT-1")).pings == ()
