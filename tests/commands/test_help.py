"""What people are told that they can type."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_people_read_the_commands_that_are_for_them(at_work: DeskAtWork) -> None:
    everybody = await at_work.types(ANA, "/ticket help")
    assert "/ticket open TEXT…" in everybody
    assert "/desk" not in everybody
    agent = await at_work.types(BO, "/ticket help")
    assert "/desk claim [TICKET]" in agent
    assert "/desk-admin" not in agent
    assert "/desk-admin outbox" in await at_work.types(LEE, "/ticket help")


async def test_a_bare_group_and_its_help_mean_the_same(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/ticket help")
    for line in ("/ticket", "/desk-admin", "/desk-admin help"):
        assert await at_work.types(BO, line) == told, line
    assert await at_work.types(BO, "/desk") == await at_work.types(BO, "/desk help")
    assert await at_work.types(LEE, "/desk-admin") == await at_work.types(LEE, "/desk-admin help")


async def test_help_of_a_group_lists_what_is_typed_there_and_where_the_rest_is(at_work: DeskAtWork) -> None:
    for who, line in ((LEE, "/desk-admin"), (BO, "/desk"), (ANA, "/kb help")):
        head, *commands, rest = (await at_work.types(who, line)).splitlines()[1:]
        assert head == said("commands.help_own")
        assert rest == said("commands.help_rest", command="/ticket help")
        group = f"{line.removesuffix(' help')} "
        assert commands
        assert all(each.startswith(group) for each in commands), line
    assert said("commands.help") in await at_work.types(ANA, "/desk help"), "nothing there is for Ana"


async def test_more_is_told_about_one_verb(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/ticket help claim")
    assert told.splitlines() == [
        "/desk claim [TICKET]",
        said("commands.desk_claim_summary"),
        said("commands.usable_by", who=said("commands.role_agent")),
        said("commands.example", command="/desk claim IT-12"),
    ]
    assert "/desk-admin outbox" in await at_work.types(LEE, "/ticket help outbox")


async def test_a_verb_that_is_none_is_refused(at_work: DeskAtWork) -> None:
    assert await at_work.types(ANA, "/ticket help dance") == said("commands.unknown_command", command="dance")


async def test_another_word_for_a_verb_is_listed_nowhere(at_work: DeskAtWork) -> None:
    assert "/desk take" not in await at_work.types(LEE, "/ticket help")


async def test_the_way_for_files_is_told_where_a_platforms_commands_take_none(at_work: DeskAtWork) -> None:
    files = said("commands.with_files", command="@deskbell reply IT-12")
    assert files in await at_work.types(BO, "/desk help reply")
    assert said("commands.with_files", command="@deskbell claim IT-12") not in await at_work.types(
        BO, "/desk help claim"
    )
