"""What a CRM knows of a requester reaches the team, and nobody waits for it."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.lookups.lookup_answer import FIRST_RETRY
from tests.fakes.lookups.crm import Crm, open_crm, says
from tests.said import said
from tests.stories.lookups.desk_with_lookups import RULE, SECRETS, TOKEN, VARIANT, desk_with
from tests.stories.office import Office, open_office

ANA = "ana@example.com"
GOLD = {"account": {"tier": "gold"}, "devices": ["L-204"], "vip": True}
KNOWN = [("Tier", "gold"), ("Device", "L-204"), ("Vip", said("commands.yes"))]
FAILING = ("CRM", said("team.lookup_failing"))


@pytest.fixture
async def crm() -> AsyncIterator[Crm]:
    async with open_crm() as crm:
        crm.people[ANA] = GOLD
        yield crm


@pytest.fixture
async def office(folder: Path, tmp_path: Path, crm: Crm) -> AsyncIterator[Office]:
    config = desk_with(tmp_path, crm.url, rule=RULE, variant=VARIANT)
    async with open_office(folder, config=config, secrets=SECRETS) as office:
        yield office


async def is_looked_up(office: Office) -> None:
    """What was wanted has been asked, be it by this tick or by one that was under way."""
    await office.desk.workers["lookups"].tick()
    while "lookups" in office.desk.scheduler.under_way:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await office.settle()


async def facts(office: Office, reference: str = "IT-1", channel: str = "team-it") -> list[tuple[str, str]]:
    card = (await office.card("lee", channel, reference))["content"]
    return [(each["label"], each["answer"]) for each in card["answers"]]


async def test_the_card_and_show_say_what_the_crm_knows(office: Office, crm: Crm) -> None:
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    assert await facts(office) == KNOWN
    assert crm.headers[0]["Authorization"] == f"Bearer {TOKEN}"
    read = await office.types("bo", "/desk show IT-1")
    assert "Tier: gold" in read
    assert "Device: L-204" in read
    assert "Tier: gold" in await office.types("bo", "/desk who @ana")


async def test_the_requester_reads_nothing_of_it(office: Office) -> None:
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    assert "gold" in await office.everything_seen_by("bo")
    seen = await office.everything_seen_by("ana")
    for command in ("/ticket show IT-1", "/ticket list", "/ticket transcript IT-1", "/ticket when IT-1"):
        seen += await office.types("ana", command)
    await office.settle()
    seen += await office.everything_seen_by("ana")
    assert "My laptop is dead" in seen
    assert "gold" not in seen
    assert "L-204" not in seen


async def test_a_rule_goes_by_what_was_known_when_the_request_came(office: Office) -> None:
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["level"] == "normal", (
        "nothing is re-chosen"
    )
    await office.says("ana", "help-hr", "And my screen is dead too, it shows nothing at all")
    assert (await office.card("cleo", "team-network", "IT-2"))["content"]["level"] == "urgent"
    assert "gold first" in await office.types("cleo", "/desk show IT-2")


async def test_a_policy_has_a_variant_for_what_the_crm_says(office: Office, crm: Crm) -> None:
    crm.people[ANA] = {"vip": True}
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    await office.says("ana", "help-hr", "And my payslip is wrong, it has the wrong month on it")
    due = {
        reference: (await office.card("bo", channel, reference))["content"]["dues"][0]["at"]
        for reference, channel in (("IT-1", "team-it"), ("IT-2", "team-people"))
    }
    assert due["IT-2"] < due["IT-1"], "5 minutes instead of 30"


async def test_a_crm_that_hangs_delays_no_request(office: Office, crm: Crm) -> None:
    crm.answering = crm.hangs
    began_at = time.monotonic()
    await office.says("ana", "help-it", "My laptop is dead")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["answers"] == []
    taken = time.monotonic() - began_at
    asked_at = time.monotonic()
    await is_looked_up(office)
    assert await facts(office) == [FAILING]
    assert time.monotonic() - asked_at >= 0.4, "it was waited for, but by nobody"
    assert taken < 10


async def test_a_failure_is_told_the_operator_once_and_tried_again(office: Office, crm: Crm) -> None:
    crm.answering = says("no", status=500)
    with capture_logs() as logs:
        await office.says("ana", "help-it", "My laptop is dead")
        await is_looked_up(office)
        await office.says("dan", "help-it", "My screen shows nothing at all since this morning")
        await is_looked_up(office)
    assert [each["of"] for each in logs if each["event"] == "an outage has begun"] == ["look-up crm"]
    assert TOKEN not in str(logs)
    assert ANA not in str(logs)
    assert await facts(office) == [FAILING]
    host = crm.url.split("/")[2]
    reason = said("operations.lookup_status", lookup="crm", host=host, status="500")
    told = said("commands.status_lookup_fails", lookup="crm", reason=reason)
    assert told in await office.types("lee", "/desk-admin status")

    crm.answering = None
    await is_looked_up(office)
    assert await facts(office) == [FAILING], "not before its time"
    office.clock.move(FIRST_RETRY)
    await is_looked_up(office)
    assert await facts(office) == KNOWN
    assert said("commands.status_lookup_works", lookup="crm") in await office.types(
        "lee", "/desk-admin status"
    )


async def test_what_was_known_stays_while_it_fails(office: Office, crm: Crm) -> None:
    crm.people[ANA] = {"account": {"tier": "silver"}}
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    crm.answering = says("<html>")
    office.clock.move(FIRST_RETRY * 61)
    await office.says("ana", "help-hr", "And my payslip is wrong, it has the wrong month on it")
    await is_looked_up(office)
    outdated = ("CRM", said("team.lookup_outdated"))
    assert await facts(office, "IT-2", "team-people") == [("Tier", "silver"), outdated]
    assert await facts(office) == [("Tier", "silver"), outdated], "on every open ticket of hers"


async def test_an_answer_is_kept_as_long_as_the_file_says(office: Office, crm: Crm) -> None:
    crm.people[ANA] = {"account": {"tier": "silver"}}
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    crm.people[ANA] = {"account": {"tier": "bronze"}}
    await office.says("ana", "help-hr", "And my payslip is wrong, it has the wrong month on it")
    await is_looked_up(office)
    assert len(crm.asked) == 1
    office.clock.move(FIRST_RETRY * 60)
    await office.says("ana", "help-it", "The printer on floor 2 is out of paper, and of toner as well")
    await is_looked_up(office)
    assert len(crm.asked) == 2
    assert await facts(office) == [("Tier", "bronze")]


async def test_whom_the_crm_does_not_know_has_no_facts_and_nothing_failed(office: Office, crm: Crm) -> None:
    crm.people.clear()
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    assert len(crm.asked) == 1
    assert await facts(office) == []
    assert said("commands.status_lookup_works", lookup="crm") in await office.types(
        "lee", "/desk-admin status"
    )


@pytest.mark.parametrize(("words", "shown"), [("see the CRM yourself", True), ("", False)])
async def test_what_is_shown_on_failure_is_what_the_file_says(
    folder: Path, tmp_path: Path, crm: Crm, words: str, *, shown: bool
) -> None:
    config = desk_with(tmp_path, crm.url, more=f'    when_failing: "{words}"\n')
    crm.answering = says("", status=503)
    async with open_office(folder, config=config, secrets=SECRETS) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        await is_looked_up(office)
        assert await facts(office) == ([("CRM", words)] if shown else [])


async def test_a_question_survives_a_restart(folder: Path, tmp_path: Path, crm: Crm) -> None:
    config = desk_with(tmp_path, crm.url)
    crm.answering = crm.hangs
    async with open_office(folder, config=config, secrets=SECRETS) as office:
        await office.says("ana", "help-it", "My laptop is dead")
    crm.answering = None
    async with open_office(folder, config=config, secrets=SECRETS) as office:
        office.clock.move(FIRST_RETRY)
        await is_looked_up(office)
        assert await facts(office) == KNOWN


async def test_whoever_looks_at_somebody_of_whom_old_facts_are_known_has_them_asked_again(
    office: Office, crm: Crm
) -> None:
    await office.says("ana", "help-it", "My laptop is dead")
    await is_looked_up(office)
    await office.types("bo", "/desk who @ana")
    await is_looked_up(office)
    assert len(crm.headers) == 1, "it is as good as new"
    crm.people[ANA] = {**GOLD, "account": {"tier": "silver"}}
    await office.passes(days=2)
    assert "Tier: gold" in await office.types("bo", "/desk who @ana"), "nobody waits for it"
    await is_looked_up(office)
    assert "Tier: silver" in await office.types("bo", "/desk who @ana")
    assert ("Tier", "silver") in await facts(office)
    await is_looked_up(office)
    assert len(crm.headers) == 2


async def test_whoever_looks_at_somebody_who_asked_for_nothing_has_nobody_asked(
    office: Office, crm: Crm
) -> None:
    await office.types("bo", "/desk who @dan")
    await is_looked_up(office)
    assert crm.headers == []
