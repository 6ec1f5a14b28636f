"""An office whose targets are alerted, step by step, and what is read in its escalation channel."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind, RowState
from tests.stories.desk_files import DESK
from tests.stories.office import Office, words

STAGES = """
escalation_policies:
  tell the team:
    - at: 50%
    - at: 80%
      notify: [escalation_channel]
      steps:
        - {after: 2m, mention: on_call}
        - {after: 4m, mention: leads}
    - at: 100%
      notify: [escalation_channel, assignee]
      steps:
        - {after: 5m, mention: leads, priority: high, STEP}
      repeat: {every: 10m}

rotas:
  service: {zone: Europe/Berlin, handover: "mon 8:00", people: [web:bo, web:cleo], starts: 2026-03-02}

"""
LATER = "direct: leads_of_leads"
"""What the step after the breach does besides."""

OpenDesk = Callable[..., AbstractAsyncContextManager[Office]]


def configured(folder: Path, *, step: str = LATER, more: str = "") -> Path:
    text = DESK.read_text(encoding="utf-8")
    head, rest = text.split("\nescalation_policies:\n")
    _, workspace = rest.split("\nworkspace:\n")
    head = head.replace("    leads: [web:lee]\n", "    leads: [web:lee]\n    rota: service\n", 1)
    head = head.replace("    rota: service\n", "    rota: service\n    leads_of_leads: [web:max]\n", 1)
    people = "    - {id: max, name: Max Moor, role: lead, time_zone: Europe/Berlin}\n"
    path = folder / "desk.yaml"
    stages = STAGES.replace("STEP", step)
    path.write_text(head + stages + more + "workspace:\n" + workspace + people, encoding="utf-8")
    return path


async def posts(office: Office, channel: str = "escalations-it") -> list[dict[str, Any]]:
    """All messages of the channel that were not deleted."""
    return [each for each in await office.sees("lee", channel) if not each["deleted"]]


async def alerts(office: Office) -> list[str]:
    return [words(each) for each in await posts(office)]


async def alerts_told_to(office: Office, who: str) -> list[str]:
    """Those in this person's direct messages that were not deleted."""
    told = [
        each
        for channel in await office.channels(who)
        if channel["kind"] == "direct"
        for each in await office.sees(who, channel["id"])
    ]
    return [words(each) for each in told if not each["deleted"]]


async def last(office: Office) -> dict[str, Any]:
    return (await posts(office))[-1]


async def sent(office: Office) -> int:
    """How many alerts were posted there, those that are gone included."""
    rows = await office.desk.storage.read(lambda uow: uow.outbox.listing(RowState, limit=1_000))
    posted = [row for row in rows if row.kind is RowKind.ALERT and row.shown]
    return sum(row.conversation.channel == ChannelRef("web", "escalations-it") for row in posted)


async def snoozes(office: Office, who: str, message: dict[str, Any], *, until: str, reason: str) -> str:
    form = await office.presses(who, message, "Snooze…")
    assert form is not None
    return await office.submits(who, form, channel="escalations-it", until=until, reason=reason)


def labels(message: dict[str, Any]) -> list[str]:
    return [button["label"] for button in message["content"]["buttons"]]
