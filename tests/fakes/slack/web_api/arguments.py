"""A call's arguments, however they came: query, form (with JSON inside) or JSON; and the token beside them.

https://docs.slack.dev/apis/web-api#basics
"""

import json
from typing import Any

from aiohttp import web

from tests.fakes.slack.rules.refusals import Json, Refusal


class Arguments:
    def __init__(self, values: Json, *, token: str | None = None) -> None:
        self.values = values
        self.token = token

    @classmethod
    async def read(cls, request: web.Request) -> "Arguments":
        values: Json = dict(request.query)
        if request.content_type == "application/json":
            values |= _json_object(await request.text())
        elif request.can_read_body:
            values |= dict(await request.post())
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ") if header.startswith("Bearer ") else values.get("token")
        values.pop("token", None)
        return cls(values, token=token)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return None if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            # https://docs.slack.dev/apis/web-api#errors
            raise Refusal("invalid_arguments", messages=[f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        value = self.values.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError:
            raise Refusal("invalid_arguments", messages=[f"must be an integer: {name}"]) from None

    def structure(self, name: str, *, error: str = "invalid_arguments") -> Any:
        """A JSON value, which a form carries as text; None when absent. Raises `Refusal(error)`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refusal(error) from None

    def names(self, name: str) -> list[str]:
        """A comma-separated list, or a JSON array."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value or "").split(",") if part.strip()]


def _json_object(text: str) -> Json:
    try:
        body = json.loads(text)
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(body, dict):
        raise Refusal("json_not_object")
    return body
