"""Storage as the help desk sees it: one transaction, its repositories, and the one asynchronous door.

A transaction is a plain function over a `UnitOfWork`; `await storage.run(function)` carries it to a
database thread and commits when it returns, rolls back when it raises. Nothing here awaits. The ticket
is locked first, then everything else.
"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from bot.ports.storage.announced_states import AnnouncedStates
from bot.ports.storage.assignment.assignments import Assignments
from bot.ports.storage.assistant.jobs import AssistantJobs
from bot.ports.storage.audit_log import AuditLog
from bot.ports.storage.boards import Boards
from bot.ports.storage.bulk_changes.bulk_changes import BulkChanges
from bot.ports.storage.conversations import Conversations
from bot.ports.storage.demand import Demand
from bot.ports.storage.escalations import Escalations
from bot.ports.storage.figures.figures import Figures
from bot.ports.storage.inbound_events import InboundEvents
from bot.ports.storage.knowledge.articles import Articles
from bot.ports.storage.knowledge.earlier_answers import EarlierAnswers
from bot.ports.storage.knowledge.offers import Offers
from bot.ports.storage.knowledge.passages import Passages
from bot.ports.storage.levels.hand_overs import HandOvers
from bot.ports.storage.lookups import LookupAnswers
from bot.ports.storage.macros.written_macros import WrittenMacros
from bot.ports.storage.messages import Messages
from bot.ports.storage.notices.followers import Followers
from bot.ports.storage.notices.notice_choices import NoticeChoices
from bot.ports.storage.notices.notice_log import NoticeLog
from bot.ports.storage.nudges.nudge_plans import NudgePlans
from bot.ports.storage.on_call.absences import Absences
from bot.ports.storage.on_call.covers import Covers
from bot.ports.storage.outbox import Outbox
from bot.ports.storage.people.identities import Identities
from bot.ports.storage.people.link_codes import LinkCodes
from bot.ports.storage.people.people import People
from bot.ports.storage.people.person_notes import PersonNotes
from bot.ports.storage.questions.open_questions import OpenQuestions
from bot.ports.storage.questions.question_words import QuestionWords
from bot.ports.storage.ratings.ratings import Ratings
from bot.ports.storage.ratings.surveys import Surveys
from bot.ports.storage.reminders.morning_messages import MorningMessages
from bot.ports.storage.reminders.reminders import Reminders
from bot.ports.storage.replies.held_replies import HeldReplies
from bot.ports.storage.replies.writers import Writers
from bot.ports.storage.reports import Reports
from bot.ports.storage.search import Search
from bot.ports.storage.sessions.sessions import Sessions
from bot.ports.storage.sessions.sign_in_links import SignInLinks
from bot.ports.storage.settings.desk_versions import DeskVersions
from bot.ports.storage.similar.similar_requests import SimilarRequests
from bot.ports.storage.sla_timers import SlaTimers
from bot.ports.storage.sorting.sorting_records import SortingRecords
from bot.ports.storage.tickets import Tickets
from bot.ports.storage.views.saved_views import SavedViews
from bot.ports.storage.views.table_choices import TableChoices
from bot.ports.storage.watermarks import Watermarks
from bot.ports.storage.worked_time.stopwatches import Stopwatches
from bot.ports.storage.worked_time.time_entries import TimeEntries

T = TypeVar("T")


class UnitOfWork(Protocol):
    """The repositories of one transaction."""

    tickets: Tickets
    conversations: Conversations
    messages: Messages
    outbox: Outbox
    open_questions: OpenQuestions
    question_words: QuestionWords
    sla_timers: SlaTimers
    audit_log: AuditLog
    assistant_jobs: AssistantJobs
    people: People
    identities: Identities
    link_codes: LinkCodes
    person_notes: PersonNotes
    inbound_events: InboundEvents
    watermarks: Watermarks
    escalations: Escalations
    covers: Covers
    absences: Absences
    articles: Articles
    assignments: Assignments
    reports: Reports
    demand: Demand
    similar_requests: SimilarRequests
    figures: Figures
    watches: AnnouncedStates
    boards: Boards
    notices: NoticeLog
    notice_choices: NoticeChoices
    followers: Followers
    nudge_plans: NudgePlans
    search: Search
    hand_overs: HandOvers
    offers: Offers
    earlier_answers: EarlierAnswers
    passages: Passages
    held_replies: HeldReplies
    writers: Writers
    reminders: Reminders
    morning_messages: MorningMessages
    macros: WrittenMacros
    bulk_changes: BulkChanges
    lookups: LookupAnswers
    saved_views: SavedViews
    table_choices: TableChoices
    time_entries: TimeEntries
    stopwatches: Stopwatches
    surveys: Surveys
    ratings: Ratings
    sorting: SortingRecords
    sessions: Sessions
    sign_in_links: SignInLinks
    desk_versions: DeskVersions

    def read_ahead(
        self, *, tickets: Iterable[int] = (), messages: Iterable[int] = (), people: Iterable[str] = ()
    ) -> None:
        """What is asked of one of these, and of what belongs to it, is read of all when it is first asked of one.

        For reading transactions alone, whose snapshot does not change. What they return is shared: nobody changes it.
        """
        ...

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this once the transaction is committed, and never if it is not; it must not fail."""
        ...

    def new_id(self) -> int:
        """A fresh id for a ticket, conversation, message or timer: 63 bits, roughly growing with time."""
        ...


class Storage(Protocol):
    """The door. Both raise StorageUnavailable when the database is gone, read-only or full."""

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in one transaction and commit. A cancelled wait does not stop it: its outcome is unknown."""
        ...

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run on a read-only connection that never delays a writer."""
        ...

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Call this, on the event loop's thread, after commits that left outbox rows due."""
        ...

    async def close(self) -> None: ...
