"""What runs by itself: each line is a module of `bot/workers`, how often it is ticked, and what it is made of."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from bot.bootstrap.configuration import ReloadableConfiguration
from bot.caches.lookup_health import LookupHealth
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.replies.release import HeldReplyRelease
from bot.ports.file_store import FileStore
from bot.ports.language_model import LanguageModelClient
from bot.ports.lookups import LookupClient
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory
from bot.workers.assistant.assistant_jobs import AssistantJobsWorker
from bot.workers.backfill import Backfill, Backfills
from bot.workers.board_refresher import BoardRefresher
from bot.workers.bulk_changes import BulkChangeWorker
from bot.workers.calendar_files import CalendarFiles
from bot.workers.digests import Digests
from bot.workers.figures import FiguresWorker
from bot.workers.history_sweep import HistorySweep
from bot.workers.idle_memory import IdleMemory
from bot.workers.knowledge.article_folder import FolderWorker
from bot.workers.knowledge.article_offers import OffersWorker
from bot.workers.knowledge.earlier_answers import AnswersWorker
from bot.workers.knowledge.language_detection import LanguageDetection
from bot.workers.knowledge.passage_vectors import VectorWorker
from bot.workers.knowledge.vector_rest import VectorRest
from bot.workers.lookups import Lookups
from bot.workers.outbox.outbox_rescuer import OutboxRescuer
from bot.workers.outbox.outbox_worker import OutboxWorker
from bot.workers.replies import RepliesWorker
from bot.workers.search_indexer import SearchIndexer
from bot.workers.seen_events import SeenEvents
from bot.workers.settings.settings_follower import SettingsFollower
from bot.workers.sla_clock import SlaClock
from bot.workers.sorting.learner import SortingLearner
from bot.workers.staffing_monitor import StaffingMonitor
from bot.workers.tickets.assignments import AssignmentWorker
from bot.workers.tickets.auto_close import AutoClose
from bot.workers.tickets.forgotten_timers import ForgottenTimers
from bot.workers.tickets.gone_teams import GoneTeamsWorker
from bot.workers.tickets.hand_overs import HandOversWorker
from bot.workers.tickets.mornings import MorningsWorker
from bot.workers.tickets.nudge_backlog import NudgeBacklog
from bot.workers.tickets.nudges import Nudges
from bot.workers.tickets.reminders import RemindersWorker
from bot.workers.tickets.similar_requests import SimilarRequestsWorker
from bot.workers.tickets.snoozes import SnoozesWorker
from bot.workers.tickets.surveys import SurveyWorker
from bot.workers.tickets.unanswered_questions import UnansweredQuestions

START: Final = timedelta(seconds=5)
"""After this time a start has taken the memory that it takes."""
AT_ONCE: Final = timedelta(milliseconds=1)


class TickingWorker(Protocol):
    """What a worker is to the scheduler."""

    def tick(self) -> Awaitable[int | None]:
        """Do what is due now, and say how much where that can be counted.

        Nothing is lost when a tick fails or comes late: the next one does it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerParts:
    """What workers are made of."""

    storage: Storage
    contexts: ContextFactory
    files: FileStore
    outbox: OutboxWorker
    backfills: Sequence[Backfill]
    """One for each platform that keeps a history."""
    in_force: ReloadableConfiguration
    release: HeldReplyRelease
    """What is done when a held reply leaves."""
    lookup_client: LookupClient
    lookup_health: LookupHealth
    model_client: LanguageModelClient
    dispatch: Dispatch
    """What does the plans of the language model that somebody agreed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """`name` is its module's, `every` is real time."""

    name: str
    every: timedelta
    made: Callable[[WorkerParts], TickingWorker]
    first_after: timedelta | None = None
    """The time from the start to the first tick, where it is not `every`."""


class _OfStorage(Protocol):
    def __call__(self, *, storage: Storage, contexts: ContextFactory) -> TickingWorker: ...


def _of(worker: _OfStorage) -> Callable[[WorkerParts], TickingWorker]:
    """Made of the database and of the desk in force alone, as most workers are."""
    return lambda parts: worker(storage=parts.storage, contexts=parts.contexts)


def _seen_events(parts: WorkerParts) -> SeenEvents:
    return SeenEvents(storage=parts.storage, clock=parts.contexts.clock)


def _replies(parts: WorkerParts) -> RepliesWorker:
    return RepliesWorker(storage=parts.storage, contexts=parts.contexts, release=parts.release)


def _lookups(parts: WorkerParts) -> Lookups:
    return Lookups(
        storage=parts.storage,
        contexts=parts.contexts,
        client=parts.lookup_client,
        health=parts.lookup_health,
    )


def _gone_teams(parts: WorkerParts) -> GoneTeamsWorker:
    return GoneTeamsWorker(
        storage=parts.storage, contexts=parts.contexts, note_orphans=parts.in_force.note_orphans
    )


def _settings_follower(parts: WorkerParts) -> SettingsFollower:
    return SettingsFollower(storage=parts.storage, clock=parts.contexts.clock, in_force=parts.in_force)


def _article_folder(parts: WorkerParts) -> FolderWorker:
    return FolderWorker(storage=parts.storage, contexts=parts.contexts, files=parts.files)


def _assistant_jobs(parts: WorkerParts) -> AssistantJobsWorker:
    return AssistantJobsWorker(
        storage=parts.storage, contexts=parts.contexts, client=parts.model_client, dispatch=parts.dispatch
    )


WORKERS: Final = (
    Worker(name="outbox_worker", every=timedelta(seconds=1), made=lambda parts: parts.outbox),
    Worker(name="replies", every=timedelta(seconds=1), made=_replies),
    Worker(name="bulk_changes", every=timedelta(seconds=1), made=_of(BulkChangeWorker)),
    Worker(name="gone_teams", every=timedelta(seconds=1), first_after=AT_ONCE, made=_gone_teams),
    Worker(name="lookups", every=timedelta(seconds=1), made=_lookups),
    Worker(name="assistant_jobs", every=timedelta(seconds=1), made=_assistant_jobs),
    Worker(
        name="settings_follower", every=timedelta(seconds=3), first_after=AT_ONCE, made=_settings_follower
    ),
    Worker(name="reminders", every=timedelta(seconds=5), made=_of(RemindersWorker)),
    Worker(name="snoozes", every=timedelta(seconds=5), made=_of(SnoozesWorker)),
    Worker(name="sla_clock", every=timedelta(seconds=5), made=_of(SlaClock)),
    Worker(name="nudges", every=timedelta(seconds=15), made=_of(Nudges)),
    Worker(name="nudge_backlog", every=timedelta(minutes=5), made=_of(NudgeBacklog)),
    Worker(name="hand_overs", every=timedelta(seconds=15), made=_of(HandOversWorker)),
    Worker(name="assignments", every=timedelta(seconds=5), made=_of(AssignmentWorker)),
    Worker(name="similar_requests", every=timedelta(seconds=5), made=_of(SimilarRequestsWorker)),
    Worker(name="article_offers", every=timedelta(seconds=2), made=_of(OffersWorker)),
    Worker(name="earlier_answers", every=timedelta(seconds=5), made=_of(AnswersWorker)),
    Worker(name="unanswered_questions", every=timedelta(seconds=15), made=_of(UnansweredQuestions)),
    Worker(name="board_refresher", every=timedelta(seconds=5), made=_of(BoardRefresher)),
    Worker(
        name="outbox_rescuer",
        every=timedelta(seconds=15),
        made=lambda parts: OutboxRescuer(storage=parts.storage),
    ),
    Worker(name="staffing_monitor", every=timedelta(seconds=30), made=_of(StaffingMonitor)),
    Worker(name="digests", every=timedelta(seconds=30), made=_of(Digests)),
    Worker(name="mornings", every=timedelta(seconds=30), made=_of(MorningsWorker)),
    Worker(name="backfill", every=timedelta(seconds=30), made=lambda parts: Backfills(parts.backfills)),
    Worker(name="history_sweep", every=timedelta(minutes=10), made=lambda p: HistorySweep(p.backfills)),
    Worker(
        name="search_indexer",
        every=timedelta(seconds=15),
        made=lambda parts: SearchIndexer(storage=parts.storage),
    ),
    Worker(
        name="passage_vectors",
        every=timedelta(seconds=15),
        made=lambda parts: VectorWorker(storage=parts.storage, meanings=parts.contexts.meanings),
    ),
    Worker(
        name="vector_rest",
        every=timedelta(minutes=10),
        made=lambda parts: VectorRest(meanings=parts.contexts.meanings),
    ),
    Worker(name="forgotten_timers", every=timedelta(seconds=30), made=_of(ForgottenTimers)),
    Worker(name="surveys", every=timedelta(seconds=30), made=_of(SurveyWorker)),
    Worker(name="figures", every=timedelta(seconds=15), made=_of(FiguresWorker)),
    Worker(name="learner", every=timedelta(seconds=30), made=_of(SortingLearner)),
    Worker(name="article_folder", every=timedelta(seconds=5), first_after=AT_ONCE, made=_article_folder),
    Worker(
        name="language_detection",
        every=timedelta(minutes=10),
        first_after=START,
        made=_of(LanguageDetection),
    ),
    Worker(name="auto_close", every=timedelta(minutes=10), made=_of(AutoClose)),
    Worker(name="idle_memory", every=timedelta(minutes=10), first_after=START, made=lambda _: IdleMemory()),
    Worker(name="seen_events", every=timedelta(hours=24), made=_seen_events),
    Worker(
        name="calendar_files",
        every=timedelta(hours=24),
        made=lambda p: CalendarFiles(p.in_force.read_files_again),
    ),
)
