"""What every storage promises about how agents want to be told, and what was told to whom."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.notices.choice import NoticeChoice, NoticeWay, Quiet
from bot.domain.notices.follower import Follower
from bot.domain.notices.notice_record import NoticeEvent, NoticeHold, NoticeReach, NoticeRecord
from bot.domain.tickets.conversation import Side
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_conversation, a_message, a_numbered_ticket


async def test_who_chose_nothing_has_what_everybody_has(storage: Storage) -> None:
    found = await storage.read(lambda uow: uow.notice_choices.of("web:bo"))
    assert found == NoticeChoice(person="web:bo")


async def test_a_choice_replaces_the_one_before_it(storage: Storage) -> None:
    own = NoticeChoice(person="web:bo", way=NoticeWay.DIRECT, quiet=Quiet.OWN, hours=(1320, 1860))
    await storage.run(lambda uow: uow.notice_choices.put(own))
    assert await storage.read(lambda uow: uow.notice_choices.of("web:bo")) == own
    none = replace(own, way=NoticeWay.NOTHING, quiet=Quiet.NEVER, hours=None)
    await storage.run(lambda uow: uow.notice_choices.put(none))
    assert await storage.read(lambda uow: uow.notice_choices.of("web:bo")) == none
    assert (await storage.read(lambda uow: uow.notice_choices.of("web:cleo"))).way is NoticeWay.THREAD


def told(uow: UnitOfWork) -> list[NoticeRecord]:
    """Two tickets, and three decisions about the first."""
    ticket, other = a_numbered_ticket(uow), a_numbered_ticket(uow)
    thread, message = a_conversation(uow, ticket), a_message(uow, ticket)
    mentioned = NoticeRecord(
        ticket=ticket.id,
        event=NoticeEvent.WROTE,
        recipient="web:bo",
        at=NOW,
        reach=NoticeReach.THREAD,
        message=message.id,
        conversation=thread.id,
    )
    held = NoticeRecord(
        ticket=ticket.id,
        event=NoticeEvent.REOPENED,
        recipient="web:cleo",
        at=NOW + timedelta(minutes=1),
        hold=NoticeHold.AWAY,
        message=message.id,
        conversation=thread.id,
    )
    instead = replace(held, recipient="web:lee", hold=None, reach=NoticeReach.DIRECT, instead_of="web:cleo")
    for each in (mentioned, held, instead, replace(mentioned, ticket=other.id, message=None)):
        uow.notices.add(each)
    return [mentioned, held, instead]


async def test_what_was_decided_is_kept_whole_in_its_order(storage: Storage) -> None:
    decided = await storage.run(told)
    ticket = decided[0].ticket
    assert await storage.read(lambda uow: uow.notices.of_ticket(ticket)) == decided
    assert await storage.read(lambda uow: uow.notices.of_ticket(ticket, limit=2)) == decided[1:]
    assert await storage.read(lambda uow: uow.notices.of_ticket(ticket, after=NOW)) == decided[1:]


async def test_what_this_transaction_decided_is_found_in_it(storage: Storage) -> None:
    def decide(uow: UnitOfWork) -> bool:
        decided = told(uow)
        return uow.notices.of_ticket(decided[0].ticket) == decided

    assert await storage.run(decide)


async def test_only_who_was_mentioned_in_this_thread_by_this_message_is_found(storage: Storage) -> None:
    mentioned, *_ = await storage.run(told)
    message, thread = mentioned.message or 0, mentioned.conversation or 0
    assert await storage.read(lambda uow: uow.notices.mentioned(message, conversation=thread)) == ["web:bo"]
    assert await storage.read(lambda uow: uow.notices.mentioned(message, conversation=1)) == []


async def test_who_follows_which_side_is_kept_until_they_are_removed(storage: Storage) -> None:
    def follow(uow: UnitOfWork) -> list[Follower]:
        ticket = a_numbered_ticket(uow)
        both = [
            Follower(ticket=ticket.id, person="web:cleo", side=side, added_by="web:bo", at=NOW)
            for side in (Side.REQUESTER, Side.TEAM)
        ]
        for each in both:
            uow.followers.put(each)
        return both

    requester, team = await storage.run(follow)
    assert await storage.read(lambda uow: uow.followers.of_ticket(team.ticket)) == [requester, team]
    sides = await storage.read(lambda uow: uow.followers.sides(team.ticket, "web:cleo"))
    assert sides == {Side.REQUESTER, Side.TEAM}

    gone = replace(team, is_removed=True)
    await storage.run(lambda uow: uow.followers.put(gone))
    assert await storage.read(lambda uow: uow.followers.of_ticket(team.ticket)) == [requester, gone]
    sides = await storage.read(lambda uow: uow.followers.sides(team.ticket, "web:cleo"))
    assert sides == {Side.REQUESTER}
    assert await storage.read(lambda uow: uow.followers.sides(team.ticket, "web:dan")) == frozenset()
    followed = await storage.read(lambda uow: uow.followers.tickets_of(requester.person))
    assert followed[requester.side] == {requester.ticket}
    assert await storage.read(lambda uow: uow.followers.tickets_of("web:dan")) == {}


async def test_a_card_mentions_who_was_to_hear_of_the_new_request_there(storage: Storage) -> None:
    def decide(uow: UnitOfWork) -> NoticeRecord:
        ticket = a_numbered_ticket(uow)
        opened = NoticeRecord(
            ticket=ticket.id,
            event=NoticeEvent.OPENED,
            recipient="web:lee",
            at=NOW,
            reach=NoticeReach.CARD,
            conversation=a_conversation(uow, ticket).id,
        )
        uow.notices.add(opened)
        return opened

    opened = await storage.run(decide)
    ticket, card = opened.ticket, opened.conversation or 0
    assert await storage.read(lambda uow: uow.notices.on_card(ticket, conversation=card)) == ["web:lee"]
    assert await storage.read(lambda uow: uow.notices.on_card(ticket, conversation=1)) == []
