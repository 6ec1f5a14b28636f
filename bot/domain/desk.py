"""The desk as configured: one immutable value that a reload replaces whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.assistant.language_model import LanguageModel
from bot.domain.demand.similar import SimilarPolicy
from bot.domain.directory import DESK, ChannelRef, Community, Inbox, Person, Team
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.policy import USUAL_POLICY, KnowledgePolicy
from bot.domain.lookups.lookup import Lookup
from bot.domain.macros.macro import Macro
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Rota
from bot.domain.routing.request import category_fact
from bot.domain.routing.router import Router
from bot.domain.sessions.policy import USUAL_POLICY as USUAL_SIGN_IN
from bot.domain.sessions.policy import SignInPolicy
from bot.domain.sla.policy_choice import PolicyVariant
from bot.domain.sla.timer import SlaPolicy
from bot.domain.sorting.policy import SortingPolicy
from bot.domain.tickets.custom_field import CustomFields
from bot.domain.tickets.ticket import Ticket
from bot.domain.tickets.transcript import Transcripts
from bot.domain.views.saved_view import SavedView


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything `desk.yaml` says, compiled and checked: every name in it leads somewhere.

    `admins` are person keys or lower-case e-mail addresses. `command_names` gives the configured top-level
    name of each command group (`ticket`, `desk`, `kb`, `desk-admin`). `courtesies` are, by language, the
    normalised sentences that reopen nothing. `aside` is what a message begins with that is no request; empty
    for nothing. `team_policies` and `default_policy` name SLA policies; a
    ticket whose rule, team and desk name none runs without clocks.
    """

    name: str
    prefix: str
    inboxes: Mapping[str, Inbox]
    teams: Mapping[str, Team]
    default_team: str
    router: Router
    sla_policies: Mapping[str, SlaPolicy] = field(default_factory=dict)
    policy_variants: Mapping[str, tuple[PolicyVariant, ...]] = field(default_factory=dict)
    """By the name of the policy; the first whose condition holds is taken."""
    team_policies: Mapping[str, str] = field(default_factory=dict)
    default_policy: str | None = None
    admins: frozenset[str] = frozenset()
    session_admins: frozenset[str] = frozenset()
    """Groups of identity providers whose members are administrators in a session of theirs."""
    operator_channel: ChannelRef | None = None
    categories: tuple[str, ...] = ()
    custom_fields: CustomFields = field(default_factory=CustomFields)
    language: str = "en"
    command_names: Mapping[str, str] = field(
        default_factory=lambda: {"ticket": "ticket", "desk": "desk", "kb": "kb", "desk-admin": "desk-admin"}
    )
    courtesies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    aside: str = "//"
    communities: Mapping[str, Community] = field(default_factory=dict)
    """The servers this desk serves apart from one another, by name; empty where it serves one."""
    rotas: Mapping[str, Rota] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    """Those that `desk.yaml` and its iCalendar files tell; what people say themselves is in the database."""
    webhooks: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the programs that are told, by name: `webhook:pager` is a channel like any other."""
    webhooks_on: str = ""
    """The name of the platform whose channels they are: programs, where nobody reads."""
    blocked: frozenset[str] = frozenset()
    """Who may open no tickets: person keys, lower-case e-mail addresses, user groups."""
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Members of the groups that `desk.yaml` lists, by their names."""
    macros: Mapping[str, Macro] = field(default_factory=dict)
    views: Mapping[str, SavedView] = field(default_factory=dict)
    """Those of `desk.yaml`, by their folded names."""
    transcripts: Transcripts = field(default_factory=Transcripts)
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    """Other systems that are asked about requesters, by name."""
    similar: SimilarPolicy = field(default_factory=SimilarPolicy)
    """Who is told of requests that say the same."""

    sorting: SortingPolicy = field(default_factory=SortingPolicy)
    language_model: LanguageModel | None = None
    knowledge: KnowledgePolicy = USUAL_POLICY
    sign_in: SignInPolicy = USUAL_SIGN_IN
    orphaned: frozenset[str] = frozenset()
    """Names of teams that have tickets and that nothing in `desk.yaml` names any more, once they are known."""
    _inboxes_by_channel: Mapping[ChannelRef, Inbox] = field(init=False, repr=False, compare=False)
    _former_teams: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """A message's channel is asked for a dozen times: found at once, however many inboxes there are."""
        by_channel: dict[ChannelRef, Inbox] = {}
        for inbox in self.inboxes.values():
            by_channel.setdefault(inbox.channel, inbox)
        object.__setattr__(self, "_inboxes_by_channel", by_channel)
        former = {name: team.name for team in self.teams.values() for name in team.was}
        object.__setattr__(self, "_former_teams", former)

    @property
    def asks_for_ratings(self) -> bool:
        """Whether any team asks its requesters how it went."""
        return any(team.satisfaction is not None for team in self.teams.values())

    def webhook(self, name: str) -> ChannelRef:
        """The webhook of that name, as a channel."""
        return ChannelRef(self.webhooks_on, name)

    def is_program(self, channel: ChannelRef) -> bool:
        """Whether the channel is a webhook, and no place where people read."""
        return channel.platform == self.webhooks_on

    def inbox_at(self, channel: ChannelRef) -> Inbox | None:
        """The inbox that this channel is, if it is one."""
        return self._inboxes_by_channel.get(channel)

    def categories_at(self, channel: ChannelRef) -> tuple[str, ...]:
        """Those that may be chosen there: where one team gets every request, not those of other teams.

        A category is of the teams that rules send it to; one that no rule names is of the default team, unless no
        rule gives that one team any.
        """
        inbox = self.inbox_at(channel)
        team = self.router.only_team(inbox.name) if inbox is not None else None
        if team is None:
            return self.categories
        teams = {each: self.router.teams_for(category_fact(each)) for each in self.categories}
        unnamed = {self.default_team} if any(team in each for each in teams.values()) else {team}
        return tuple(each for each in self.categories if team in (teams[each] or unnamed))

    def answers_at(self, channel: ChannelRef) -> AnswerTime:
        """When what is asked there is looked up."""
        inbox = self.inbox_at(channel)
        return inbox.answers if inbox is not None and inbox.answers is not None else self.knowledge.answers

    @property
    def looks_up_requests(self) -> bool:
        """Whether any request is looked up at all: without it, nothing is read for it."""
        modes = {self.knowledge.answers, *(each.answers for each in self.inboxes.values())}
        return bool(modes & {AnswerTime.BESIDE, AnswerTime.BEFORE})

    def communities_on(self, platform: str) -> tuple[Community, ...]:
        """The servers of this platform that the desk serves apart from one another."""
        return tuple(each for each in self.communities.values() if each.platform == platform)

    def community_called(self, reference: str) -> Community | None:
        """By `platform:id`."""
        return next((each for each in self.communities.values() if each.reference == reference), None)

    def community_at(self, channel: ChannelRef) -> str | None:
        """The name of the community whose tickets are talked about there, where that is certain."""
        place_or_team = self.inbox_at(channel) or self.team_at(channel)
        return None if place_or_team is None else place_or_team.community

    def is_within(self, team: str | None, community: str | None) -> bool:
        """Whether this team, if any, may have tickets of that community, if any."""
        return None in (team, community) or self.teams[str(team)].community in (None, community)

    def community_of(self, ticket: Ticket) -> str | None:
        """The name of the community that a ticket belongs to: where it was asked, else its team's."""
        return ticket.community if ticket.community in self.communities else self.team_of(ticket).community

    def serves(self, team: Team, ticket: Ticket) -> bool:
        """Whether this team may have the ticket, or know of it: not one of another community."""
        community = self.community_of(ticket)
        return community is None or team.community in (None, community)

    def language_at(self, channel: ChannelRef) -> str:
        """What is said in a channel: its team's language, or the desk's where its teams differ or there is none."""
        spoken = {
            team.language or self.language
            for team in self.teams.values()
            if channel in (team.channel, team.escalation_channel)
        }
        return spoken.pop() if len(spoken) == 1 else self.language

    def team_at(self, channel: ChannelRef) -> Team | None:
        """The team whose own channel this is."""
        return next((team for team in self.teams.values() if team.channel == channel), None)

    def title_of(self, team: str) -> str:
        """What people read for a team's name, or for what it was called; the name itself of one that is no more."""
        heir = self.heir_of(team)
        return self.teams[heir].title if heir in self.teams else team

    def heir_of(self, team: str) -> str:
        """The name of the team that says it was called so; the name itself otherwise."""
        return team if team in self.teams or team in self.orphaned else self._former_teams.get(team, team)

    def kept_names(self, teams: Iterable[str]) -> frozenset[str]:
        """These names of teams, with what those teams say that they were called."""
        found = {name: self.teams[name].was - self.orphaned if name in self.teams else () for name in teams}
        return frozenset(name for team, was in found.items() for name in (team, *was))

    def policies_named_for(self, team: str) -> list[str]:
        """The SLA policies that this team's tickets may begin with: the team's or the desk's, then those of rules."""
        named = [self.team_policies.get(team, self.default_policy)]
        named += [rule.sla_policy for rule in self.router.rules if rule.team == team]
        return [each for each in named if each is not None]

    def team_of(self, ticket: Ticket) -> Team:
        """The ticket's team; of one that is no more, who took over, else its community's default team."""
        return self.teams[self.answering(ticket.team, ticket.community)]

    def answering(self, team: str, community: str | None) -> str:
        """The name of the team that answers for this team's tickets from this community."""
        if team in self.teams:
            return team
        place = self.communities.get(community or "")
        return self._former_teams.get(team, place.default_team if place is not None else self.default_team)

    def with_orphans(self, former: Mapping[str, str]) -> "Desk":
        """These teams, which are no more, are answered for by those."""
        teams = {
            name: replace(team, was=team.was | {old for old, heir in former.items() if heir == name})
            for name, team in self.teams.items()
        }
        return replace(self, teams=teams, orphaned=frozenset(former))

    def boards(self) -> Mapping[ChannelRef, tuple[Team, ...]]:
        """The channels that have a live board, and the teams whose tickets at risk are on it."""
        boards: dict[ChannelRef, tuple[Team, ...]] = {}
        for team in self.teams.values():
            if (channel := team.board_channel) is not None:
                boards[channel] = (*boards.get(channel, ()), team)
        return boards

    def channels(self, platform: str | None = None) -> Iterator[tuple[str, ChannelRef]]:
        """Every channel that the configuration names, on this platform or on any, once, and what it is for."""
        named = [(f"inbox `{inbox.name}`", inbox.channel) for inbox in self.inboxes.values()]
        for team in self.teams.values():
            named.append((f"team `{team.name}`", team.channel))
            if team.escalation_channel is not None:
                named.append((f"escalations of `{team.name}`", team.escalation_channel))
        if self.operator_channel is not None:
            named.append(("operators", self.operator_channel))
        if self.transcripts.channel is not None:
            named.append(("transcripts", self.transcripts.channel))
        seen: set[ChannelRef] = set()
        for what, channel in named:
            if platform in (None, channel.platform) and not channel.is_direct and channel not in seen:
                seen.add(channel)
                yield what, channel

    def teams_of(self, person: Person) -> tuple[Team, ...]:
        """The teams whose tickets this person works or leads."""
        return tuple(team for team in self.teams.values() if team.has_agent(person))

    def leads_of(self, person: Person, lead: Person) -> tuple[Team, ...]:
        """The teams of this person that the other one leads."""
        return tuple(team for team in self.teams_of(person) if team.has_lead(lead))

    def alias_of(self, ticket: Ticket, person: Person) -> str:
        """The team's title that stands for this person on the requester's side; empty where they go by their name.

        Whoever works on an anonymous team's ticket goes by it, and an agent of such a team wherever they help.
        """
        if person.key in (ticket.requester, DESK):
            return ""
        team = self.team_of(ticket)
        teams = [team] if team.is_anonymous else [t for t in self.teams_of(person) if t.is_anonymous]
        return teams[0].title if teams else ""

    def is_admin(self, person: Person) -> bool:
        return person.is_in_any(self.session_admins) or person.answers_to(self.admins)
