"""Whatever is pressed, repeated and restarted: a request opens at most one ticket, and is lost to nobody."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.directory import Person
from bot.domain.knowledge.article import Article
from bot.domain.knowledge.offer import Offer, OfferState
from bot.messages import verbs
from bot.messages.inbound import MessagePosted, VerbChosen
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.knowledge.search import index_article
from bot.workers.knowledge.article_offers import OffersWorker
from storage.file_store import FolderFileStore
from tests.fakes.desk.desk_without_platform import HELP, MONDAY_9, DeskWithoutPlatform, person
from tests.stories.desk_files import DESK
from tests.workers.tickets.replicas import Replicas

QUESTION = "The printer jams, how do I pull the paper out of the tray?"
JAM = Article(
    name="jam",
    title="Printer jams",
    body="Open the **tray** of the printer, pull out the paper and close it.",
    version=1,
    changed_at=MONDAY_9,
)
OTHER = Article(name="monitor", title="Second monitor", body="Choose Extend.", version=1, changed_at=MONDAY_9)
PEOPLE = [person(f"{name} {name}") for name in ("Eve", "Finn", "Gia", "Hugo", "Ida", "Jan")]


def keep_articles(uow: UnitOfWork) -> None:
    for each in (JAM, OTHER):
        assert uow.articles.add(each)
        index_article(uow, each)


async def opened(storage: Storage, folder: Path, *, answers: str) -> Replicas:
    config = folder / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(f"{text}\nknowledge: {{answers: {answers}}}\n", encoding="utf-8")
    files = FolderFileStore(folder / "files", cap=10_000)
    desk = await DeskWithoutPlatform.opened(storage, files, config=config)
    await desk.intake.meet(PEOPLE)
    await storage.run(keep_articles)
    return Replicas(storage, desk, lambda contexts: worker(storage, contexts))


def worker(storage: Storage, contexts: ContextFactory) -> OffersWorker:
    return OffersWorker(storage=storage, contexts=contexts)


async def offers(storage: Storage) -> list[Offer]:
    def held(uow: UnitOfWork) -> list[Offer]:
        return [each for who in PEOPLE for each in uow.offers.held_by(who.key, HELP)]

    return await storage.read(held)


def pressed(replicas: Replicas, offer: Offer, who: Person, choice: str) -> VerbChosen:
    return replicas.desk.pressed(who, verbs.JUDGE_ANSWERS, "", offer=str(offer.id), choice=choice)


@pytest.mark.parametrize("seed", range(6))
async def test_each_request_opens_at_most_one_ticket_and_one_unless_it_was_solved(
    storage: Storage, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    replicas = await opened(storage, tmp_path, answers="before")
    asked: list[MessagePosted] = []
    for number, who in enumerate(PEOPLE):
        asked.append(replicas.desk.posted(who, f"{QUESTION} ({number})", message=f"m{number}"))
        await replicas.desk.intake.take(asked[-1])
    known = await offers(storage)
    assert len(known) == len(PEOPLE)
    solved: set[int] = set()
    for _ in range(24):
        offer = dice.choice(known)
        who = next(each for each in PEOPLE if each.key == offer.person)
        match dice.randrange(5):
            case 0:
                press = pressed(replicas, offer, dice.choice([who, dice.choice(PEOPLE)]), "solved")
                is_held = any(each.id == offer.id for each in await offers(storage))
                await replicas.desk.intake.take(press)
                await replicas.desk.intake.take(press)
                solved |= {offer.id} if press.actor == who and is_held else set()
            case 1:
                await replicas.desk.intake.take(pressed(replicas, offer, who, "ask"))
            case 2:
                await replicas.desk.intake.take(dice.choice(asked))
            case 3:
                replicas.clock.move(timedelta(minutes=dice.randrange(4)))
                await replicas.tick()
            case _:  # a process that starts anew
                await worker(storage, replicas.desk.contexts).tick()
    replicas.clock.move(timedelta(minutes=11))
    await replicas.tick()
    assert await offers(storage) == []
    assert await replicas.desk.number_of_tickets() == len(PEOPLE) - len(solved)
    texts = [(await replicas.desk.said(number + 1))[0].text for number in range(len(PEOPLE) - len(solved))]
    assert len(set(texts)) == len(texts)


async def test_three_replicas_show_a_ticket_once_what_answers_it(storage: Storage, tmp_path: Path) -> None:
    replicas = await opened(storage, tmp_path, answers="beside")
    await replicas.desk.intake.take(replicas.desk.posted(PEOPLE[0], QUESTION, message="m0"))
    assert await replicas.tick() == 1
    assert await replicas.tick() == 0
    assert len(await replicas.notices("offer:")) == 1
    assert await replicas.events(1, "AnswersShown") == 1
    ticket = await replicas.desk.ticket()
    found = await storage.read(lambda uow: uow.offers.of_ticket(ticket.id))
    assert found is not None
    assert (found.state, found.public_titles) == (OfferState.SHOWN, ("Printer jams",))


async def test_what_is_held_back_opens_though_the_desk_looks_nothing_up_any_more(
    storage: Storage, tmp_path: Path
) -> None:
    replicas = await opened(storage, tmp_path, answers="before")
    await replicas.desk.intake.take(replicas.desk.posted(PEOPLE[0], QUESTION, message="m0"))
    assert await replicas.desk.number_of_tickets() == 0
    later = await Replicas.opened(storage, tmp_path, lambda contexts: worker(storage, contexts))
    await later.tick()
    later.clock.move(timedelta(minutes=11))
    await later.tick()
    assert await replicas.desk.number_of_tickets() == 1
    assert (await replicas.desk.said())[0].text == QUESTION
