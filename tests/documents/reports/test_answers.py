"""What the knowledge base answered, by article, and what was asked without one."""

from datetime import timedelta

from bot.documents.report_files import as_csv
from bot.documents.reports.answers import ANSWERS
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState, ShownPassage
from bot.messages.plain import plain
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.contracts.knowledge.test_storage_offers import HELP
from tests.contracts.similar.test_storage_similar import asked
from tests.documents.reports.test_inboxes import ASKED, found
from tests.said import said

JAM = ShownPassage(article="jam", title="Printer jams", text="Open the tray")
SECRET = ShownPassage(article="wall", title="Firewall rules", text="Port 4711", is_for_everybody=False)
SHOWN = (
    (OfferState.SOLVED, True, (JAM,)),
    (OfferState.SOLVED, False, (JAM, SECRET)),
    (OfferState.ASKED, True, (JAM,)),
    (OfferState.OPENED, True, (JAM,)),
    (OfferState.SHOWN, True, (SECRET,)),
)
SILENT = (
    ("Second monitor stays black", False),
    ("My second monitor stays black too", False),
    ("Coffee machine leaks", False),
    ("Second monitor stays black in the office of the boss", True),
)


def kept(uow: UnitOfWork) -> None:
    at = ASKED.since + timedelta(hours=1)

    def add(
        state: OfferState, ticket: int | None, shown: tuple[ShownPassage, ...] = (), team: str = "it"
    ) -> None:
        offer = Offer(
            id=uow.new_id(),
            person="web:ana",
            mode=AnswerTime.BESIDE,
            state=state,
            at=at,
            ticket=ticket,
            team=team,
            shown=shown,
        )
        uow.offers.add(offer, channel=HELP)

    for state, has_ticket, shown in SHOWN:
        add(state, asked(uow, "It jams", opened_at=at).id if has_ticket else None, shown)
    for text, is_private in SILENT:
        add(OfferState.SILENT, asked(uow, text, subject=text, opened_at=at, is_private=is_private).id)
    add(OfferState.SOLVED, None, (JAM,), team="network")
    add(OfferState.DUE, asked(uow, "Not yet", opened_at=at).id)


async def test_what_was_shown_and_solved_is_counted_by_article(storage: Storage) -> None:
    await storage.run(kept)
    answer, _ = await found(storage, ANSWERS)
    told = plain(answer.text)
    total = said("reports.answers_total", looked_up=9, shown=5, solved=2, unopened=1, asked_on=2)
    assert total in told
    lines = [line.split() for line in told.splitlines()]
    assert ["Printer", "jams", "4", "2", "1"] in lines
    assert [*said("reports.all_answers").split(), "5", "2", "1"] in lines
    assert "Firewall" not in told
    (chart,) = answer.charts.values()
    assert chart["labels"] == ["Printer jams"]


async def test_questions_without_an_article_are_grouped_and_private_ones_told_to_nobody(
    storage: Storage,
) -> None:
    await storage.run(kept)
    answer, tables = await found(storage, ANSWERS)
    told = plain(answer.text)
    assert said("reports.answers_missing", count=4) in told, "what was looked up and not shown"
    quotes = plain(answer.quotes)
    assert "“Coffee machine leaks”" in quotes
    assert said("reports.answers_missing_more", count=1) in quotes
    assert "boss" not in quotes
    assert "2 ×" in told
    assert "monitor" in told
    assert "boss" not in told
    written = as_csv(tables.rows["without_article"]).splitlines()
    assert len(written) == 3
    assert "boss" not in "".join(written)


async def test_a_time_in_which_nothing_was_looked_up_says_so(storage: Storage) -> None:
    answer, _ = await found(storage, ANSWERS)
    assert plain(answer.nothing).startswith(said("reports.no_answers", teams="Service Desk", period="")[:-3])
