"""What Slack answers instead of doing it: `{"ok": false, "error": …}`, with what it adds to explain."""

from collections.abc import Iterable
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class Refusal(Exception):
    """Slack refuses this call."""

    def __init__(self, error: str, *, messages: Iterable[str] = (), **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self._messages = list(messages)
        self._more = more

    def body(self) -> Json:
        body: Json = {"ok": False, "error": self.error, **self._more}
        if self._messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self._messages]}
        return body


class NotOffered(Exception):
    """Slack's own window would not let a person do this: nothing is sent to the app."""
