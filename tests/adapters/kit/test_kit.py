"""What is remembered has an end, work in the background is seen to its end, and nobody is looked up in vain."""

import asyncio

from adapters.kit.background import BackgroundTasks
from adapters.kit.named_people import NamedPeople
from adapters.kit.recent import Recent
from adapters.kit.text import cut
from tests.adapters.doubles import RecordingIntake


def test_what_was_noted_longest_ago_is_forgotten_first() -> None:
    recent: Recent[str, int] = Recent(most=2)
    recent["a"] = 1
    recent["b"] = 2
    recent["a"] = 3
    recent.setdefault("c", 4)
    assert dict(recent) == {"b": 2, "c": 4}


def test_people_are_looked_up_when_somebody_new_is_named_and_not_at_every_look() -> None:
    intake, named_people = RecordingIntake(), NamedPeople()
    intake.named = frozenset({"chat:bo", "chat:ana"})
    assert named_people.news(intake) == ["chat:ana", "chat:bo"]
    assert named_people.news(intake) is None
    intake.named |= {"chat:cleo"}
    assert named_people.news(intake) == ["chat:ana", "chat:bo", "chat:cleo"]


async def test_background_work_is_finished_even_where_some_of_it_fails() -> None:
    done: list[str] = []

    async def work(name: str) -> None:
        await asyncio.sleep(0)
        if name == "broken":
            raise ValueError(name)
        done.append(name)

    tasks = BackgroundTasks()
    for name in ("one", "broken", "two"):
        tasks.start(work(name))
    await tasks.finish()
    assert done == ["one", "two"]


def test_a_text_that_is_cut_says_so_and_keeps_to_its_limit() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"
