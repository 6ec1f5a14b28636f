"""Replies that ended tickets become answers for others: nothing of people, notes or private tickets is among them."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.knowledge.article import AudienceKind
from bot.domain.knowledge.earlier_answer import EarlierAnswer, readers_of
from bot.domain.knowledge.readership import Readership
from bot.domain.ratings.satisfaction import RatingScale
from bot.domain.ratings.survey import Survey
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.workers.knowledge import earlier_answers
from bot.workers.knowledge.earlier_answers import AnswersWorker
from storage.file_store import FolderFileStore
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, MONDAY_9, DeskWithoutPlatform, person
from tests.stories.desk_files import DESK
from tests.workers.tickets.replicas import Replicas

T = TypeVar("T")
MIRIAM = person("Miriam Klein")
TEAMS = ("it", "people")
CORE = (
    "Open the tray of the printer, pull the paper out of the rollers and close the tray again until it clicks"
)
PERSONAL = (
    "Ask Miriam if it jams again",
    "Mr. Okafor has the key",
    "write to ana.alves@example.com",
    "call +49 30 1234567 about it",
    "your inventory number is C02XK1ABCD12",
    "personnel number 4711 is noted",
    "use https://intra.example.com/reset?token=s3cr3tt0ken for it",
    "see https://intra.example.com/people/alves for it",
    "the password: tulip9 works",
    "the card 4111 1111 1111 1111 was charged",
    "it is the same as IT-1",
    "@cleo knows more",
    "its address is 10.20.30.40",
)
GREETINGS = ("Hi Ana,\n", "Hello Ana Alves! ", "Dear Bo: ", "", "Hallo Ana ")
CLOSINGS = (
    "\nBest regards\nBo Berg\nService Desk",
    " Cheers, Bo",
    "\n-- \nBo, +49 30 1234567",
    "",
    "\nBo Berg",
)
SECRET = re.compile(
    r"\b(ana|alves|bo|berg|cleo|chen|miriam|klein|okafor|tulip9|zebra|payslip|it-\d+)\b"
    r"|@|\d{4}|token|C02|10\.20",
    re.IGNORECASE,
)


class CountingStorage:
    """The desk's storage; `asked` is how often it was read or written."""

    def __init__(self, storage: Storage) -> None:
        self.asked = 0
        self._storage = storage
        self.on_commit = storage.on_commit
        self.close = storage.close

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        self.asked += 1
        return await self._storage.read(work)

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        self.asked += 1
        return await self._storage.run(work)


def config_with(folder: Path, *teams: str, more: str = "") -> Path:
    config = folder / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(f"{text}\nknowledge: {{from_replies: [{', '.join(teams)}]}}\n{more}", encoding="utf-8")
    return config


async def opened(storage: Storage, folder: Path, *teams: str) -> Replicas:
    files = FolderFileStore(folder / "files", cap=10_000)
    config = config_with(folder, *teams) if teams else DESK
    desk = await DeskWithoutPlatform.opened(storage, files, config=config)
    await desk.intake.meet([MIRIAM])
    return Replicas(storage, desk, lambda contexts: AnswersWorker(storage=storage, contexts=contexts))


async def kept(replicas: Replicas) -> list[EarlierAnswer]:
    while await replicas.tick():
        pass
    return list(
        await replicas.storage.read(lambda uow: uow.earlier_answers.of_teams(TEAMS, skip=0, limit=99))
    )


def indexed(uow: UnitOfWork) -> list[str]:
    """All that a search can find and show."""
    readers = Readership(replies=tuple(readers_of(each, None) for each in TEAMS))
    assert all(each.kind is AudienceKind.REPLIES for each in readers.audiences)
    ids = uow.passages.holding({"tray": 1.0, "printer": 1.0}, readers, limit=999)
    found = uow.passages.get_many(ids, readers)
    return [
        "\n".join([each.passage.title, *each.passage.headings, each.passage.text, *each.words])
        for each in found
    ]


async def types(replicas: Replicas, words: str, *, group: str = "desk", who: str = "bo") -> None:
    actor = {"bo": BO, "cleo": CLEO, "ana": ANA}[who]
    await replicas.desk.intake.take(replicas.desk.typed(actor, words, group=group))


async def asks(replicas: Replicas, number: int, text: str = "The printer jams and the tray is full") -> None:
    await replicas.desk.intake.take(replicas.desk.posted(ANA, text, message=f"m{number}"))


async def answers(replicas: Replicas, number: int, text: str, *, message: str) -> None:
    await replicas.desk.intake.take(replicas.desk.posted(BO, text, message=message, thread=f"m{number}"))


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_of_people_notes_or_private_tickets_is_ever_kept(
    storage: Storage, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    replicas = await opened(storage, tmp_path, *TEAMS)
    for number in range(1, 9):
        personal = dice.sample(PERSONAL, 2)
        asked = f"{dice.choice(GREETINGS)}the printer jams and its tray is full, {personal[0]}. Ana Alves"
        is_private = dice.random() < 0.25
        await asks(replicas, number, f"{asked} payslip" if is_private else asked)
        await types(replicas, f"note IT-{number} the zebra of {CORE}")
        said = (
            f"{dice.choice(GREETINGS)}{CORE}, number {number}. {CORE}; {personal[1]}.{dice.choice(CLOSINGS)}"
        )
        await answers(replicas, number, said, message=f"r{number}")
        await types(replicas, f"resolve IT-{number} {dice.choice(['', 'Done', said])}")
    found = await kept(replicas)
    assert found
    shown = [*await storage.read(indexed), *(f"{each.question}\n{each.text}" for each in found)]
    assert len(shown) == 2 * len(found)
    for each in shown:
        assert SECRET.search(each) is None, (SECRET.search(each), each)


async def test_what_changes_on_a_ticket_takes_its_answer_out_or_in(storage: Storage, tmp_path: Path) -> None:
    replicas = await opened(storage, tmp_path, "it")
    await asks(replicas, 1)
    await answers(replicas, 1, f"{CORE}.", message="r1")
    await answers(replicas, 1, "Thanks!", message="r2")
    assert await kept(replicas) == []
    await types(replicas, "resolve IT-1")
    (answer,) = await kept(replicas)
    assert answer.text == f"{CORE}."

    await types(replicas, "reopen IT-1")
    assert await kept(replicas) == []
    await types(replicas, "resolve IT-1")
    assert await kept(replicas) == []  # what was said before did not help
    await types(replicas, "reopen IT-1")
    await types(replicas, f"resolve IT-1 {CORE}, then restart it.")
    (answer,) = await kept(replicas)
    assert (answer.message, answer.text) == (None, f"{CORE}, then restart it.")

    await types(replicas, "exclude IT-1", group="kb")
    assert await kept(replicas) == []
    assert await storage.read(indexed) == []
    await types(replicas, "include IT-1", group="kb")
    assert len(await kept(replicas)) == 1

    await asks(replicas, 2, "The tray of the other printer is full")
    await answers(replicas, 2, f"Please wait. {CORE}.", message="r3")
    await types(replicas, "resolve IT-2")
    assert len(await kept(replicas)) == 2
    await replicas.desk.intake.take(
        replicas.desk.edited(BO, f"Sorry! {CORE} twice.", message="r3", revision="2")
    )
    assert {each.text for each in await kept(replicas)} == {answer.text, f"Sorry! {CORE} twice."}
    await replicas.desk.intake.take(replicas.desk.deleted(BO, message="r3"))
    assert [each.text for each in await kept(replicas)] == [answer.text]


@pytest.mark.parametrize(("is_anonymous", "remains"), [(False, 0), (True, 1)])
async def test_a_low_rating_takes_an_answer_out_unless_it_is_anonymous(
    storage: Storage, tmp_path: Path, *, is_anonymous: bool, remains: int
) -> None:
    replicas = await opened(storage, tmp_path, "it")
    await asks(replicas, 1)
    await answers(replicas, 1, f"{CORE}.", message="r1")
    await types(replicas, "resolve IT-1")
    assert len(await kept(replicas)) == 1
    ticket = await replicas.desk.ticket()

    def rate(uow: UnitOfWork) -> None:
        survey = Survey(
            id=uow.new_id(),
            ticket=ticket.id,
            team="it",
            requester=ANA.key,
            agent=BO.key,
            resolved_at=MONDAY_9,
            scale=RatingScale.FIVE,
            is_anonymous=is_anonymous,
            score=1,
            rated_at=MONDAY_9,
        )
        uow.surveys.add(survey)
        uow.earlier_answers.mark(ticket.id)

    await storage.run(rate)
    assert len(await kept(replicas)) == remains


async def test_what_was_withdrawn_merged_or_never_answered_answers_nobody(
    storage: Storage, tmp_path: Path
) -> None:
    replicas = await opened(storage, tmp_path, "it")
    for number in (1, 2, 3, 4):
        await asks(replicas, number, f"The printer in room {number} jams and the tray is full")
    for number in (1, 2, 3):
        await answers(replicas, number, f"{CORE}.", message=f"r{number}")
    await types(replicas, "close IT-1 I helped myself", group="ticket", who="ana")
    await types(replicas, "close IT-2 for the record")
    await types(replicas, "merge IT-3 IT-4")
    await types(replicas, "resolve IT-4 Fixed")
    assert await kept(replicas) == []


async def test_a_desk_that_wants_it_later_reads_its_past_and_forgets_when_it_does_not(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier_answers, "STEP", 2)
    before = await opened(storage, tmp_path)
    for number in range(1, 6):
        await asks(before, number)
        await answers(before, number, f"{CORE}, {'again ' * number}.", message=f"r{number}")
        await types(before, f"resolve IT-{number}")
    assert await kept(before) == []

    wanted = await opened(storage, tmp_path, "it")
    assert len(await kept(wanted)) == 5
    assert await kept(await opened(storage, tmp_path, "network")) == []
    assert len(await kept(await opened(storage, tmp_path, "it", "network"))) == 5

    private = DESK.read_text(encoding="utf-8").replace("web:help-it}", "web:help-it, private: true}")
    (tmp_path / "desk.yaml").write_text(f"{private}\nknowledge: {{from_replies: [it]}}\n", encoding="utf-8")
    desk = load_desk(tmp_path / "desk.yaml", KNOWN_PLATFORMS)
    hidden = Replicas(
        storage,
        wanted.desk,
        lambda contexts: AnswersWorker(storage=storage, contexts=replace(contexts, desk=lambda: desk)),
    )
    assert await kept(hidden) == []


async def test_a_team_keeps_its_newest_answers(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.knowledge.earlier_answers.MOST_KEPT", 2)
    replicas = await opened(storage, tmp_path, "it")
    for number in (1, 2, 3):
        await asks(replicas, number)
        await answers(replicas, number, f"{CORE}, {'again ' * number}.", message=f"r{number}")
        await types(replicas, f"resolve IT-{number}")
    assert len(await kept(replicas)) == 2
    assert len(await storage.read(indexed)) == 2


async def test_where_no_team_wants_it_nothing_is_written_or_asked_for_it(
    storage: Storage, tmp_path: Path
) -> None:
    replicas = await opened(storage, tmp_path)
    await asks(replicas, 1)
    await answers(replicas, 1, f"{CORE}.", message="r1")
    await types(replicas, "resolve IT-1")
    assert not await storage.read(lambda uow: uow.earlier_answers.holds_some())
    counting = CountingStorage(storage)
    worker = AnswersWorker(storage=counting, contexts=replicas.desk.contexts)
    assert [await worker.tick() for _ in range(3)] == [0, 0, 0]
    assert counting.asked == 1
