"""An app in the test's own hand: what it registers and shows, and when it answers."""

import asyncio
from typing import Any

from tests.fakes.discord import DiscordServer, Person, Seen, Shown
from tests.fakes.discord.world.records import Channel
from tests.fakes.selftests.discord.discord_client import Api


def part(name: str, kind: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "description": "What it is"} | more


OPEN = part(
    "open",
    1,
    options=[
        part("text", 3, required=True, max_length=10),
        part("who", 6),
        part("team", 3, choices=[{"name": "Network", "value": "net"}]),
        part("ticket", 3, autocomplete=True),
        part("file", 11),
        part("role", 8),
        part("urgent", 5),
    ],
)
COMMANDS = [
    {"name": "ticket", "description": "Tickets", "options": [OPEN]},
    {"name": "Make this a ticket", "type": 3},
    {"name": "Open a ticket for…", "type": 2},
]


async def register(server: DiscordServer, api: Api) -> None:
    await api.done("PUT", f"/applications/{server.world.application.id}/commands", COMMANDS)


def button(label: str = "Claim", custom_id: str = "claim", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id} | more


def rows(*inside: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": 1, "components": [each]} for each in inside]


async def card(api: Api, channel: Channel, reader: Person, *inside: dict[str, Any]) -> Seen:
    body = {"content": "IT-1", "components": rows(*inside)}
    await api.done("POST", f"/channels/{channel.id}/messages", body)
    return reader.reads(channel)[-1]


def form(*components: dict[str, Any], title: str = "Reply") -> dict[str, Any]:
    labelled = [{"type": 18, "label": f"Field {n}", "component": c} for n, c in enumerate(components)]
    return {"type": 9, "data": {"custom_id": "reply", "title": title, "components": labelled}}


def text_input(custom_id: str = "text", **more: Any) -> dict[str, Any]:
    return {"type": 4, "custom_id": custom_id, "style": 2} | more


class Waiting:
    """An app that hears of interactions and answers by plain requests when the test says so."""

    def __init__(self, server: DiscordServer, api: Api) -> None:
        self._server = server
        self._api = api

    async def begun(self, doing: Any) -> tuple["asyncio.Task[Shown]", str, str]:
        """Start what a person does; its task, where to answer and where to follow up."""
        before = len(self._server.interactions.all)
        task = asyncio.create_task(doing)
        await self._server.until(lambda: len(self._server.interactions.all) > before, "it is told")
        last = list(self._server.interactions.all.values())[-1]
        application = self._server.world.application.id
        return (
            task,
            f"/interactions/{last.id}/{last.token}/callback",
            f"/webhooks/{application}/{last.token}",
        )
