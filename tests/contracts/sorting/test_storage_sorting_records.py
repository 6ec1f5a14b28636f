"""What was learned, what was suggested and what is learned from, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.sorting.policy import SortedField
from bot.domain.sorting.suggestion import LearnedModel, Suggestion, SuggestionState
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.unit_of_work import UnitOfWork
from storage.store import DeskStorage
from tests.storage.sample_rows import NOW, a_numbered_ticket

LEARNED = LearnedModel(
    field=SortedField.TEAM, learned_at=NOW, requests=1_200, model=b"\x00\xffbytes", right=0.83, rare=("hr",)
)


def asked(uow: UnitOfWork, text: str, *, is_deleted: bool = False, **fields: object) -> Ticket:
    """A ticket with what was asked."""
    opening = uow.new_id()
    ticket = a_numbered_ticket(uow, opening=opening, **fields)
    uow.messages.add(
        TicketMessage(
            id=opening,
            ticket_id=ticket.id,
            kind=MessageKind.REQUEST,
            author="web:ana",
            author_name="Ana",
            text=text,
            said_at=NOW,
            is_deleted=is_deleted,
        )
    )
    return ticket


def suggestion(ticket: Ticket, **fields: object) -> Suggestion:
    made = Suggestion(
        ticket_id=ticket.id,
        field=SortedField.TEAM,
        label="network",
        sureness=0.92,
        words=("vpn", "tünnel"),
        is_filled=False,
        made_at=NOW,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


async def test_a_model_is_kept_whole_and_replaces_the_one_before_it(storage: DeskStorage) -> None:
    await storage.run(lambda uow: uow.sorting.put_model(LEARNED))
    assert await storage.read(lambda uow: uow.sorting.model(SortedField.TEAM)) == LEARNED
    none = LearnedModel(field=SortedField.TEAM, learned_at=NOW + timedelta(days=1), requests=3, why="few")
    await storage.run(lambda uow: uow.sorting.put_model(none))
    assert await storage.read(lambda uow: uow.sorting.models()) == [none]
    assert await storage.read(lambda uow: uow.sorting.model(SortedField.TAGS)) is None


async def test_suggestions_are_read_the_surest_first_and_settled_one_by_one(storage: DeskStorage) -> None:
    def work(uow: UnitOfWork) -> int:
        ticket = asked(uow, "vpn")
        high = suggestion(ticket, field=SortedField.PRIORITY, label="high", sureness=0.6)
        uow.sorting.put(high)
        uow.sorting.put(suggestion(ticket))
        uow.sorting.settle(high, SuggestionState.CORRECTED)
        return ticket.id

    ticket = await storage.run(work)
    team, priority = await storage.read(lambda uow: uow.sorting.of_ticket(ticket))
    assert (team.field, team.words, team.state) == (
        SortedField.TEAM,
        ("vpn", "tünnel"),
        SuggestionState.OPEN,
    )
    assert (priority.label, priority.state) == ("high", SuggestionState.CORRECTED)


async def test_each_tag_is_a_suggestion_of_its_own(storage: DeskStorage) -> None:
    def work(uow: UnitOfWork) -> int:
        ticket = asked(uow, "toner")
        tags = [
            suggestion(ticket, field=SortedField.TAGS, label=label, sureness=sureness)
            for label, sureness in (("printer", 0.7), ("toner", 0.9), ("printer", 0.6))
        ]
        for each in tags:
            uow.sorting.put(each)
        uow.sorting.settle(tags[1], SuggestionState.ACCEPTED)
        return ticket.id

    ticket = await storage.run(work)
    found = await storage.read(lambda uow: uow.sorting.of_ticket(ticket))
    assert [(each.label, each.sureness, each.state) for each in found] == [
        ("toner", 0.9, SuggestionState.ACCEPTED),
        ("printer", 0.7, SuggestionState.OPEN),
    ]


async def test_what_became_of_suggestions_is_counted_by_field(storage: DeskStorage) -> None:
    states = [SuggestionState.ACCEPTED] * 3 + [SuggestionState.CORRECTED] * 2 + [SuggestionState.LEFT]

    def work(uow: UnitOfWork) -> None:
        for number, state in enumerate(states):
            sureness = 0.95 if number % 2 else 0.6
            uow.sorting.put(suggestion(asked(uow, "vpn"), state=state, sureness=sureness))
        uow.sorting.put(suggestion(asked(uow, "vpn"), state=SuggestionState.LEFT, is_filled=True))
        uow.sorting.put(suggestion(asked(uow, "vpn"), made_at=NOW - timedelta(days=99)))

    await storage.run(work)
    since = NOW - timedelta(days=90)
    found = await storage.read(lambda uow: uow.sorting.tallies(since=since, threshold=0.9))
    tally = found[SortedField.TEAM]
    assert (tally.accepted, tally.corrected, tally.left, tally.open, tally.filled) == (3, 2, 2, 0, 1)
    assert (tally.sure_right, tally.sure_wrong) == (2, 1)


async def test_people_stand_behind_what_they_set_and_what_they_finished_without_a_change(
    storage: DeskStorage,
) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        done = asked(uow, "done", status=Status.RESOLVED, tags=("vip",), fields={"category": "Network"})
        live = asked(uow, "live", priority=Priority.HIGH)
        by_rule = happened.PriorityChanged(actor=DESK, at=NOW, before="normal", after="high")
        by_bo = happened.TicketTransferred(actor="web:bo", at=NOW, before="hr", after="it")
        uow.audit_log.append(live.id, [by_rule, by_bo])
        filled = asked(uow, "filled", status=Status.CLOSED)
        uow.sorting.put(suggestion(filled, is_filled=True, state=SuggestionState.LEFT))
        asked(uow, "deleted", status=Status.CLOSED, is_deleted=True)
        return [filled.id, live.id, done.id]

    ids = await storage.run(work)
    page = await storage.read(lambda uow: uow.sorting.requests(before=None, limit=9))
    assert [each.ticket_id for each in page] == ids
    filled, live, done = (each.labels for each in page)
    assert SortedField.TEAM not in filled
    assert live == {SortedField.TEAM: ("it",)}
    assert done == {
        SortedField.TEAM: ("it",),
        SortedField.PRIORITY: ("normal",),
        SortedField.TAGS: ("vip",),
        SortedField.CATEGORY: ("Network",),
    }
    rest = await storage.read(lambda uow: uow.sorting.requests(before=ids[1], limit=9))
    assert [each.text for each in rest] == ["done"]
