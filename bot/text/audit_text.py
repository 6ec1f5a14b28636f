"""The audit log in words: what happened to a ticket, a sentence an event."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.domain.desk import Desk
from bot.domain.directory import DESK
from bot.domain.events import NEXT_LEVEL, NEXT_REGION, NO_REPLY, NO_SIGN, SOLVED_BY_ANSWER, FieldChanged
from bot.domain.sla.timer import Measure
from bot.domain.tickets.conversation import MessageKind, Side
from bot.domain.tickets.custom_field import FieldKind
from bot.domain.tickets.ticket import Status
from bot.domain.worked_time.time_entry import TimeSource
from bot.messages.outbound import RichText
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.text import terms
from bot.text.amounts import length, listed
from bot.text.audit_line import Facts, Line, Told
from bot.text.error_text import tell
from bot.text.field_values import parts_of
from bot.text.sentences import joined, say
from bot.text.sessions.audit_text import TOLD_OF_OPERATIONS
from bot.text.worked_time import entry_in_words

SAID_BY_ANOTHER = frozenset({"NextResponseGiven", "ReplyAwaited"})
"""What the message or the reopening that comes with it tells already."""
_LISTS = ("called", "others")
"""Details that are keys of people."""
_LATE = 60
"""Seconds from which on it is told how late a stage was noticed."""


def names_in(uow: UnitOfWork, desk: Desk, entries: Sequence[AuditEntry]) -> Mapping[str, str]:
    """The names of everybody whom these lines mention, by their keys, and the teams' titles by their names."""
    named = {entry.actor for entry in entries}
    named |= {value for entry in entries for value in entry.details.values() if isinstance(value, str)}
    named |= {str(key) for entry in entries for part in _LISTS for key in entry.details.get(part, ())}
    named |= {key for entry in entries for key in _people_in_field(entry)}
    titles = {team.name: team.title for team in desk.teams.values()}
    people = {key: person.name for key, person in uow.people.find_many(named).items()}
    return titles | people | {DESK: "Deskbell"}


def _people_in_field(entry: AuditEntry) -> Iterator[str]:
    """Keys of those whom a custom field held and holds, where one changed."""
    if entry.event == FieldChanged.stored_as and (kind := FieldKind(entry.details["kind"])).is_somebody:
        for value in (entry.details["before"], entry.details["after"]):
            yield from parts_of(kind, value)


def what_happened(language: str, entry: AuditEntry, names: Mapping[str, str]) -> RichText:
    """What a line of the audit log says happened; people and teams by these names."""
    line = Line(language, entry, names)
    key, facts = _TOLD_BY.get(entry.event, _something)(line)
    told = say(language, key, **{"name": line.name(entry.actor), **facts})
    return joined(told, say(language, "history.answer_owed")) if entry.details.get("is_owed") else told


def _opened(line: Line) -> Told:
    return "history.opened", {"team": line.name(line["team"]), "why": line.kept("why_here")}


def _assigned(line: Line) -> Told:
    before, after = line["before"], line["after"]
    is_claimed = line.entry.actor == after
    if line.entry.details.get("why"):
        return "history.assigned_because", {"owner": line.name(after), "why": line.kept("why")}
    if before is None:
        return "history.claimed" if is_claimed else "history.assigned", {"owner": line.name(after)}
    facts: Facts = {"owner": line.name(after), "person": line.name(before)}
    return "history.taken_over" if is_claimed else "history.reassigned", facts


def _released(line: Line) -> Told:
    if line.entry.details.get("cause") == NO_SIGN:
        return "history.claim_lapsed", {"person": line.name(line["before"])}
    if line["before"] == line.entry.actor:
        return "history.released", {}
    return "history.unassigned", {"person": line.name(line["before"])}


def _answers_shown(line: Line) -> Told:
    if not line["titles"]:
        kind = "earlier" if line.entry.details.get("has_earlier") else "unnamed"
        return f"history.answers_shown_{kind}", {}
    return "history.answers_shown", {"title": listed(line["titles"], line.language)}


_TRANSFERRED: Mapping[str, str] = {
    NEXT_LEVEL: "history.escalated",
    NEXT_REGION: "history.handed_over",
}


def _transferred(line: Line) -> Told:
    facts: Facts = {"old_team": line.name(line["before"]), "team": line.name(line["after"])}
    return _because(line, _TRANSFERRED.get(line.entry.details.get("cause", ""), "history.transferred"), facts)


def _status(line: Line) -> Told:
    if line.entry.details.get("cause") == NO_REPLY:
        return "history.resolved_no_reply", {}
    if line.entry.details.get("cause") == SOLVED_BY_ANSWER:
        return "history.solved_by_answer", {"reason": line.kept("reason")}
    was, is_now = (terms.status(Status(line[each]), line.language) for each in ("before", "after"))
    return _because(line, "history.status", {"was": was, "status": is_now})


def _because(line: Line, key: str, facts: Facts) -> Told:
    """With the reason, where there is one."""
    return (f"{key}_because", {**facts, "reason": line.kept("reason")}) if line["reason"] else (key, facts)


def _priority(line: Line) -> Told:
    was, is_now = (terms.priority(line[each], line.language) for each in ("before", "after"))
    return "history.priority", {"was": was, "priority": is_now}


def _tags(line: Line) -> Told:
    before, after = line["before"], line["after"]
    added = listed([each for each in after if each not in before], line.language)
    removed = listed([each for each in before if each not in after], line.language)
    if added and removed:
        return "history.tags_changed", {"added": added, "removed": removed}
    if added:
        return "history.tags_added", {"added": added}
    return "history.tags_removed", {"removed": removed}


def _subject(line: Line) -> Told:
    return "history.subject", {"before": line["before"], "subject": line["after"]}


def _field(line: Line) -> Told:
    before, after = (line.value(each) for each in ("before", "after"))
    facts: Facts = {"field": line["label"]}
    if not line["before"]:
        return "history.field_set", {**facts, "value": after}
    if not line["after"]:
        return "history.field_cleared", {**facts, "before": before}
    return "history.field_changed", {**facts, "before": before, "value": after}


def _nudged(line: Line) -> Told:
    facts: Facts = {"number": int(line["number"])}
    if line["resolves_at"] is None:
        return "history.nudged", facts
    return "history.nudged_until", {**facts, "until": line.at("resolves_at")}


def _warned(line: Line) -> Told:
    return "history.claim_warned", {"owner": line.name(line["owner"]), "until": line.at("lapses_at")}


def _wrote(line: Line) -> Told:
    match line["kind"]:
        case MessageKind.REPLY:
            return "history.replied", {}
        case MessageKind.NOTE:
            return "history.noted", {}
        case _:
            return "history.wrote", {}


def _recalled(line: Line) -> Told:
    key = "history.recalled" if line["author"] == line.entry.actor else "history.recalled_of"
    return key, {} if key == "history.recalled" else {"person": line.name(line["author"])}


def _rated(line: Line) -> Told:
    if line["before"] == line["after"]:
        return "history.rating_commented", {"rating": line["after"]}
    key = "history.rerated" if line["before"] else "history.rated"
    return (f"{key}_commented" if line["is_commented"] else key), {"rating": line["after"]}


def _policy(line: Line) -> Told:
    return "history.policy", {"policy": line["policy"], "why": line.kept("why")}


def _followed(line: Line) -> Told:
    if line["person"] == line.entry.actor:
        return "history.followed", {}
    is_of_team = line["side"] == Side.TEAM
    key = "history.follower_added_team" if is_of_team else "history.follower_added_requester"
    return key, {"person": line.name(line["person"])}


def _unfollowed(line: Line) -> Told:
    if line["person"] == line.entry.actor:
        return "history.unfollowed", {}
    return "history.follower_removed", {"person": line.name(line["person"])}


def _linked(line: Line) -> Told:
    accounts: Facts = {"account": _account(line, line["account"]), "other": _account(line, line["other"])}
    return f"history.linked_by_{line['way']}", accounts


def _unlinked(line: Line) -> Told:
    others = listed([_account(line, each) for each in line["others"]], line.language)
    return "history.unlinked", {"account": _account(line, line["account"]), "others": others}


def _of_team(line: Line, thing: str) -> Told:
    """What became of a `macro` or `view` of a team's."""
    facts: Facts = {"team": line.name(line["team"]), thing: line[thing]}
    if line["what"] == "renamed":
        facts["before"] = line["before"]
    return f"history.team_{thing}_{line['what']}", facts


def _account(line: Line, key: str) -> str:
    """With its key: accounts of one person tend to go by one name."""
    return f"{line.name(key)} ({key})"


def _absence(line: Line) -> Facts:
    return {"person": line.name(line["person"]), "since": line.at("since"), "until": line.at("until")}


def _undelivered(line: Line) -> Told:
    return "history.undelivered", {
        "kind": tell(line.language, RowKind(line["kind"]).term),
        "reason": line.kept("error"),
    }


def _stage(line: Line) -> Told:
    share, late = line["share"], int(line.entry.details.get("late_by_s") or 0)
    is_breach = share is not None and float(share) >= 1.0
    key = "history.breached" if is_breach else "history.at_risk"
    facts: Facts = {**_target(line), "at": line.at("due_at")}
    if line.entry.details.get("is_reminder") and not is_breach:
        return "history.time_left" if share is None else "history.time_used", facts
    if called := line.entry.details.get("called"):
        key = "history.breached_notified" if is_breach else "history.at_risk_notified"
        facts["people"] = listed([line.name(each) for each in called], line.language)
    if late < _LATE:
        return key, facts
    return f"{key}_late", {**facts, "late": length(late, line.language)}


def _step(line: Line) -> Told:
    facts: Facts = {**_target(line), "number": int(line["number"])}
    if not line["called"]:
        return "history.step", facts
    people = listed([line.name(key) for key in line["called"]], line.language)
    return "history.step_alerted", {**facts, "people": people}


def _target(line: Line) -> Facts:
    """Which SLA target it is about, and which stage of it."""
    return {
        "measure": terms.measure(Measure(line["measure"]), line.language),
        "stage": line.kept("stage"),
    }


def _time_logged(line: Line) -> Told:
    key = "history.timer_forgotten" if line["source"] == TimeSource.FORGOTTEN else "history.time_logged"
    return key, {"person": line.name(line["agent"]), "entry": _time_entry(line)}


def _time_changed(line: Line) -> Told:
    return _time_of(
        line, "history.time_changed", {"before": _time_entry(line, "_before"), "entry": _time_entry(line)}
    )


def _time_removed(line: Line) -> Told:
    return _time_of(line, "history.time_removed", {"entry": _time_entry(line)})


def _time_of(line: Line, key: str, facts: Facts) -> Told:
    """With whose it is, where somebody else did it."""
    if line["agent"] == line.entry.actor:
        return key, facts
    return f"{key}_of", {**facts, "person": line.name(line["agent"])}


def _time_entry(line: Line, which: str = "") -> str:
    day, length = date.fromisoformat(line[f"day{which}"]), timedelta(minutes=int(line[f"minutes{which}"]))
    return entry_in_words(length, day=day, text=line[f"text{which}"], language=line.language)


def _reminder_set(line: Line) -> Told:
    facts: Facts = {"at": line.at("due_at")}
    key = "history.reminder_moved" if line["is_moved"] else "history.reminder_set"
    if line["person"] == line.entry.actor:
        return key, facts
    return f"{key}_for", {**facts, "person": line.name(line["person"])}


def _reminder_ended(line: Line) -> Told:
    return "history.reminder_done" if line["is_done"] else "history.reminder_cancelled", {}


def _ticket_snoozed(line: Line) -> Told:
    if not line["reason"]:
        return "history.ticket_snoozed", {"until": line.at("until")}
    return "history.ticket_snoozed_because", {"until": line.at("until"), "reason": line["reason"]}


def _snooze_ended(line: Line) -> Told:
    ended = "ended_own" if line["by"] == line.entry.actor else "ended"
    facts: Facts = {"person": line.name(line["by"]), "until": line.at("until")}
    return f"history.snooze_{'over' if line.entry.actor == DESK else ended}", facts


def _sorted(line: Line) -> Told:
    """What Deskbell filled in itself, how sure that was, and by which words."""
    label = line["label"]
    if line["field"] == "team":
        label = line.name(label)
    elif line["field"] == "priority":
        label = terms.priority(label, line.language)
    facts: Facts = {"label": label, "percent": str(line["percent"])}
    return f"history.sorted_{line['field']}", {**facts, "words": listed(line["words"], line.language)}


def _something(line: Line) -> Told:
    return "history.something", {"text": line.entry.event}


_TOLD_BY: Mapping[str, Callable[[Line], Told]] = {
    "TicketOpened": _opened,
    "TicketAssigned": _assigned,
    "TicketReleased": _released,
    "TicketTransferred": _transferred,
    "StatusChanged": _status,
    "PriorityChanged": _priority,
    "TagsChanged": _tags,
    "SubjectChanged": _subject,
    "FieldChanged": _field,
    "MessageAdded": _wrote,
    "MessageEdited": lambda _: ("history.edited", {}),
    "HeldReplyTakenBack": lambda _: ("history.taken_back", {}),
    "HeldReplyRefused": lambda line: ("history.held_refused", {"reason": line.kept("reason")}),
    "MessageDeleted": lambda _: ("history.deleted", {}),
    "MessageRecalled": _recalled,
    "StatusWordsEdited": lambda _: ("history.edited", {}),
    "StatusWordsRecalled": _recalled,
    "TicketMadePrivate": lambda _: ("history.made_private", {}),
    "MessageSeparated": lambda _: ("history.separated", {}),
    "FirstResponseUndone": lambda _: ("history.first_response_undone", {}),
    "FirstResponseGiven": lambda _: ("history.first_response", {}),
    "FollowerAdded": _followed,
    "FollowerRemoved": _unfollowed,
    "PersonMentioned": lambda line: ("history.mentioned", {"person": line.name(line["person"])}),
    "AccountsLinked": _linked,
    "AccountUnlinked": _unlinked,
    "PersonNoteAdded": lambda line: ("history.person_note_added", {"person": line.name(line["person"])}),
    "PersonNoteRemoved": lambda line: ("history.person_note_removed", {"person": line.name(line["person"])}),
    **TOLD_OF_OPERATIONS,
    "AbsenceRecorded": lambda line: ("history.absence_recorded", _absence(line)),
    "AbsenceCancelled": lambda line: ("history.absence_cancelled", _absence(line)),
    "AbsenceEnded": lambda line: ("history.absence_ended", {"person": line.name(line["person"])}),
    "TeamMacroChanged": lambda line: _of_team(line, "macro"),
    "TeamViewChanged": lambda line: _of_team(line, "view"),
    "TicketSorted": _sorted,
    "ArticleChanged": lambda line: (f"history.article_{line['what']}", {"article": line["article"]}),
    "TicketImported": lambda _: ("history.imported", {}),
    "TimeLogged": _time_logged,
    "TimeEntryChanged": _time_changed,
    "TimeEntryRemoved": _time_removed,
    "ChangeUndone": lambda _: ("history.change_undone", {}),
    "SurveySent": lambda _: ("history.survey_sent", {}),
    "TicketRated": _rated,
    "AnswersShown": _answers_shown,
    "EarlierAnswerChosen": lambda line: (
        "history.answer_included" if line["is_used"] else "history.answer_excluded",
        {},
    ),
    "AnswersJudged": lambda line: (f"history.answers_{'solved' if line['is_solved'] else 'unsolved'}", {}),
    "TicketMerged": lambda line: ("history.merged", {"other": line["reference"]}),
    "DuplicateAdded": lambda line: ("history.duplicate_added", {"other": line["reference"]}),
    "MergeEnded": lambda _: ("history.merge_ended", {}),
    "RequesterNudged": _nudged,
    "ClaimWarned": _warned,
    "ClaimExtended": lambda line: ("history.claim_extended", {"until": line.at("lapses_at")}),
    "ReminderSet": _reminder_set,
    "ReminderTold": lambda line: ("history.reminder_told", {"person": line.name(line["person"])}),
    "ReminderEnded": _reminder_ended,
    "TicketSnoozed": _ticket_snoozed,
    "SnoozeEnded": _snooze_ended,
    "RequesterLeft": lambda _: ("history.left", {}),
    "PolicyApplied": _policy,
    "DeliveryFailed": _undelivered,
    "SlaStageReached": _stage,
    "EscalationStepTaken": _step,
    "AlarmAcknowledged": lambda line: ("history.acknowledged", _target(line)),
    "AlertUnacknowledged": lambda line: ("history.unacknowledged", _target(line)),
    "AlarmSnoozed": lambda line: (
        "history.snoozed",
        {**_target(line), "until": line.at("until"), "reason": line["reason"]},
    ),
}
