"""What a requester reads about when to expect an answer: in their words and zone, and true whatever happens."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.messages.outbound import Bold, Notice, OutboundMessage, Quote, RichText
from bot.messages.plain import plain
from tests.said import said
from tests.stories.chat_office import ChatOffice
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office
from tests.stories.weather import Weather, sunny

FRIDAY_EVENING = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)


class Told:
    """What Ana's thread said, each time it was written or edited, where the platform shows no instants itself."""

    def __init__(self) -> None:
        self.weather = Weather(sunny)

    @property
    def all(self) -> list[str]:
        return [plain(each) for message in self.weather.delivered if (each := acknowledged(message))]

    @property
    def now(self) -> str:
        return self.all[-1]

    def tells(self, sentence: str) -> bool:
        """Now, whatever is told of who reads it."""
        return sentence in self.now


def acknowledged(message: OutboundMessage) -> RichText | None:
    """What it says, if this is an acknowledgement: it begins with the number, or with what was asked."""
    match message.content:
        case Notice(text=(Bold(), *_) as text, buttons=(button, *_)) if button.verb.startswith("ticket "):
            return text
        case Notice(text=(str(), Quote(), *_) as text, buttons=(button, *_)) if button.verb.startswith(
            "ticket "
        ):
            return text
        case _:
            return None


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def office(folder: Path, tmp_path: Path, told: Told) -> AsyncIterator[Office]:
    """Ana is in Lisbon; the People team works from nine to five in Berlin."""
    config = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8").replace(
        "    resolution:", "    next_response: 1h\n    resolution:"
    )
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config, through=told.weather.over) as office:
        yield office


async def test_it_says_when_in_the_requesters_own_words(office: Office, told: Told) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert told.now == (
        (said("requester.received", reference="IT-1", team="Service Desk") + " ")
        + said("requester.promise", at="Monday 2 March, 09:30")
    )


async def test_out_of_hours_it_says_until_when_nobody_is_there(folder: Path, told: Told) -> None:
    async with open_office(folder, at=FRIDAY_EVENING, through=told.weather.over) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
    assert told.tells(
        said("requester.promise_off_duty", back="Monday 9 March, 08:00", at="Monday 9 March, 08:30")
    )


async def test_a_changed_priority_and_a_transfer_correct_it_in_place(office: Office, told: Told) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk priority IT-1 low")
    assert told.now.endswith(said("requester.promise", at="Monday 2 March, 11:00"))
    await office.types("bo", "/desk transfer IT-1 people")
    corrected = (said("requester.received", reference="IT-1", team="People") + " ") + said(
        "requester.promise", at="Monday 2 March, 11:00"
    )
    assert corrected in told.all
    first, offer = await office.reads("ana", "help-it", thread=root)
    assert said("requester.received", reference="IT-1", team="People") in first
    assert "/ticket private IT-1" in offer


async def test_on_hold_it_says_so_and_promises_no_time(office: Office, told: Told) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk hold IT-1 the supplier")
    assert told.now == (
        (said("requester.received", reference="IT-1", team="Service Desk") + " ") + said("requester.on_hold")
    )


async def test_waiting_for_the_requester_no_time_is_promised_and_then_again(
    office: Office, told: Told
) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Which one?", thread=root)
    await office.types("bo", "/desk wait IT-1")
    assert told.now.endswith(said("requester.waiting"))
    await office.passes(hours=2)
    await office.says("ana", "help-it", "The red one does not move", thread=root)
    assert told.now.endswith(said("requester.next_promise", at="Monday 2 March, 12:00"))


async def test_late_it_says_so_at_once_and_that_the_team_knows(office: Office, told: Told) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    assert told.now.endswith(said("requester.promise_broken", at="Monday 2 March, 09:30"))


async def test_late_at_night_it_says_who_is_back_when(folder: Path, tmp_path: Path, told: Told) -> None:
    config = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(
        text.replace("    resolution:", "    calendar: 24x7\n    resolution:"), encoding="utf-8"
    )
    async with open_office(folder, config=config, at=FRIDAY_EVENING, through=told.weather.over) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(hours=1)
    assert told.tells(
        said("requester.promise_broken_off_duty", at="Friday 6 March, 17:30", back="Monday 9 March, 08:00")
    )


async def test_after_each_word_of_theirs_the_next_answer_is_promised(office: Office, told: Told) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Which one?", thread=root)
    assert told.now.endswith(said("requester.answered"))
    await office.passes(minutes=10)
    await office.says("ana", "help-it", "The red one does not move", thread=root)
    assert told.now.endswith(said("requester.next_promise", at="Monday 2 March, 10:10"))
    await office.passes(minutes=61)
    assert told.now.endswith(said("requester.next_promise_broken", at="Monday 2 March, 10:10"))
    await office.says("bo", "help-it", "A new one comes", thread=root)
    assert told.now.endswith(said("requester.answered"))


async def test_a_promise_that_stays_the_same_is_not_edited(folder: Path, told: Told) -> None:
    async with open_office(folder, through=told.weather.over) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.says("bo", "help-it", "Which one?", thread=root)
        edits = len(told.all)
        for answer in ("The red one", "Still the red one", "I mean the one with the tail"):
            await office.says("ana", "help-it", f"{answer} does not move", thread=root)
            await office.says("bo", "help-it", "Thank you", thread=root)
        assert len(told.all) == edits


async def test_warnings_and_notes_are_no_business_of_theirs(office: Office, told: Told) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    edits = len(told.all)
    await office.types("bo", "/desk note IT-1 it is an old one")
    await office.passes(minutes=25)
    assert len(told.all) == edits


async def test_each_is_answered_in_their_own_language(folder: Path) -> None:
    office = ChatOffice(folder)
    office.chat.languages["ana"] = "de"
    async with office.desk():
        root = await office.chat.says("ana", "help", "Meine Maus geht nicht")
    (told,) = office.chat.reads_channel("help", thread=root)
    received = said("requester.received", language="de", reference="IT-1", team="Service Desk")
    assert told == f"{received} {said('requester.no_promise', language='de')}"


def utc(time: str) -> str:
    return f"2026-03-02T{time}:00.000Z"


async def test_a_stricter_teams_target_is_no_broken_promise_and_who_moved_it_reads_the_new_times(
    folder: Path, tmp_path: Path, told: Told
) -> None:
    """Ana was told 09:30; nobody promised her the 09:10 at which the next level's target had passed."""
    config = tmp_path / "strict.yaml"
    text = DESK.read_text(encoding="utf-8")
    text = text.replace(
        "    channel: web:team-it\n", "    channel: web:team-it\n    escalates: {to: network}\n"
    )
    text = text.replace(
        "    channel: web:team-network\n", "    channel: web:team-network\n    sla_policy: strict\n"
    )
    strict = "  strict:\n    first_response: {normal: 5m, low: 2h}\n    resolution: {normal: 6h, low: 24h}\n"
    text = text.replace(
        "escalation_policies:", f"{strict}    escalation: tell the team\n\nescalation_policies:"
    )
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config, through=told.weather.over) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=10)
        answer = await office.types("bo", "/desk escalate IT-1 new batteries")
        received = said("requester.received", reference="IT-1", team="Network")
        assert told.now == f"{received} {said('requester.promise_due')}"
        assert said("answers.due_overdue", measure="First response", before=utc("09:30")) in answer
        assert said("answers.due_moved", measure="Resolution", before=utc("17:00"), at=utc("15:00")) in answer
