"""What Discord answers instead of doing it, and what Discord's own window would not let a person do.

https://discord.com/developers/docs/reference#error-messages and
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

UNAUTHORIZED = "401: Unauthorized"
INVALID_FORM_BODY = 50035

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes: status and sentence.
KNOWN: Mapping[int, tuple[int, str]] = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10060: (404, "Unknown sticker"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10066: (404, "Unknown application command permissions"),
    10087: (404, "Unknown Tag"),
    20001: (403, "Bots cannot use this endpoint"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit"),
    30003: (400, "Maximum number of pins reached for the channel (50)"),
    30007: (400, "Maximum number of webhooks reached (15)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30013: (400, "Maximum number of guild channels reached (500)"),
    30032: (400, "Maximum number of application commands reached (100)"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40005: (413, "Request entity too large. Try sending something smaller in size"),
    40058: (400, "Cannot send a message in a forum channel"),
    40060: (400, "Interaction has already been acknowledged"),
    40066: (400, "There are no tags available that can be set by non-moderators"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid webhook token provided"),
    50033: (400, "Invalid Recipient(s)"),
    50034: (400, "A message provided was too old to bulk delete"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
    220001: (400, "Webhooks posted to forum channels must have a thread_name or thread_id"),
    220002: (400, "Webhooks posted to forum channels cannot have both a thread_name and thread_id"),
    220003: (400, "Webhooks can only create threads in forum channels"),
}  # fmt: skip


class Refusal(Exception):
    """Discord refuses this request."""

    def __init__(
        self,
        code: int,
        *,
        status: int | None = None,
        message: str | None = None,
        errors: Json | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        known_status, known_message = KNOWN.get(code, (400, "Bad Request"))
        self.code = code
        self.status = status or known_status
        self.headers = dict(headers or {})
        self._body: Json = {"message": message or known_message, "code": code, **more}
        if errors:
            self._body["errors"] = errors
        super().__init__(f"{self.status} {code}: {self._body['message']}")

    def body(self) -> Json:
        return self._body


class NotOffered(Exception):
    """Discord's own window would not let a person do this: nothing is sent to the app."""


@dataclass(slots=True)
class Problems:
    """What is wrong with a body, each at its path; Discord says them all in one answer, nested as the body is.

    https://discord.com/developers/docs/reference#error-messages
    """

    _errors: Json = field(default_factory=dict)

    def add(self, path: str, code: str, message: str) -> None:
        """`path` as in "embeds.0.title"; empty for the body as a whole."""
        where = self._errors
        for step in filter(None, path.split(".")):
            where = where.setdefault(step, {})
        where.setdefault("_errors", []).append({"code": code, "message": message})

    def too_long(self, path: str, length: int, most: int) -> None:
        if length > most:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def length(self, path: str, value: str, least: int, most: int) -> None:
        if not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def required(self, path: str) -> None:
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def choice(self, path: str, value: Any, allowed: object) -> None:
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {allowed}.")

    def raise_if_any(self) -> None:
        if self._errors:
            raise Refusal(INVALID_FORM_BODY, message="Invalid Form Body", errors=self._errors)


def invalid(path: str, code: str, message: str) -> Refusal:
    """One thing wrong with a body."""
    problems = Problems()
    problems.add(path, code, message)
    return Refusal(INVALID_FORM_BODY, message="Invalid Form Body", errors=problems._errors)
