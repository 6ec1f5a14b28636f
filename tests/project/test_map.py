"""The papers lead a newcomer to what is there: folders, files, links and decisions."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.project.papers import (
    ARCHITECTURE,
    CONTRIBUTING,
    DECISIONS,
    FOR_USERS,
    GUIDES,
    PAPERS,
    PROJECT,
    README,
    name_of,
    text_of,
)

MAPS = [ARCHITECTURE, CONTRIBUTING]
ONE_PAGE = 150
TWO_MINUTES = 500
"""Words that a stranger reads in two minutes."""
LARGEST_PICTURE = 200_000
# The index says what each decision is called and what it decided.
ROW = re.compile(r"^\| (\d+) \| \[(.+?)\]\((.+?)\) \| (.+) \|$", flags=re.MULTILINE)


def named_paths(paper: Path) -> list[str]:
    """What is named like a path: in `code`, or at the beginning of a line of the tree. `a/{b,c}/` names two."""
    tops = "|".join(re.escape(top.name) for top in PROJECT.iterdir() if top.is_dir())
    in_code = re.findall(r"`([^`\s]+)`", text_of(paper))
    in_tree = re.findall(r"^(\S+/)\s", text_of(paper), flags=re.MULTILINE)
    written = [
        word
        for word in (*in_code, *in_tree)
        if re.fullmatch(rf"(?:{tops})/[^<>()]*|[\w.-]+\.(?:md|toml|yaml|py)", word)
    ]
    return [path for word in written for path in spelled_out(word)]


def spelled_out(path: str) -> Iterator[str]:
    parts = re.split(r"\{(.+?)\}", path)
    choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
    return ("".join(chosen) for chosen in product(*choices))


def anchors(paper: Path) -> set[str]:
    """The headings of a paper as GitHub addresses them; a comment in a block of shell lines is none."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(paper), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(paper: Path) -> list[str]:
    """Where links and pictures lead within the project."""
    return re.findall(r"\]\((?!https?://)([^)]+)\)", without_blocks(paper))


def without_blocks(paper: Path) -> str:
    return re.sub(r"^( *)```.*?^\1```", "", text_of(paper), flags=re.DOTALL | re.MULTILINE)


def leads_somewhere(paper: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = paper.parent / name if name else paper
    return target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_paper_begins_with_its_title(paper: Path) -> None:
    assert text_of(paper).startswith("# ")


@pytest.mark.parametrize("paper", MAPS, ids=name_of)
def test_every_path_on_the_map_is_there(paper: Path) -> None:
    paths = named_paths(paper)
    assert len(paths) > 20
    assert [path for path in paths if not (PROJECT / path).exists()] == []


def test_every_folder_of_the_code_is_on_the_map() -> None:
    folders = {
        f"{path.parent.relative_to(PROJECT).as_posix()}/"
        for top in ("bot", "adapters", "storage")
        for path in (PROJECT / top).rglob("*.py")
    }
    assert sorted(folders - set(named_paths(ARCHITECTURE))) == []


def test_every_kind_of_test_is_explained() -> None:
    kinds = {f"tests/{path.parent.name}/" for path in (PROJECT / "tests").glob("*/__init__.py")}
    assert sorted(kinds - set(named_paths(CONTRIBUTING))) == []


def test_the_map_is_one_page() -> None:
    assert len(text_of(ARCHITECTURE).splitlines()) <= ONE_PAGE


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_link_leads_somewhere(paper: Path) -> None:
    assert [link for link in links(paper) if not leads_somewhere(paper, link)] == []


def test_a_link_to_a_heading_that_is_not_there_is_found(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text("# Paper\n\n## What's *here*?\n\n```sh\n# no heading\n```\n", encoding="utf-8")
    assert leads_somewhere(paper, "#whats-here")
    assert leads_somewhere(paper, "paper.md#paper")
    assert not leads_somewhere(paper, "paper.md#no-heading")
    assert not leads_somewhere(paper, "other.md")


def test_every_guide_is_found_from_the_readme() -> None:
    found, ahead = {README}, [README]
    while ahead:
        paper = ahead.pop()
        linked = {(paper.parent / link.partition("#")[0]).resolve() for link in links(paper)}
        ahead += linked & set(PAPERS) - found
        found |= linked & set(PAPERS)
    assert [name_of(guide) for guide in (*GUIDES, *FOR_USERS) if guide not in found] == []


def test_the_readme_is_read_in_two_minutes() -> None:
    assert len(without_blocks(README).split()) <= TWO_MINUTES


def test_pictures_in_the_papers_are_small() -> None:
    pictures = list((PROJECT / "docs").rglob("*.png"))
    assert pictures
    assert [name_of(each) for each in pictures if each.stat().st_size > LARGEST_PICTURE] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted(DECISIONS.glob("0*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_index_lists_every_decision_with_its_title_and_its_sentence() -> None:
    rows = ROW.findall(text_of(DECISIONS / "README.md"))
    assert [name for _, _, name, _ in rows] == [path.name for path in sorted(DECISIONS.glob("0*.md"))]
    for number, title, name, sentence in rows:
        decision = text_of(DECISIONS / name)
        assert decision.startswith(f"# {number}. {title}\n")
        assert name.startswith(f"{int(number):04}-")
        assert f"**{sentence}**" in " ".join(decision.split()), name


@pytest.mark.parametrize("decision", sorted(DECISIONS.glob("0*.md")), ids=lambda path: path.name[:4])
def test_a_decision_says_its_context_its_consequences_and_what_else_was_possible(decision: Path) -> None:
    kinds = re.findall(
        r"^(\*(?:Context|Consequences|Alternatives)\.\*|\*\*)", text_of(decision), flags=re.MULTILINE
    )
    assert kinds == ["*Context.*", "**", "*Consequences.*", "*Alternatives.*"]
