"""What the audit log holds of signing in and of changed settings, in words."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.text.audit_line import Line, Told
from bot.text.sessions.settings_audit import TOLD_OF_SETTINGS


def _link_made(line: Line) -> Told:
    if line["account"] == line.entry.actor:
        return "history.sign_in_link", {}
    return "history.sign_in_link_for", {"person": line.name(line["account"])}


def _signed_in(line: Line) -> Told:
    return "history.signed_in", {"browser": line["browser"]}


def _ended(line: Line) -> Told:
    return f"history.session_{line['cause']}", {
        "browser": line["browser"],
        "person": line.name(line["account"]),
    }


def _refused(line: Line) -> Told:
    if not line["account"]:
        return f"history.sign_in_refused_{line['reason']}", {}
    return f"history.sign_in_refused_{line['reason']}_of", {"person": line.name(line["account"])}


TOLD_OF_SESSIONS: Final[Mapping[str, Callable[[Line], Told]]] = {
    "SignInLinkMade": _link_made,
    "PersonSignedIn": _signed_in,
    "SessionEnded": _ended,
    "SignInRefused": _refused,
    **TOLD_OF_SETTINGS,
}
"""By the names under which events are kept."""
