"""What the forms of inboxes and routing rules ask."""

from typing import Final

from bot.documents.console.settings.forms.entry_field import EntryField, EntryFieldKind
from bot.documents.console.settings.forms.team_form import NONE, PRIORITIES, WAYS
from bot.domain.directory import Takes
from bot.domain.knowledge.answer_time import AnswerTime

_LIMITS: Final = ("limits",)
GOES_TO: Final = EntryField(
    name="goes_to", kind=EntryFieldKind.CHOICE, section="teams", values=NONE, is_kept=False
)
"""Of a new inbox: makes a rule for it."""
INBOX: Final = (
    EntryField(name="channel", kind=EntryFieldKind.CHANNEL, is_required=True),
    EntryField(name="title", kind=EntryFieldKind.TEXT, has_hint=True),
    EntryField(name="description", kind=EntryFieldKind.TEXT, has_hint=True),
    EntryField(
        name="takes",
        kind=EntryFieldKind.CHOICE,
        values=("", *(each.value for each in Takes if each is not Takes.EVERY_MESSAGE)),
        said="takes",
    ),
    EntryField(name="private", kind=EntryFieldKind.FLAG, has_hint=True),
    EntryField(
        name="public_by_platform",
        kind=EntryFieldKind.CHOICE,
        values=("", "accepted"),
        said="public_by_platform",
        has_hint=True,
    ),
    EntryField(name="ask_first", kind=EntryFieldKind.FLAG),
    EntryField(name="bots", kind=EntryFieldKind.FLAG),
    EntryField(name="joins", kind=EntryFieldKind.FLAG, is_usual=True, has_hint=True, group="more"),
    EntryField(name="reaction", kind=EntryFieldKind.TEXT, has_hint=True, group="more"),
    EntryField(
        name="open_requests",
        key="open",
        kind=EntryFieldKind.NUMBER,
        within=_LIMITS,
        has_hint=True,
        group="more",
    ),
    EntryField(name="cool_down", kind=EntryFieldKind.TEXT, within=_LIMITS, has_hint=True, group="more"),
    EntryField(
        name="answers",
        kind=EntryFieldKind.CHOICE,
        values=("", *(each.value for each in AnswerTime)),
        said="answers",
        none="as_knowledge",
        has_hint=True,
        group="more",
    ),
    EntryField(
        name="fields",
        kind=EntryFieldKind.BOXES,
        section="fields",
        label="asked_fields",
        has_hint=True,
        is_left_out_alone=True,
        group="more",
    ),
    EntryField(
        name="threads",
        kind=EntryFieldKind.CHOICE,
        values=("", "private"),
        said="threads",
        has_hint=True,
        group="more",
    ),
    EntryField(
        name="community",
        kind=EntryFieldKind.CHOICE,
        section="communities",
        values=NONE,
        label="server",
        has_hint=True,
        is_left_out_alone=True,
        group="more",
    ),
)
RULE: Final = (
    EntryField(name="name", kind=EntryFieldKind.TEXT, is_required=True, has_hint=True),
    EntryField(name="team", kind=EntryFieldKind.CHOICE, section="teams", values=NONE),
    EntryField(name="priority", kind=EntryFieldKind.CHOICE, values=("", *PRIORITIES), term="priority"),
    EntryField(name="tags", kind=EntryFieldKind.LIST, has_hint=True),
    EntryField(name="sla_policy", kind=EntryFieldKind.CHOICE, section="sla_policies", values=NONE),
    EntryField(name="private", kind=EntryFieldKind.FLAG, has_hint=True),
    EntryField(
        name="assignment",
        kind=EntryFieldKind.ORDER,
        values=("", "none", *WAYS[1:]),
        said="assignment",
        none="team_ways",
        label="rule_assignment",
        in_order=True,
        has_hint=True,
        group="assignment",
    ),
    EntryField(name="assign_to", kind=EntryFieldKind.PERSON, has_hint=True, group="assignment"),
)
