"""`deskbell doctor` asks the language model's endpoint for its models, and says what is wrong in a sentence."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bootstrap.language_model_findings import findings_of_model
from bot.bootstrap.model_client import ModelClientOnDemand
from bot.domain.assistant.language_model import LanguageModel
from bot.domain.desk import Desk
from bot.domain.findings import Severity
from bot.domain.routing.router import Router
from bot.text.error_text import english
from tests.fakes.language_model import streams
from tests.fakes.language_model.endpoint import KEY, MODEL, Endpoint, open_endpoint

ROUTER = Router([], default_team="it")
DESK = Desk(name="Desk", prefix="IT", inboxes={}, teams={}, default_team="it", router=ROUTER)
WORKS = (Severity.HINT, "model_answered")


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with open_endpoint() as endpoint:
        yield endpoint


async def found(model: LanguageModel | None, *, key: str = KEY) -> list[tuple[Severity, str]]:
    client = ModelClientOnDemand({"DESKBELL_MODEL_KEY": key})
    try:
        findings = await findings_of_model(client, replace(DESK, language_model=model))
    finally:
        await client.close()
    assert not any(key in english(each.sentence) for each in findings)
    return [(each.severity, each.sentence.key.removeprefix("operations.")) for each in findings]


def model_at(endpoint: Endpoint, **changes: object) -> LanguageModel:
    given: dict[str, object] = {
        "url": endpoint.url,
        "model": MODEL,
        "key": "DESKBELL_MODEL_KEY",
        "teams": frozenset({"it"}),
        "timeout": timedelta(seconds=5),
    }
    return LanguageModel(**(given | changes))  # type: ignore[arg-type]


async def test_without_a_model_nobody_is_asked() -> None:
    assert await found(None) == []


async def test_a_model_that_is_there_works(endpoint: Endpoint) -> None:
    assert await found(model_at(endpoint)) == [WORKS]
    assert endpoint.asked == [], "no text of anybody leaves"


async def test_what_is_wrong_is_told(endpoint: Endpoint) -> None:
    assert await found(model_at(endpoint), key="sk-wrong-wrong") == [(Severity.WARNING, "model_forbidden")]
    assert await found(model_at(endpoint, key="DESKBELL_MODEL_B")) == [(Severity.WARNING, "model_key_unset")]
    gone = model_at(endpoint, url="http://127.0.0.1:9/v1")
    assert await found(gone) == [(Severity.WARNING, "model_unreachable")]
    assert await found(model_at(endpoint, model="tinny")) == [
        WORKS,
        (Severity.WARNING, "model_not_there_meant"),
    ]
    assert await found(model_at(endpoint, model="x")) == [WORKS, (Severity.WARNING, "model_not_there")]
    assert await found(model_at(endpoint, teams=frozenset())) == [
        WORKS,
        (Severity.WARNING, "model_without_teams"),
    ]


async def test_the_usual_model_of_ollama_goes_by_its_short_name(endpoint: Endpoint) -> None:
    endpoint.models = ["llama3.1:latest"]
    assert await found(model_at(endpoint, model="llama3.1")) == [WORKS]


async def test_it_says_whether_answers_can_be_seen_to_grow(endpoint: Endpoint) -> None:
    streamed = model_at(endpoint, is_streamed=True)
    assert await found(streamed) == [WORKS, (Severity.HINT, "model_streams")]
    endpoint.answering = streams.refuses_streams()
    assert await found(streamed) == [WORKS, (Severity.HINT, "model_streams_not")]
    endpoint.answering = streams.sends("data: {no\n\n")
    assert await found(streamed) == [WORKS, (Severity.WARNING, "model_garbage")]
    assert {str(each["messages"]) for each in endpoint.asked} == {str(endpoint.asked[0]["messages"])}
    endpoint.asked.clear()
    assert await found(model_at(endpoint, model="x", is_streamed=True)) == [
        WORKS,
        (Severity.WARNING, "model_not_there"),
    ]
    assert endpoint.asked == [], "what is not there is asked nothing"
