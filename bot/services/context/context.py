"""One piece of desk work: who does what, when, by which configuration, in which transaction."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.caches.dirty_boards import DirtyBoards
from bot.caches.folder_state import FolderState
from bot.caches.home_viewers import HomeViewers
from bot.caches.known_writers import KnownWriters
from bot.caches.passage_vectors import PassageVectors
from bot.caches.policy_snapshots import PolicyCopies
from bot.caches.sorting_models import SortingModels
from bot.domain.desk import Desk
from bot.domain.directory import DESK, Person, Team
from bot.domain.people.identity import IMPORTED
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import MessageLink
from bot.ports.clock import Clock
from bot.ports.platform import Capabilities, Links
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.notice_bundle import NoticeBundle
from bot.services.context.sight import Sight, sight_of
from bot.text.catalogue import best
from bot.text.language_detector import LanguageDetector


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`now` is desk time, UTC. The transaction belongs to whoever made this; nobody else commits."""

    uow: UnitOfWork
    desk: Desk
    actor: Person
    now: datetime
    policies: PolicyCopies
    language_of: Callable[[str], str]
    """A text's ISO 639-1 code, or "" when unsure."""
    expect_text: Callable[[], None]
    """Have `language_of` ready soon: its first answer takes seconds, which no one who submits a form may wait for."""
    homes: HomeViewers
    boards: DirtyBoards
    writers: KnownWriters
    sorting: SortingModels
    capabilities: Mapping[str, Capabilities]
    """What each platform can do, by its name."""
    links: Mapping[str, Links]
    """Of platforms on which messages have addresses, by its name."""
    meanings: PassageVectors = field(default_factory=PassageVectors)
    articles: FolderState = field(default_factory=FolderState)
    """What articles mean; of a desk without a model, nothing."""
    public_url: str = ""
    """Under which people reach the desk with a browser; empty where that is not said."""
    bundle: NoticeBundle | None = None
    """Where notices are kept while many tickets are changed at once; None: each is sent by itself."""

    def address_of(self, message: MessageLink) -> str:
        """Where people open it; empty where that is not known."""
        links = self.links.get(message.channel.platform)
        return links.address_of(message) if links is not None else ""

    def follows_forms(self, platform: str) -> bool:
        """Whether another form can take the place of one that was sent there."""
        known = self.capabilities.get(platform)
        return known is not None and known.follows_forms

    def has_threads_in_directs(self, platform: str) -> bool:
        known = self.capabilities.get(platform)
        return known is None or known.has_threads_in_directs

    def answers_in_channels(self, platform: str) -> bool:
        """Whether an answer to a message in a channel there is shown in that channel, to its author alone."""
        known = self.capabilities.get(platform)
        return known is not None and known.answers_in_channels

    def has_number_inputs(self, platform: str) -> bool:
        """Whether forms there give numbers as in `1234.5`, whatever the language."""
        known = self.capabilities.get(platform)
        return known is not None and known.has_number_inputs

    def reaches(self, person: Person) -> bool:
        """Whether the desk can write to them alone: somebody on a platform of its own, and no bot."""
        known = self.capabilities.get(person.platform)
        return known is not None and not known.is_machine and not person.is_bot

    def removes_posts(self, platform: str) -> bool:
        """Whether the desk may be let to remove what people wrote there."""
        known = self.capabilities.get(platform)
        return known is not None and known.removes_posts

    def most_form_choices(self, platform: str) -> int:
        """From how many a form there lets somebody choose several."""
        return (self.capabilities.get(platform) or Capabilities()).most_form_choices

    def message_length(self, platform: str) -> int:
        return (self.capabilities.get(platform) or Capabilities()).message_length

    def vouches_for_address(self, person: Person) -> bool:
        """Whether their e-mail address is surely theirs: what one types of oneself is not."""
        known = self.capabilities.get(person.platform)
        return person.platform == IMPORTED or (known is not None and known.vouches_for_addresses)

    def suggests_while_typing(self, platform: str) -> bool:
        known = self.capabilities.get(platform)
        return known is not None and known.suggests_while_typing

    def has_thread_headers(self, platform: str) -> bool:
        """Whether threads there have a head of their own."""
        known = self.capabilities.get(platform)
        return known is not None and known.has_thread_headers

    def team_of(self, ticket: Ticket) -> Team:
        """The ticket's team; the default team when its own has been removed from the configuration."""
        return self.desk.team_of(ticket)

    @property
    def language(self) -> str:
        """The actor's, where Deskbell speaks it: what is said to them alone is in it."""
        return best(self.actor.language, self.desk.language)

    def name_of(self, ticket: Ticket, person: Person) -> str:
        """What the actor reads for somebody who works on the ticket: a name is not told outside an anonymous team."""
        alias = "" if self.is_agent_of(ticket) else self.desk.alias_of(ticket, person)
        return alias or person.name

    def sight(self, ticket: Ticket) -> Sight:
        """What the actor may see of the ticket."""
        return sight_of(self.uow, self.desk, ticket, self.actor)

    @property
    def accounts(self) -> frozenset[str]:
        """Keys of all accounts of the actor, this one included: what was asked with any of them is theirs."""
        return self.uow.identities.accounts_of(self.actor.key)

    def is_requester_of(self, ticket: Ticket) -> bool:
        """Whether the actor asked, with whichever of their accounts."""
        return self.actor.key == ticket.requester or ticket.requester in self.accounts

    def is_agent_of(self, ticket: Ticket) -> bool:
        """Whether the actor answers this ticket as an agent. An agent who is the requester is a requester."""
        return self.team_of(ticket).has_agent(self.actor) and not self.is_requester_of(ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextFactory:
    """What every piece of work shares: the configuration in force, desk time, and the copied policies."""

    desk: Callable[[], Desk]
    clock: Clock
    policies: PolicyCopies = field(default_factory=PolicyCopies)
    language_of: Callable[[str], str] = field(default_factory=LanguageDetector)
    homes: HomeViewers = field(default_factory=HomeViewers)
    boards: DirtyBoards = field(default_factory=DirtyBoards)
    writers: KnownWriters = field(default_factory=KnownWriters)
    sorting: SortingModels = field(default_factory=SortingModels)
    meanings: PassageVectors = field(default_factory=PassageVectors)
    articles: FolderState = field(default_factory=FolderState)
    capabilities: Mapping[str, Capabilities] = field(default_factory=dict)
    links: Mapping[str, Links] = field(default_factory=dict)
    public_url: Callable[[], str] = str
    """The address under which people open the desk; empty where there is none."""

    def prepare_for_text(self) -> None:
        """Have `language_of` ready. Blocks for seconds the first time."""
        if isinstance(self.language_of, LanguageDetector):
            self.language_of.load()

    @contextmanager
    def text_for_a_while(self) -> Iterator[None]:
        """`language_of` is asked here and perhaps never again: what it has loaded for that is let go of."""
        detector = self.language_of
        was_loaded = not isinstance(detector, LanguageDetector) or detector.is_loaded
        try:
            yield
        finally:
            if isinstance(detector, LanguageDetector) and not was_loaded:
                detector.release()

    def _expect_text(self) -> None:
        if isinstance(self.language_of, LanguageDetector):
            self.language_of.load_soon()

    def context(
        self, uow: UnitOfWork, actor: Person | None = None, *, bundle: NoticeBundle | None = None
    ) -> Context:
        """A piece of work in this transaction, by this person or else by the desk itself."""
        desk = self.desk()
        by = actor or Person(key=DESK, name=desk.name)
        return Context(
            uow=uow,
            desk=desk,
            actor=by,
            now=self.clock.now(),
            policies=self.policies,
            language_of=self.language_of,
            expect_text=self._expect_text,
            homes=self.homes,
            boards=self.boards,
            writers=self.writers,
            sorting=self.sorting,
            meanings=self.meanings,
            articles=self.articles,
            capabilities=self.capabilities,
            links=self.links,
            public_url=self.public_url(),
            bundle=bundle,
        )
