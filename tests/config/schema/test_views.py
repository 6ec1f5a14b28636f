"""`views` of `desk.yaml`: what they become, and what is wrong with them, by line."""

from pathlib import Path

import pytest

from bot.domain.views.saved_view import SavedView
from tests.config.desk_files import SMALL, complaints, load

NEXT = len(SMALL.splitlines()) + 2


def test_a_view_is_a_search_with_a_name_for_every_agent_or_a_team(tmp_path: Path) -> None:
    text = f"""{SMALL}
views:
  Old ones: {{query: is:open opened:>2w sort:oldest}}
  vpn:
    title: The VPN
    query: tag:vpn is:open
    team: network
"""
    assert load(tmp_path, text).desk.views == {
        "old ones": SavedView(name="Old ones", title="Old ones", query="is:open opened:>2w sort:oldest"),
        "vpn": SavedView(name="vpn", title="The VPN", query="tag:vpn is:open", team="network"),
    }


@pytest.mark.parametrize(
    ("view", "line", "sentence"),
    [
        ("a: {query: 'statsu:open'}", 1, "search.unknown_filter(text=statsu)"),
        ("a:\n    query: opened:2026-02-31", 2, "search.not_a_period(text=2026-02-31"),
        ("a: {query: 'team:netwrk'}", 1, "refusals.did_you_mean(word=team:network)"),
        ("a: {query: ''}", 1, "empty(option=query)"),
        ("a: {}", 1, "missing(option=query"),
        ("a: {query: vpn, team: netwrk}", 1, "unknown_team("),
        ("Mine: {query: vpn}", 1, "view_name_taken(name=Mine)"),
        ("vpn: {query: vpn}\n  VPN: {query: vpn}", 2, "view_name_taken(name=VPN)"),
        ("save it: {query: vpn}", 1, "not_a_view_name("),
        ("a/b: {query: vpn}", 1, "not_a_view_name("),
    ],
)
def test_what_is_wrong_with_a_view_is_said_with_its_line(
    tmp_path: Path, view: str, line: int, sentence: str
) -> None:
    found = complaints(tmp_path, f"{SMALL}\nviews:\n  {view}\n")
    assert [each for each in found if each[0] == NEXT + line and sentence in each[1]], found
