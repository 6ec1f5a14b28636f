"""Names of the commands that buttons, forms, menus and sentences refer to: `group verb`, as in `VerbChosen.verb`.

A command's own file takes its name from here. A command that nothing but its own file names is spelled there alone.
"""

from collections.abc import Mapping
from typing import Final

OPEN: Final = "ticket open"
LIST_OWN: Final = "ticket list"
SHOW: Final = "ticket show"
CLOSE_OWN: Final = "ticket close"
REOPEN_OWN: Final = "ticket reopen"
JUDGE_ANSWERS: Final = "ticket judge-answers"
SIMILAR_ANSWER: Final = "ticket similar-answer"
SEPARATE: Final = "ticket separate"
RATE: Final = "ticket rate"
SORT: Final = "ticket sort"
REPLY_OWN: Final = "ticket reply"
EDIT_OWN: Final = "ticket edit"
RECALL_OWN: Final = "ticket recall"
ADD_COLLEAGUE: Final = "ticket add"
LINK: Final = "ticket link"
HELP: Final = "ticket help"

SUMMARY: Final = "desk summary"
DRAFT: Final = "desk draft"
REPHRASE: Final = "desk rephrase"
TRANSLATE: Final = "desk translate"
ASK: Final = "desk ask"
USE_ANSWER: Final = "desk use-answer"
DO_PLAN: Final = "desk do-plan"
DROP_PLAN: Final = "desk drop-plan"

QUEUE: Final = "desk queue"
SHOW_AS_AGENT: Final = "desk show"
VIEW: Final = "desk view"
SAVE_VIEW: Final = "desk view-save"
CLAIM: Final = "desk claim"
RELEASE: Final = "desk release"
ASSIGN: Final = "desk assign"
KEEP: Final = "desk keep"
REPLY: Final = "desk reply"
NEXT: Final = "desk next"
NOTE: Final = "desk note"
EDIT: Final = "desk edit"
RECALL: Final = "desk recall"
UNSEND: Final = "desk unsend"
HELD_OUTCOME: Final = "desk held-outcome"
MACRO: Final = "desk macro"
NEW_MACRO: Final = f"{MACRO} new"
EDIT_MACRO: Final = f"{MACRO} edit"
REMOVE_MACRO: Final = f"{MACRO} remove"
PRIORITY: Final = "desk priority"
TAG: Final = "desk tag"
SET: Final = "desk set"
TRANSFER: Final = "desk transfer"
ESCALATE: Final = "desk escalate"
ACCEPT: Final = "desk accept"
WAIT: Final = "desk wait"
HOLD: Final = "desk hold"
SUBJECT: Final = "desk subject"
RESOLVE: Final = "desk resolve"
CLOSE: Final = "desk close"
REOPEN: Final = "desk reopen"
MERGE: Final = "desk merge"
TRANSCRIPT: Final = "desk transcript"
HISTORY: Final = "desk history"
ON_CALL: Final = "desk on-call"
AWAY: Final = "desk away"
PROBLEMS: Final = "desk problems"
HAND_OVER: Final = "desk hand-over"
EXPLAIN_SLA: Final = "desk sla"
ACKNOWLEDGE: Final = "desk acknowledge"
ACKNOWLEDGE_ALL: Final = "desk acknowledge-all"
UNACKNOWLEDGE: Final = "desk unacknowledge"
SNOOZE: Final = "desk snooze"
UNSNOOZE: Final = "desk unsnooze"
SNOOZE_ALERT: Final = SNOOZE.replace(" ", " alert ")
SNOOZE_ALL: Final = "desk snooze-all"
UNSNOOZE_ALL: Final = "desk unsnooze-all"
REMIND: Final = "desk remind"
REMINDER_DONE: Final = "desk reminder-done"
REMINDER_MOVE: Final = "desk reminder-move"
COVER: Final = "desk cover"
ADD_AGENT: Final = "desk add"
WHO: Final = "desk who"
NOTE_ON_ACCOUNT: Final = "desk note-on-account"
REMOVE_PERSON_NOTE: Final = "desk remove-person-note"
SEARCH: Final = "desk search"

BULK: Final = "desk bulk"
BULK_CHOOSE: Final = "desk bulk-choose"
BULK_CLAIM: Final = "desk bulk-claim"
BULK_ASSIGN: Final = "desk bulk-assign"
BULK_RELEASE: Final = "desk bulk-release"
BULK_TAG: Final = "desk bulk-tag"
BULK_PRIORITY: Final = "desk bulk-priority"
BULK_CATEGORY: Final = "desk bulk-category"
BULK_SET: Final = "desk bulk-set"
BULK_TRANSFER: Final = "desk bulk-transfer"
BULK_SNOOZE: Final = "desk bulk-snooze"
BULK_RESOLVE: Final = "desk bulk-resolve"
BULK_RUN: Final = "desk bulk-run"
BULK_CANCEL: Final = "desk bulk-cancel"
BULK_AGAIN: Final = "desk bulk-again"
BULK_UNDO: Final = "desk bulk-undo"

TIME: Final = "desk time"
START_TIMER: Final = "desk time-start"
STOP_TIMER: Final = "desk time-stop"
EDIT_TIME: Final = "desk time-edit"
REMOVE_TIME: Final = "desk time-remove"

INSERT_ARTICLE: Final = "desk kb"
SHOW_ARTICLE: Final = "kb show"
LIST_ARTICLES: Final = "kb list"
NEW_ARTICLE: Final = "kb new"
EDIT_ARTICLE: Final = "kb edit"
PUBLISH_ARTICLE: Final = "kb publish"
ARTICLE_HISTORY: Final = "kb history"
ARTICLE_FROM_TICKET: Final = "kb from"

OUTBOX: Final = "desk-admin outbox"


MEANT: Final[Mapping[str, str]] = {
    "workload": "desk report agents",
    "load": "desk report agents",
    "digest": "desk report this week",
    "stats": "desk report",
}
"""What people type for what goes by another name."""


def typed(names: Mapping[str, str], verb: str) -> str:
    """The command as people type it: `/desk queue`. `names` gives the configured name of each group."""
    group, _, rest = verb.partition(" ")
    return f"/{names.get(group, group)} {rest}"


def word(verb: str) -> str:
    """The command without its group: `queue`."""
    return verb.partition(" ")[2]
