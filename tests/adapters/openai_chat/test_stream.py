"""Streams of an endpoint: put together however they are cut, and said to be none, or cut off, where they are."""

import json

import pytest

from adapters.openai_chat.answers import LONGEST_TEXT, Unreadable
from adapters.openai_chat.stream import StreamFailed, StreamReader
from bot.ports.language_model import AnswerEnd, ModelAnswer, ToolCall
from tests.fakes.language_model.streams import DONE, end, event, text


def read(written: str, *, cut_at: int = 37) -> ModelAnswer:
    reader, sent = StreamReader(), written.encode()
    for start in range(0, len(sent), cut_at):
        reader.feed(sent[start : start + cut_at])
    return reader.answer()


def call(piece: dict[str, object]) -> str:
    return event({"tool_calls": [piece]})


@pytest.mark.parametrize("cut_at", [1, 2, 5, 10_000])
@pytest.mark.parametrize(
    "change",
    [
        lambda written: written,
        lambda written: written.replace("\n", "\r\n"),
        lambda written: "\ufeff" + written,
        lambda written: written.replace("\n\n", "\n"),
        lambda written: written.replace("data: ", "data:").replace(
            "\n\n", "\n\n: keep-alive\n\nid: 3\nretry: 5\n\n"
        ),
        lambda written: written.replace('"delta": ', '\ndata: "delta": '),
        lambda written: event({"role": "assistant", "content": ""}) + event({"content": None}) + written,
        lambda written: 'data: {"type": "ping"}\n\n' + written,
        lambda written: written.replace(DONE, ""),
        lambda written: written + "data: {what comes now is not read",
    ],
    ids=[
        "plain",
        "crlf",
        "mark",
        "no-blank-lines",
        "comments",
        "two-lines",
        "empty",
        "ping",
        "no-done",
        "more",
    ],
)
def test_it_is_put_together_however_it_is_written_and_cut(cut_at: int, change: object) -> None:
    written = text("Es ist ", "das Kabel:", " ä€😀") + end(tokens=42)
    assert callable(change)
    assert read(change(written), cut_at=cut_at) == ModelAnswer(text="Es ist das Kabel: ä€😀", tokens=42)


def test_one_hears_it_grow() -> None:
    reader = StreamReader()
    assert not reader.feed(b": hello\n\n")
    assert reader.feed(text("It is ").encode())
    assert reader.text == "It is "
    assert reader.feed(text("the cable.").encode())
    assert (reader.text, reader.is_over) == ("It is the cable.", False)
    reader.feed(end().encode())
    assert reader.is_over


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (text("It is"), AnswerEnd.MIDWAY),
        (text("It is") + 'data: {"choices": [{"del', AnswerEnd.MIDWAY),
        (text("It is") + "dat", AnswerEnd.MIDWAY),
        (text("It is") + event({}, finish_reason="stop"), AnswerEnd.WHOLE),
        (text("It is") + DONE, AnswerEnd.WHOLE),
        (text("It is") + end("length"), AnswerEnd.LONG),
        (text("It is") + text("y" * LONGEST_TEXT), AnswerEnd.LONG),
    ],
)
def test_it_is_whole_only_where_it_says_so(written: str, expected: AnswerEnd) -> None:
    found = read(written)
    assert found.text.startswith("It is")
    assert found.end is expected


def test_what_never_ends_is_not_read_for_ever() -> None:
    reader = StreamReader()
    while not reader.is_over:
        reader.feed(text("word " * 50).encode())
    assert len(reader.answer().text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "garbage",
    [
        "data: {no JSON\n\n",
        "data: [1]\n\n",
        "<html>502 Bad Gateway</html>\n",
        "data: " + "[" * 300_000 + "\n",
    ],
)
@pytest.mark.parametrize("before", ["", text("It is ")])
def test_garbage_in_it_is_one_clear_error(before: str, garbage: str) -> None:
    with pytest.raises(Unreadable):
        read(before + garbage + text("the cable") + end())


def test_nothing_is_no_answer() -> None:
    for written in ("", ": comment\n\n", DONE, 'data: {"type": "ping"}\n\n' + DONE):
        with pytest.raises(Unreadable):
            read(written)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ('data: {"error": {"message": "secret", "code": 503}}\n\n', 503),
        ('data: {"error": "overloaded"}\n\n', None),
        ('data: {"object": "error", "message": "secret", "code": 500}\n\n', 500),
        ('event: error\ndata: {"message": "secret"}\n\n', None),
        ("event: error\ndata: secret\n\n", None),
    ],
)
def test_an_error_in_it_ends_it(error: str, status: int | None) -> None:
    with pytest.raises(StreamFailed) as failed:
        read(text("It is ") + error)
    assert failed.value.status == status
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    "pieces",
    [
        [
            {"index": 0, "id": "a", "function": {"name": "propose", "arguments": ""}},
            {"index": 0, "function": {"arguments": '{"commands": ["/desk'}},
            {"index": 1, "id": "b", "function": {"name": "look", "arguments": '{"query":'}},
            {"index": 0, "function": {"arguments": ' queue"]}'}},
            {"index": 1, "function": {"arguments": ' "vpn"}'}},
        ],
        [
            {"id": "a", "function": {"name": "propose", "arguments": '{"commands": '}},
            {"function": {"arguments": '["/desk queue"]}'}},
            {"id": "b", "function": {"name": "look", "arguments": '{"query": "vpn"}'}},
        ],
        [
            {
                "index": 0,
                "id": "a",
                "function": {"name": "propose", "arguments": {"commands": ["/desk queue"]}},
            },
            {"index": 0, "id": "b", "function": {"name": "look", "arguments": '{"query": "vpn"}'}},
        ],
    ],
    ids=["mixed", "without numbers", "all with one number"],
)
def test_tools_come_in_pieces(pieces: list[dict[str, object]]) -> None:
    assert read("".join(map(call, pieces)) + end("tool_calls")).calls == (
        ToolCall("a", "propose", {"commands": ["/desk queue"]}),
        ToolCall("b", "look", {"query": "vpn"}),
    )


def test_odd_pieces_of_tools_are_left_out() -> None:
    odd = [7, {"index": 0}, {"index": "x", "function": 3}, {"index": 90, "id": "n", "function": {"name": 5}}]
    many = [{"index": at, "id": f"{at}", "function": {"name": "look"}} for at in range(2, 60)]
    written = event({"tool_calls": [*odd, *many]}) + event({"tool_calls": "none"}) + end()
    assert 0 < len(read(written).calls) <= 20


def test_one_that_says_all_at_once_is_read() -> None:
    whole = {"choices": [{"message": {"content": "It is the cable."}, "finish_reason": "stop"}]}
    assert read(f"data: {json.dumps(whole)}\n\n").text == "It is the cable."


def test_another_choice_is_not_mixed_into_it() -> None:
    other = 'data: {"choices": [{"index": 1, "delta": {"content": "NO"}}]}\n\n'
    assert read(text("It is ") + other + text("the cable.") + end()).text == "It is the cable."


def test_tokens_are_counted_where_they_are_told_in_two_parts() -> None:
    usage = 'data: {"choices": [], "usage": {"prompt_tokens": 30, "completion_tokens": 12}}\n\n'
    assert read(text("It is.") + event({}, finish_reason="stop") + usage + DONE).tokens == 42
