"""Every paper of the project, found and not listed, and what tests look for in them."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
README = PROJECT / "README.md"
ARCHITECTURE = PROJECT / "ARCHITECTURE.md"
CONTRIBUTING = PROJECT / "CONTRIBUTING.md"
RUNBOOK = PROJECT / "deploy" / "runbook.md"
DOCS = PROJECT / "docs"
DECISIONS = DOCS / "decisions"
RUNNING = DOCS / "running"
GUIDES = sorted(path for path in DOCS.rglob("*.md") if path.parent != DECISIONS)
FOR_USERS = [README, RUNBOOK, *GUIDES]
PAPERS = [*sorted(PROJECT.glob("*.md")), RUNBOOK, *sorted(DOCS.rglob("*.md"))]


def name_of(paper: Path) -> str:
    return paper.relative_to(PROJECT).as_posix()


def text_of(paper: Path) -> str:
    return paper.read_text(encoding="utf-8")


def blocks_of(paper: Path, language: str) -> list[str]:
    """What stands between fences of this language, in order; the indentation of a list is taken away."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```", text_of(paper), re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]
