"""The page's words are in its catalogue: no sentence stands in its scripts or its HTML, and every key is used."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.page_words import ENGLISH, STATIC

SCRIPTS = sorted(STATIC.rglob("*.js"))
PAGE = STATIC / "index.html"
WORDS = sorted((STATIC / "words").glob("*.json"))
TRANSLATIONS = [path for path in WORDS if path.stem != "en"]
TECHNICAL = {
    "noopener noreferrer nofollow",
    "button, a[href]",
    "input, textarea, select, [contenteditable]",
    "Shift Enter",
    "Alt ↑ / Alt ↓",
}
"""What browsers read, and names of keys; no sentences."""
_TOKENS = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)"""
    r"""|(?P<regex>(?<=[=(,])\s*/(?![/*])(?:\\.|\[[^\]]*\]|[^/\n])+/\w*)""",
    re.DOTALL,
)
_WORD = re.compile(r"[A-Za-z’']{2,}")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_CLASSES = set(re.findall(r"\.([a-z][\w-]*)", "".join(path.read_text() for path in STATIC.rglob("*.css"))))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_sentence_stands_in_a_script(path: Path) -> None:
    assert [text for text in literals(path.read_text(encoding="utf-8")) if is_sentence(text)] == []


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('toast("That is gone.")', ["That is gone."]),
        ("h('p', {}, `${name} asked for help`)", ["… asked for help"]),
        ('h("div", { class: "button button--primary" })', []),
        ('words("message.deleted"); // said of what is gone', []),
        ('text.split(/[a-z ]+ or "two words"/)', []),
    ],
)
def test_a_sentence_is_found_where_people_would_read_it(script: str, found: list[str]) -> None:
    assert [text for text in literals(script) if is_sentence(text)] == found


def test_no_sentence_stands_in_the_html() -> None:
    assert [text for text in texts_of_html(PAGE.read_text(encoding="utf-8")) if is_sentence(text)] == []


def test_a_sentence_is_found_in_html() -> None:
    assert list(texts_of_html("<p aria-label='Who you are'>Skip <b>it</b></p>")) == [
        "Who you are",
        "Skip",
        "it",
    ]


def test_every_key_that_the_page_uses_is_there() -> None:
    assert used_keys() - ENGLISH.keys() == set()
    assert [pattern for pattern in used_patterns() if not any(map(pattern.fullmatch, ENGLISH))] == []


def test_every_key_that_is_there_is_used() -> None:
    begun = used_patterns()
    unused = ENGLISH.keys() - used_keys()
    assert {key for key in unused if not any(pattern.fullmatch(key) for pattern in begun)} == set()


def test_what_counts_has_both_of_the_english_plurals_and_says_how_many() -> None:
    counting = {key: entry for key, entry in ENGLISH.items() if not isinstance(entry, str)}
    assert all(set(entry) == {"one", "other"} and "{count}" in entry["other"] for entry in counting.values())


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_no_text_begins_or_ends_with_a_space(path: Path) -> None:
    texts = {key: form for key, entry in read(path).items() for form in forms_of(entry)}
    assert {key: text for key, text in texts.items() if text != text.strip()} == {}


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_another_language_says_the_same_with_the_same_facts(path: Path) -> None:
    assert {key: facts_of(entry) for key, entry in read(path).items()} == {
        key: facts_of(entry) for key, entry in ENGLISH.items()
    }


def read(path: Path) -> dict[str, str | dict[str, str]]:
    found: dict[str, str | dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def forms_of(entry: str | dict[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def facts_of(entry: str | dict[str, str]) -> set[str]:
    return {name for form in forms_of(entry) for name in _PLACEHOLDER.findall(form)}


def literals(script: str) -> Iterator[str]:
    """Strings and templates, with `…` for what is put into one; the strings within a placeholder count, too."""
    for token in _TOKENS.finditer(script):
        if (found := token["string"]) is None:
            continue
        if found.startswith("`"):
            for placed in re.findall(r"\$\{([^}]*)\}", found):
                yield from literals(placed)
            found = re.sub(r"\$\{[^}]*\}", "…", found)
        yield found[1:-1]


def is_sentence(text: str) -> bool:
    """Two words and more that are no names of classes, selector or the like."""
    tokens = text.split()
    are_classes = all(
        re.search("__|--", token) or any(name.startswith(token.rstrip("…")) for name in _CLASSES)
        for token in tokens
    )
    looks_technical = text in TECHNICAL or re.search(r"[\[#>]|\(m(in|ax)-|: \w+\)", text)
    return (
        len([token for token in tokens if _WORD.search(token)]) >= 2
        and not are_classes
        and not looks_technical
    )


def used_keys() -> set[str]:
    """Those named whole: in the scripts any string that is a key or looks like one, in the HTML by attribute."""
    scripts = [path.read_text(encoding="utf-8") for path in SCRIPTS]
    spoken = {key for script in scripts for key in re.findall(r'\b(?:words|say)\(\s*"([^"]+)"', script)}
    chosen = {text for script in scripts for text in literals(script) if text in ENGLISH and "." in text}
    return (
        spoken
        | chosen
        | set(re.findall(r'data-words(?:-label)?="([^"]+)"', PAGE.read_text(encoding="utf-8")))
    )


def used_patterns() -> list[re.Pattern[str]]:
    """Of keys that are put together: `group.${name}`."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    found = re.findall(r"\b(?:words|say)\(`([^`]+)`", scripts)
    parts = [re.split(r"\$\{[^}]*\}", each) for each in found]
    return [re.compile(r"\w+".join(map(re.escape, each))) for each in parts]


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [text for name, text in attributes if name in {"aria-label", "title", "alt"} and text]

    def handle_data(self, data: str) -> None:
        self.found += [data.strip()] if data.strip() else []


def texts_of_html(html: str) -> Iterator[str]:
    parser = _Texts()
    parser.feed(html)
    yield from parser.found
