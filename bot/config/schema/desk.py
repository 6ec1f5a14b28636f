"""What `desk.yaml` may say: one model for each section, with a sentence on every key for editors.

The models hold values as written and checked; `bot.config.compile.desk` turns them into the desk.
"""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from bot.config.file.field_types import (
    KEEPS_POSTS,
    PRIVATE_THREADS,
    AsList,
    CalendarName,
    Category,
    Channel,
    CommandName,
    CommunityName,
    ElapsedTime,
    LanguageCode,
    Names,
    OpenTime,
    PersonReference,
    PolicyName,
    Reaction,
    RotaName,
    Server,
    Tags,
    TeamName,
    TicketPrefix,
    UndoTime,
    Word,
    wrong,
)
from bot.config.file.section import Section
from bot.config.schema.answers.knowledge import KnowledgeSection, TeamKnowledgeSection
from bot.config.schema.answers.language_model import LanguageModelSection
from bot.config.schema.answers.similar import SimilarSection
from bot.config.schema.answers.sorting import SortingSection
from bot.config.schema.calendars import CalendarSection
from bot.config.schema.conditions import NotNothing, When
from bot.config.schema.fields import CustomFieldSection, DefinedName, Form, PlacedFields, Required
from bot.config.schema.lookups import LookupSection
from bot.config.schema.macros import MacroName, MacroSection
from bot.config.schema.on_call import AbsencesSection, RotaSection, WebhookSection
from bot.config.schema.sessions.sign_in import SignInSection
from bot.config.schema.sla import PolicySection, Stages
from bot.config.schema.teams.assignment import SkillSection, WorkloadSection
from bot.config.schema.teams.levels import LevelsSection
from bot.config.schema.teams.nudges import NudgesSection
from bot.config.schema.teams.satisfaction import SatisfactionSection
from bot.config.schema.teams.worked_time import WorkedTimeSection
from bot.config.schema.transcripts import TranscriptsSection
from bot.config.schema.views import ViewName, ViewSection
from bot.config.schema.workspace import WorkspaceSection
from bot.domain.directory import Assignment, Digest, MacroUse, NewPing, Takes, TeamThread
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.tickets.ticket import Priority


class CommandNames(Section):
    """The top-level names of the command groups."""

    ticket: CommandName = Field(default="ticket", description="For everyone.")
    desk: CommandName = Field(default="desk", description="For agents and leads.")
    kb: CommandName = Field(default="kb", description="For everyone: the knowledge base.")
    desk_admin: CommandName = Field(default="desk-admin", alias="desk-admin", description="For admins.")


class DeskSection(Section):
    """The desk itself."""

    name: str = Field(min_length=1, description="What people read: `IT help desk`.")
    ticket_prefix: TicketPrefix = Field("IT", description="Tickets are numbered `IT-1`, `IT-2` …")
    language: LanguageCode = Field(
        "en", description="What the desk speaks to people whose language is unknown."
    )
    admins: list[PersonReference] = Field([], description="Who may use the admin commands.")
    blocked: list[PersonReference] = Field(
        [], description="Who may open no tickets: people, or user groups as in `slack:@guests`."
    )
    operator_channel: Channel | None = Field(None, description="Where delivery problems are reported.")
    sla_policy: PolicyName | None = Field(None, description="For tickets whose rule and team name none.")
    not_a_ticket: str = Field(
        "//", max_length=20, description="A message that begins so is no request; empty for no such mark."
    )
    categories: list[str] = Field([], description="What requesters choose from in the form.")
    commands: CommandNames = Field(CommandNames(), description="Other names for the command groups.")


class LimitsSection(Section):
    """How much one person may ask for in an inbox."""

    open: int | None = Field(None, ge=1, description="How many open tickets from here one person may have.")
    cool_down: ElapsedTime | None = Field(
        None, description="How long one person waits between two requests from here: `2m`."
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.open is None and self.cool_down is None:
            raise wrong("configuration.limits_empty")
        return self


class CommunitySection(Section):
    """A server that this desk serves beside others, and keeps apart from them."""

    server: Server = Field(description="`discord:` and the server's id.")
    title: str | None = Field(None, description="What people read; the name when left out.")
    default_team: TeamName = Field(description="For its requests that no rule matches.")


class InboxSection(Section):
    """An intake channel."""

    channel: Channel = Field(description="`platform:channel`.")
    title: str | None = Field(
        None, description="What people read where they choose among inboxes; the name when left out."
    )
    description: str | None = Field(
        None,
        description="What one asks for here, in a line, where people choose among inboxes.",
        max_length=200,
    )
    takes: Takes = Field(
        Takes.EVERY_MESSAGE,
        description="every_message: each top-level message is a request; commands_only: only `/ticket open`; "
        "on_request: when the desk is mentioned or the message's menu is used; "
        "on_reaction: as on_request, and when somebody marks the message with `reaction`.",
    )
    private: bool = Field(
        default=False,
        description="Requests from here are for the team and the requester only: a post is moved into direct "
        "messages (or a private thread) and removed from the channel.",
    )
    public_by_platform: Literal["accepted"] | None = Field(
        None,
        description="accepted: you know that the platform (Slack) lets no app remove posts, so everyone in the "
        "channel reads them.",
    )
    bots: bool = Field(
        default=False, description="Messages of bots, such as monitoring alerts, are requests too."
    )
    reaction: Reaction | None = Field(
        None, description="The reaction that asks, for `takes: on_reaction`; `ticket` when left out."
    )
    joins: bool = Field(
        default=True,
        description="A second message of the same person within a minute that only adds to the first "
        "(“it is the one on floor 2”, a picture) joins its ticket; a button makes it one of its own.",
    )

    ask_first: bool = Field(
        default=False,
        description="Before a message of fewer than three words becomes a ticket, its author is asked.",
    )
    limits: LimitsSection | None = Field(None, description="How much one person may ask for here.")
    answers: AnswerTime | None = Field(None, description="Overrides `answers` of `knowledge`.")
    fields: PlacedFields = Field(
        [], description="Custom fields of requests from here; the form asks for them."
    )

    community: CommunityName | None = Field(None, description="The server it is in, where there are several.")
    threads: Literal["public", "private"] = Field(
        "public",
        description="private: each request gets a thread that only its requester and the team see (Discord alone).",
    )

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        if self.reaction is not None and self.takes is not Takes.ON_REACTION:
            raise wrong("configuration.reaction_unused", at="reaction")
        if self.bots and self.takes is not Takes.EVERY_MESSAGE:
            raise wrong("configuration.bots_unused", at="bots")
        names: Names | None = info.context
        if names is not None:
            self._keeps_private(keeps_posts=self.channel.platform in names[KEEPS_POSTS])
        if self.threads == "private" and names is not None:
            having, platform = names[PRIVATE_THREADS], self.channel.platform
            if platform not in having:
                raise wrong(
                    "configuration.no_private_threads",
                    platform=platform.capitalize(),
                    platforms=tuple(sorted(each.capitalize() for each in having)),
                    at="threads",
                )
        return self

    def _keeps_private(self, *, keeps_posts: bool) -> None:
        stays_public = self.private and keeps_posts and self.takes is not Takes.COMMANDS_ONLY
        if stays_public and self.public_by_platform is None:
            platform = self.channel.platform.capitalize()
            raise wrong("configuration.posts_stay", platform=platform, at="private")
        if self.public_by_platform is not None and not stays_public:
            raise wrong("configuration.public_by_platform_unused", at="public_by_platform")


class TeamSection(LevelsSection):
    """A group of agents with a channel."""

    title: str | None = Field(None, description="What people read; the name when left out.")
    was: Annotated[list[str], AsList] = Field(
        [], description="Names that teams had whose tickets it took over: what it was called before."
    )
    language: LanguageCode | None = Field(
        None, description="What is said in the team's channels; the desk's language when left out."
    )
    channel: Channel = Field(description="Where the team's cards are posted.")
    escalation_channel: Channel | None = Field(None, description="Where warnings and breaches are told.")
    board: bool = Field(
        default=True,
        description="The escalation channel has a message that always shows what is at risk or breached.",
    )
    digests: list[Digest] | None = Field(
        None,
        description="morning: what is due and overdue, at the start of each working day; week: what became of the "
        "week, in its last hour. Both where there is an escalation channel, when left out. figures_daily, "
        "figures_weekly and figures_monthly: figures of the days, week or month before, on the first working morning "
        "after them.",
    )
    agents: list[PersonReference] = Field(
        [],
        description="Who works the tickets: `platform:id`, an e-mail address, or a user group as in `slack:@netops`.",
    )
    leads: list[PersonReference] = Field([], description="Who watches; leads may do what agents may.")
    leads_of_leads: list[PersonReference] = Field(
        [], description="Whom an escalation calls last; they may do what leads may."
    )
    calendar: CalendarName = Field("24x7", description="The team's hours; around the clock when left out.")
    assignment: Annotated[list[Assignment], Field(min_length=1), AsList] = Field(
        [Assignment.NONE],
        description="Who gets a new ticket. Several ways are tried in order: `[last_agent, skill, least_busy]`.",
    )
    workload: WorkloadSection | None = Field(
        None, description="How many open tickets `assignment` gives to an agent, and when."
    )
    skills: list[SkillSection] = Field([], description="Who knows what, for the way `skill`.")
    ping_new: NewPing = Field(
        NewPing.NOBODY,
        description="Whom the card of a new request mentions while nobody has it. on_call: who is on call; group: "
        "the members of the user groups in `agents`; least_loaded: who is not away and has the fewest open tickets.",
    )
    rota: RotaName | None = Field(
        None, description="Who is on call, for `assignment`, `ping_new` and `notify: on_call`."
    )
    unclaimed_after: OpenTime | None = Field(
        None,
        description="`30m`: the escalation channel hears of requests that nobody has had for so long in open hours.",
    )
    team_thread: TeamThread = Field(
        TeamThread.INTERNAL,
        description="What plain talk under a card is: a note, or shared with the requester.",
    )
    macros: MacroUse = Field(
        MacroUse.PREVIEW,
        description="preview: a macro is shown before it is sent; at_once: it is sent when it is chosen.",
    )
    anonymous: bool = Field(
        default=False, description="Requesters read the team's title where an agent's name would stand."
    )
    mirror: bool = Field(
        default=True,
        description="Public messages are copied into the team's thread; without, agents answer in the requester's "
        "thread, and the team's is for notes.",
    )
    undo_send: UndoTime | None = Field(
        None,
        description="`10 s`: how long an agent can take back what they answer by command, button or form, before it "
        "leaves: 5 to 60 seconds. What is typed in a thread is there at once, as is all when this is left out.",
    )
    nudges: NudgesSection | None = Field(
        None, description="What is done where a requester or an assignee is waited for and nothing comes."
    )
    community: CommunityName | None = Field(
        None, description="The server whose requests it takes, where there are several; all when left out."
    )
    sla_policy: PolicyName | None = Field(None, description="For tickets whose rule names none.")
    fields: PlacedFields = Field(
        [], description="Custom fields of the team’s tickets, for its agents to set."
    )
    required_to_resolve: Required = Field(
        [],
        description="What its tickets need before they are resolved: fields, `resolution`, `cause` or `time`.",
    )
    worked_time: WorkedTimeSection | None = Field(
        None, description="How timers of worked time end that nobody stops."
    )
    closes_after: ElapsedTime = Field(
        timedelta(days=5), description="How long a resolved ticket may be reopened, in days of 24 hours."
    )
    confirm_resolution: ElapsedTime | None = Field(
        None,
        description="`3d`: the requester is asked whether it is solved, by two buttons; without an answer the ticket "
        "closes after so long, instead of `closes_after`.",
    )
    satisfaction: SatisfactionSection | None = Field(
        None, description="Differently from `satisfaction` of the desk: the keys that are written here."
    )

    knowledge: TeamKnowledgeSection = Field(TeamKnowledgeSection(), description="How its articles are made.")

    @model_validator(mode="after")
    def _closes_once(self) -> Self:
        if self.confirm_resolution is not None and "closes_after" in self.model_fields_set:
            raise wrong("configuration.closes_twice", at="confirm_resolution")
        return self

    @model_validator(mode="after")
    def _was_others(self, info: ValidationInfo) -> Self:
        names: Names = info.context or {}
        if there := sorted(names.get("team", frozenset()) & set(self.was)):
            raise wrong("configuration.was_there", at="was", team=there[0])
        return self


class PeopleSection(Section):
    """Groups and tiers that rules ask about. An empty list: only the platform knows its members."""

    groups: dict[str, list[PersonReference]] = Field(default={})
    tiers: dict[str, list[PersonReference]] = Field(default={})


class RuleSection(Section):
    """A routing rule: the first one whose condition holds decides."""

    name: str = Field(min_length=1, description="Shown on tickets as the reason they are here.")
    when: Annotated[When | None, NotNothing] = Field(None, description="Left out: the rule takes everything.")
    team: TeamName | None = Field(
        None, description="The default team when left out: that of the request's community, if it has one."
    )
    priority: Priority | None = None
    tags: Tags = Field(default=[])
    sla_policy: PolicyName | None = None
    private: bool = Field(default=False, description="Shown to the team and the requester only.")
    assignment: Annotated[Annotated[list[Assignment], Field(min_length=1)] | None, AsList] = Field(
        None, description="Instead of the team's own ways; its workload holds all the same."
    )
    assign_to: PersonReference | None = Field(None, description="One person who gets every such ticket.")


class RoutingSection(Section):
    """Where requests go."""

    default_team: TeamName = Field(description="For requests that no rule matches.")
    rules: list[RuleSection] = Field(default=[])


class DeskFile(Section):
    """Deskbell's desk.yaml."""

    desk: DeskSection
    communities: dict[str, CommunitySection] = Field(
        {}, description="Servers that share this desk, by name; left out where there is one."
    )
    inboxes: dict[str, InboxSection] = Field({}, description="Intake channels by name.")
    teams: dict[str, TeamSection] = Field(min_length=1, description="Teams by name.")
    calendars: dict[str, CalendarSection] = Field(
        {}, description="Business hours by name; `24x7` is built in."
    )
    people: PeopleSection = PeopleSection()
    fields: dict[DefinedName, CustomFieldSection] = Field(
        {}, description="Custom fields by name, for forms, inboxes and teams to name."
    )
    forms: dict[Category, Form] = Field(
        {}, description="What the form asks besides the request, by category: a list of fields, or more."
    )
    routing: RoutingSection
    rotas: dict[str, RotaSection] = Field({}, description="People on call in turn, by the rota's name.")
    absences: AbsencesSection = AbsencesSection()
    webhooks: dict[Annotated[str, Field(pattern="^[a-z0-9_-]+$")], WebhookSection] = Field(
        {}, description="Programs that are told, by name; `webhook:NAME` can stand wherever a channel can."
    )
    lookups: dict[Annotated[str, Field(pattern="^[a-z0-9_-]+$")], LookupSection] = Field(
        {}, description="Other systems that are asked about requesters, by name."
    )
    language_model: LanguageModelSection | None = Field(
        None, description="A language model that agents may ask; none is asked when this is left out."
    )
    sla_policies: dict[str, PolicySection] = Field({}, description="SLA policies by name.")
    escalation_policies: dict[str, Stages] = Field({}, description="Stages by name of the policy.")
    macros: dict[MacroName, MacroSection] = Field(
        {}, description="Canned replies by name, and what changes with them."
    )
    views: dict[ViewName, ViewSection] = Field(
        {}, description="Lists of tickets by name, beside the built-in ones and those saved in chat."
    )
    transcripts: TranscriptsSection = TranscriptsSection()
    knowledge: KnowledgeSection | None = Field(None, description="Articles in files, and their reviews.")
    satisfaction: SatisfactionSection | None = Field(
        None, description="Requesters are asked how it went; nobody is when this is left out."
    )
    similar: SimilarSection = SimilarSection()
    sorting: SortingSection | None = Field(
        None, description="Learned from past tickets; nothing is when this is left out."
    )
    courtesies: dict[LanguageCode, list[Word]] = Field(
        {}, description="Sentences that reopen nothing (`thanks a lot`), besides the built-in ones."
    )
    sign_in: SignInSection | None = Field(
        None, description="How people sign in at a browser, and for how long."
    )
    workspace: WorkspaceSection = WorkspaceSection()
