"""`check` tells who may be whom on the page, as long as the file leaves that open or lets anybody in."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import check_desk, load_configuration
from bot.config.file.document import STARTER
from bot.domain.findings import Severity


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("  pretend: true", [(Severity.WARNING, "configuration.workspace_pretends")]),
        ("", [(Severity.HINT, "configuration.workspace_signs_in")]),
        ("  pretend: false", []),
    ],
)
@pytest.mark.parametrize("platforms", [{"web"}, {"web", "slack"}, {"slack"}])
def test_check_says_who_may_be_whom_where_there_is_a_page(
    tmp_path: Path, written: str, found: list[tuple[Severity, str]], platforms: set[str]
) -> None:
    lines = STARTER.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "desk.yaml"
    path.write_text("\n".join(written if "pretend:" in each else each for each in lines), encoding="utf-8")
    findings = check_desk(load_configuration(path, KNOWN_PLATFORMS), platforms=frozenset(platforms))
    told = [(each.severity, each.sentence.key) for each in findings if "workspace_" in each.sentence.key]
    assert told == (found if "web" in platforms else [])
