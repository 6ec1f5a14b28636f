"""One sample fact for each placeholder that a sentence may have, so that every sentence can be read whole."""

from bot.messages.outbound import Span
from bot.messages.plain import plain
from bot.text.catalogue import audiences, entries, entry
from bot.text.sentences import say

COUNTS = (1, 3)
"""How many a sentence that counts something is shown with: each language's forms differ between these."""

SAMPLES: dict[str, Span | int] = {
    "answered": 5,
    "at": "Tuesday 3 March, 10:30",
    "back": "Wednesday 4 March, 09:00",
    "before": "IT-7",
    "channel": "web:team-it",
    "choices": "low, normal or high",
    "command": "/desk queue",
    "commands": "/ticket and /desk",
    "counts": "2 breached, 1 at risk",
    "day": "Monday 2 March",
    "delays": "IT-3 (first response, 2 h)",
    "drop": "/desk-admin outbox drop 7",
    "field": "thread",
    "found": "3 requests",
    "kept": 5,
    "kind": "card",
    "label": "Floor",
    "late": "2 h 15 min",
    "left": "45 min",
    "limit": "4 h",
    "link": "Open its card",
    "live": 5,
    "measure": "first response",
    "missed": 5,
    "more": "3",
    "name": "Bo Berg",
    "names": "Kim Kahn, Noor Nasser",
    "number": 3,
    "open": 5,
    "opened": 5,
    "owner": "Cleo Chen",
    "people": "@kim, @noor",
    "person": "Lee Lund",
    "platform": "Slack",
    "priority": "high",
    "reason": "the vendor calls back",
    "reference": "IT-12",
    "references": "IT-3, IT-4",
    "resolved": 5,
    "retry": "/desk-admin outbox retry 7",
    "rota": "service",
    "since": "Monday 2 March, 09:00",
    "size": "60 MiB",
    "status": "on hold",
    "subject": "VPN drops every hour",
    "targets": "IT-12 (first response)",
    "team": "IT Service Desk",
    "text": "My VPN drops every hour.",
    "title": "Help",
    "until": "Friday 6 March, 17:00",
}


def page(language: str) -> str:
    """Every sentence in one language, by key, as a reader of plain text would see it."""
    return "".join(
        f"{audience}.{name}: {sentence}\n"
        for audience in audiences()
        for name in sorted(entries("en", audience))
        for sentence in rendered(language, f"{audience}.{name}")
    )


def rendered(language: str, key: str) -> list[str]:
    """The sentence with its sample facts: once, or once for each count. Line ends are shown as `\\n`."""
    found = entry(language, key)
    names = {name for form in found.forms for name in form.placeholders} - {"count"}
    facts = {name: SAMPLES[name] for name in names}
    counted: list[dict[str, int]] = [{"count": count} for count in COUNTS] if found.counts else [{}]
    return [plain(say(language, key, **facts, **count)).replace("\n", "\\n") for count in counted]
