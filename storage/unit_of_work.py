"""The repositories of one transaction; it is begun, committed and rolled back by `storage.store`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

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
from storage.engine.ids import IdMaker
from storage.engine.read_ahead import ReadAhead
from storage.engine.session import Session
from storage.engine.write_cache import WriteCache
from storage.repositories.announced_states import SqlAnnouncedStates
from storage.repositories.assignment.assignments import SqlAssignments
from storage.repositories.assistant.jobs import SqlAssistantJobs
from storage.repositories.audit_log import SqlAuditLog
from storage.repositories.boards import SqlBoards
from storage.repositories.bulk_changes.bulk_changes import SqlBulkChanges
from storage.repositories.conversations import SqlConversations
from storage.repositories.demand import SqlDemand
from storage.repositories.escalations import SqlEscalations
from storage.repositories.figures.figures import SqlFigures
from storage.repositories.inbound_events import SqlInboundEvents
from storage.repositories.knowledge.articles import SqlArticles
from storage.repositories.knowledge.earlier_answers import SqlEarlierAnswers
from storage.repositories.knowledge.offers import SqlOffers
from storage.repositories.knowledge.passages import SqlPassages
from storage.repositories.levels.hand_overs import SqlHandOvers
from storage.repositories.lookups import SqlLookupAnswers
from storage.repositories.macros.written_macros import SqlWrittenMacros
from storage.repositories.messages import SqlMessages
from storage.repositories.notices.followers import SqlFollowers
from storage.repositories.notices.notice_choices import SqlNoticeChoices
from storage.repositories.notices.notice_log import SqlNoticeLog
from storage.repositories.nudges.nudge_plans import SqlNudgePlans
from storage.repositories.on_call.absences import SqlAbsences
from storage.repositories.on_call.covers import SqlCovers
from storage.repositories.outbox import SqlOutbox
from storage.repositories.people.identities import SqlIdentities
from storage.repositories.people.link_codes import SqlLinkCodes
from storage.repositories.people.people import SqlPeople
from storage.repositories.people.person_notes import SqlPersonNotes
from storage.repositories.questions.open_questions import SqlOpenQuestions
from storage.repositories.questions.question_words import SqlQuestionWords
from storage.repositories.ratings.ratings import SqlRatings
from storage.repositories.ratings.surveys import SqlSurveys
from storage.repositories.reminders.morning_messages import SqlMorningMessages
from storage.repositories.reminders.reminders import SqlReminders
from storage.repositories.replies.held_replies import SqlHeldReplies
from storage.repositories.replies.writers import SqlWriters
from storage.repositories.reports import SqlReports
from storage.repositories.search.documents import SearchDocuments
from storage.repositories.search.found_tickets import SqlSearch
from storage.repositories.sessions.sessions import SqlSessions
from storage.repositories.sessions.sign_in_links import SqlSignInLinks
from storage.repositories.settings.desk_versions import SqlDeskVersions
from storage.repositories.similar.similar_requests import SqlSimilarRequests
from storage.repositories.sla_timers import SqlSlaTimers
from storage.repositories.sorting.sorting_records import SqlSortingRecords
from storage.repositories.tickets import SqlTickets
from storage.repositories.views.saved_views import SqlSavedViews
from storage.repositories.views.table_choices import SqlTableChoices
from storage.repositories.watermarks import SqlWatermarks
from storage.repositories.worked_time.stopwatches import SqlStopwatches
from storage.repositories.worked_time.time_entries import SqlTimeEntries


class _Parts(NamedTuple):
    """What the repositories of one transaction are made of."""

    session: Session
    new_id: IdMaker
    known: WriteCache
    ahead: ReadAhead
    documents: SearchDocuments


class SqlUnitOfWork:
    """`bot.ports.unit_of_work.UnitOfWork`. `session` is for tests that count statements."""

    __slots__ = (
        "_parts",
        "absences",
        "articles",
        "assignments",
        "assistant_jobs",
        "audit_log",
        "boards",
        "bulk_changes",
        "conversations",
        "covers",
        "demand",
        "desk_versions",
        "earlier_answers",
        "escalations",
        "figures",
        "followers",
        "hand_overs",
        "held_replies",
        "identities",
        "inbound_events",
        "link_codes",
        "lookups",
        "macros",
        "messages",
        "morning_messages",
        "notice_choices",
        "notices",
        "nudge_plans",
        "offers",
        "open_questions",
        "outbox",
        "passages",
        "people",
        "person_notes",
        "question_words",
        "ratings",
        "reminders",
        "reports",
        "saved_views",
        "search",
        "session",
        "sessions",
        "sign_in_links",
        "similar_requests",
        "sla_timers",
        "sorting",
        "stopwatches",
        "surveys",
        "table_choices",
        "tickets",
        "time_entries",
        "watches",
        "watermarks",
        "writers",
    )

    tickets: Tickets
    conversations: Conversations
    messages: Messages
    outbox: Outbox
    open_questions: OpenQuestions
    question_words: QuestionWords
    sla_timers: SlaTimers
    assistant_jobs: AssistantJobs
    audit_log: AuditLog
    people: People
    identities: Identities
    link_codes: LinkCodes
    person_notes: PersonNotes
    inbound_events: InboundEvents
    escalations: Escalations
    covers: Covers
    absences: Absences
    articles: Articles
    assignments: Assignments
    watches: AnnouncedStates
    boards: Boards
    watermarks: Watermarks
    reports: Reports
    demand: Demand
    similar_requests: SimilarRequests
    figures: Figures
    notices: NoticeLog
    followers: Followers
    nudge_plans: NudgePlans
    saved_views: SavedViews
    table_choices: TableChoices
    notice_choices: NoticeChoices
    bulk_changes: BulkChanges
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
    surveys: Surveys
    ratings: Ratings
    sorting: SortingRecords
    lookups: LookupAnswers
    time_entries: TimeEntries
    stopwatches: Stopwatches
    sessions: Sessions
    sign_in_links: SignInLinks
    desk_versions: DeskVersions

    def __init__(self, session: Session, *, new_id: IdMaker, known: WriteCache) -> None:
        self.session = session
        self._parts = _Parts(session, new_id, known, ReadAhead(), SearchDocuments(session))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """A repository, made when it is first asked for: a transaction needs few of the fifty there are."""
        make = _MAKERS.get(name)
        if make is None:
            raise AttributeError(name)
        made = make(self._parts)
        setattr(self, name, made)
        return made

    def read_ahead(
        self, *, tickets: Iterable[int] = (), messages: Iterable[int] = (), people: Iterable[str] = ()
    ) -> None:
        if not self.session.is_read_only:
            raise RuntimeError("what is read ahead must not change: use Storage.read")
        self._parts.ahead.tickets.update(tickets)
        self._parts.ahead.messages.update(messages)
        self._parts.ahead.people.update(people)

    def after_commit(self, action: Callable[[], None]) -> None:
        self.session.after_commit(action)

    def new_id(self) -> int:
        return self._parts.new_id()


_MAKERS: Final[Mapping[str, Callable[[_Parts], object]]] = {
    "tickets": lambda of: SqlTickets(of.session, documents=of.documents, ahead=of.ahead),
    "conversations": lambda of: SqlConversations(of.session, new_id=of.new_id, ahead=of.ahead),
    "messages": lambda of: SqlMessages(of.session, documents=of.documents, ahead=of.ahead),
    "outbox": lambda of: SqlOutbox(of.session),
    "open_questions": lambda of: SqlOpenQuestions(of.session),
    "question_words": lambda of: SqlQuestionWords(of.session),
    "sla_timers": lambda of: SqlSlaTimers(of.session, known=of.known, ahead=of.ahead),
    "assistant_jobs": lambda of: SqlAssistantJobs(of.session),
    "audit_log": lambda of: SqlAuditLog(of.session, ahead=of.ahead),
    "people": lambda of: SqlPeople(
        of.session,
        known=of.known,
        documents=of.documents,
        new_id=of.new_id,
        ahead=of.ahead,
    ),
    "identities": lambda of: SqlIdentities(of.session),
    "link_codes": lambda of: SqlLinkCodes(of.session),
    "person_notes": lambda of: SqlPersonNotes(of.session),
    "inbound_events": lambda of: SqlInboundEvents(of.session),
    "escalations": lambda of: SqlEscalations(of.session),
    "covers": lambda of: SqlCovers(of.session),
    "absences": lambda of: SqlAbsences(of.session),
    "articles": lambda of: SqlArticles(of.session),
    "assignments": lambda of: SqlAssignments(of.session),
    "watches": lambda of: SqlAnnouncedStates(of.session),
    "boards": lambda of: SqlBoards(of.session),
    "watermarks": lambda of: SqlWatermarks(of.session),
    "reports": lambda of: SqlReports(of.session),
    "demand": lambda of: SqlDemand(of.session),
    "similar_requests": lambda of: SqlSimilarRequests(of.session, ahead=of.ahead),
    "figures": lambda of: SqlFigures(of.session),
    "notices": lambda of: SqlNoticeLog(of.session, ahead=of.ahead),
    "followers": lambda of: SqlFollowers(of.session, ahead=of.ahead),
    "nudge_plans": lambda of: SqlNudgePlans(of.session, ahead=of.ahead),
    "saved_views": lambda of: SqlSavedViews(of.session),
    "table_choices": lambda of: SqlTableChoices(of.session),
    "notice_choices": lambda of: SqlNoticeChoices(of.session),
    "bulk_changes": lambda of: SqlBulkChanges(of.session),
    "search": lambda of: SqlSearch(of.session, new_id=of.new_id),
    "hand_overs": lambda of: SqlHandOvers(of.session),
    "offers": lambda of: SqlOffers(of.session, ahead=of.ahead),
    "earlier_answers": lambda of: SqlEarlierAnswers(of.session),
    "passages": lambda of: SqlPassages(of.session, new_id=of.new_id),
    "held_replies": lambda of: SqlHeldReplies(of.session),
    "writers": lambda of: SqlWriters(of.session),
    "reminders": lambda of: SqlReminders(of.session),
    "morning_messages": lambda of: SqlMorningMessages(of.session),
    "macros": lambda of: SqlWrittenMacros(of.session),
    "surveys": lambda of: SqlSurveys(of.session),
    "ratings": lambda of: SqlRatings(of.session),
    "sorting": lambda of: SqlSortingRecords(of.session, ahead=of.ahead),
    "lookups": lambda of: SqlLookupAnswers(of.session, ahead=of.ahead),
    "time_entries": lambda of: SqlTimeEntries(of.session),
    "stopwatches": lambda of: SqlStopwatches(of.session),
    "sessions": lambda of: SqlSessions(of.session),
    "sign_in_links": lambda of: SqlSignInLinks(of.session),
    "desk_versions": lambda of: SqlDeskVersions(of.session),
}
