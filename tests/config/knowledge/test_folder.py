from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.config.knowledge.folder import ArticleFile, read_folder
from bot.domain.errors import ConfigurationError
from bot.domain.knowledge.article import Article, ArticleAudience, ArticleOrigin, AudienceKind
from bot.domain.sentence import sentence
from bot.text.error_text import in_english

NAMES = {"team": frozenset({"network"}), "community": frozenset({"acme"})}
WHOLE = """---
title: Connect to the VPN
tags: [remote, vpn, remote]
audience: team:network
team: network
owner: Bo@example.com
review_by: 2027-03-01
language: de
---

# VPN

Open it.
"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read_one(folder: Path, text: str | bytes, name: str = "vpn.md") -> ArticleFile:
    written(folder, name, text)
    read = read_folder(folder, NAMES)
    assert not read.errors, [in_english(each) for each in read.errors.values()]
    (file,) = read.files.values()
    return file


def wrong_with(folder: Path, text: str | bytes, name: str = "vpn.md") -> list[tuple[int, str]]:
    """Lines, and the keys of what is said of them."""
    path = written(folder, name, text)
    read = read_folder(folder, NAMES)
    assert not read.files
    (error,) = read.errors.values()
    assert error.path == path
    assert str(path) in in_english(error)
    return [(each.line, each.sentence.key.removeprefix("configuration.")) for each in error.problems]


def test_an_article_has_all_that_its_file_says(tmp_path: Path) -> None:
    file = read_one(tmp_path, WHOLE, "network/access/VPN.MD")
    at = datetime(2026, 11, 2, tzinfo=UTC)
    assert file.article(version=3, changed_at=at) == Article(
        name="network/access/VPN",
        title="Connect to the VPN",
        body="# VPN\n\nOpen it.",
        version=3,
        changed_at=at,
        audience=ArticleAudience(kind=AudienceKind.TEAM, name="network"),
        tags=("remote", "vpn"),
        team="network",
        owner="bo@example.com",
        review_by=date(2027, 3, 1),
        language="de",
        origin=ArticleOrigin.FILE,
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Open it.", "Reset-your password"),
        ("Hello.\n\n## Forgotten?\n\nOpen it.", "Forgotten?"),
        ("Setext\n======\n\nOpen it.", "Setext"),
        ("---\ntags: a\n---\n# Password\nOpen it.", "Password"),
        ("---\ntitle:\n---\n# Password\nOpen it.", "Password"),
        ("---\n# nothing\n---\n# Password\nOpen it.", "Password"),
        ("---\r\ntitle: Yes\r\n---\r\nOpen it.", "Yes"),
        ("\ufeff---\ntitle: 2026\n...\nOpen it.", "2026"),
        ("```\n# no heading\n```", "Reset-your password"),
    ],
)
def test_without_a_title_the_first_heading_is_one_and_then_the_files_name(
    tmp_path: Path, text: str, title: str
) -> None:
    expected = title.replace("-", " ")
    assert read_one(tmp_path, text, "reset-your_password.md").title == expected


def test_the_team_of_an_article_can_be_its_audience(tmp_path: Path) -> None:
    file = read_one(tmp_path, "---\naudience: team\nteam: network\n---\nOpen it.")
    assert file.audience == ArticleAudience(kind=AudienceKind.TEAM, name="network")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("---\ntitle: VPN\nteem: network\n---\nA", 3, "not_a_key"),
        ("---\ntitle: VPN\n\nOpen it.", 1, "front_matter_open"),
        ("---\ntitle: VPN\n---\n\n", 4, "article_empty"),
        ("", 1, "article_empty"),
        ("---\nteam: netwrk\n---\nA", 2, "unknown_team"),
        ("---\naudience: team:netwrk\n---\nA", 2, "unknown_team"),
        ("---\naudience: community:acne\n---\nA", 2, "unknown_community"),
        ("---\naudience: staff\n---\nA", 2, "not_an_audience"),
        ("---\naudience: everybody:x\n---\nA", 2, "not_an_audience"),
        ("---\naudience: team\n---\nA", 2, "audience_without_team"),
        ("---\nreview_by: next year\n---\nA", 2, "not_a_date"),
        ("---\nlanguage: german\n---\nA", 2, "not_a_language"),
        ("---\n- a\n---\nA", 1, "front_matter_no_keys"),
        ("---\ntags: x\ntitle: a: b\n---\nA", 3, "yaml_and"),
        (b"fine\n\xff", 2, "not_utf8"),
        (f"Hi\n\n# {'a' * 151}", 3, "text_too_long"),
        ("a" * 100_001, 0, "article_too_long"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str | bytes, line: int, told: str) -> None:
    assert wrong_with(tmp_path, text) == [(line, told)]


def test_a_key_that_is_mistyped_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    written(tmp_path, "vpn.md", "---\nteem: network\n---\nA")
    (problem,) = read_folder(tmp_path).errors["vpn"].problems
    assert problem.sentence.facts["hint"] == sentence("configuration.did_you_mean", word="team")


def test_a_bad_file_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    written(tmp_path, "good.md", "A")
    written(tmp_path, "bad.md", "---\nx: 1\n---\nA")
    written(tmp_path, "notes.txt", "A")
    written(tmp_path, ".git/hidden.md", "A")
    written(tmp_path, ".hidden.md", "A")
    written(tmp_path, "Good.md", "A")
    read = read_folder(tmp_path)
    assert sorted(read.files) == ["Good"]
    assert sorted(read.errors) == ["bad", "good"]
    (problem,) = read.errors["good"].problems
    assert problem.sentence == sentence("configuration.article_twice", name="good", other="Good")


def test_a_readme_at_the_top_is_about_the_folder_and_no_article(tmp_path: Path) -> None:
    written(tmp_path, "ReadMe.md", "---\nnonsense: 1\n---\nHow to write articles")
    written(tmp_path, "vpn/README.md", "Open it.")
    read = read_folder(tmp_path, NAMES)
    assert list(read.files) == ["vpn/README"]
    assert not read.errors


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_folder(tmp_path / "none")
    told = caught.value.sentence
    assert told.key == "configuration.folder_unreadable"
    assert told.facts["file"] == str(tmp_path / "none")
