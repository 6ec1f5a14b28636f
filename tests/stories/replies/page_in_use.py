"""What somebody does at the page without sending anything: close a form, begin to type."""

import uuid
from typing import Any

from tests.stories.office import Office, plain


async def closes(office: Office, who: str, form: dict[str, Any], *, channel: str) -> None:
    """Close a form unsent."""
    body = {
        "form": {name: form[name] for name in ("verb", "ticket", "fixed")},
        "values": {},
        "channel": channel,
        "thread": None,
        "client_key": uuid.uuid4().hex,
    }
    await office._visitor.call("POST", "/api/forms/closed", who=who, body=body)
    await office.settle()


async def begins_to_type(office: Office, who: str, channel: str, *, thread: str) -> str:
    """Type the first letter in a thread; returns what the page says above it."""
    body = {"channel": channel, "thread": thread, "client_key": uuid.uuid4().hex}
    answer = await office._visitor.call("POST", "/api/writing", who=who, body=body)
    await office.settle()
    return plain(answer["notice"])
