"""What every storage promises about accounts of one person, the codes that link them, and notes on people."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.people.identity import Link, LinkWay
from bot.domain.people.link_code import LinkCode
from bot.domain.people.person_note import PersonNote
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

SLACK, DISCORD, WEB, OTHER = "slack:U1", "discord:1", "web:ana", "web:eve"
HOUR = timedelta(hours=1)


def link(account: str, other: str, *, after: int = 0) -> Link:
    at = NOW + timedelta(minutes=after)
    return Link(account=account, other=other, way=LinkWay.CODE, by=account, at=at)


def put_link(made: Link, uow: UnitOfWork) -> None:
    uow.identities.put(made)


def put_code(code: LinkCode, uow: UnitOfWork) -> None:
    uow.link_codes.put(code)


def note_wrong_try(at: datetime, uow: UnitOfWork) -> None:
    uow.link_codes.note_wrong_try(SLACK, at=at, since=at - HOUR)


def add_note(note: PersonNote, uow: UnitOfWork) -> None:
    uow.person_notes.add(note)


async def accounts(storage: Storage, key: str) -> frozenset[str]:
    return await storage.read(lambda uow: uow.identities.accounts_of(key))


async def test_an_account_that_nobody_linked_is_a_person_of_its_own(storage: Storage) -> None:
    assert await accounts(storage, SLACK) == {SLACK}


async def test_accounts_are_one_persons_over_any_number_of_links_from_each_of_them(storage: Storage) -> None:
    links = [link(SLACK, DISCORD), link(WEB, DISCORD, after=1)]
    for each in links:
        await storage.run(partial(put_link, each))
    for key in (SLACK, DISCORD, WEB):
        assert await accounts(storage, key) == {SLACK, DISCORD, WEB}
    assert await accounts(storage, OTHER) == {OTHER}
    found = await storage.read(lambda uow: uow.identities.links_among([SLACK, DISCORD, WEB, OTHER]))
    assert [{each.account, each.other} for each in found] == [{SLACK, DISCORD}, {DISCORD, WEB}]
    assert [each.at for each in found] == [each.at for each in links]
    assert await storage.read(lambda uow: uow.identities.links_among([SLACK, WEB])) == []


async def test_a_link_that_was_removed_parts_them_and_is_kept(storage: Storage) -> None:
    made = link(SLACK, DISCORD)
    await storage.run(lambda uow: uow.identities.put(made))
    await storage.run(lambda uow: uow.identities.put(replace(made, is_removed=True)))
    assert await accounts(storage, SLACK) == {SLACK}
    (kept,) = await storage.read(lambda uow: uow.identities.links_among([SLACK, DISCORD]))
    assert kept.is_removed
    await storage.run(lambda uow: uow.identities.put(link(DISCORD, SLACK)))
    assert await accounts(storage, DISCORD) == {SLACK, DISCORD}


async def test_a_link_counts_in_the_transaction_that_makes_it(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> frozenset[str]:
        assert uow.identities.accounts_of(SLACK) == {SLACK}
        uow.identities.put(link(SLACK, DISCORD))
        return uow.identities.accounts_of(DISCORD)

    assert await storage.run(work) == {SLACK, DISCORD}


async def test_tickets_are_found_by_whichever_account_asked(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> int:
        for requester in (SLACK, DISCORD, OTHER):
            a_numbered_ticket(uow, requester=requester)
        return uow.tickets.count(TicketFilter(requesters=frozenset({SLACK, DISCORD})))

    assert await storage.run(work) == 2


async def test_an_account_has_one_code_the_last(storage: Storage) -> None:
    first, last = (LinkCode(account=SLACK, code=each, made_at=NOW) for each in ("AAAA2222", "BBBB3333"))
    for each in (first, last):
        await storage.run(partial(put_code, each))
    assert await storage.read(lambda uow: uow.link_codes.find("AAAA2222")) is None
    assert await storage.read(lambda uow: uow.link_codes.find("BBBB3333")) == last
    await storage.run(lambda uow: uow.link_codes.drop(SLACK))
    assert await storage.read(lambda uow: uow.link_codes.find("BBBB3333")) is None


async def test_wrong_tries_are_counted_for_each_account_until_they_are_long_ago(storage: Storage) -> None:
    for minutes in (0, 1, 2):
        at = NOW + timedelta(minutes=minutes)
        await storage.run(partial(note_wrong_try, at))
    assert await storage.read(lambda uow: uow.link_codes.wrong_tries(SLACK, since=NOW - HOUR)) == 3
    assert await storage.read(lambda uow: uow.link_codes.wrong_tries(DISCORD, since=NOW - HOUR)) == 0
    later = NOW + 2 * HOUR
    assert await storage.read(lambda uow: uow.link_codes.wrong_tries(SLACK, since=later - HOUR)) == 0
    await storage.run(partial(note_wrong_try, later))
    assert await storage.read(lambda uow: uow.link_codes.wrong_tries(SLACK, since=later - HOUR)) == 1


async def test_notes_are_kept_whole_until_they_are_removed(storage: Storage) -> None:
    first = PersonNote(id=1, account=SLACK, author="slack:B", text="Ports\0 only", at=NOW)
    second = PersonNote(
        id=2,
        account=DISCORD,
        author="discord:9",
        text="Deaf in one ear",
        at=NOW + HOUR,
        communities=frozenset({"oak", "pine"}),
    )
    for each in (second, first):
        await storage.run(partial(add_note, each))
    kept = replace(first, text="Ports\N{REPLACEMENT CHARACTER} only")
    both = await storage.read(lambda uow: uow.person_notes.of_accounts([SLACK, DISCORD]))
    assert both == [kept, second]
    assert await storage.read(lambda uow: uow.person_notes.find(2)) == second
    await storage.run(lambda uow: uow.person_notes.remove(2))
    assert await storage.read(lambda uow: uow.person_notes.find(2)) is None
    assert await storage.read(lambda uow: uow.person_notes.of_accounts([SLACK, DISCORD])) == [kept]
