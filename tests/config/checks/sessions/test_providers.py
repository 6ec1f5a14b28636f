"""`deskbell check` says what keeps people from signing in with a provider, and what to enter there."""

from pathlib import Path

from bot.config.checks.sessions.providers import doubtful_providers
from bot.domain.findings import Severity
from tests.config.desk_files import SMALL, load

PROVIDERS = """\
sign_in:
  providers:
    - kind: slack
      client_id: "1.2"
      secret: DESKBELL_SIGN_IN_SLACK
    - kind: oidc
      name: acme
      client_id: desk
      secret: DESKBELL_SIGN_IN_ACME
      issuer: https://login.example.com
"""
START = SMALL.count("\n")
ADDRESS = "https://desk.example.org"
BOTH = {"DESKBELL_SIGN_IN_SLACK", "DESKBELL_SIGN_IN_ACME"}


def found(
    folder: Path,
    *,
    known: set[str] = BOTH,
    platforms: frozenset[str] = frozenset({"web", "slack"}),
    address: str = ADDRESS,
    has_library: bool = True,
) -> list[tuple[int, str]]:
    findings = doubtful_providers(
        load(folder, SMALL + PROVIDERS),
        known,
        platforms=platforms,
        address=address,
        redirect=lambda name: f"{ADDRESS}/{name}",
        has_library=has_library,
    )
    return [
        (each.line - START, each.sentence.key.removeprefix("configuration.sign_in_"))
        for each in findings
        if each.severity is Severity.WARNING
    ]


def test_a_desk_that_is_ready_reads_what_to_enter_at_each_provider(tmp_path: Path) -> None:
    assert found(tmp_path) == []
    hints = doubtful_providers(
        load(tmp_path, SMALL + PROVIDERS),
        BOTH,
        platforms=frozenset({"slack"}),
        address=ADDRESS,
        redirect=lambda name: f"{ADDRESS}/{name}",
        has_library=True,
    )
    assert [(each.line - START, each.sentence.facts["address"]) for each in hints] == [
        (3, f"{ADDRESS}/slack"),
        (6, f"{ADDRESS}/acme"),
    ]


def test_what_is_missing_is_pointed_at_with_its_line(tmp_path: Path) -> None:
    assert found(tmp_path, known={"DESKBELL_SIGN_IN_SLACK"}) == [(9, "secret_unset")]
    assert found(tmp_path, platforms=frozenset({"web"})) == [(3, "platform_missing")]
    assert found(tmp_path, has_library=False) == [(2, "extra_missing")]
    for address in ("", "http://desk.example.org"):
        assert found(tmp_path, address=address) == [(2, "without_https")]
    assert found(tmp_path, address="http://localhost:8470") == []
