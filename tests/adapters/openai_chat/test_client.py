"""An endpoint of a language model answers, or what is wrong with it is said in a sentence; nothing else happens."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.openai_chat.client import OpenAiChatClient
from bot.domain.assistant.language_model import LanguageModel
from bot.ports.language_model import (
    ChatMessage,
    FailureKind,
    ModelAnswer,
    ModelFailure,
    ModelOutcome,
    ModelRequest,
    ModelsFound,
    Tool,
    ToolCall,
)
from bot.text.error_text import english
from tests.fakes.language_model import streams
from tests.fakes.language_model.endpoint import (
    KEY,
    MODEL,
    Answering,
    Endpoint,
    answers,
    answers_first,
    completion,
    open_endpoint,
)

TOOL = Tool(name="propose", about="Propose commands.", parameters={"type": "object"})


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with open_endpoint() as endpoint:
        yield endpoint


@pytest.fixture
async def client() -> AsyncIterator[OpenAiChatClient]:
    client = OpenAiChatClient({"DESKBELL_MODEL_KEY": KEY, "DESKBELL_MODEL_WRONG": "sk-wrong-wrong-wrong"})
    yield client
    await client.close()


def model(
    endpoint: Endpoint, *, key: str = "DESKBELL_MODEL_KEY", seconds: float = 5, streamed: bool = False
) -> LanguageModel:
    return LanguageModel(
        url=endpoint.url, model=MODEL, key=key, timeout=timedelta(seconds=seconds), is_streamed=streamed
    )


def request(*tools: Tool, name: str = MODEL) -> ModelRequest:
    return ModelRequest(model=name, messages=(ChatMessage("user", "My mouse is dead"),), tools=tools)


def failed(outcome: ModelOutcome | ModelsFound) -> ModelFailure:
    assert isinstance(outcome, ModelFailure)
    said = english(outcome.why)
    assert KEY not in said
    assert "mouse" not in said
    return outcome


@pytest.mark.parametrize("streamed", [False, True])
async def test_it_answers(endpoint: Endpoint, client: OpenAiChatClient, streamed: bool) -> None:
    endpoint.says = "Es ist das Kabel: ä€😀"
    outcome = await client.complete(model(endpoint, streamed=streamed), request())
    assert outcome == ModelAnswer(text="Es ist das Kabel: ä€😀", tokens=42)
    assert endpoint.asked[0]["messages"] == [{"role": "user", "content": "My mouse is dead"}]
    assert endpoint.asked[0]["stream"] is streamed


@pytest.mark.parametrize("streamed", [False, True])
async def test_it_uses_tools(endpoint: Endpoint, client: OpenAiChatClient, streamed: bool) -> None:
    endpoint.says, endpoint.calls = (
        "",
        [("propose", {"commands": ["/desk queue"]}), ("look", {"query": "vpn"})],
    )
    outcome = await client.complete(model(endpoint, streamed=streamed), request(TOOL))
    assert isinstance(outcome, ModelAnswer)
    assert outcome.calls == (
        ToolCall("call-0", "propose", {"commands": ["/desk queue"]}),
        ToolCall("call-1", "look", {"query": "vpn"}),
    )
    assert endpoint.asked[0]["tools"][0]["function"]["name"] == "propose"


async def test_it_needs_no_key_where_none_is_named(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    endpoint.key = ""
    assert isinstance(await client.complete(model(endpoint, key=""), request()), ModelAnswer)
    assert "Authorization" not in endpoint.headers[0]


@pytest.mark.parametrize(
    ("key", "kind"), [("DESKBELL_MODEL_WRONG", FailureKind.KEY), ("DESKBELL_MODEL_UNSET", FailureKind.KEY)]
)
async def test_a_wrong_key_is_told(
    endpoint: Endpoint, client: OpenAiChatClient, key: str, kind: FailureKind
) -> None:
    outcome = failed(await client.complete(model(endpoint, key=key), request()))
    assert outcome.kind is kind
    assert "sk-wrong" not in english(outcome.why)


async def test_an_unknown_model_is_told(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    assert failed(await client.complete(model(endpoint), request(name="huge"))).kind is FailureKind.MODEL


async def test_an_endpoint_that_is_not_there_is_told(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    gone = LanguageModel(url="http://127.0.0.1:9/v1", model=MODEL, timeout=timedelta(seconds=5))
    outcome = failed(await client.complete(gone, request()))
    assert outcome.kind is FailureKind.UNREACHABLE
    assert "127.0.0.1:9" in english(outcome.why)


@pytest.mark.parametrize("how", ["hangs", "drips"])
async def test_nobody_waits_for_ever(endpoint: Endpoint, client: OpenAiChatClient, how: str) -> None:
    endpoint.answering = getattr(endpoint, how)
    began = time.monotonic()
    outcome = await client.complete(model(endpoint, seconds=0.3, streamed=how == "drips"), request())
    assert failed(outcome).kind is FailureKind.SLOW
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("how", ["floods", "cuts"])
async def test_an_answer_without_end_or_with_none_is_none(
    endpoint: Endpoint, client: OpenAiChatClient, how: str
) -> None:
    endpoint.answering = getattr(endpoint, how)
    assert failed(await client.complete(model(endpoint), request())).kind is FailureKind.BROKEN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"choices": []}',
        '{"choices": [1]}',
        '{"choices": [{"message": 1}]}',
        "[" * 100_000,
    ],
)
async def test_garbage_is_no_answer(endpoint: Endpoint, client: OpenAiChatClient, text: str) -> None:
    endpoint.answering = answers(text)
    assert failed(await client.complete(model(endpoint), request())).kind is FailureKind.BROKEN
    endpoint.answering = answers(f"data: {text}x\n\n", content_type="text/event-stream")
    assert failed(await client.complete(model(endpoint), request())).kind is FailureKind.BROKEN


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ("none of ours", ()),
        ([{"function": None}, 1, {"function": {"name": 5}}], ()),
        (
            [{"id": 5, "function": {"name": "propose", "arguments": "{not JSON"}}],
            (ToolCall("", "propose", {}),),
        ),
        ([{"function": {"name": "propose", "arguments": "[1]"}}], (ToolCall("", "propose", {}),)),
        (
            [{"function": {"name": "propose", "arguments": {"commands": []}}}],
            (ToolCall("", "propose", {"commands": []}),),
        ),
    ],
)
async def test_what_is_odd_in_an_answer_is_left_out(
    endpoint: Endpoint, client: OpenAiChatClient, calls: object, expected: tuple[ToolCall, ...]
) -> None:
    message = {"content": [{"type": "text", "text": "It is "}, {"text": "the cable"}, 7], "tool_calls": calls}
    whole = {"choices": [{"message": message}], "usage": {"total_tokens": "many"}}
    endpoint.answering = answers(json.dumps(whole))
    outcome = await client.complete(model(endpoint), request())
    assert outcome == ModelAnswer(text="It is the cable", calls=expected, tokens=None)


async def test_it_is_asked_again_where_it_was_only_busy(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    busy = answers("", status=429, **{"Retry-After": "0"})
    endpoint.answering = answers_first(busy, endpoint=endpoint)
    assert isinstance(await client.complete(model(endpoint), request()), ModelAnswer)
    endpoint.answering = answers_first(busy, busy, endpoint=endpoint)
    assert failed(await client.complete(model(endpoint), request())).kind is FailureKind.BUSY


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, FailureKind.BROKEN), (403, FailureKind.KEY), (302, FailureKind.BROKEN), (429, FailureKind.BUSY)],
)
async def test_it_is_not_asked_again_where_that_is_of_no_use(
    endpoint: Endpoint, client: OpenAiChatClient, status: int, kind: FailureKind
) -> None:
    endpoint.answering = answers(
        "", status=status, **{"Retry-After": "3600", "Location": "http://127.0.0.1:9/"}
    )
    assert failed(await client.complete(model(endpoint), request())).kind is kind
    assert len(endpoint.asked) == 1


async def test_many_are_asked_beside_one_another(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    found = await asyncio.gather(*(client.complete(model(endpoint), request()) for _ in range(20)))
    assert all(isinstance(each, ModelAnswer) for each in found)


async def test_it_tells_its_models(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    assert await client.models(model(endpoint)) == ModelsFound(frozenset({MODEL, "big"}))
    outcome = await client.models(model(endpoint, key="DESKBELL_MODEL_WRONG"))
    assert failed(outcome).kind is FailureKind.KEY
    assert endpoint.asked == [], "no text of anybody leaves"


def test_a_completion_of_the_fake_is_one() -> None:
    assert completion("yes")["choices"][0]["message"]["content"] == "yes"


async def test_one_hears_an_answer_grow(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    heard: list[str] = []
    outcome = await client.complete(model(endpoint, streamed=True), request(), heard.append)
    assert outcome == ModelAnswer(text="It is the cable.", tokens=42)
    assert heard[-1] == "It is the cable."
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(heard))
    endpoint.answering = answers(json.dumps(completion("It is the cable.")))
    assert await client.complete(model(endpoint, streamed=True), request(), heard.append) == outcome


@pytest.mark.parametrize("content_type", ["text/plain", "application/json"])
async def test_a_stream_that_does_not_say_so_is_read(
    endpoint: Endpoint, client: OpenAiChatClient, content_type: str
) -> None:
    endpoint.answering = streams.sends(streams.text("It is ") + streams.end(), content_type=content_type)
    outcome = await client.complete(model(endpoint, streamed=True), request())
    assert isinstance(outcome, ModelAnswer)
    assert outcome.text == "It is"


@pytest.mark.parametrize(("at_all", "tries"), [(True, 3), (False, 2)])
async def test_an_endpoint_that_refuses_streams_is_asked_as_it_likes_it(
    endpoint: Endpoint, client: OpenAiChatClient, at_all: bool, tries: int
) -> None:
    endpoint.answering = streams.refuses_streams(at_all=at_all)
    streamed = model(endpoint, streamed=True)
    for asked in (tries, tries + 1):  # it is remembered
        outcome = await client.complete(streamed, request())
        assert isinstance(outcome, ModelAnswer)
        assert outcome.text == "It is the cable."
        assert len(endpoint.asked) == asked
    assert await client.streams(streamed) is not at_all


async def test_what_is_refused_in_every_manner_says_why(endpoint: Endpoint, client: OpenAiChatClient) -> None:
    endpoint.answering = answers("too long", status=400)
    outcome = failed(await client.complete(model(endpoint, streamed=True), request()))
    assert (outcome.kind, outcome.why.key) == (FailureKind.BROKEN, "operations.model_status")
    assert len(endpoint.asked) == 3
    endpoint.answering = None
    assert isinstance(await client.complete(model(endpoint, streamed=True), request()), ModelAnswer)
    assert endpoint.asked[-1]["stream"] is True


@pytest.mark.parametrize("keeps_alive", [False, True])
async def test_a_stream_that_stalls_is_given_up_after_the_time_out(
    endpoint: Endpoint, client: OpenAiChatClient, keeps_alive: bool
) -> None:
    endpoint.answering = streams.stalls(streams.text("It is "), keeps_alive=keeps_alive)
    heard: list[str] = []
    outcome = await client.complete(model(endpoint, seconds=0.3, streamed=True), request(), heard.append)
    assert (failed(outcome).kind, failed(outcome).why.key) == (FailureKind.SLOW, "operations.model_stalled")
    assert heard == ["It is "]


async def test_whoever_sees_it_grow_waits_longer_and_not_for_ever(
    endpoint: Endpoint, client: OpenAiChatClient
) -> None:
    endpoint.answering = endpoint.drips
    quick = model(endpoint, seconds=0.2, streamed=True)
    began = time.monotonic()
    blind = failed(await client.complete(quick, request()))
    took = time.monotonic() - began
    began = time.monotonic()
    seen = failed(await client.complete(quick, request(), lambda _: None))
    assert (blind.why.key, seen.why.key) == ("operations.model_slow", "operations.model_slow")
    assert (blind.why.facts["seconds"], seen.why.facts["seconds"]) == ("0.2", "1")
    assert time.monotonic() - began > took


@pytest.mark.parametrize(
    ("answering", "key"),
    [
        (streams.dies(streams.text("It is ")), "model_broken"),
        (streams.sends(streams.text("It is ") + "data: {no\n\n"), "model_garbage"),
        (streams.sends(streams.text("It is ") + 'data: {"error": {"code": 500}}\n\n'), "model_failed_midway"),
    ],
    ids=["dies", "garbage", "error"],
)
async def test_what_goes_wrong_in_the_middle_is_one_clear_error(
    endpoint: Endpoint, client: OpenAiChatClient, answering: Answering, key: str
) -> None:
    endpoint.answering = answering
    heard: list[str] = []
    outcome = failed(await client.complete(model(endpoint, streamed=True), request(), heard.append))
    assert (outcome.kind, outcome.why.key) == (FailureKind.BROKEN, f"operations.{key}")
    assert heard == ["It is "]
    assert len(endpoint.asked) == 1, "it was worked on, so it is not asked again"
