"""The audit log in words: what happened to a ticket, as people say it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.sla.timer import Measure
from bot.messages.outbound import Moment, RichText
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.text.english import duration


def names_in(uow: UnitOfWork, entries: Sequence[AuditEntry]) -> Mapping[str, str]:
    """The names of everybody whom these lines mention, by their keys."""
    named = {entry.actor for entry in entries}
    named |= {str(value) for entry in entries for value in entry.details.values()}
    named |= {str(key) for entry in entries for key in entry.details.get("called", ())}
    return {key: person.name for key, person in uow.people.find_many(named).items()}


def what_happened(entry: AuditEntry, names: Mapping[str, str]) -> RichText:
    """What a line of the audit log says happened; people by these names."""
    details = entry.details
    match entry.event:
        case "SlaStageReached":
            return _stage(details)
        case "AlarmAcknowledged":
            return (f"acknowledged the alarm: {_promise(details)}",)
        case "AlertUnacknowledged":
            return (f"took back the acknowledgement or snooze: {_promise(details)}",)
        case "AlarmSnoozed":
            until = Moment(datetime.fromisoformat(str(details["until"])))
            return (f"snoozed the alarm: {_promise(details)}, until ", until, f" ({details['reason']})")
        case "EscalationStepTaken":
            people = ", ".join(names.get(key, key) for key in details["called"])
            told = f": {people}" if people else ""
            return (f"nobody had acknowledged {_promise(details)}; step {details['number']}{told}",)
        case "MessageAdded":
            return (_WROTE.get(str(details.get("kind")), "wrote"),)
        case "PolicyApplied":
            return (f"SLA policy {details['policy']}: {details['why']}".replace("`", ""),)
        case name if name in _HAPPENED:
            return (_HAPPENED[name],)
        case _:
            return (f"{_spell(entry.event)}{_details(entry, names)}",)


_WROTE = {"request": "wrote", "reply": "answered", "note": "left an internal note"}
SAID_BY_ANOTHER = frozenset({"NextResponseGiven", "ReplyAwaited"})
"""What the message or the reopening that comes with it tells already."""
_HAPPENED = {
    "MessageEdited": "edited a message",
    "MessageDeleted": "deleted a message",
    "MessageSeparated": "made a ticket of its own of a message",
    "FirstResponseGiven": "gave the first response",
    "RequesterLeft": "left the server",
    "TicketImported": "imported without telling anyone",
}


def _stage(details: Mapping[str, Any]) -> RichText:
    """`first response is overdue (due 10:30)`, and how late that was noticed if it was."""
    measure = Measure(details["measure"]).label
    share = details["share"]
    if share is None:
        state = f"has {details['stage']}"
    else:
        state = "is overdue" if float(share) >= 1.0 else f"at {float(share):.0%} of its time"
    late_s = int(details.get("late_by_s") or 0)
    late = f", noticed {duration(late_s)} late" if late_s >= 60 else ""
    return (f"{measure} {state} (due ", Moment(datetime.fromisoformat(str(details["due_at"]))), f"{late})")


def _promise(details: Mapping[str, Any]) -> str:
    return f"{Measure(details['measure']).label} ({details['stage']})"


def _spell(event: str) -> str:
    """`StatusChanged` → `status changed`."""
    return "".join(f" {each.lower()}" if each.isupper() else each for each in event).strip()


def _details(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """What changed, from what to what, and why; people by their names."""
    details = {name: _value(value, names) for name, value in entry.details.items() if value}
    before, after, reason = details.pop("before", ""), details.pop("after", ""), details.pop("reason", "")
    change = " → ".join(each for each in (before, after) if each)
    rest = [f"{_LABELS.get(name, name)} {value}".strip() for name, value in details.items()]
    words = ", ".join([change, *rest] if change else rest)
    return (f": {words}" if words else "") + (f" ({reason})" if reason else "")


_LABELS = {"why_here": "", "kind": ""}


def _value(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return names.get(str(value), str(value)).replace("_", " ").replace("`", "")
