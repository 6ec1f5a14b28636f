"""`/desk who`: what an agent reads of a person, and nothing that they may not see."""

from dataclasses import replace

from bot.domain.directory import Person
from bot.messages import verbs
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

KNOWN_ANA = replace(
    ANA,
    email="ana@example.org",
    time_zone="Europe/Lisbon",
    tier="gold",
    groups=frozenset({"web:@sales", "web:@4711"}),
)
PAYSLIP = "My payslip is wrong"
"""A private request, for the team People: Bo and Lee."""


async def has_asked(desk: DeskAtWork) -> DeskAtWork:
    """IT-1 is open, IT-2 was resolved, IT-3 taken back, IT-4 is private and People's."""
    for text in ("My mouse is dead", "The printer is jammed", "Never mind this", PAYSLIP):
        await desk.asks(text, who=KNOWN_ANA)
    await desk.types(BO, "/desk resolve IT-2 Pulled the paper out")
    await desk.types(KNOWN_ANA, "/ticket close IT-3 found it")
    return desk


async def test_it_says_who_they_are_and_what_became_of_what_they_asked(at_work: DeskAtWork) -> None:
    await has_asked(at_work)
    page = await at_work.types(BO, "/desk who @ana")
    for part in (
        "Ana Alves",
        f"{said('people.tier')}: gold",
        "ana@example.org",
        said("people.local_time", at="Monday 2 March, 09:00", zone="Europe/Lisbon"),
        said("people.groups", groups="@sales"),
        f"{said('people.open')} · 2",
        "IT-1 My mouse is dead",
        f"IT-4 {PAYSLIP}",
        said("lists.private"),
        f"{said('people.earlier')} · 2",
        "IT-2 The printer is jammed",
        "Pulled the paper out",
    ):
        assert part in page, part
    assert "4711" not in page
    resolved, withdrawn = (line for line in page.splitlines() if line.startswith(("IT-2", "IT-3")))
    if resolved.startswith("IT-3"):
        resolved, withdrawn = withdrawn, resolved
    assert (
        said("people.ended_resolved_because", at="*", reason="Pulled the paper out").split("*")[0] in resolved
    )
    assert said("people.ended_withdrawn_because", at="*", reason="found it").split("*")[0] in withdrawn


async def test_what_the_agent_may_not_see_is_neither_named_nor_counted(at_work: DeskAtWork) -> None:
    await has_asked(at_work)
    page = await at_work.types(CLEO, "/desk who @ana")
    assert f"{said('people.open')} · 1" in page
    assert "IT-4" not in page
    assert "payslip" not in page


async def test_a_duplicate_says_what_it_is_part_of(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("Mouse still dead")
    await at_work.types(BO, "/desk merge IT-2 IT-1")
    page = await at_work.types(BO, "/desk who @ana")
    (line,) = (each for each in page.splitlines() if each.startswith("IT-2"))
    assert said("people.part_of", reference="IT-1") in line


async def test_a_colleague_has_teams(at_work: DeskAtWork) -> None:
    page = await at_work.types(BO, "/desk who @lee")
    assert said("people.lead_of", teams="Service Desk, Network and People") in page
    page = await at_work.types(BO, "/desk who @cleo")
    assert said("people.agent_of", teams="Service Desk and Network") in page
    assert said("people.none", name="Cleo Chen") in page
    assert said("people.holds", count=0) in page


async def test_a_colleagues_open_tickets_are_counted(at_work: DeskAtWork) -> None:
    await has_asked(at_work)
    await at_work.types(BO, "/desk claim IT-1")
    assert said("people.holds", count=1) in await at_work.types(BO, "/desk who @bo")
    assert said("people.holds", count=1) not in await at_work.types(BO, "/desk who @ana")


async def test_the_card_asks_for_its_requester(at_work: DeskAtWork) -> None:
    await has_asked(at_work)
    press = at_work.desk.pressed(BO, verbs.WHO, "IT-1")
    reply = await at_work.desk.intake.take(press)
    assert "ana@example.org" in at_work._said(reply)
    refused = await at_work.desk.intake.take(at_work.desk.pressed(CLEO, verbs.WHO, "IT-4"))
    unknown = said("commands.unknown_ticket", reference="IT-4", command="/desk queue")
    assert at_work._said(refused) == unknown


async def test_all_their_tickets_are_a_button_away_where_there_are_more(at_work: DeskAtWork) -> None:
    for number in range(7):
        await at_work.asks(f"Mouse {number} is dead")
    page = await at_work.types(BO, "/desk who @ana")
    assert f"{said('people.open')} · 7" in page
    assert page.count("is dead") == 5
    assert said("people.more", count=2) in page
    found = await at_work.presses(BO, said("people.button_tickets"))
    assert found.count("is dead") == 7


async def test_the_accounts_of_one_person_are_shown_together(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    too = Person(key="discord:1", name="Ana Alves")
    await at_work.asks("My keyboard is dead", who=too)
    alone = await at_work.types(BO, "/desk who web:ana")
    assert "IT-2" not in alone
    assert said("people.accounts") not in alone
    await at_work.types(LEE, "/desk-admin link web:ana discord:1")
    for named in ("web:ana", "discord:1", "@ana", "Ana Alves"):
        page = await at_work.types(BO, f"/desk who {named}")
        for part in ("IT-1", "IT-2", said("people.accounts"), "web:ana", "discord:1"):
            assert part in page, (named, part)


async def test_whom_nobody_knows_is_unknown_and_requesters_ask_for_nobody(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk who zoe") == said("commands.unknown_person", text="zoe")
    refused = said("commands.agents_only", command="/desk who", ask="/ticket open")
    assert await at_work.types(ANA, "/desk who @bo") == refused
    usage = said("commands.desk_who_person_missing")
    assert await at_work.types(BO, "/desk who") == usage
