"""The channels a person sees, as the page lists them, with what is unread."""

import sqlite3
from collections.abc import Iterable

from adapters.web.store import messages
from adapters.web.store.store import Store
from adapters.web.translate.render import Json
from adapters.web.workspace import Workspace
from bot.ports.workspace import WorkspaceChannel


class ChannelList:
    def __init__(self, *, store: Store, workspace: Workspace) -> None:
        self._store = store
        self._workspace = workspace

    async def of(self, person: str) -> list[Json]:
        counted = await self.count({(person, channel.id) for channel in self._workspace.channels_of(person)})
        by_id = {channel["id"]: channel for _, channel in counted}
        return [by_id[channel.id] for channel in self._workspace.channels_of(person) if channel.id in by_id]

    async def count(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Json]]:
        """The JSON of each (person id, channel id), as that person sees it; nothing for hidden channels."""
        seen = [
            (person, channel)
            for person, channel_id in pairs
            if self._workspace.may_see(person, channel_id)
            and (channel := self._workspace.channel(channel_id)) is not None
        ]
        return await self._store.run(
            lambda database: [(person, _listed(database, person, channel)) for person, channel in seen]
        )


def _listed(database: sqlite3.Connection, person: str, channel: WorkspaceChannel) -> Json:
    unread = messages.unread_in(database, person=person, channel=channel.id, is_direct=channel.is_direct)
    return {
        "id": channel.id,
        "name": channel.name or channel.id,
        "kind": "direct" if channel.is_direct else "channel",
        "topic": channel.topic,
        "topics": {**channel.topics},
        "purpose": channel.purpose,
        "team": channel.team,
        "group": channel.group,
        "is_form_only": channel.is_form_only,
        "shows": channel.shows,
        "unread": unread.count,
        "mentions": unread.mentions,
        "first_unread": None if unread.first is None else _place(*unread.first),
        "unread_threads": [str(each) for each in unread.threads],
        "last_id": None if unread.last_id is None else str(unread.last_id),
        "last_at": unread.last_at,
    }


def _place(number: int, thread: int | None) -> Json:
    return {"id": str(number), "thread": None if thread is None else str(thread)}
