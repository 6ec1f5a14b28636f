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
SEPARATE: Final = "ticket separate"
SORT: Final = "ticket sort"
REPLY_OWN: Final = "ticket reply"
EDIT_OWN: Final = "ticket edit"
RECALL_OWN: Final = "ticket recall"
ADD_COLLEAGUE: Final = "ticket add"
LINK: Final = "ticket link"
HELP: Final = "ticket help"

QUEUE: Final = "desk queue"
VIEW: Final = "desk view"
SAVE_VIEW: Final = "desk view-save"
CLAIM: Final = "desk claim"
RELEASE: Final = "desk release"
ASSIGN: Final = "desk assign"
REPLY: Final = "desk reply"
NOTE: Final = "desk note"
EDIT: Final = "desk edit"
RECALL: Final = "desk recall"
UNSEND: Final = "desk unsend"
MACRO: Final = "desk macro"
NEW_MACRO: Final = f"{MACRO} new"
EDIT_MACRO: Final = f"{MACRO} edit"
REMOVE_MACRO: Final = f"{MACRO} remove"
PRIORITY: Final = "desk priority"
TAG: Final = "desk tag"
SET: Final = "desk set"
TRANSFER: Final = "desk transfer"
WAIT: Final = "desk wait"
HOLD: Final = "desk hold"
RESOLVE: Final = "desk resolve"
CLOSE: Final = "desk close"
REOPEN: Final = "desk reopen"
TRANSCRIPT: Final = "desk transcript"
HISTORY: Final = "desk history"
ON_CALL: Final = "desk on-call"
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
BULK_UNDO: Final = "desk bulk-undo"

OUTBOX: Final = "desk-admin outbox"


def typed(names: Mapping[str, str], verb: str) -> str:
    """The command as people type it: `/desk queue`. `names` gives the configured name of each group."""
    group, _, rest = verb.partition(" ")
    return f"/{names.get(group, group)} {rest}"


def word(verb: str) -> str:
    """The command without its group: `queue`."""
    return verb.partition(" ")[2]
