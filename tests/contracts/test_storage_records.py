"""What every storage promises about messages, people, timers, history and arrivals."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.directory import Person
from bot.domain.events import StatusChanged, TagsChanged, TicketOpened, TicketReleased
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure
from bot.domain.tickets.conversation import MessageKind, StoredFile
from bot.ports.storage.inbound_events import Arrival
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import (
    ANA,
    HELP,
    NOW,
    TEAM,
    a_conversation,
    a_message,
    a_numbered_ticket,
    a_timer,
    take_in,
)


async def test_a_message_comes_back_with_its_files(storage: Storage) -> None:
    files = (
        StoredFile(name="schärfe.png", media_type="image/png", size=3, digest="ab" * 32),
        StoredFile(name="big.iso", media_type="", size=10**9, digest=None, problem="That file is too large."),
    )

    def work(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow)
        return a_message(uow, ticket, kind=MessageKind.NOTE, files=files, text="😀 שלום").id

    message_id = await storage.run(work)
    message = await storage.read(lambda uow: uow.messages.get(message_id))

    assert message.files == files
    assert (message.text, message.kind, message.said_at) == ("😀 שלום", MessageKind.NOTE, NOW)


async def test_a_message_is_found_by_its_id_in_its_channel(storage: Storage) -> None:
    opened = await storage.run(lambda uow: take_in(uow, "m1"))

    assert await storage.read(lambda uow: uow.messages.find(HELP, "m1")) == opened.message
    assert await storage.read(lambda uow: uow.messages.find(TEAM, "m1")) is None


async def test_every_version_of_a_message_is_kept(storage: Storage) -> None:
    opened = await storage.run(lambda uow: take_in(uow, "m1"))
    later = NOW + timedelta(minutes=5)

    def edit(uow: UnitOfWork) -> None:
        message = uow.messages.get(opened.message.id)
        message.text, message.revision, message.platform_revision = "It works again.", 2, "17"
        uow.messages.revise(message, at=later)

    await storage.run(edit)
    history = await storage.read(lambda uow: uow.messages.history(opened.message.id))
    message = await storage.read(lambda uow: uow.messages.get(opened.message.id))

    assert history == [(1, opened.message.text, NOW), (2, "It works again.", later)]
    assert (message.text, message.revision, message.platform_revision) == ("It works again.", 2, "17")


async def test_messages_are_listed_in_the_order_they_were_said(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow)
        for text, minutes in (("third", 3), ("first", 1), ("second", 2)):
            a_message(uow, ticket, text=text, said_at=NOW + timedelta(minutes=minutes))
        return ticket.id

    ticket_id = await storage.run(work)
    messages = await storage.read(lambda uow: uow.messages.of_ticket(ticket_id))

    assert [message.text for message in messages] == ["first", "second", "third"]


async def test_text_no_database_takes_is_stored_readable_and_found_again(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow, subject="zero \0 and \ud83d half", tags=("a\0b",))
        asked = a_conversation(uow, ticket, channel=HELP, root="m\0")
        return a_message(uow, ticket, text="\0\0", said_in=asked.id, platform_id="p\0").id

    message_id = await storage.run(work)
    ticket = await storage.read(lambda uow: uow.tickets.find("IT", 1))
    found = await storage.read(lambda uow: uow.messages.find(HELP, "p\0"))

    assert ticket is not None
    assert (ticket.subject, ticket.tags) == ("zero � and � half", ("a�b",))
    assert found is not None
    assert (found.id, found.text) == (message_id, "��")


async def test_people_are_remembered_and_brought_up_to_date(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.remember(ANA)
        uow.people.remember(ANA)
        uow.people.remember(Person(key="web:bo", name="Bo", is_bot=True, tier="gold", time_zone="Asia/Tokyo"))

    await storage.run(work)
    renamed = Person(key="web:bo", name="Bo B.")
    await storage.run(lambda uow: uow.people.remember(renamed))

    assert await storage.read(lambda uow: uow.people.find("web:bo")) == renamed
    assert await storage.read(lambda uow: uow.people.find("web:cy")) is None
    found = await storage.read(lambda uow: uow.people.find_many(["web:ana", "web:bo", "web:cy"]))
    assert found == {"web:ana": ANA, "web:bo": renamed}


async def test_a_language_that_was_learned_is_not_overwritten_by_who_does_not_know_it(
    storage: Storage,
) -> None:
    french = replace(ANA, language="fr")
    await storage.run(lambda uow: uow.people.remember(french))
    await storage.run(lambda uow: uow.people.remember(replace(ANA, name="Ana A.", language="")))
    assert await storage.read(lambda uow: uow.people.find(ANA.key)) == replace(french, name="Ana A.")
    await storage.run(lambda uow: uow.people.remember(replace(ANA, language="de")))
    assert await storage.read(lambda uow: uow.people.find(ANA.key)) == replace(ANA, language="de")


async def test_a_person_from_a_transaction_that_failed_is_not_taken_for_known(storage: Storage) -> None:
    def fails(uow: UnitOfWork) -> None:
        uow.people.remember(ANA)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.run(fails)
    await storage.run(lambda uow: uow.people.remember(ANA))

    assert await storage.read(lambda uow: uow.people.find(ANA.key)) == ANA


@pytest.mark.parametrize("words", ["ANA", "@ana", "web:Ana", "ana núñez", "ANA NÚÑEZ", "ana@example.ORG"])
async def test_a_person_is_found_by_key_name_or_address_in_any_letter_case(
    storage: Storage, words: str
) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.remember(ANA)
        uow.people.remember(Person(key="web:anabel", name="Anabel"))

    await storage.run(work)

    assert await storage.read(lambda uow: uow.people.search(words)) == [ANA]
    assert await storage.read(lambda uow: uow.people.search(words, platform="chat")) == []


async def test_a_person_is_found_by_a_handle_unless_somebody_has_that_name(storage: Storage) -> None:
    bo = Person(key="slack:U1", name="Bo Berg", handles=frozenset({"bo_b", "böb"}))
    other = Person(key="slack:U2", name="Bo Bonsai", handles=frozenset({"bo_berg", "boxb"}))

    def work(uow: UnitOfWork) -> None:
        uow.people.remember(bo)
        uow.people.remember(other)

    await storage.run(work)

    for words in ("@bo_b", "BÖB", "Bo Berg"):
        assert await storage.read(lambda uow, words=words: uow.people.search(words)) == [bo]  # type: ignore[misc]
    assert await storage.read(lambda uow: uow.people.search("@bo_b", platform="web")) == []
    assert await storage.read(lambda uow: uow.people.search("bo")) == []


async def test_a_timer_that_is_removed_is_gone_and_the_others_stay(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> tuple[int, list[int]]:
        ticket = a_numbered_ticket(uow)
        kept, gone = a_timer(uow, ticket), a_timer(uow, ticket, measure=Measure.NEXT_RESPONSE)
        uow.sla_timers.remove(gone)
        return kept.id, [each.id for each in uow.sla_timers.of_ticket(ticket.id)]

    kept, left = await storage.run(work)
    assert left == [kept]


async def test_a_policy_is_kept_once_however_its_fields_are_ordered(storage: Storage) -> None:
    first = await storage.run(lambda uow: uow.sla_timers.copy_policy({"name": "gold", "stages": [0.5, 1.0]}))
    again = await storage.run(lambda uow: uow.sla_timers.copy_policy({"stages": [0.5, 1.0], "name": "gold"}))
    other = await storage.run(lambda uow: uow.sla_timers.copy_policy({"name": "gold", "stages": [0.8, 1.0]}))

    assert first == again != other
    assert await storage.read(lambda uow: uow.sla_timers.policy(first)) == {
        "name": "gold",
        "stages": [0.5, 1.0],
    }


async def test_a_timer_comes_back_as_it_was_saved(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow)
        timer = a_timer(uow, ticket, measure=Measure.NEXT_RESPONSE, cycle_at=NOW - timedelta(hours=1))
        timer.running_since = timer.due_at = timer.next_at = None
        timer.paused_at = NOW
        timer.spent = timedelta(minutes=7, microseconds=3)
        timer.reached, timer.told = frozenset({0, 2, 19}), frozenset({2})
        timer.breached_at = NOW
        uow.sla_timers.save(timer)
        assert uow.sla_timers.of_ticket(timer.ticket_id) == [timer]
        return timer.ticket_id

    ticket_id = await storage.run(work)

    assert len(await storage.read(lambda uow: uow.sla_timers.of_ticket(ticket_id))) == 1


async def test_the_sla_clock_gets_tickets_whose_next_stage_has_come_soonest_first(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        ids = []
        for minutes in ((5, 6), (1, 9), (None, 20)):
            ticket = a_numbered_ticket(uow)
            for each in minutes:
                a_timer(uow, ticket, next_at=None if each is None else NOW + timedelta(minutes=each))
            ids.append(ticket.id)
        return ids

    first, second, _ = await storage.run(work)

    async def due(minutes: int, limit: int = 10) -> list[int]:
        now = NOW + timedelta(minutes=minutes)
        tickets = await storage.run(lambda uow: uow.sla_timers.lock_due_tickets(now, limit=limit))
        return [ticket.id for ticket in tickets]

    assert await due(0) == []
    assert await due(1) == [second]
    assert await due(9) == [second, first]
    assert await due(9, limit=1) == [second]


async def test_the_audit_log_tells_what_happened_in_order(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow)
        uow.audit_log.append(
            ticket.id,
            [
                TicketReleased(actor="web:bo", at=NOW, before="web:bo"),
                TagsChanged(actor="web:bo", at=NOW, before=(), after=("vpn",)),
            ],
        )
        uow.audit_log.append(None, [StatusChanged(actor="desk", at=NOW, before="a", after="b", reason="x\0")])
        return ticket.id

    ticket_id = await storage.run(work)
    entries = await storage.read(lambda uow: uow.audit_log.of_ticket(ticket_id))
    recent = await storage.read(lambda uow: uow.audit_log.recent(limit=2))

    assert [(entry.event, entry.actor, entry.at) for entry in entries] == [
        ("TicketReleased", "web:bo", NOW),
        ("TagsChanged", "web:bo", NOW),
    ]
    assert entries[1].details == {"before": [], "after": ["vpn"]}
    assert [entry.event for entry in recent] == ["StatusChanged", "TagsChanged"]
    assert recent[0].details == {"before": "a", "after": "b", "reason": "x�", "cause": ""}


async def test_an_event_is_new_once(storage: Storage) -> None:
    async def arrive(key: str) -> Arrival:
        return await storage.run(lambda uow: uow.inbound_events.arrive(key, now=NOW))

    assert [await arrive(key) for key in ("a", "a", "b")] == [Arrival.FIRST, Arrival.REPEATED, Arrival.FIRST]


async def test_an_event_whose_transaction_failed_is_new_when_it_comes_again(storage: Storage) -> None:
    def fails(uow: UnitOfWork) -> None:
        uow.inbound_events.arrive("a", now=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.run(fails)

    assert await storage.run(lambda uow: uow.inbound_events.arrive("a", now=NOW)) is Arrival.FIRST


async def test_an_edit_that_came_early_is_taken_once_by_its_message(storage: Storage) -> None:
    async def keep_early(revision: str) -> None:
        change = {"revision": revision, "text": f"version {revision}"}
        await storage.run(lambda uow: uow.inbound_events.keep_early("m1", change, now=NOW))

    for revision in ("2", "3", "1"):
        await keep_early(revision)

    def arrives(uow: UnitOfWork) -> tuple[Arrival, object, object]:
        arrival = uow.inbound_events.arrive("m1", now=NOW)
        return arrival, uow.inbound_events.take_early("m1"), uow.inbound_events.take_early("m1")

    newest = {"revision": "3", "text": "version 3"}
    assert await storage.run(arrives) == (Arrival.FIRST, newest, None)
    assert await storage.run(arrives) == (Arrival.REPEATED, None, None)


async def test_an_early_edit_survives_a_message_whose_transaction_failed(storage: Storage) -> None:
    def fails(uow: UnitOfWork) -> None:
        uow.inbound_events.arrive("m1", now=NOW)
        uow.inbound_events.take_early("m1")
        raise ZeroDivisionError

    await storage.run(lambda uow: uow.inbound_events.keep_early("m1", {"revision": "1"}, now=NOW))
    with pytest.raises(ZeroDivisionError):
        await storage.run(fails)

    assert await storage.run(lambda uow: uow.inbound_events.take_early("m1")) == {"revision": "1"}


async def test_nothing_is_kept_for_a_message_that_has_arrived(storage: Storage) -> None:
    await storage.run(lambda uow: uow.inbound_events.arrive("m1", now=NOW))
    await storage.run(lambda uow: uow.inbound_events.keep_early("m1", {"revision": "1"}, now=NOW))

    assert await storage.run(lambda uow: uow.inbound_events.take_early("m1")) is None


async def test_old_keys_are_forgotten(storage: Storage) -> None:
    for number, days in enumerate((60, 62, 61)):
        at = NOW - timedelta(days=days)
        await storage.run(lambda uow: uow.inbound_events.arrive(f"old {number}", now=at))  # noqa: B023
    await storage.run(lambda uow: uow.inbound_events.arrive("new", now=NOW))

    def forget(uow: UnitOfWork) -> int:
        return uow.inbound_events.forget_before(NOW - timedelta(days=30), limit=2)

    assert await storage.run(forget) == 2
    assert await storage.run(lambda uow: uow.inbound_events.arrive("old 0", now=NOW)) is Arrival.REPEATED
    assert [await storage.run(forget), await storage.run(forget)] == [1, 0]
    assert await storage.run(lambda uow: uow.inbound_events.arrive("new", now=NOW)) is Arrival.REPEATED


async def test_a_watermark_moves_forward_and_is_held_back_only_on_purpose(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.watermarks.move("web", to=NOW)
        uow.watermarks.move("web", to=NOW - timedelta(hours=1))
        uow.watermarks.hold("web:help-it", at=NOW)
        uow.watermarks.hold("web:help-it", at=NOW - timedelta(hours=2))
        uow.watermarks.hold("web:help-it", at=NOW)

    await storage.run(work)
    held = {"web": NOW, "web:help-it": NOW - timedelta(hours=2)}
    assert await storage.read(lambda uow: uow.watermarks.all()) == held
    await storage.run(lambda uow: uow.watermarks.move("web", to=NOW + timedelta(minutes=1)))
    await storage.run(lambda uow: uow.watermarks.forget("web:help-it"))

    assert await storage.read(lambda uow: uow.watermarks.all()) == {"web": NOW + timedelta(minutes=1)}


async def test_somebody_who_left_and_a_guest_are_known_as_such(storage: Storage) -> None:
    gone = Person(key="chat:u1", name="Gus", is_active=False, is_guest=True)
    await storage.run(lambda uow: uow.people.remember(gone))

    assert await storage.read(lambda uow: uow.people.find("chat:u1")) == gone


async def test_people_are_known_with_their_pictures(storage: Storage) -> None:
    pictured = Person(key="chat:u1", name="Gus", picture="https://chat.example/u1.png")
    await storage.run(lambda uow: uow.people.remember(pictured))

    assert await storage.read(lambda uow: uow.people.find("chat:u1")) == pictured


async def test_a_message_keeps_what_it_answers(storage: Storage) -> None:
    message_id = await storage.run(
        lambda uow: a_message(uow, a_numbered_ticket(uow), quote="Bo: Which one?").id
    )

    assert (await storage.read(lambda uow: uow.messages.get(message_id))).quote == "Bo: Which one?"


async def test_members_of_a_group_are_found_by_its_exact_name(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[str]:
        for number, groups in enumerate(
            ({"chat:@net_ops"}, {"chat:@netXops"}, {"chat:@net_ops", "chat:@ops"})
        ):
            uow.people.remember(Person(key=f"chat:u{number}", name="A", groups=frozenset(groups)))
        return [person.key for person in uow.people.members("chat:@net_ops")]

    assert await storage.run(work) == ["chat:u0", "chat:u2"]


async def test_the_histories_of_many_tickets_are_read_at_once(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        tickets = [a_numbered_ticket(uow) for _ in range(3)]
        for ticket in tickets[:2]:
            opened = TicketOpened(actor=ANA.key, at=NOW, why_here=sentence("team.why_no_rule"), team="it")
            uow.audit_log.append(ticket.id, [opened, TicketReleased(actor=ANA.key, at=NOW, before="web:bo")])
        return [ticket.id for ticket in tickets]

    ids = await storage.run(work)
    entries = await storage.read(lambda uow: uow.audit_log.of_tickets([ids[0], ids[2]]))

    assert {key: [entry.event for entry in found] for key, found in entries.items()} == {
        ids[0]: ["TicketOpened", "TicketReleased"],
        ids[2]: [],
    }
    assert await storage.read(lambda uow: uow.audit_log.of_tickets([])) == {}


async def test_ids_are_positive_63_bit_and_grow(storage: Storage) -> None:
    ids = await storage.run(lambda uow: [uow.new_id() for _ in range(3000)])

    assert ids == sorted(set(ids))
    assert 0 < ids[0] <= ids[-1] < 2**63
