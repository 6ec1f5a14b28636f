"""`/desk-admin notices`: what was told to whom, and why not."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said

ELSEWHERE = said("answers.notices_of_sla", command="/desk history IT-1")


async def test_nothing_was_told_of_a_new_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(LEE, "/desk-admin notices IT-1")
    assert told == f"{said('answers.notices_none', reference='IT-1')} {ELSEWHERE}"


async def test_each_decision_is_a_line_with_its_reason(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    for text in ("It smokes", "It burns"):
        await at_work.types(ANA, f"/ticket reply IT-1 {text}")
    heading, first, second, elsewhere = (await at_work.types(LEE, "/desk-admin notices IT-1")).splitlines()
    assert heading == said("answers.notices", reference="IT-1")
    assert elsewhere == ELSEWHERE
    wrote = said("answers.notice_event_wrote")
    assert first.endswith(f"Bo Berg · {wrote} · {said('answers.notice_reach_thread')}")
    assert second.endswith(f"Bo Berg · {wrote} · {said('answers.notice_hold_burst')}")


async def test_it_is_for_administrators(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert "notices" in await at_work.types(BO, "/desk-admin notices IT-1")
    assert ELSEWHERE not in await at_work.types(ANA, "/desk-admin notices IT-1")
