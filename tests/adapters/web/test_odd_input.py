"""Bad input: a clear sentence each, and nothing lost or stored by halves."""

from typing import Any

import pytest

from tests.adapters.web.workspace_in_use import Page, WorkspaceInUse
from tests.said import said

POST = "/api/channels/help-it/messages"


@pytest.mark.parametrize("text", ["", "   ", "\n\t \u2003", "\u00a0"])
async def test_empty_messages_are_refused_with_a_word(ana: Page, text: str) -> None:
    answer = await ana.call("POST", POST, {"text": text})
    assert answer.status == 400
    assert answer.body["error"] == said("platforms.message_empty")
    assert await ana.messages() == []


async def test_50_000_characters_arrive_whole(in_use: WorkspaceInUse, ana: Page) -> None:
    text = "0123456789" * 5_000
    await ana.say(text)
    (event,) = await in_use.intake.saw(1)
    assert event.text == text  # type: ignore[attr-defined]
    assert (await ana.messages())[0]["text"] == text


async def test_100_000_characters_of_any_alphabet_arrive_whole(ana: Page) -> None:
    text = "🖨" * 100_000
    assert (await ana.say(text))["text"] == text


async def test_more_than_that_is_refused_with_the_limit(ana: Page) -> None:
    answer = await ana.call("POST", POST, {"text": "a" * 100_001})
    assert answer.status == 413
    assert answer.body["error"] == said("platforms.message_too_long", number=100_001, limit=100_000)


async def test_a_request_of_megabytes_is_refused(ana: Page) -> None:
    answer = await ana.call("POST", POST, {"text": "a" * 5_000_000})
    assert answer.status == 413
    assert answer.body["error"] == said("platforms.request_too_large")


@pytest.mark.parametrize("text", ["a\x00b", "lone \ud800 surrogate"])
async def test_characters_that_cannot_be_stored_are_named(ana: Page, text: str) -> None:
    answer = await ana.call("POST", POST, {"text": text})
    assert answer.status == 400
    assert answer.body["error"] in {said("platforms.text_nul"), said("platforms.text_half")}
    assert await ana.messages() == []


async def test_an_escaped_backslash_is_no_nul(ana: Page) -> None:
    assert (await ana.say("C:\\u0000\\temp"))["text"] == "C:\\u0000\\temp"


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧‍👦 مرحبا", "<script>alert(1)</script>", "@everyone & @here", "'; DROP TABLE messages"]
)
async def test_what_people_write_comes_back_as_written(ana: Page, text: str) -> None:
    await ana.say(text)
    assert [each["text"] for each in await ana.messages()] == [text]


@pytest.mark.parametrize("data", [b"{", b"[1]", b"\xff\xfe", b"null", b"[" * 100_000])
async def test_malformed_json_is_a_400(ana: Page, data: bytes) -> None:
    answer = await ana.call("POST", POST, data=data, headers={"Content-Type": "application/json"})
    assert answer.status == 400
    assert answer.body["error"] == said("platforms.page_invalid", field="JSON")


async def test_a_form_post_is_refused(ana: Page) -> None:
    assert (await ana.call("POST", POST, data={"text": "hi"})).status == 415


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (POST, {"text": 5}),
        (POST, {}),
        (POST, {"text": "x", "thread": 5}),
        (POST, {"text": "x", "thread": "one"}),
        (POST, {"text": "x", "client_key": "k" * 101}),
        (POST, {"text": "x", "files": "f"}),
        (POST, {"text": "x", "files": ["f"] * 21}),
        ("/api/actions", {"channel": "help-it", "private": {"verb": 1}}),
        ("/api/actions", {"channel": "help-it", "private": {"verb": "a", "options": {"a": []}}}),
        ("/api/forms", {"channel": "help-it", "form": None}),
        ("/api/channels/help-it/read", {"up_to": "x"}),
        ("/api/clock", {"forward_s": "an hour"}),
        ("/api/clock", {"forward_s": -5}),
        ("/api/clock", {"forward_s": 1e300}),
    ],
)
async def test_nonsense_is_a_400_with_a_sentence(ana: Page, path: str, body: Any) -> None:
    answer = await ana.call("POST", path, body)
    assert answer.status == 400
    assert answer.body["error"].endswith(".")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/nothing"),
        ("GET", "/api/threads/help-it/99"),
        ("GET", "/api/threads/help-it/9999999999999999999999"),
        ("GET", "/api/files/nope"),
        ("DELETE", "/api/messages/x"),
        ("PUT", "/api/state"),
    ],
)
async def test_what_is_not_there_is_a_404_with_a_sentence(ana: Page, method: str, path: str) -> None:
    answer = await ana.call(method, path)
    assert answer.status == 404
    assert answer.body["error"].endswith(".")
