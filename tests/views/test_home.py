"""A home page: each sees what concerns them, the most pressing first."""

import pytest

from bot.domain.directory import Person
from bot.domain.tickets.ticket import Priority
from bot.messages import verbs
from bot.messages.outbound import Home, HomeSection, MessageLink
from bot.messages.plain import plain
from bot.ports.storage.tickets import MOST_COUNTED
from bot.ports.unit_of_work import UnitOfWork
from bot.services.tickets import actions
from bot.views.home import LISTED, home
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.said import said
from tests.storage.sample_rows import a_numbered_ticket


async def page(desk: HeadlessDesk, who: Person) -> Home:
    return await desk.looks(lambda view: home(view, who.key))


def section(shown: Home, title: str) -> HomeSection:
    return next(each for each in shown.sections if each.title == title)


def lines(shown: Home, title: str) -> list[str]:
    return [plain(line.text) for line in section(shown, title).lines]


@pytest.mark.parametrize(
    ("who", "leads", "answers"), [(ANA, False, False), (BO, False, True), (LEE, True, True)]
)
async def test_each_has_the_sections_of_what_they_are(
    headless: HeadlessDesk, who: Person, *, leads: bool, answers: bool
) -> None:
    titles = {each.title for each in (await page(headless, who)).sections}
    assert ("Team load" in titles) is leads
    assert (said("home.assigned") in titles) is answers


async def test_the_unclaimed_are_listed_by_what_is_due_first_and_can_be_claimed_there(
    headless: HeadlessDesk,
) -> None:
    await headless.opens("My mouse is dead")
    await headless.opens("The lift is stuck")
    await headless.does(
        BO, lambda context, ticket: actions.set_priority(context, ticket, Priority.URGENT), number=2
    )
    shown = await page(headless, BO)
    waiting = section(shown, said("home.unassigned"))
    assert [each.buttons[0].ticket for each in waiting.lines] == ["IT-2", "IT-1"]
    assert {each.buttons[0].verb for each in waiting.lines} == {"desk claim"}
    await headless.does(BO, actions.claim_ticket)
    shown = await page(headless, BO)
    assert [line.split()[0] for line in lines(shown, said("home.assigned"))] == ["IT-1"]
    assert [line.split()[0] for line in lines(shown, said("home.unassigned"))] == ["IT-2"]
    assert lines(await page(headless, CLEO), said("home.assigned")) == []


async def test_a_lead_sees_how_much_each_has_and_what_is_at_risk_or_breached(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.opens("My screen is dark")
    await headless.does(BO, actions.claim_ticket)
    await headless.passes(minutes=24)
    shown = await page(headless, LEE)
    load = next(line for line in lines(shown, "Team load") if line.startswith("Service Desk"))
    assert "Bo Berg 1" in load
    assert "Cleo Chen 0" in load
    assert (len(lines(shown, "Breached")), len(lines(shown, said("team.at_risk_title")))) == (0, 2)
    await headless.passes(minutes=6)
    shown = await page(headless, LEE)
    assert (len(lines(shown, "Breached")), len(lines(shown, said("team.at_risk_title")))) == (2, 0)


async def test_who_answers_for_two_teams_is_counted_in_each_for_its_own_tickets(
    headless: HeadlessDesk,
) -> None:
    await headless.opens("The vpn drops")
    await headless.does(CLEO, actions.claim_ticket)
    loads = lines(await page(headless, LEE), said("home.load"))
    assert [each.rpartition("Cleo Chen ")[2] for each in loads if "Cleo Chen" in each] == ["0", "1"]


async def test_what_there_is_no_room_for_is_counted(headless: HeadlessDesk) -> None:
    for number in range(LISTED + 2):
        await headless.opens(f"Mouse {number} is dead")
    waiting = section(await page(headless, BO), said("home.unassigned"))
    assert (len(waiting.lines), waiting.more) == (LISTED, 2)
    assert waiting.whole is not None
    assert (waiting.whole.verb, dict(waiting.whole.options)) == (verbs.QUEUE, {"which": "unassigned"})


async def test_a_requesters_page_leads_to_their_own_threads_and_never_to_a_teams(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    await headless.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="Soon"))
    await headless.sent()
    shown = await page(headless, ANA)
    spans = [span for each in shown.sections for line in each.lines for span in line.text]
    links = [span for span in spans if isinstance(span, MessageLink)]
    assert links
    assert {str(link.channel) for link in links} == {"web:help-it"}
    assert any("Soon" in line for each in shown.sections for line in lines(shown, each.title))


async def test_very_many_are_not_counted_to_the_last_one(headless: HeadlessDesk) -> None:
    def opens(uow: UnitOfWork) -> None:
        for _ in range(MOST_COUNTED + 5):
            a_numbered_ticket(uow)

    await headless.storage.run(opens)
    waiting = section(await page(headless, BO), said("home.unassigned"))
    assert (len(waiting.lines), waiting.more, waiting.has_many_more) == (LISTED, MOST_COUNTED - LISTED, True)
    assert not section(await page(headless, BO), said("home.assigned")).has_many_more


async def test_a_private_ticket_is_marked_wherever_home_lists_it(headless: HeadlessDesk) -> None:
    await headless.opens("My payslip is wrong")
    mark = said("lists.private")
    for who, title in ((BO, said("home.unassigned")), (ANA, said("home.requests"))):
        (line,) = lines(await page(headless, who), title)
        assert mark in line
    await headless.opens("My mouse is dead")
    assert mark not in lines(await page(headless, BO), said("home.unassigned"))[-1]


async def test_what_waits_for_its_requester_is_listed_first_on_their_page(headless: HeadlessDesk) -> None:
    await headless.opens("My mouse is dead")
    await headless.does(BO, actions.claim_ticket)
    await headless.does(
        BO, lambda context, ticket: actions.wait_for_requester(context, ticket, question="Which?")
    )
    for number in range(LISTED):
        await headless.passes(minutes=1)
        await headless.opens(f"Keyboard {number} is wet")
    first = lines(await page(headless, ANA), said("home.requests"))[0]
    assert "My mouse is dead" in first
    assert said("home.waits_for_you") in first
