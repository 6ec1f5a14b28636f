"""`macros` of `desk.yaml`: what they become, and what is wrong with them."""

from pathlib import Path

import pytest

from bot.domain.macros.macro import Macro
from bot.domain.tickets.ticket import Priority, Status
from tests.config.desk_files import SMALL, complaints, load

NEXT = len(SMALL.splitlines()) + 1


def test_a_macro_is_a_reply_with_its_changes(tmp_path: Path) -> None:
    text = f"""{SMALL}
macros:
  restart: {{text: Turn it off and on.}}
  vpn:
    title: The VPN is known
    text: We are on it.
    status: on_hold
    priority: high
    add_tags: VPN
    remove_tags: [new]
    team: network
"""
    assert load(tmp_path, text).desk.macros == {
        "restart": Macro(name="restart", title="restart", text="Turn it off and on."),
        "vpn": Macro(
            name="vpn",
            title="The VPN is known",
            text="We are on it.",
            status=Status.ON_HOLD,
            priority=Priority.HIGH,
            add_tags=("vpn",),
            remove_tags=("new",),
            team="network",
        ),
    }


@pytest.mark.parametrize(
    ("macro", "sentence"),
    [
        ("a: {}", "missing(option=text, path=arrow(path=macros, step=a))"),
        ("a: {text: ''}", "empty(option=text)"),
        ("a: {text: b, txet: c}", "not_a_key(option=txet, hint=did_you_mean(word=text))"),
        ("a: {text: b, status: open}", "macro_status(status=open, choices=pending or on_hold or resolved)"),
        (
            "a: {text: b, status: resolvd}",
            "not_a_choice(option=status, value=resolvd, hint=did_you_mean(word=resolved))",
        ),
        ("a: {text: b, team: netwrk}", "unknown_team(name=netwrk, hint=did_you_mean(word=network))"),
        (f"a: {{text: b, add_tags: {'x' * 41}}}", "text_too_long(option=add_tags, number=40)"),
        ("a b: {text: c}", "not_a_macro_name(text=a b)"),
    ],
)
def test_a_mistake_in_a_macro_is_told(tmp_path: Path, macro: str, sentence: str) -> None:
    ((line, found),) = complaints(tmp_path, f"{SMALL}macros:\n  {macro}\n")
    assert line == NEXT + 1
    assert found.startswith(sentence)
