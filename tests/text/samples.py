"""One sample fact for each placeholder that a sentence may have, so that every sentence can be read whole."""

from bot.messages.outbound import Span
from bot.messages.plain import plain
from bot.text.catalogue import audiences, entries, entry
from bot.text.sentences import say

COUNTS = (1, 3)
"""How many a sentence that counts something is shown with: each language's forms differ between these."""

SAMPLES: dict[str, Span | int] = {
    "about": "12 KiB",
    "added": "vpn, office",
    "answered": 5,
    "ask": "/ticket open",
    "at": "Tuesday 3 March, 10:30",
    "back": "Wednesday 4 March, 09:00",
    "before": "IT-7",
    "channel": "web:team-it",
    "choice": "gold",
    "choices": "low, normal or high",
    "command": "/desk queue",
    "commands": "/ticket and /desk",
    "counted": "2 h 15 min",
    "counts": "2 breached, 1 at risk",
    "day": "Monday 2 March",
    "days": "3 March",
    "delays": "IT-3 (first response, 2 h)",
    "drop": "/desk-admin outbox drop 7",
    "earlier": "1 h",
    "elapsed": "2 h 15 min",
    "example": "claim 12",
    "field": "thread",
    "fields": "Asset tag and Tier",
    "file": "screen.png",
    "finding": "the word “vpn”",
    "first": 21,
    "found": "3 requests",
    "help": "/ticket help",
    "hours": 2,
    "kept": 5,
    "kind": "card",
    "label": "Floor",
    "last": 40,
    "late": "2 h 15 min",
    "later": "30 min",
    "left": "45 min",
    "length": "4 h",
    "limit": "4 h",
    "link": "Open its card",
    "live": 5,
    "maximum": 20,
    "measure": "first response",
    "minutes": "05",
    "missed": 5,
    "more": "3",
    "most": "1 h 1 min",
    "name": "Bo Berg",
    "names": "Kim Kahn, Noor Nasser",
    "no": "no",
    "number": 3,
    "old_team": "Network",
    "open": 5,
    "opened": 5,
    "owner": "Cleo Chen",
    "people": "@kim, @noor",
    "percent": 80,
    "period": "2 Feb – 1 Mar 2026",
    "person": "Lee Lund",
    "platform": "Slack",
    "policy": "standard",
    "priority": "high",
    "queued": 3,
    "reason": "the vendor calls back",
    "reference": "IT-12",
    "references": "IT-3, IT-4",
    "removed": "printer",
    "resolved": 5,
    "retry": "/desk-admin outbox retry 7",
    "rota": "service",
    "rule": "vpn",
    "server": "Pine",
    "share": "97%",
    "shares": "25% with the team and 75% outside business hours",
    "shown": 10,
    "sign": "✓",
    "since": "Monday 2 March, 09:00",
    "size": "25 MiB",
    "stage": "80%",
    "state": "counted",
    "status": "on hold",
    "subject": "VPN drops every hour",
    "tags": "mouse, desk",
    "target": "4 h",
    "targets": "IT-12 (first response)",
    "team": "IT Service Desk",
    "teams": "Network and Service Desk",
    "text": "My VPN drops every hour.",
    "title": "Help",
    "total": 45,
    "until": "Friday 6 March, 17:00",
    "value": "4711",
    "variant": "gold",
    "verdict": "paused, 45 min left",
    "was": "normal",
    "who": "agents and leads",
    "why": "transferred by Bo Berg",
    "word": "network",
    "worst": "51 h",
    "yes": "yes",
    "zone": "Europe/Lisbon",
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
