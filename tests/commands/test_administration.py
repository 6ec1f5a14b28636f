"""What the desk's admins look at and repair."""

import pytest

from bot.domain.errors import ConfigurationError
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import BO


async def test_only_admins_may_and_others_are_told_who_can(at_work: DeskAtWork) -> None:
    for line in ("/desk-admin outbox", "/desk-admin audit", "/desk-admin status", "/desk-admin reload"):
        assert "Lee Lund" in await at_work.types(BO, line)


async def test_the_outbox_tells_what_is_on_its_way(at_work: DeskAtWork) -> None:
    assert await at_work.types(LEE, "/desk-admin outbox") == "Nothing has failed; nothing waits."
    await at_work.asks()
    told = await at_work.types(LEE, "/desk-admin outbox")
    assert told.startswith("Nothing has failed; ")
    assert told.endswith(" messages on the way.")


async def test_the_outbox_refuses_what_it_cannot_do(at_work: DeskAtWork) -> None:
    assert "burn is nothing" in await at_work.types(LEE, "/desk-admin outbox burn 3")
    assert "Say which message" in await at_work.types(LEE, "/desk-admin outbox retry soon")
    assert "no failed message #7" in await at_work.types(LEE, "/desk-admin outbox drop #7")
    longest = "9" * 30
    assert f"no failed message #{longest}" in await at_work.types(LEE, f"/desk-admin outbox retry {longest}")


async def test_the_audit_log_is_read_whole_or_of_one_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("My screen is dark")
    assert (await at_work.types(LEE, "/desk-admin audit")).startswith("Audit log, newest first")
    assert (await at_work.types(LEE, "/desk-admin audit IT-2")).startswith("History of IT-2")
    assert "There is no ticket IT-9" in await at_work.types(LEE, "/desk-admin audit IT-9")


async def test_the_status_counts_the_tickets_of_each_team(at_work: DeskAtWork) -> None:
    await at_work.asks()
    lines = (await at_work.types(LEE, "/desk-admin status")).splitlines()
    assert lines[0] == "Test desk"
    assert "Service Desk: 1 new" in lines
    assert "Network: no tickets yet" in lines


async def test_a_configuration_that_cannot_be_read_again_leaves_the_old_one(at_work: DeskAtWork) -> None:
    with pytest.raises(ConfigurationError, match="SIGHUP"):
        await at_work.types(LEE, "/desk-admin reload")
