"""Who has a ticket: claimed by one, taken over knowingly, given on and given back."""

from dataclasses import replace

from bot.messages.outbound import PrivateReply
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, words_of
from tests.said import said


async def test_a_ticket_that_nobody_has_is_claimed(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk claim IT-1") == said("answers.claimed", reference="IT-1")
    assert (await at_work.ticket()).assignee == BO.key
    assert await at_work.types(BO, "/desk claim IT-1") == said("refusals.already_yours", reference="IT-1")


async def test_who_claims_what_somebody_has_is_told_whose_it_is_and_may_take_it_over(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    assert await at_work.types(CLEO, "/desk claim IT-1") == said(
        "refusals.already_assigned_to", reference="IT-1", name="Bo Berg"
    )
    assert (await at_work.ticket()).assignee == BO.key
    assert list(at_work.buttons()) == ["Take over (assigned to Bo Berg)"]
    assert await at_work.presses(CLEO, "Take over (assigned to Bo Berg)") == said(
        "answers.claimed", reference="IT-1"
    )
    assert (await at_work.ticket()).assignee == CLEO.key


async def test_take_is_understood_as_claim_and_takes_nothing_away(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk take IT-1") == said("answers.claimed", reference="IT-1")
    assert await at_work.types(CLEO, "/ticket take IT-1") == said(
        "refusals.already_assigned_to", reference="IT-1", name="Bo Berg"
    )
    assert (await at_work.ticket()).assignee == BO.key


async def test_a_take_over_counts_only_while_the_ticket_is_whose_the_button_says(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    await at_work.types(CLEO, "/desk claim IT-1")
    old = at_work.buttons()["Take over (assigned to Bo Berg)"]
    await at_work.types(LEE, "/desk assign IT-1 me")
    assert await at_work.presses_button(CLEO, old) == said(
        "refusals.already_assigned_to", reference="IT-1", name="Lee Lund"
    )
    assert list(at_work.buttons()) == ["Take over (assigned to Lee Lund)"]
    await at_work.types(LEE, "/desk release IT-1")
    assert await at_work.presses_button(CLEO, old) == said("refusals.unassigned_by_now", reference="IT-1")
    assert (await at_work.ticket()).assignee is None


async def test_who_has_it_already_and_presses_take_over_still_has_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    await at_work.types(CLEO, "/desk claim IT-1")
    button = at_work.buttons()["Take over (assigned to Bo Berg)"]
    assert await at_work.presses_button(BO, button) == said("refusals.already_yours", reference="IT-1")


async def test_the_loser_of_two_claims_on_the_card_reads_why_beside_it(at_work: DeskAtWork) -> None:
    """A press on the card says nothing when the card shows what it did; a refusal is said all the same."""
    await at_work.asks()
    desk = at_work.desk
    assert await desk.intake.take(desk.pressed(BO, "desk claim", "IT-1")) is None
    reply = await desk.intake.take(desk.pressed(CLEO, "desk claim", "IT-1"))
    assert words_of(reply) == said("refusals.already_assigned_to", reference="IT-1", name="Bo Berg")
    assert isinstance(reply, PrivateReply)
    assert [each.label for each in reply.buttons] == ["Take over (assigned to Bo Berg)"]
    (button,) = reply.buttons
    press = replace(desk.pressed(CLEO, button.verb, "IT-1"), options=button.options)
    assert await desk.intake.take(press) is None
    assert (await at_work.ticket()).assignee == CLEO.key


async def test_only_agents_of_its_team_take_a_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks("The vpn drops")
    others = said(
        "commands.team_only",
        team="Network",
        people="Cleo Chen or Lee Lund",
        command="/desk claim",
        reference="IT-1",
    )
    assert await at_work.types(BO, "/desk claim IT-1") == others
    refused = said("commands.agents_only", command="/desk claim", ask="/ticket open")
    assert await at_work.types(ANA, "/desk claim IT-1") == refused


async def test_a_ticket_is_given_to_an_agent_of_its_team_and_to_nobody_else(at_work: DeskAtWork) -> None:
    await at_work.asks("The vpn drops")
    assert await at_work.types(CLEO, "/desk assign IT-1 @lee") == said(
        "answers.assigned", reference="IT-1", name="Lee Lund"
    )
    assert await at_work.types(CLEO, "/desk assign IT-1 @bo") == said(
        "refusals.not_of_team", name="Bo Berg", team="Network", reference="IT-1"
    )
    no_agent = said("refusals.no_agent", name="Ana Alves")
    assert await at_work.types(CLEO, "/desk assign IT-1 @ana") == no_agent
    assert await at_work.types(CLEO, "/desk remind IT-1 @ana 1h") == no_agent
    unknown = said("commands.unknown_person", text="@max")
    assert await at_work.types(CLEO, "/desk assign IT-1 @max") == unknown
    assert await at_work.types(CLEO, "/desk assign IT-1 me") == said("answers.claimed", reference="IT-1")


async def test_a_ticket_goes_back_into_the_queue(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    assert await at_work.types(BO, "/desk release IT-1") == said("answers.released", reference="IT-1")
    assert await at_work.types(BO, "/desk release IT-1") == said(
        "refusals.already_unassigned", reference="IT-1"
    )


async def test_without_a_number_the_tickets_that_fit_are_offered(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("My screen is dark")
    await at_work.types(BO, "/desk claim IT-1")
    assert await at_work.types(CLEO, "/desk claim") == said("commands.which_ticket")
    assert await at_work.presses(CLEO, "IT-2 · My screen is dark") == said(
        "answers.claimed", reference="IT-2"
    )


async def test_a_ticket_is_ones_own_in_ones_own_language(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(replace(BO, language="fr"), "/desk assign IT1 moi")
    assert told == said("answers.claimed", language="fr", reference="IT-1")


async def test_for_somebody_outside_the_team_of_a_private_ticket_it_says_who_would_read_it(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks("My payslip is wrong")
    refused = said(
        "refusals.not_of_team_private",
        name="Cleo Chen",
        team="People",
        reference="IT-1",
        command="/desk add IT-1 @Cleo Chen",
    )
    assert await at_work.types(BO, "/desk assign IT-1 @cleo") == refused
    assert "Cleo Chen" in await at_work.types(BO, "/desk add IT-1 @Cleo Chen"), (
        "it is a command that asks first"
    )


async def test_ones_own_request_is_not_offered_to_be_claimed(at_work: DeskAtWork) -> None:
    await at_work.asks("My screen is dark")
    await at_work.asks("My own mouse is dead", who=BO)
    await at_work.types(BO, "/desk claim")
    assert [label[:4] for label in at_work.buttons()] == ["IT-1"]
