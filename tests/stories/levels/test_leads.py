"""What leads do for people of their teams, as people at the page live it."""

import pytest

from tests.said import said
from tests.stories.office import Office

UNTIL = "until 2026-03-06"


def begins(key: str, **facts: str) -> str:
    """A sentence as far as its instant."""
    return said(key, until="\0", **facts).partition("\0")[0]


async def test_a_lead_records_an_absence_its_person_is_told_and_it_is_in_the_log(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    answer = await office.types("lee", f"/desk away @bo {UNTIL}, ill")
    assert begins("answers.away_recorded", name="Bo Berg") in answer
    assert "IT-1" in answer
    assert begins("team.away_recorded", name="Lee Lund") in (await office.reads("bo", "@bo"))[-1]
    assert "Bo Berg" in await office.types("cleo", "/desk on-call")
    log = await office.desk.storage.read(lambda uow: uow.audit_log.recent(limit=20))
    assert [each.event for each in log].count("AbsenceRecorded") == 1


async def test_its_person_can_undo_it_with_a_button(office: Office) -> None:
    await office.types("lee", f"/desk away @bo {UNTIL}")
    told = (await office.sees("bo", "@bo"))[-1]
    answered = await office.presses("bo", told, said("answers.button_not_away"))
    assert answered is not None
    assert said("answers.back_recorded_already", name="Bo Berg") in await office.types(
        "lee", "/desk away @bo back"
    )


async def test_a_planned_one_too(office: Office) -> None:
    answer = await office.types("lee", "/desk away @bo from 2026-03-09 until 2026-03-11")
    assert (
        said("answers.away_recorded_from", name="Bo Berg", since="\0", until="").partition("\0")[0] in answer
    )
    told = (await office.sees("bo", "@bo"))[-1]
    await office.presses("bo", told, said("answers.button_not_away"))
    assert "2026-03-09" not in await office.types("bo", "/desk away back")


async def test_a_lead_who_cancels_what_has_begun_is_told_how_to_end_it(office: Office) -> None:
    await office.types("lee", f"/desk away @bo {UNTIL}")
    answer = await office.types("lee", "/desk away @bo cancel")
    assert begins("answers.away_recorded_begun", name="Bo Berg", command="") in answer
    assert "/desk away @Bo Berg back" in answer
    assert said("answers.back_recorded", name="Bo Berg") in await office.types(
        "lee", "/desk away @Bo Berg back"
    )


async def test_a_lead_records_that_somebody_is_back(office: Office) -> None:
    await office.types("lee", f"/desk away @bo {UNTIL}")
    assert said("answers.back_recorded", name="Bo Berg") in await office.types("lee", "/desk away @bo back")
    assert said("team.away_ended", name="Lee Lund") in (await office.reads("bo", "@bo"))[-1]


@pytest.mark.parametrize("words", ["back", "cancel", "cancel 2026-03-09"])
async def test_a_lead_cancels_a_planned_absence_and_its_person_is_told(office: Office, words: str) -> None:
    await office.types("lee", "/desk away @bo from 2026-03-09 until 2026-03-11")
    answer = await office.types("lee", f"/desk away @bo {words}")
    begin = said("answers.away_recorded_cancelled", name="Bo Berg", since="\0", until="").partition("\0")[0]
    assert begin in answer
    told = said("team.away_cancelled", name="Lee Lund", since="\0", until="").partition("\0")[0]
    assert told in (await office.reads("bo", "@bo"))[-1]
    assert "2026-03-09" not in await office.types("bo", "/desk away back")
    log = await office.desk.storage.read(lambda uow: uow.audit_log.recent(limit=20))
    assert [each.event for each in log].count("AbsenceCancelled") == 1


async def test_a_lead_who_cancels_what_is_not_planned_is_told(office: Office) -> None:
    answer = await office.types("lee", "/desk away @bo cancel 2026-12-24")
    told = {"name": "Bo Berg", "day": "24 December", "command": "/desk on-call"}
    assert said("answers.away_recorded_not_planned", **told) in answer


@pytest.mark.parametrize("span", [UNTIL, "from 2026-03-09 until 2026-03-11"])
async def test_a_reason_that_a_lead_gave_is_read_by_leads_and_its_person_alone(
    office: Office, span: str
) -> None:
    answer = await office.types("lee", f"/desk away @bo {span}, ill")
    assert said("answers.away_recorded_reason", name="Bo Berg") in answer
    for who in ("lee", "bo"):
        assert "(ill)" in await office.types(who, "/desk on-call")
    listed = await office.types("cleo", "/desk on-call")
    assert ("Bo Berg" in listed, "(ill" in listed) == (True, False)


async def test_the_reason_that_one_gives_oneself_is_read_by_all(office: Office) -> None:
    await office.types("bo", f"/desk away {UNTIL}, training")
    assert "(training)" in await office.types("cleo", "/desk on-call")


@pytest.mark.parametrize("who", ["bo", "ana"])
async def test_nobody_else_records_absences_of_others(office: Office, who: str) -> None:
    answer = await office.types(who, f"/desk away @cleo {UNTIL}")
    assert begins("answers.away_recorded", name="Cleo Chen") not in answer
    if who == "bo":
        assert said("refusals.leads_record_absences", name="Cleo Chen") in answer
    assert await office.sees("cleo", "@cleo") == []


async def test_who_is_in_no_team_has_no_absence(office: Office) -> None:
    answer = await office.types("lee", f"/desk away @ana {UNTIL}")
    assert answer == said("refusals.absent_from_no_team", name="Ana Alves")


async def test_one_may_still_name_oneself(office: Office) -> None:
    assert begins("answers.away") in await office.types("bo", f"/desk away me {UNTIL}")


async def test_a_lead_reads_the_view_of_somebody_of_their_team_as_its_owner_means_it(office: Office) -> None:
    for number in (1, 2):
        await office.says("ana", "help-it", f"My mouse {number} is dead")
    await office.types("bo", "/desk claim IT-2")
    await office.types("bo", "/desk view save mornings assigned:me is:open")
    answer = await office.types("lee", "/desk view @bo mornings")
    assert "mouse 2" in answer
    assert "mouse 1" not in answer
    listed = await office.types("lee", "/desk view @bo")
    assert said("lists.all_of", name="Bo Berg") in listed
    assert "mornings" in listed
    assert said("lists.none_of", name="Cleo Chen") in await office.types("lee", "/desk view @cleo")
    assert said("lists.unknown", text="evenings") in await office.types("lee", "/desk view @bo evenings")


async def test_a_lead_makes_it_a_view_of_the_team(office: Office) -> None:
    await office.types("bo", "/desk view save mornings tag:vpn")
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk tag IT-1 vpn")
    shown = (await office.types_for_reply("lee", "/desk view @bo mornings"))["reply"]
    label = said("lists.button_for_team", team="Service Desk")
    at = [each["label"] for each in shown["buttons"]].index(label)
    await office.presses_private("lee", shown, at, channel="help-it")
    assert "mornings" in await office.types("cleo", "/desk view")


async def test_nobody_else_sees_that_there_are_views_of_others(office: Office) -> None:
    await office.types("bo", "/desk view save mornings assigned:me")
    for name in ("@bo", "@bo mornings", "@bo evenings"):
        answer = await office.types("cleo", f"/desk view {name}")
        assert answer == said("lists.leads_only", name="Bo Berg")


async def test_ones_own_may_be_named_too(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk view save mornings is:open")
    assert "IT-1" in await office.types("bo", "/desk view @bo mornings")
