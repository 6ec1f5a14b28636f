"""Who hears of a new request: as the team chose, on the card, while nobody has it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.directory import NewPing
from bot.domain.notices.choice import NoticeChoice, NoticeWay
from bot.domain.on_call.absence import Absence
from bot.messages.outbound import Card
from bot.ports.storage.outbox import RowKind
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.notices.night_desk import NIGHT, chooses


async def pinging(desk: HeadlessDesk, who: NewPing) -> HeadlessDesk:
    """IT-1 is Bo's, and the team pings these from now on."""
    it = replace(desk.desk.teams["it"], ping_new=who)
    desk.desk = replace(desk.desk, teams={**desk.desk.teams, "it": it})
    return desk


async def on_card(desk: HeadlessDesk) -> list[str]:
    """Whom the card that was sent last mentions."""
    cards = [each.content for each in await desk.sent(RowKind.CARD) if isinstance(each.content, Card)]
    return [each.name for each in cards[-1].mentions]


@pytest.mark.parametrize(
    ("who", "names"),
    [(NewPing.NOBODY, []), (NewPing.ON_CALL, ["Lee Lund"]), (NewPing.LEAST_LOADED, ["Cleo Chen"])],
)
async def test_the_card_mentions_whom_the_team_chose(
    desk: HeadlessDesk, who: NewPing, names: list[str]
) -> None:
    await pinging(desk, who)
    await desk.opens("Another mouse")
    assert await on_card(desk) == names


async def test_a_group_is_its_members_who_are_there(desk: HeadlessDesk) -> None:
    group = frozenset({"web:@helpers"})
    await desk.meets(replace(BO, groups=group), replace(CLEO, groups=group), LEE, ANA)
    it = replace(desk.desk.teams["it"], ping_new=NewPing.GROUP, agents=group)
    desk.desk = replace(desk.desk, teams={**desk.desk.teams, "it": it})
    await desk.opens("Another mouse")
    assert await on_card(desk) == ["Bo Berg", "Cleo Chen"]


async def test_the_least_loaded_is_somebody_who_is_not_away(desk: HeadlessDesk) -> None:
    await pinging(desk, NewPing.LEAST_LOADED)
    now = desk.clock.now()
    absence = Absence(person=CLEO.key, since=now, until=now + timedelta(hours=1), reason="")
    await desk.storage.run(lambda uow: uow.absences.put(absence))
    await desk.opens("Another mouse")
    assert await on_card(desk) == ["Bo Berg"]
    assert (await desk.ticket(2)).assignee is None


async def test_at_night_whoever_is_on_call_is_mentioned_instead(desk: HeadlessDesk) -> None:
    await pinging(desk, NewPing.LEAST_LOADED)
    await desk.passes(minutes=NIGHT)
    await desk.opens("Another mouse")
    assert await on_card(desk) == ["Lee Lund"]


async def test_who_chose_direct_messages_gets_one(desk: HeadlessDesk) -> None:
    await pinging(desk, NewPing.LEAST_LOADED)
    await chooses(desk, NoticeChoice(person=CLEO.key, way=NoticeWay.DIRECT))
    await desk.opens("Another mouse")
    sent = await desk.sent()
    assert [each.channel for each in sent if "recipient" in each.row.payload] == ["web:@cleo"]
    (card,) = [each.content for each in sent if isinstance(each.content, Card)]
    assert card.mentions == ()


async def test_a_claimed_card_mentions_nobody_any_more(desk: HeadlessDesk) -> None:
    await pinging(desk, NewPing.LEAST_LOADED)
    await desk.opens("Another mouse")
    await desk.sent()
    await desk.does(BO, actions.claim_ticket, number=2)
    assert await on_card(desk) == []


async def test_a_ticket_that_is_transferred_here_is_new_here(desk: HeadlessDesk) -> None:
    await pinging(desk, NewPing.ON_CALL)
    await desk.opens("The wifi is down")
    await desk.sent()
    it = desk.desk.teams["it"]
    await desk.does(CLEO, lambda context, ticket: actions.transfer_ticket(context, ticket, team=it), number=2)
    cards = [each.content for each in await desk.sent(RowKind.CARD) if isinstance(each.content, Card)]
    assert ["Lee Lund"] in [[each.name for each in card.mentions] for card in cards]
