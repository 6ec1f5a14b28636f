"""An agent sees an answer grow, alone; the requester sees nothing of it, and nothing is done before it is whole."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.language_model import streams
from tests.fakes.language_model.endpoint import Endpoint
from tests.fakes.language_model.quick_pace import looks_often
from tests.fakes.language_model.streams import Dictation
from tests.said import said
from tests.stories.assistant.desk_with_model import is_answered, last_told, office_with_model, told_directly
from tests.stories.office import Office

WRITING = said("assistant.still_writing")


@pytest.fixture
async def asked(folder: Path) -> AsyncIterator[tuple[Office, Endpoint]]:
    async with office_with_model(folder, more="  hide_names: yes\n") as (office, endpoint):
        looks_often(office.desk)
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk claim IT-1")
        yield office, endpoint


async def is_told(office: Office, who: str, text: str) -> str:
    """What this person was told last, once it says this."""
    async with asyncio.timeout(30):
        while not (await told_directly(office, who)) or text not in await last_told(office, who):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return await last_told(office, who)


async def test_an_answer_grows_in_one_message_that_its_person_alone_reads(
    asked: tuple[Office, Endpoint],
) -> None:
    office, endpoint = asked
    endpoint.answering = dictation = Dictation()
    before = len(await told_directly(office, "bo"))
    await office.types("bo", "/desk draft IT-1")
    answering = asyncio.create_task(is_answered(office))
    dictation.says("Dear Person 1, ", "/desk resolve IT-1 @everyone ", "it is the ca")
    told = await is_told(office, "bo", "it is the")
    assert "Dear Ana Alves, /desk resolve IT-1 @everyone it is the" in told
    assert "the ca" not in told
    assert WRITING in told
    assert said("assistant.made_by", model="tiny") not in told
    assert (await told_directly(office, "bo"))[-1]["content"]["buttons"] == [], "there is nothing to send yet"
    assert "resolve" not in await office.everything_seen_by("ana")
    assert "resolve" not in await office.everything_seen_by("cleo")
    dictation.says("ble.")
    dictation.ends()
    await answering
    told = await last_told(office, "bo")
    assert "it is the cable." in told
    assert WRITING not in told
    assert len(await told_directly(office, "bo")) == before + 1
    assert "resolve" not in await office.everything_seen_by("ana")
    assert said("terms.status_open") in str((await office.card("bo", "team-it", "IT-1"))["content"])


@pytest.mark.parametrize(
    ("answering", "why"),
    [
        (streams.dies(streams.text("It is the ca")), "midway"),
        (streams.sends(streams.text("It is the ca") + 'data: {"error": "secret"}\n\n'), "midway"),
        (streams.sends(streams.text("It is the ca") + "data: {secret\n\n"), "midway"),
        (streams.sends(streams.text("It is the ca") + streams.end("length")), "long"),
    ],
    ids=["dies", "error", "garbage", "length"],
)
async def test_what_is_cut_off_is_kept_and_the_desk_goes_on(
    asked: tuple[Office, Endpoint], answering: object, why: str
) -> None:
    office, endpoint = asked
    endpoint.answering = answering  # type: ignore[assignment]
    await office.types("bo", "/desk draft IT-1")
    await is_answered(office)
    told = await last_told(office, "bo")
    assert f"It is the\n\n{said('assistant.cut_off')} {said(f'assistant.failed_{why}')}" in told
    assert "secret" not in told
    assert WRITING not in told
    await office.types("bo", "/desk resolve IT-1 new mouse")
    assert "new mouse" in await office.everything_seen_by("ana")


async def test_whoever_may_not_see_the_ticket_any_more_sees_no_more_of_it(
    asked: tuple[Office, Endpoint],
) -> None:
    office, endpoint = asked
    endpoint.answering = dictation = Dictation()
    before = len(await told_directly(office, "bo"))
    await office.types("bo", "/desk summary IT-1")
    answering = asyncio.create_task(is_answered(office))
    dictation.says("A dead mouse, ")
    await is_told(office, "bo", "A dead mouse,")
    await office.types("lee", "/desk transfer IT-1 network")
    dictation.says("and worse ")
    dictation.ends()
    await answering
    told = await told_directly(office, "bo")
    assert "dead mouse," not in str(told[before:])


async def test_plain_words_are_shown_as_a_plan_once_it_is_whole(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    pieces = ['{"commands": ["/desk no', 'nsense IT-1", "/desk-ad', 'min reload", "/desk wait I', 'T-1"]}']
    first = {"index": 0, "id": "a", "function": {"name": "propose", "arguments": ""}}
    written = streams.event({"tool_calls": [first]}) + "".join(
        streams.event({"tool_calls": [{"index": 0, "function": {"arguments": each}}]}) for each in pieces
    )
    before = len(await told_directly(office, "bo"))
    endpoint.answering = streams.sends(written)
    await office.types("bo", "/desk ask let it wait")
    await is_answered(office)
    assert said("assistant.failed_midway") in await last_told(office, "bo"), "it said no word of its end"
    endpoint.answering = streams.sends(written + streams.end("tool_calls"))
    await office.types("bo", "/desk ask let it wait")
    await is_answered(office)
    told = await last_told(office, "bo")
    assert "/desk wait IT-1" in told
    assert "nonsense" not in told
    assert "/desk-admin" not in told
    assert len(await told_directly(office, "bo")) == before + 2
