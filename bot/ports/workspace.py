"""The browser workspace as configured: who is there and which channels there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.directory import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePerson:
    """Somebody one can be. `role` is employee, agent or lead and only for show: teams decide rights."""

    platform: str
    """The name of the platform that the workspace is."""
    id: str
    name: str
    title: str = ""
    role: str = "employee"
    email: str | None = None
    time_zone: str | None = None
    language: str = ""
    """What they read; empty where it is not told: then the page goes by their browser, and the desk by its own."""
    groups: frozenset[str] = frozenset()
    tier: str | None = None

    @property
    def key(self) -> str:
        return f"{self.platform}:{self.id}"

    @property
    def is_staff(self) -> bool:
        return self.role != "employee"

    def as_person(self) -> Person:
        return Person(
            key=self.key,
            name=self.name,
            email=self.email,
            time_zone=self.time_zone,
            language=self.language,
            groups=self.groups,
            tier=self.tier,
        )


class ChannelGroup(StrEnum):
    """The headings under which channels stand; the page says them in its reader's language."""

    REQUESTS = "requests"
    DIRECT = "direct"
    TEAMS = "teams"
    ESCALATIONS = "escalations"
    OTHERS = "others"


class ChannelPurpose(StrEnum):
    """What a channel is for; the page says it in its reader's language."""

    PRIVATE = "private"
    EVERY_MESSAGE = "every_message"
    COMMANDS_ONLY = "commands_only"
    ON_REQUEST = "on_request"
    ON_REACTION = "on_reaction"
    TEAM = "team"
    ALERTS = "alerts"
    TRANSCRIPTS = "transcripts"
    OPERATORS = "operators"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceChannel:
    """A channel. `group` is its heading; `allowed` holds the ids of who sees it unless it is public."""

    id: str
    topic: str = ""
    """What the file says of it, shown in place of its purpose; `topics` are by language."""
    topics: Mapping[str, str] = field(default_factory=dict, hash=False)
    purpose: ChannelPurpose | None = None
    team: str = ""
    """The title of the team whose channel it is."""
    group: ChannelGroup = ChannelGroup.REQUESTS
    is_public: bool = True
    allowed: frozenset[str] = frozenset()
    name: str = ""
    is_form_only: bool = False
    """Whether the page offers a form instead of a text box: what is asked here is not for everybody to read."""
    shows: str = ""
    """What comes here by itself: `requests` where every message becomes a ticket, `cards`, `alerts`, or nothing."""

    @property
    def is_direct(self) -> bool:
        return self.id.startswith("@")

    def admits(self, person: str) -> bool:
        return self.is_public or person in self.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """People and channels, each once, in the order of the file."""

    people: tuple[WorkspacePerson, ...] = ()
    channels: tuple[WorkspaceChannel, ...] = ()
    pretends: bool = False
    """Whether whoever has the page's link acts as anybody: to try a desk."""
