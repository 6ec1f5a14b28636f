"""An excerpt is the sentence around what was found, with every hit in it marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search.marks import AROUND, BEFORE, excerpt_of
from bot.domain.search.stems import Variant

VPN = (Variant(("vpn",)),)


def marked(text: str, *terms: tuple[Variant, ...]) -> str | None:
    found = excerpt_of(text, terms)
    if found is None:
        return None
    shown, at = "", 0
    for since, until in found.marks:
        shown += f"{found.text[at:since]}[{found.text[since:until]}]"
        at = until
    return shown + found.text[at:]


def test_words_are_marked_as_they_are_written() -> None:
    assert marked("My VPN, the vpn.", VPN) == "My [VPN], the [vpn]."
    assert marked("Der Zugriff über Größe", (Variant(("grosse",)),)) == "Der Zugriff über [Größe]"
    assert marked("vpns and more", VPN) is None
    assert marked("vpns and more", (Variant(("vpn",), is_prefix=True),)) == "[vpns] and more"


def test_a_phrase_is_marked_as_a_whole_and_overlapping_hits_once() -> None:
    phrase = (Variant(("not", "connect")),)
    assert marked("I can not\nconnect.", phrase, (Variant(("connect",)),)) == "I can [not connect]."


def test_where_no_spaces_are_written_the_signs_are_marked() -> None:
    assert marked("網路不通", (Variant(("不", "通")),)) == "網路[不通]"


def test_a_long_text_is_cut_to_the_sentence() -> None:
    text = "Hello there. " * 30 + "My VPN is down since Monday. " + "Thanks a lot. " * 30
    shown = marked(text, VPN)
    assert shown is not None
    assert shown.startswith("…My [VPN] is down since Monday.")
    assert shown.endswith("…")


@given(st.text(alphabet="ab. vpn\nß網", max_size=400))
@pytest.mark.parametrize("terms", [(VPN,), (VPN, (Variant(("a",), is_prefix=True),))])
def test_an_excerpt_is_short_and_its_marks_are_within_it(
    terms: tuple[tuple[Variant, ...], ...], text: str
) -> None:
    found = excerpt_of(text, terms)
    if found is None:
        return
    assert found.marks
    assert all(0 <= since < until <= len(found.text) for since, until in found.marks)
    assert "\n" not in found.text
    longest = max(map(len, text.split()))
    assert len(found.text) <= AROUND + BEFORE + longest + 2
