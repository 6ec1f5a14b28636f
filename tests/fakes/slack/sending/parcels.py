"""What goes to the app, and how it was taken: the same whether by HTTP or by socket."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from tests.fakes.slack.rules.refusals import Json

# As Socket Mode names them: https://docs.slack.dev/apis/events-api/using-socket-mode
Kind: TypeAlias = Literal["events_api", "slash_commands", "interactive"]
ANSWER_TIME_S = 3


@dataclass(frozen=True, slots=True)
class Parcel:
    kind: Kind
    payload: Json
    takes_answer: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """https://docs.slack.dev/apis/events-api#retries."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How the app took it: `problem` as X-Slack-Retry-Reason names it, None when acknowledged."""

    problem: str | None = None
    body: Any = None
    status: int | None = None
    no_retry: bool = False

    @property
    def is_ok(self) -> bool:
        return self.problem is None


class Transport(Protocol):
    async def send(self, parcel: Parcel, *, retry: Retry | None = None) -> Taken: ...
