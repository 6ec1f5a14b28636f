"""What `desk.yaml` may say: one model for each section, with a sentence on every key for editors.

The models hold values as written and checked; `bot.config.compile.desk` turns them into the desk.
"""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from bot.config.file.field_types import (
    AsList,
    CalendarName,
    Category,
    Channel,
    CommandName,
    CommunityName,
    ElapsedTime,
    Labels,
    LanguageCode,
    Names,
    OpenTime,
    PersonReference,
    PolicyName,
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
from bot.config.schema.inboxes import InboxSection
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
from bot.domain.directory import Assignment, Digest, MacroUse, NewPing, TeamThread
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
    category_labels: dict[Category, Labels] = Field(
        {}, description="Instead of a category, by the reader’s language: `{Network: {de: Netzwerk}}`."
    )
    commands: CommandNames = Field(CommandNames(), description="Other names for the command groups.")


class CommunitySection(Section):
    """A server that this desk serves beside others, and keeps apart from them."""

    server: Server = Field(description="`discord:` and the server's id.")
    title: str | None = Field(None, description="What people read; the name when left out.")
    default_team: TeamName = Field(description="For its requests that no rule matches.")


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
