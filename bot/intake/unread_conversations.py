"""Conversations in which something may have been said that nobody has read yet: live events wait for them, briefly.

So what was said while the desk was away is in its ticket before what is said now.
"""

import asyncio
from collections.abc import Iterable


class UnreadConversations:
    """Those of one platform, by their keys (`conversation_key`). Until a reading says which, it may be any.

    A live event waits at most `patience_s`, seconds of real time, which its platform decides (`Capabilities`).
    """

    def __init__(self, *, patience_s: float) -> None:
        self._patience_s = patience_s
        self._left: set[str] | None = set()
        self._has_unread_directs = False
        self._settled: set[str] = set()
        self._asked: dict[str, asyncio.Event] = {}

    def may_be_any(self) -> None:
        """A gap was noticed; which conversations have news in it is not known yet."""
        self._left = None
        self._settled.clear()

    def are(self, conversations: Iterable[str], *, and_directs: bool) -> None:
        """These, and with `and_directs` all direct messages that were not read yet."""
        self._left = set(conversations)
        self._has_unread_directs = and_directs
        for conversation in [each for each in self._asked if not self._is_unread(each)]:
            self._release(conversation)

    def has_read(self, conversation: str) -> None:
        self._settled.add(conversation)
        self._release(conversation)

    def are_none(self) -> None:
        """The gap is read, to its end."""
        self._left = set()
        self._has_unread_directs = False
        self._settled.clear()
        for conversation in list(self._asked):
            self._release(conversation)

    @property
    def asked_first(self) -> str | None:
        """The one to be read next, because an event waits for it; None when none does."""
        return next((each for each in self._asked if self._left is not None and self._is_unread(each)), None)

    async def wait(self, conversation: str) -> None:
        """Until it has been read; after a while the event goes on all the same."""
        if not self._is_unread(conversation):
            return
        asked = self._asked.setdefault(conversation, asyncio.Event())
        try:
            async with asyncio.timeout(self._patience_s):
                await asked.wait()
        except TimeoutError:
            self.has_read(conversation)

    def _is_unread(self, conversation: str) -> bool:
        if conversation in self._settled:
            return False
        if self._left is None or conversation in self._left:
            return True
        return self._has_unread_directs and ":@" in conversation

    def _release(self, conversation: str) -> None:
        asked = self._asked.pop(conversation, None)
        if asked is not None:
            asked.set()
