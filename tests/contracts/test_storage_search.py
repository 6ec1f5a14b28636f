"""What every storage promises about search: the same tickets in the same order, on each database."""

from datetime import timedelta

import pytest

from bot.domain.directory import Person
from bot.domain.search.query import Criterion, FilterName, SearchOrder, Term, TimeWindow
from bot.domain.search.stems import variants
from bot.domain.search.visibility import Visibility
from bot.domain.search.words import index_words
from bot.domain.tickets.conversation import MessageKind, StoredFile
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.storage.search import SoughtTerm, TicketSearch
from bot.ports.unit_of_work import Storage, UnitOfWork
from storage.repositories.search import common_words
from tests.storage.sample_rows import ANA, NOW, a_message, a_numbered_ticket

TEAM = Visibility(
    person="web:bo", teams=frozenset({"it"}), known_teams=frozenset({"it", "hr"}), sees_everywhere=True
)
"""Bo answers the tickets of IT."""
ASKER = Visibility(person=ANA.key)
"""Ana sees what she asked for."""


@pytest.fixture(autouse=True, params=["rare", "common"])
def words_are(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found does not depend on how many texts hold a word."""
    if request.param == "common":
        monkeypatch.setattr(common_words, "MOST_TEXTS", 0)


def sought(typed: str, *, language: str = "en") -> SoughtTerm:
    """`vpn*` may go on, "two words" stand side by side."""
    words = tuple(index_words(typed))
    term = Term(words=words, is_prefix=typed.endswith("*"))
    return SoughtTerm(variants=variants(term, [language]), number=int(typed) if typed.isdecimal() else None)


def search(*typed: str, without: str = "", where: tuple[Criterion, ...] = ()) -> TicketSearch:
    return TicketSearch(
        now=NOW,
        terms=tuple(map(sought, typed)),
        excluded=(sought(without),) if without else (),
        criteria=where,
    )


def where(name: FilterName, *values: str, is_excluded: bool = False) -> Criterion:
    return Criterion(name=name, values=values, is_excluded=is_excluded)


async def found(
    storage: Storage,
    wanted: TicketSearch,
    *,
    visibility: Visibility = TEAM,
    order: SearchOrder = SearchOrder.BEST,
    limit: int = 20,
    offset: int = 0,
) -> list[str]:
    """The subjects on the page; the count is true."""

    def work(uow: UnitOfWork) -> list[str]:
        page = uow.search.find(wanted, visibility=visibility, order=order, limit=limit, offset=offset)
        assert page.count == uow.search.count(wanted, visibility=visibility).count
        assert len(page.tickets) == max(0, min(limit, page.count - offset))
        return [each.subject for each in page.tickets]

    return await storage.read(work)


def a_ticket_saying(uow: UnitOfWork, subject: str, *said: str, **fields: object) -> Ticket:
    ticket = a_numbered_ticket(uow, subject=subject, **fields)
    for text in said:
        a_message(uow, ticket, text=text)
    return ticket


async def test_a_ticket_is_found_by_a_word_of_any_of_its_messages(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        a_ticket_saying(uow, "Laptop", "It is slow", "Which one?", "The Größenwahn model")
        a_ticket_saying(uow, "Printer", "It is empty")

    await storage.run(work)

    for word in ("größenwahn", "GROSSENWAHN", "grossenw*"):
        assert await found(storage, search(word)) == ["Laptop"], word
    assert await found(storage, search("wahn")) == []
    assert await found(storage, search("laptop", "slow")) == ["Laptop"]
    assert await found(storage, search("laptop", "empty")) == []


@pytest.mark.parametrize(
    ("written", "typed", "language"),
    [
        ("two printers", "printer", "en"),
        ("one printer", "printers", "en"),
        ("our policy", "policies", "en"),
        ("it was configured", "configuration", "en"),
        ("alle Netzwerke", "Netzwerk", "de"),
        ("ein Passwort", "Passwörter", "de"),
        ("une imprimante", "imprimantes", "fr"),
        ("las impresoras", "impresora", "es"),
        ("uma impressora", "impressoras", "pt"),
        ("the café", "cafe", "en"),
        ("網路不通", "不通", "en"),
        ("at 10.0.0.1 again", "10.0.0.1", "en"),
    ],
)
async def test_other_endings_of_a_word_are_found(
    storage: Storage, written: str, typed: str, language: str
) -> None:
    await storage.run(lambda uow: a_ticket_saying(uow, "wanted", written))

    wanted = TicketSearch(now=NOW, terms=(sought(typed, language=language),))

    assert await found(storage, wanted) == ["wanted"]


async def test_a_phrase_stands_in_one_text_word_by_word(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        a_ticket_saying(uow, "one", "cannot connect to the VPN")
        a_ticket_saying(uow, "two", "connect it, I cannot")

    await storage.run(work)

    assert await found(storage, search("cannot connect")) == ["one"]
    assert await found(storage, search("connect to the vp*")) == ["one"]


async def test_an_excluded_word_may_stand_nowhere_on_the_ticket(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        a_ticket_saying(uow, "one", "the vpn is down", "on a mac")
        a_ticket_saying(uow, "two", "the vpn is down")

    await storage.run(work)

    assert await found(storage, search("vpn", without="mac")) == ["two"]
    assert await found(storage, search(without="mac")) == ["two"]


async def test_the_best_match_comes_first_and_then_the_newest(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for age, (subject, text) in enumerate(
            [("mentions, new", "mailbox mail"), ("mentions, old", "a mail"), ("Mail is down", "mail")]
        ):
            a_ticket_saying(uow, subject, text, opened_at=NOW - timedelta(days=age))
        a_ticket_saying(uow, "Mailbox full", "no word of it")

    await storage.run(work)

    assert await found(storage, search("mail*")) == [
        "Mail is down",
        "Mailbox full",
        "mentions, new",
        "mentions, old",
    ]


async def test_a_ticket_is_found_by_its_number_first(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> Ticket:
        ticket = a_ticket_saying(uow, "the second", "hello")
        a_ticket_saying(uow, "number one of 1", "1 1 1")
        return ticket

    first = await storage.run(work)

    assert (await found(storage, search(str(first.number))))[0] == "the second"


async def test_people_are_found_by_their_names_of_now(storage: Storage) -> None:
    cleo = Person(key="web:cleo", name="Cleo Chen")

    def work(uow: UnitOfWork) -> None:
        uow.people.remember(ANA)
        uow.people.remember(cleo)
        a_ticket_saying(uow, "asked", "hello")
        a_ticket_saying(uow, "assigned", "hello", requester="web:eve", assignee="web:cleo")

    await storage.run(work)

    assert await found(storage, search("nunez")) == ["asked"]
    assert await found(storage, search("cleo")) == ["assigned"]
    renamed = Person(key="web:ana", name="Ana Lima", email=ANA.email, groups=ANA.groups)
    await storage.run(lambda uow: uow.people.remember(renamed))
    assert await found(storage, search("nunez")) == []
    assert await found(storage, search("lima")) == ["asked"]


async def test_what_is_changed_is_found_as_it_is_now(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> tuple[int, int]:
        ticket = a_ticket_saying(uow, "Old subject")
        return ticket.id, a_message(uow, ticket, text="an elephant").id

    ticket_id, message_id = await storage.run(work)

    def change(uow: UnitOfWork) -> None:
        ticket = uow.tickets.lock(ticket_id)
        ticket.subject, ticket.tags = "New subject", ("giraffe",)
        uow.tickets.save(ticket)
        message = uow.messages.get(message_id)
        message.text, message.revision = "a tiger", 2
        uow.messages.revise(message, at=NOW)

    await storage.run(change)
    for word, is_there in [("old", 0), ("new", 1), ("giraffe", 1), ("elephant", 0), ("tiger", 1)]:
        assert await found(storage, search(word)) == ["New subject"] * is_there, word

    def delete(uow: UnitOfWork) -> None:
        ticket = uow.tickets.lock(ticket_id)
        ticket.tags = ()
        uow.tickets.save(ticket)
        message = uow.messages.get(message_id)
        message.delete(actor=ANA.key, at=NOW)
        uow.messages.revise(message, at=NOW)

    await storage.run(delete)
    for word in ("giraffe", "tiger"):
        assert await found(storage, search(word)) == [], word


async def test_a_message_that_moves_is_found_with_its_new_ticket(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        first, second = a_ticket_saying(uow, "first"), a_ticket_saying(uow, "second")
        message = a_message(uow, first, text="an elephant")
        message.ticket_id = second.id
        uow.messages.move(message)

    await storage.run(work)

    assert await found(storage, search("elephant")) == ["second"]


async def test_nothing_is_indexed_of_a_transaction_that_fails(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        a_ticket_saying(uow, "never", "an elephant")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        await storage.run(work)

    assert await found(storage, search("elephant")) == []


async def test_files_and_categories_are_found_by_name_and_fields_by_the_team_alone(storage: Storage) -> None:
    file = StoredFile(name="Übersicht_2026.xlsx", media_type="x", size=1, digest=None)

    def work(uow: UnitOfWork) -> None:
        ticket = a_ticket_saying(uow, "with a file")
        a_message(uow, ticket, text="", files=(file,))
        a_ticket_saying(uow, "with a form", fields={"category": "Hardware", "asset": "LT-4711"})

    await storage.run(work)

    assert await found(storage, search("ubersicht")) == ["with a file"]
    assert await found(storage, search("lt-4711")) == ["with a form"]
    assert await found(storage, search("lt-4711"), visibility=ASKER) == []
    assert await found(storage, search("hardware"), visibility=ASKER) == ["with a form"]
    assert await found(storage, search(where=(where(FilterName.HAS, "file"),))) == ["with a file"]
    assert await found(storage, search(where=(where(FilterName.CATEGORY, "Hardware"),))) == ["with a form"]


async def test_filters_hold_together_and_can_be_turned_round(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        a_ticket_saying(uow, "a", status=Status.OPEN, tags=("vpn", "office"), assignee="web:bo", inbox="help")
        a_ticket_saying(uow, "b", status=Status.CLOSED, tags=("vpn",), priority=Priority.HIGH)
        a_ticket_saying(
            uow, "c", tags=("vpn-client",), due_at=NOW + timedelta(hours=1), is_warned=True, is_private=True
        )
        a_ticket_saying(uow, "d", due_at=NOW - timedelta(hours=1), opened_at=NOW - timedelta(days=20))

    await storage.run(work)

    async def only(*criteria: Criterion) -> str:
        return "".join(sorted(await found(storage, search(where=criteria))))

    tagged = where(FilterName.TAG, "vpn")
    assert await only(tagged) == "ab"
    assert await only(tagged, where(FilterName.TAG, "OFFICE")) == "a"
    assert await only(tagged, where(FilterName.STATUS, "closed")) == "b"
    assert await only(where(FilterName.TAG, "vpn", is_excluded=True)) == "cd"
    assert await only(where(FilterName.STATUS, "open", "closed")) == "ab"
    assert await only(where(FilterName.STATUS, "closed", is_excluded=True)) == "acd"
    assert await only(where(FilterName.PRIORITY, "high", "urgent")) == "b"
    assert await only(where(FilterName.ASSIGNED, "web:bo")) == "a"
    assert await only(where(FilterName.ASSIGNED, "web:bo", is_excluded=True)) == "bcd"
    assert await only(where(FilterName.INBOX, "help", is_excluded=True)) == "bcd"
    assert await only(where(FilterName.IS, "unassigned")) == "cd"
    assert await only(where(FilterName.IS, "finished")) == "b"
    assert await only(where(FilterName.IS, "private")) == "c"
    assert await only(where(FilterName.SLA, "at-risk")) == "c"
    assert await only(where(FilterName.SLA, "overdue")) == "d"
    assert await only(where(FilterName.TEAM, "hr")) == ""
    week_ago = NOW - timedelta(days=7)
    assert await only(Criterion(name=FilterName.OPENED, window=TimeWindow(until=week_ago))) == "d"
    assert await only(Criterion(name=FilterName.OPENED, window=TimeWindow(since=week_ago))) == "abc"


async def test_lists_go_by_the_order_that_is_asked_for_page_by_page(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for day in range(5):
            a_ticket_saying(
                uow,
                str(day),
                "vpn",
                opened_at=NOW + timedelta(days=day),
                updated_at=NOW - timedelta(days=day),
                due_at=NOW + timedelta(days=day % 2, hours=day),
            )

    await storage.run(work)

    for words in ((), ("vpn",)):
        for order, expected in [
            (SearchOrder.NEWEST, "43210"),
            (SearchOrder.OLDEST, "01234"),
            (SearchOrder.LAST_WORD, "01234"),
            (SearchOrder.DUE, "02413"),
        ]:
            pages = [
                await found(storage, search(*words), order=order, limit=2, offset=offset)
                for offset in (0, 2, 4, 6)
            ]
            assert "".join(subject for page in pages for subject in page) == expected


async def test_a_requester_finds_neither_notes_nor_tags_nor_who_is_assigned(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.remember(Person(key="web:cleo", name="Cleo Chen"))
        ticket = a_ticket_saying(uow, "mine", "the vpn is down", tags=("giraffe",), assignee="web:cleo")
        a_message(uow, ticket, kind=MessageKind.NOTE, text="an elephant")

    await storage.run(work)

    for word in ("elephant", "giraffe", "cleo"):
        assert await found(storage, search(word)) == ["mine"], word
        assert await found(storage, search(word), visibility=ASKER) == [], word
        assert await found(storage, search("vpn", without=word), visibility=ASKER) == ["mine"], word
    for criterion in (
        where(FilterName.TAG, "giraffe"),
        where(FilterName.HAS, "note"),
        where(FilterName.ASSIGNED, "web:cleo"),
    ):
        assert await found(storage, search(where=(criterion,))) == ["mine"]
        assert await found(storage, search(where=(criterion,)), visibility=ASKER) == []


async def test_requesters_are_suggested_by_the_beginning_of_a_name(storage: Storage) -> None:
    eve = Person(key="web:eve", name="Eve Nunes")

    def work(uow: UnitOfWork) -> None:
        uow.people.remember(ANA)
        uow.people.remember(eve)
        a_ticket_saying(uow, "hers")
        a_ticket_saying(uow, "private", requester=eve.key, team="hr", is_private=True)

    await storage.run(work)

    async def suggested(beginning: str, visibility: Visibility = TEAM) -> list[str]:
        people = await storage.read(
            lambda uow: uow.search.requesters(beginning, visibility=visibility, limit=5)
        )
        return [each.key for each in people]

    assert await suggested("nu") == [ANA.key]
    assert await suggested("") == [ANA.key]
    assert await suggested("x") == []
    hr = Visibility(person="web:pat", teams=frozenset({"hr"}), known_teams=frozenset({"it", "hr"}))
    assert await suggested("nun", hr) == [eve.key]


async def test_everything_can_be_indexed_anew_in_small_steps(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.remember(ANA)
        for number in range(5):
            ticket = a_ticket_saying(uow, f"ticket {number}", "an elephant", tags=("vpn",))
            a_message(uow, ticket, kind=MessageKind.NOTE, text="a giraffe")

    await storage.run(work)
    await storage.run(lambda uow: uow.search.begin_anew())
    assert not await storage.read(lambda uow: uow.search.is_complete())

    steps = 0
    while await storage.run(lambda uow: uow.search.index_more(limit=2)):
        steps += 1
        assert len(await found(storage, search("elephant"))) == 5

    assert steps >= 3
    assert await storage.read(lambda uow: uow.search.is_complete())
    for word in ("elephant", "giraffe", "vpn", "ticket", "nunez"):
        assert len(await found(storage, search(word))) == 5, word
