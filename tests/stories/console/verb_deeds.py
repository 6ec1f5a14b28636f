"""Each verb of the registry that changes a ticket, as it is typed and as its form is filled in: one long day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.commands.catalogue import all_commands
from tests.stories.fields.desk_with_fields import desk_with

MORE = """
satisfaction: {}
macros:
  restart: {title: Off and on, text: Please restart it., status: pending, add_tags: [restart]}
"""
OF_THE_TEAM = "    escalates: {to: network, tried: optional}\n    undo_send: 10 s\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """`words` follow the ticket where it is typed; `options` are a form's fields.

    `later` is how many minutes go by before. `here` is the last part of the address of the portal's form for it.
    """

    verb: str
    ticket: str = ""
    words: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    who: str = "bo"
    later: int = 0
    here: str = ""
    is_pressed_once: bool = False
    """What comes of it offers the same again."""

    channel: str = "team-it"
    """Where it is typed."""


def desk_of_the_day(folder: Path) -> Path:
    config = desk_with(folder, more=OF_THE_TEAM)
    config.write_text(config.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return config


ASKED: Final = ("printer", "scanner", "mouse", "screen", "headset", "keyboard", "camera", "chair", "dock")
"""Ana asks for these, IT-1 first."""
DAY: Final = (
    Deed(verb="desk claim", ticket="IT-1"),
    Deed(verb="desk note", ticket="IT-1", words="Tray 2 again", options={"text": "Tray 2 again"}),
    Deed(verb="desk edit", ticket="IT-1", words="Tray 3 again", options={"text": "Tray 3 again"}),
    Deed(verb="desk reply", ticket="IT-1", words="Which one?", options={"text": "Which one?"}),
    Deed(verb="desk recall", ticket="IT-1", later=1),
    Deed(verb="desk reply", ticket="IT-1", words="Which tray?", options={"text": "Which tray?"}),
    Deed(verb="desk unsend", ticket="IT-1"),
    Deed(verb="desk priority", ticket="IT-1", words="high", options={"priority": "high"}),
    Deed(verb="desk tag", ticket="IT-1", words="paper", options={"tags": "paper"}),
    Deed(verb="desk set", ticket="IT-1", words="asset_tag=4711", options={"field.asset_tag": "4711"}),
    Deed(verb="desk subject", ticket="IT-1", words="Paper jam", options={"subject": "Paper jam"}),
    Deed(verb="desk time", ticket="IT-1", words="20m fixed it", options={"spent": "20m fixed it"}),
    Deed(verb="desk time-start", ticket="IT-1"),
    Deed(verb="desk time-stop", later=7),
    Deed(verb="desk wait", ticket="IT-1", words="Which floor?", options={"question": "Which floor?"}),
    Deed(verb="desk hold", ticket="IT-1", words="Ordered", options={"reason": "Ordered"}, later=1),
    Deed(verb="desk edit", ticket="IT-1", words="Ordered it", options={"text": "Ordered it"}, later=1),
    Deed(verb="desk snooze", ticket="IT-1", words="2h", options={"until": "2h"}),
    Deed(verb="desk unsnooze", ticket="IT-1"),
    Deed(verb="desk remind", ticket="IT-1", words="2h", options={"when": "2h"}),
    Deed(verb="desk follow", ticket="IT-1", who="lee"),
    Deed(verb="desk unfollow", ticket="IT-1", who="lee"),
    Deed(verb="desk add", ticket="IT-1", words="@cleo", options={"person": "@cleo"}),
    Deed(verb="desk remove", ticket="IT-1", words="@cleo", options={"person": "@cleo"}),
    Deed(verb="desk macro", ticket="IT-1", words="restart", options={"macro": "restart"}),
    Deed(verb="desk keep", ticket="IT-1"),
    Deed(
        verb="desk resolve", ticket="IT-1", words="New roller", options={"resolution": "New roller"}, later=1
    ),
    Deed(verb="desk edit", ticket="IT-1", words="New rollers", options={"text": "New rollers"}, later=1),
    Deed(verb="desk recall", ticket="IT-1"),
    Deed(verb="desk reopen", ticket="IT-1", later=1),
    Deed(verb="desk private", ticket="IT-1"),
    Deed(verb="desk release", ticket="IT-1"),
    Deed(verb="desk assign", ticket="IT-1", words="@cleo", options={"person": "@cleo"}),
    Deed(verb="desk hand-over", words="@bo", options={"colleague": "@bo"}, who="cleo"),
    Deed(verb="desk merge", ticket="IT-2", words="IT-3", options={"into": "IT-3"}),
    Deed(verb="desk unmerge", ticket="IT-2"),
    Deed(verb="desk escalate", ticket="IT-2", words="Restarted", options={"tried": "Restarted"}),
    Deed(verb="desk transfer", ticket="IT-3", words="people", options={"team": "people"}),
    Deed(verb="desk close", ticket="IT-4", words="Not ours", options={"reason": "Not ours"}),
    Deed(verb="desk edit", ticket="IT-4", words="Theirs", options={"text": "Theirs"}, later=1),
    Deed(verb="desk acknowledge", ticket="IT-5", later=30),
    Deed(verb="desk unacknowledge", ticket="IT-5"),
    Deed(
        verb="desk alert snooze",
        ticket="IT-5",
        words="1h, in a meeting",
        options={"until": "1h", "reason": "in a meeting"},
    ),
    Deed(verb="desk next", is_pressed_once=True, channel="@bo"),
    Deed(
        verb="desk on-behalf-of",
        words="@dan His dock is dead",
        options={"person": "@dan", "text": "His dock is dead"},
        channel="@bo",
    ),
    Deed(verb="desk away", words="2h", options={"until": "2h"}),
    Deed(
        verb="desk person-note",
        words="@ana Writes at night",
        options={"person": "@ana", "text": "Writes at night"},
    ),
    Deed(verb="desk transcript", ticket="IT-5"),
    Deed(
        verb="ticket reply",
        ticket="IT-6",
        words="In B",
        options={"text": "In B"},
        who="ana",
        channel="help-it",
        here="reply",
    ),
    Deed(
        verb="ticket edit",
        ticket="IT-6",
        words="In C",
        options={"text": "In C"},
        who="ana",
        channel="help-it",
    ),
    Deed(verb="ticket recall", ticket="IT-6", who="ana", channel="help-it"),
    Deed(
        verb="ticket add",
        ticket="IT-6",
        words="@dan",
        options={"person": "@dan"},
        who="ana",
        channel="help-it",
    ),
    Deed(
        verb="ticket remove",
        ticket="IT-6",
        words="@dan",
        options={"person": "@dan"},
        who="ana",
        channel="help-it",
    ),
    Deed(
        verb="ticket private",
        ticket="IT-6",
        who="ana",
        channel="help-it",
        here="private",
        is_pressed_once=True,
    ),
    Deed(verb="ticket transcript", ticket="IT-6", who="ana", channel="help-it"),
    Deed(verb="ticket close", ticket="IT-6", who="ana", channel="help-it", here="close"),
    Deed(verb="ticket reopen", ticket="IT-6", who="ana", channel="help-it", here="reopen"),
    Deed(verb="desk resolve", ticket="IT-7", words="A new one", options={"resolution": "A new one"}),
    Deed(
        verb="ticket rate",
        ticket="IT-7",
        words="5 Quick",
        options={"score": "5", "comment": "Quick"},
        who="ana",
        channel="help-it",
        later=200,
        here="rate",
    ),
)
BULK: Final[Mapping[str, Mapping[str, str]]] = {
    "desk bulk-claim": {},
    "desk bulk-tag": {"tags": "together"},
    "desk bulk-priority": {"level": "high"},
    "desk bulk-assign": {"person": "@cleo"},
    "desk bulk-set": {"fields": "asset_tag=4712"},
    "desk bulk-snooze": {"until": "2h"},
    "desk bulk-release": {},
    "desk bulk-resolve": {"resolution": "New ones", "with_unanswered": "yes"},
    "desk bulk-transfer": {"team": "network"},
}
"""What is done to several tickets at once, and what its form is filled in with."""
STAYS: Final = "desk bulk-claim"
"""It is not undone: the others are done to tickets that somebody has."""
OF_MANY: Final = frozenset(
    f"desk bulk{each}" for each in ("", "-again", "-cancel", "-choose", "-run", "-undo")
)
"""Steps on the way to those, and back: they are pressed in the same story."""
NOT_OF_A_TICKET: Final[Mapping[str, str]] = {
    "a browser or an account": "ticket link, ticket unlink, ticket web, ticket end-session, desk web",
    "a place in chat": "ticket panel, desk acknowledge-all, desk snooze-all, desk unsnooze-all",
    "somebody's own lists and notices": (
        "desk view-save, desk view-remove, desk view-rename, desk notify, desk morning, desk reminder-done,"
        " desk reminder-cancel, desk reminder-move"
    ),
    "macros and articles": (
        "desk macro new, desk macro edit, desk macro remove, kb new, kb edit, kb publish, kb retire"
    ),
    "a desk with a language model": (
        "desk summary, desk draft, desk rephrase, desk translate, desk use-answer, desk ask, desk do-plan,"
        " desk drop-plan"
    ),
    "a desk that suggests": (
        "desk accept, ticket judge-answers, ticket similar-answer, ticket sort, kb exclude, kb include"
    ),
    "buttons of one message or list": (
        "ticket separate, desk send-note, desk time-edit, desk time-remove, desk note-on-account,"
        " desk remove-person-note, desk who"
    ),
    "a form of the page of teams": "desk cover",
    "the form of the portal, whose request is private": "ticket open",
    "administration": "desk-admin outbox, desk-admin link, desk-admin unlink, desk-admin settings save",
    "categories, which this desk does not sort by": "desk bulk-category",
}
"""Verbs that are told of elsewhere, and why."""


def untold() -> set[str]:
    """Verbs that change something and that nobody says how to use."""
    told = {each.verb for each in DAY} | {*BULK} | OF_MANY
    elsewhere = {each.strip() for each in ", ".join(NOT_OF_A_TICKET.values()).split(",")}
    known = {each.name for each in all_commands() if not each.reads}
    assert not (told | elsewhere) - known - {"desk who"}, (told | elsewhere) - known
    return known - told - elsewhere
