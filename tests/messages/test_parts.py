"""Splitting long texts: no word lost, no part too long, and an honest ending where an edit does not fit."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import (
    Bold,
    Button,
    Code,
    Copy,
    Mention,
    Moment,
    Notice,
    Preformatted,
    Quote,
    RichText,
    Span,
)
from bot.messages.parts import fit, split

LIMIT = 200
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPANS = st.one_of(
    st.text(max_size=500),
    st.builds(Quote, st.text(max_size=500)),
    st.builds(Preformatted, st.text(max_size=500)),
    st.builds(Bold, st.text(max_size=20)),
    st.builds(Code, st.text(max_size=20)),
    st.just(Moment(AT)),
    st.just(Mention("web:ana", "Ana")),
)


ENDING = "… (type /ticket show for all of it)"


def copy(text: str) -> Copy:
    file = StoredFile(name="a.txt", media_type="text/plain", size=1, digest="d")
    return Copy(author="Ana", text=text, said_at=AT, label="internal note", files=(file,))


def words(text: RichText) -> str:
    return "".join(_word(span) for span in text)


def _word(span: Span) -> str:
    return span if isinstance(span, str) else str(getattr(span, "text", span))


@given(st.text(max_size=2000))
def test_the_parts_of_a_copy_are_the_whole(text: str) -> None:
    parts = [part for part in split(copy(text), limit=LIMIT) if isinstance(part, Copy)]
    assert "".join(part.text for part in parts) == text
    assert all(len(part.text) <= LIMIT for part in parts)


@given(st.lists(SPANS, max_size=12).map(tuple))
def test_the_parts_of_a_notice_are_the_whole(text: RichText) -> None:
    parts = [part for part in split(Notice(text=text), limit=LIMIT) if isinstance(part, Notice)]
    assert "".join(words(part.text) for part in parts) == words(text)


@given(st.text(max_size=2000), st.integers(min_value=1, max_value=4))
def test_an_edit_never_takes_more_parts_than_there_are(text: str, count: int) -> None:
    parts = [
        part for part in fit(copy(text), limit=LIMIT, count=count, ending=ENDING) if isinstance(part, Copy)
    ]
    assert 1 <= len(parts) <= count
    assert all(len(part.text) <= LIMIT for part in parts)
    told = "".join(part.text for part in parts)
    assert told == text or told.endswith(f"\n{ENDING}")


def test_a_part_ends_between_lines_or_words_where_it_can() -> None:
    lines = "".join(f"{'word ' * 10}\n" for _ in range(20))
    parts = [part for part in split(copy(lines), limit=LIMIT) if isinstance(part, Copy)]
    assert all(part.text.endswith("\n") for part in parts)


def test_parts_are_numbered_and_files_come_once() -> None:
    parts = [part for part in split(copy("word " * 100), limit=LIMIT) if isinstance(part, Copy)]
    assert [part.label for part in parts] == [f"internal note ({number}/3)" for number in (1, 2, 3)]
    assert [len(part.files) for part in parts] == [0, 0, 1]


def test_a_long_notice_pings_once_and_has_its_buttons_at_the_end() -> None:
    ana = Mention("web:ana", "Ana")
    button = Button(label="Claim", verb="desk claim")
    notice = Notice(text=("word " * 100,), mentions=(ana,), buttons=(button,))
    parts = [part for part in split(notice, limit=LIMIT) if isinstance(part, Notice)]
    assert [part.mentions for part in parts] == [(ana,), (), ()]
    assert [part.buttons for part in parts] == [(), (), (button,)]


def test_a_shortened_notice_says_so() -> None:
    (part,) = fit(Notice(text=("word " * 100,)), limit=LIMIT, count=1, ending=ENDING)
    assert isinstance(part, Notice)
    assert words(part.text).endswith(f"\n{ENDING}")


def test_a_long_notice_brings_its_files_once_with_the_last_part() -> None:
    file = StoredFile(name="a.txt", media_type="text/plain", size=1, digest="d")
    parts = split(Notice(text=("word " * 200,), files=(file,)), limit=LIMIT)
    assert [len(part.files) for part in parts if isinstance(part, Notice)] == [0] * (len(parts) - 1) + [1]


@given(
    st.lists(st.lists(st.text("ab", min_size=1, max_size=9), min_size=1, max_size=6), min_size=1, max_size=60)
)
def test_a_list_is_cut_after_whole_lines(lines: list[list[str]]) -> None:
    text: RichText = ()
    for line in lines:
        text += (*map(Bold, line), " · late\n")
    found = [part for part in split(Notice(text=text), limit=LIMIT) if isinstance(part, Notice)]
    assert "".join(words(part.text) for part in found) == words(text)
    assert all(words(part.text).endswith("\n") for part in found)
