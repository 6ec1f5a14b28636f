"""The repositories of one transaction; it is begun, committed and rolled back by `storage.store`."""

from collections.abc import Callable, Iterable

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
from bot.ports.storage.similar.similar_requests import SimilarRequests
from bot.ports.storage.sla_timers import SlaTimers
from bot.ports.storage.sorting.sorting_records import SortingRecords
from bot.ports.storage.tickets import Tickets
from bot.ports.storage.views.saved_views import SavedViews
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
from storage.repositories.similar.similar_requests import SqlSimilarRequests
from storage.repositories.sla_timers import SqlSlaTimers
from storage.repositories.sorting.sorting_records import SqlSortingRecords
from storage.repositories.tickets import SqlTickets
from storage.repositories.views.saved_views import SqlSavedViews
from storage.repositories.watermarks import SqlWatermarks
from storage.repositories.worked_time.stopwatches import SqlStopwatches
from storage.repositories.worked_time.time_entries import SqlTimeEntries


class SqlUnitOfWork:
    """`bot.ports.unit_of_work.UnitOfWork`. `session` is for tests that count statements."""

    __slots__ = (
        "_ahead",
        "_new_id",
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
        "outbox",
        "passages",
        "people",
        "person_notes",
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
        "tickets",
        "time_entries",
        "watches",
        "watermarks",
        "writers",
    )

    def __init__(self, session: Session, *, new_id: IdMaker, known: WriteCache) -> None:
        self.session = session
        self._new_id = new_id
        documents = SearchDocuments(session)
        self._ahead = ahead = ReadAhead()
        self.tickets: Tickets = SqlTickets(session, documents=documents, ahead=ahead)
        self.conversations: Conversations = SqlConversations(session, new_id=new_id, ahead=ahead)
        self.messages: Messages = SqlMessages(session, documents=documents, ahead=ahead)
        self.outbox: Outbox = SqlOutbox(session)
        self.sla_timers: SlaTimers = SqlSlaTimers(session, known=known, ahead=ahead)
        self.assistant_jobs: AssistantJobs = SqlAssistantJobs(session)
        self.audit_log: AuditLog = SqlAuditLog(session, ahead=ahead)
        self.people: People = SqlPeople(session, known=known, documents=documents, new_id=new_id, ahead=ahead)
        self.identities: Identities = SqlIdentities(session)
        self.link_codes: LinkCodes = SqlLinkCodes(session)
        self.person_notes: PersonNotes = SqlPersonNotes(session)
        self.inbound_events: InboundEvents = SqlInboundEvents(session)
        self.escalations: Escalations = SqlEscalations(session)
        self.covers: Covers = SqlCovers(session)
        self.absences: Absences = SqlAbsences(session)
        self.articles: Articles = SqlArticles(session)
        self.assignments: Assignments = SqlAssignments(session)
        self.watches: AnnouncedStates = SqlAnnouncedStates(session)
        self.boards: Boards = SqlBoards(session)
        self.watermarks: Watermarks = SqlWatermarks(session)
        self.reports: Reports = SqlReports(session)
        self.demand: Demand = SqlDemand(session)
        self.similar_requests: SimilarRequests = SqlSimilarRequests(session, ahead=ahead)
        self.figures: Figures = SqlFigures(session)
        self.notices: NoticeLog = SqlNoticeLog(session, ahead=ahead)
        self.followers: Followers = SqlFollowers(session, ahead=ahead)
        self.nudge_plans: NudgePlans = SqlNudgePlans(session, ahead=ahead)
        self.saved_views: SavedViews = SqlSavedViews(session)
        self.notice_choices: NoticeChoices = SqlNoticeChoices(session)
        self.bulk_changes: BulkChanges = SqlBulkChanges(session)
        self.search: Search = SqlSearch(session, new_id=new_id)
        self.hand_overs: HandOvers = SqlHandOvers(session)
        self.offers: Offers = SqlOffers(session, ahead=ahead)
        self.earlier_answers: EarlierAnswers = SqlEarlierAnswers(session)
        self.passages: Passages = SqlPassages(session, new_id=new_id)
        self.held_replies: HeldReplies = SqlHeldReplies(session)
        self.writers: Writers = SqlWriters(session)
        self.reminders: Reminders = SqlReminders(session)
        self.morning_messages: MorningMessages = SqlMorningMessages(session)
        self.macros: WrittenMacros = SqlWrittenMacros(session)
        self.surveys: Surveys = SqlSurveys(session)
        self.ratings: Ratings = SqlRatings(session)
        self.sorting: SortingRecords = SqlSortingRecords(session, ahead=ahead)
        self.lookups: LookupAnswers = SqlLookupAnswers(session, ahead=ahead)
        self.time_entries: TimeEntries = SqlTimeEntries(session)
        self.stopwatches: Stopwatches = SqlStopwatches(session)
        self.sessions: Sessions = SqlSessions(session)
        self.sign_in_links: SignInLinks = SqlSignInLinks(session)

    def read_ahead(
        self, *, tickets: Iterable[int] = (), messages: Iterable[int] = (), people: Iterable[str] = ()
    ) -> None:
        if not self.session.is_read_only:
            raise RuntimeError("what is read ahead must not change: use Storage.read")
        self._ahead.tickets.update(tickets)
        self._ahead.messages.update(messages)
        self._ahead.people.update(people)

    def after_commit(self, action: Callable[[], None]) -> None:
        self.session.after_commit(action)

    def new_id(self) -> int:
        return self._new_id()
