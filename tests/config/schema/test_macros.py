"""`macros` of `desk.yaml`: what they become, and what is wrong with them."""

from pathlib import Path

import pytest

from bot.domain.tickets.macro import Macro
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
        ("a: {}", "`text` is missing in `macros` → `a`"),
        ("a: {text: ''}", "`text` is empty; fill it in or leave it out"),
        ("a: {text: b, txet: c}", "`txet` is not a key here; did you mean `text`?"),
        ("a: {text: b, status: open}", "a macro cannot set `open`; write one of pending, on_hold, resolved"),
        ("a: {text: b, status: resolvd}", "`resolvd` is no choice for `status`; did you mean `resolved`?"),
        ("a: {text: b, team: netwrk}", "team `netwrk` is not defined; did you mean `network`?"),
        (f"a: {{text: b, add_tags: {'x' * 41}}}", "`add_tags`: string should have at most 40 characters"),
        ("a b: {text: c}", "`a b` is not a macro's name; write one word, since agents type it"),
    ],
)
def test_a_mistake_in_a_macro_is_told(tmp_path: Path, macro: str, sentence: str) -> None:
    assert complaints(tmp_path, f"{SMALL}macros:\n  {macro}\n") == [(NEXT + 1, sentence)]
