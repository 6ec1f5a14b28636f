"""Two agents, one ticket, one moment."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.page_words import on_page
from tests.said import said

pytestmark = pytest.mark.browser

NAMES = {"bo": "Bo Berg", "cleo": "Cleo Chen"}


class Starter:
    """Holds back what is pressed until everybody has pressed."""

    def __init__(self) -> None:
        self._held: list[Route] = []
        self._is_off = False

    def hold(self, route: Route) -> None:
        if self._is_off:
            route.continue_()
        else:
            self._held.append(route)

    def go(self) -> None:
        self._is_off = True
        for route in self._held:
            route.continue_()


def test_of_two_agents_who_press_claim_at_once_one_has_it_and_the_other_reads_who(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "My headset is silent in every meeting")
    agents = {who: enter(who) for who in NAMES}
    starter = Starter()
    for agent in agents.values():
        agent.goes_to("team-it")
        expect(agent.card(reference)).to_be_visible()
        agent.page.route("**/api/actions", starter.hold)

    for agent in agents.values():
        agent.presses(agent.card(reference), "Claim")
        wait_until_it_is_pressed(agent, reference)
    starter.go()

    winner, loser = in_order_of_luck(agents, reference)
    expect(agents[winner].card(reference).get_by_test_id("assignee")).to_have_text(NAMES[winner])
    expect(agents[loser].card(reference).get_by_test_id("assignee")).to_have_text(NAMES[winner])
    expect(agents[loser].private_reply).to_contain_text(
        said("refusals.already_assigned_to", reference=reference, name=NAMES[winner])
    )
    expect(agents[winner].private_reply).to_have_count(0)

    take_over = said("team.button_take_over", name=NAMES[winner])
    for who, offers in ((winner, 0), (loser, 1)):
        agents[who].card(reference).locator("[aria-haspopup=menu]").click()
        items = agents[who].page.get_by_test_id("menu-item")
        expect(items.filter(has_text=said("team.button_release"))).to_have_count(1)
        expect(items.filter(has_text=take_over)).to_have_count(offers)


def test_an_agent_who_presses_claim_as_the_card_changes_reads_who_was_faster(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "My laptop hums like a fridge")
    bo, cleo = enter("bo"), enter("cleo")
    starter = Starter()
    cleo.page.route("**/api/actions", starter.hold)
    for agent in (bo, cleo):
        agent.goes_to("team-it")
    cleo.presses(cleo.card(reference), "Claim")
    wait_until_it_is_pressed(cleo, reference)
    bo.presses(bo.card(reference), "Claim")
    expect(cleo.card(reference).get_by_test_id("assignee")).to_have_text("Bo Berg")

    starter.go()
    expect(cleo.private_reply).to_contain_text(
        said("refusals.already_assigned_to", reference=reference, name="Bo Berg")
    )
    expect(cleo.page.get_by_test_id("form-dialog")).to_have_count(0)


def wait_until_it_is_pressed(agent: Person, reference: str) -> None:
    claim = agent.card(reference).locator("[data-testid=card-button][data-label=Claim]")
    expect(claim).to_have_attribute("aria-disabled", "true")


def in_order_of_luck(agents: dict[str, Person], reference: str) -> list[str]:
    assignee = agents["bo"].card(reference).get_by_test_id("assignee")
    expect(assignee).not_to_have_text(on_page("card.unassigned"))
    return sorted(NAMES, key=lambda who: NAMES[who] != assignee.inner_text())
