"""Who and where: people, channels, inboxes and teams, as the configuration and the platforms name them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final, Self

from bot.domain.assignment.workload import Skill, Workload
from bot.domain.calendars.calendar import Calendar
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.levels.hand_over import HandOverRule
from bot.domain.levels.next_level import NextLevel
from bot.domain.nudges.policy import NudgePolicy
from bot.domain.ratings.satisfaction import Satisfaction

DESK = "desk"
"""The actor of what the desk does by itself: closing after some days, warning, breaching."""

CLAIMED: Final = ":="
"""Stands in the names of groups that an identity provider tells of somebody, for one session alone."""

HOME = "home@"
"""How the channel of a person's home page begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on a platform. `key` is `platform:id`, for example `web:ana`; `time_zone` an IANA name.

    `groups` are references of the user groups they are in, `platform:@handle`, for example `slack:@netops`. `handles`
    are the names besides `name` by which people there call them, in lower case.
    """

    key: str
    name: str
    handles: frozenset[str] = frozenset()
    email: str | None = None
    time_zone: str | None = None
    language: str = ""
    """A code such as `de`; empty where it is not known, and the desk's is spoken to them."""
    groups: frozenset[str] = frozenset()
    tier: str | None = None
    is_bot: bool = False
    is_active: bool = True
    """False for somebody who is deactivated or away: tickets are not given to them by themselves."""
    is_guest: bool = False
    picture: str = ""
    """The address of their picture, for anybody to load; empty for none."""

    @property
    def platform(self) -> str:
        return self.key.partition(":")[0]

    @property
    def as_known(self) -> "Person":
        """Without the groups that only a session of theirs brings: those are kept with the session."""
        if not any(CLAIMED in group for group in self.groups):
            return self
        return replace(self, groups=frozenset(group for group in self.groups if CLAIMED not in group))

    def is_in_any(self, groups: frozenset[str]) -> bool:
        return not self.groups.isdisjoint(groups)

    def answers_to(self, references: frozenset[str]) -> bool:
        """Whether one of the references means this person: a key, an e-mail address in lower case, a group."""
        if self.key in references or not self.groups.isdisjoint(references):
            return True
        return self.email is not None and self.email.lower() in references


def groups_of(person: Person, listed: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those that the platform says, and those of `desk.yaml` that list them."""
    return person.groups | {name for name, members in listed.items() if person.answers_to(members)}


def is_group(reference: str) -> bool:
    """Whether a reference is a user group of a platform, such as `slack:@netops`, and not a person."""
    return ":@" in reference


def is_address(reference: str) -> bool:
    """Whether a reference is an e-mail address."""
    return "@" in reference and ":" not in reference


@dataclass(frozen=True, slots=True, order=True)
class ChannelRef:
    """A channel on a platform, written `web:help-it`.

    A channel `@id` is the direct messages with a person, `home@id` the page that only they see.
    """

    platform: str
    channel: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `platform:channel`; raises ValueError when either part is missing."""
        platform, colon, channel = text.partition(":")
        if not (platform and colon and channel):
            raise ValueError(
                f"`{text}` is not a channel; write `platform:channel`, for example `web:help-it`"
            )
        return cls(platform, channel)

    @classmethod
    def direct(cls, person_key: str) -> Self:
        """The direct messages between the desk and this person."""
        platform, _, identity = person_key.partition(":")
        return cls(platform, f"@{identity}")

    @classmethod
    def home(cls, person_key: str) -> Self:
        """The page on which the desk shows this person their own tickets."""
        platform, _, identity = person_key.partition(":")
        return cls(platform, f"{HOME}{identity}")

    @property
    def is_direct(self) -> bool:
        return self.channel.startswith("@")

    @property
    def home_of(self) -> str | None:
        """The key of the person whose home page this is; None for any other channel."""
        is_home = self.channel.startswith(HOME)
        return f"{self.platform}:{self.channel.removeprefix(HOME)}" if is_home else None

    @property
    def reader(self) -> str | None:
        """The key of the one person who reads direct messages or a home page; None for any other channel."""
        return f"{self.platform}:{self.channel.removeprefix('@')}" if self.is_direct else self.home_of

    def __str__(self) -> str:
        return f"{self.platform}:{self.channel}"


class Takes(StrEnum):
    """How an intake channel takes messages: all, none, those that address the desk, or those somebody marks."""

    EVERY_MESSAGE = "every_message"
    COMMANDS_ONLY = "commands_only"
    ON_REQUEST = "on_request"
    ON_REACTION = "on_reaction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A server of a platform (a Discord guild) that this desk serves beside others.

    `reference` is `platform:id`. Requests from it go to its own teams and to those of no community, never to
    another's. `default_team` takes what no rule matches.
    """

    name: str
    title: str
    reference: str
    default_team: str

    @property
    def platform(self) -> str:
        return self.reference.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """An intake channel. `community` is the name of the one it is in.

    Where people choose among several, they read `title` and `description`, in their language where there are such.
    """

    name: str
    channel: ChannelRef
    title: str = ""
    description: str = ""
    takes: Takes = Takes.EVERY_MESSAGE
    is_private: bool = False
    takes_bots: bool = False
    """Whether what a bot writes here, such as a monitoring alert, may be a request."""
    reaction: str = "ticket"
    """The mark that makes a message a request where requests are taken on reaction."""
    joins: bool = True
    """Whether a second message that only adds to the first becomes part of its ticket."""
    community: str | None = None
    asks_first: bool = False
    """Whether the author of a message of fewer than three words is asked before it becomes a ticket."""
    has_private_threads: bool = False
    """Whether each request gets a thread that only its requester and the team see, where the platform can do that."""
    most_open: int | None = None
    """How many open tickets from here one person may have; None for any number."""
    cool_down: timedelta | None = None
    """How long one person waits between two requests from here."""
    answers: AnswerTime | None = None
    """When requests from here are looked up; None: as the desk says."""
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    descriptions: Mapping[str, str] = field(default_factory=dict, hash=False)

    def title_in(self, language: str) -> str:
        return self.titles.get(language, self.title)

    def description_in(self, language: str) -> str:
        return self.descriptions.get(language, self.description)

    def is_asked_by(self, mark: str) -> bool:
        """Whether this reaction on a message here makes it a request."""
        return self.takes is Takes.ON_REACTION and mark == self.reaction


class Assignment(StrEnum):
    """A way to say who gets a new ticket of a team: nobody until claimed, the next in turn, the least loaded, …"""

    NONE = "none"
    LAST_AGENT = "last_agent"
    """Who of the team answered this requester last, if there; where nobody did, the next way says."""
    SKILL = "skill"
    """Nobody by itself: the ways after it choose among those who know what the ticket needs."""
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"
    ON_CALL = "on_call"


class NewPing(StrEnum):
    """Whom the card of a new request mentions: nobody, who is on call, a team's user groups, the least loaded."""

    NOBODY = "nobody"
    ON_CALL = "on_call"
    GROUP = "group"
    LEAST_LOADED = "least_loaded"


class TeamThread(StrEnum):
    """What plain talk in the thread under a team's card is: internal notes, or shared with the requester."""

    INTERNAL = "internal"
    SHARED = "shared"


class MacroUse(StrEnum):
    """Whether a macro is shown before it is sent, or sent when it is chosen."""

    PREVIEW = "preview"
    AT_ONCE = "at_once"


class PublishedBy(StrEnum):
    """Who of a team makes its articles visible."""

    AGENTS = "agents"
    LEADS = "leads"


class Digest(StrEnum):
    """What a team reads of its tickets at a fixed time: each working day's morning, or the end of its week.

    Figures come in the morning of the first working day after the days, the week or the month that they are of.
    """

    MORNING = "morning"
    WEEK = "week"
    FIGURES_DAILY = "figures_daily"
    FIGURES_WEEKLY = "figures_weekly"
    FIGURES_MONTHLY = "figures_monthly"

    @property
    def is_figures(self) -> bool:
        return self in FIGURES


FIGURES: Final = frozenset({Digest.FIGURES_DAILY, Digest.FIGURES_WEEKLY, Digest.FIGURES_MONTHLY})
USUAL_DIGESTS: Final = frozenset({Digest.MORNING, Digest.WEEK})
"""Those of a team that says nothing of digests and has an escalation channel."""


def kept_as(teams: "Iterable[Team]") -> frozenset[str]:
    """The names under which the tickets of these teams are kept."""
    return frozenset(name for team in teams for name in team.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A group of agents with a channel.

    `agents` and `leads` hold person keys, lower-case e-mail addresses and platforms' user groups.
    """

    name: str
    title: str
    channel: ChannelRef
    calendar: Calendar
    was: frozenset[str] = frozenset()
    """Names of teams that are no more, whose tickets it has."""
    escalation_channel: ChannelRef | None = None
    escalates_to_program: bool = False
    """Whether the escalation channel is a webhook: a program that is told what happens, where nobody reads."""
    agents: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    leads_of_leads: frozenset[str] = frozenset()
    """Whom an escalation calls last; they may do what leads may."""
    session_agents: frozenset[str] = frozenset()
    """Groups of identity providers whose members work here in a session of theirs; nobody is called by them."""
    session_leads: frozenset[str] = frozenset()
    assignment: tuple[Assignment, ...] = (Assignment.NONE,)
    """Tried in this order."""
    workload: Workload = field(default_factory=Workload)
    skills: tuple[Skill, ...] = ()
    ping_new: NewPing = NewPing.NOBODY
    team_thread: TeamThread = TeamThread.INTERNAL
    closes_after: timedelta = timedelta(days=5)
    confirms_resolution: bool = False
    """Whether requesters are asked if it is solved before their ticket closes."""
    satisfaction: Satisfaction | None = None
    """How its requesters are asked how it went; None: they are not."""
    community: str | None = None
    """The name of the community it serves; None for all."""
    rota: str | None = None
    """The name of the rota of its people on call."""
    unclaimed_after: timedelta | None = None
    """How long, in open time of its calendar, a request may be nobody's before it is said; None for any time."""
    mirrors: bool = True
    """Whether what is said in public is copied into the team's thread; without, that thread is for notes alone."""
    macros: MacroUse = MacroUse.PREVIEW
    is_anonymous: bool = False
    """Whether requesters read the team's name where an agent's would stand."""
    has_board: bool = True
    """Whether its tickets at risk stand on the live board of its escalation channel."""
    digests: frozenset[Digest] = frozenset()
    language: str = ""
    """What is said in its channels; empty for the desk's."""
    undo_send: timedelta | None = None
    """How long what its agents answer by command or form can still be taken back; None: it leaves at once."""
    longest_timer: timedelta = timedelta(hours=8)
    """How long a timer of worked time runs at most before it is stopped as forgotten."""
    nudges: NudgePolicy = field(default_factory=NudgePolicy)
    """What is done where somebody is waited for and nothing comes."""
    next_level: NextLevel | None = None
    """Who its tickets are escalated to."""
    hands_over: HandOverRule | None = None
    """Who goes on when its day ends."""
    articles_published_by: PublishedBy = PublishedBy.AGENTS

    @property
    def names(self) -> frozenset[str]:
        """Those under which its tickets are kept."""
        return self.was | {self.name}

    @property
    def assigns(self) -> bool:
        """Whether new tickets are given to somebody."""
        return any(way is not Assignment.NONE for way in self.assignment)

    @property
    def board_channel(self) -> ChannelRef | None:
        """The channel whose board shows its tickets at risk; None for none."""
        channel = self.escalation_channel
        return channel if self.has_board and not self.escalates_to_program else None

    @property
    def digest_channel(self) -> ChannelRef:
        """Where the team's leads look, else its own channel."""
        channel = self.escalation_channel
        return channel if channel is not None and not self.escalates_to_program else self.channel

    @property
    def staff(self) -> frozenset[str]:
        """References to everybody who works or leads here."""
        return self.agents | self.leads | self.leads_of_leads

    def has_agent(self, person: Person) -> bool:
        """Whether the person works this team's tickets; a lead does too."""
        is_by_session = person.is_in_any(self.session_agents) or person.is_in_any(self.session_leads)
        return is_by_session or person.answers_to(self.staff)

    def has_lead(self, person: Person) -> bool:
        is_by_session = person.is_in_any(self.session_leads)
        return is_by_session or person.answers_to(self.leads) or person.answers_to(self.leads_of_leads)
