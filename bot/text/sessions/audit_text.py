"""What the audit log holds of signing in, of changed settings, and of messages that an operator looked after."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.sentence import sentence
from bot.text.audit_line import Line, Told
from bot.text.error_text import tell
from bot.text.sessions.settings_audit import TOLD_OF_SETTINGS


def _link_made(line: Line) -> Told:
    if line["account"] == line.entry.actor:
        return "history.sign_in_link", {}
    return "history.sign_in_link_for", {"person": line.name(line["account"])}


def _signed_in(line: Line) -> Told:
    provider = line.entry.details.get("provider", "")
    if provider:
        return "history.signed_in_with", {"browser": line["browser"], "provider": provider}
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


def _provider_refused(line: Line) -> Told:
    reason = tell(line.language, sentence(f"history.provider_{line['reason']}"))
    if not line["account"]:
        return "history.provider_refused", {"provider": line["provider"], "reason": reason}
    facts = {"provider": line["provider"], "person": line.name(line["account"]), "reason": reason}
    return "history.provider_refused_of", facts


TOLD_OF_OPERATIONS: Final[Mapping[str, Callable[[Line], Told]]] = {
    "SignInLinkMade": _link_made,
    "PersonSignedIn": _signed_in,
    "SessionEnded": _ended,
    "SignInRefused": _refused,
    "DeliveryRetried": lambda line: ("history.delivery_retried", {"number": str(line["number"])}),
    "DeliveryDropped": lambda line: ("history.delivery_dropped", {"number": str(line["number"])}),
    "ProviderSignInRefused": _provider_refused,
    **TOLD_OF_SETTINGS,
}
"""By the names under which events are kept."""
