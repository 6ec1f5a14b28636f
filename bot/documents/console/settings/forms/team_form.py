"""What a team's form asks."""

from typing import Final

from bot.documents.console.settings.forms.entry_field import EntryField, EntryFieldKind
from bot.domain.directory import Assignment, Digest, MacroUse, NewPing, PublishedBy, TeamThread
from bot.domain.ratings.satisfaction import RatingScale
from bot.domain.tickets.custom_field import CAUSE, RESOLUTION, TIME
from bot.domain.tickets.status import Status
from bot.domain.tickets.ticket import Priority

NONE: Final = ("",)
WAYS: Final = ("", *(each.value for each in Assignment if each is not Assignment.NONE))
PRIORITIES: Final = tuple(each.value for each in Priority)
_WORKLOAD: Final = ("workload",)
_ESCALATES: Final = ("escalates",)
_HANDS_OVER: Final = ("hands_over",)
_PENDING: Final = ("nudges", "pending")
_CLAIMS: Final = ("nudges", "claims")
_RATINGS: Final = ("satisfaction",)

_BEGIN: Final = (  # a new team's title, of which its name is made, is required
    EntryField(name="title", kind=EntryFieldKind.TEXT),
    EntryField(name="channel", kind=EntryFieldKind.CHANNEL, is_required=True, has_hint=True),
    EntryField(name="escalation_channel", kind=EntryFieldKind.CHANNEL, has_hint=True),
    EntryField(name="agents", kind=EntryFieldKind.PEOPLE, has_hint=True),
    EntryField(name="leads", kind=EntryFieldKind.PEOPLE, has_hint=True),
    EntryField(name="calendar", kind=EntryFieldKind.CHOICE, section="calendars", values=NONE),
    EntryField(
        name="sla_policy",
        kind=EntryFieldKind.CHOICE,
        section="sla_policies",
        values=NONE,
        none="desk_policy",
    ),
    EntryField(name="rota", kind=EntryFieldKind.CHOICE, section="rotas", values=NONE),
)
_ASSIGNMENT: Final = (
    EntryField(
        name="assignment",
        kind=EntryFieldKind.ORDER,
        values=WAYS,
        said="assignment",
        in_order=True,
        has_hint=True,
        group="assignment",
    ),
    EntryField(
        name="capacity", kind=EntryFieldKind.NUMBER, within=_WORKLOAD, has_hint=True, group="assignment"
    ),
    EntryField(
        name="per_agent",
        kind=EntryFieldKind.PEOPLE_LINES,
        within=_WORKLOAD,
        has_hint=True,
        group="assignment",
    ),
    *(
        EntryField(
            name=f"weight_{each}",
            key=each,
            kind=EntryFieldKind.NUMBER,
            within=(*_WORKLOAD, "weights"),
            label="weight",
            about=f"terms.priority_{each}",
            has_hint=True,
            group="assignment",
        )
        for each in PRIORITIES
    ),
    EntryField(
        name="in_hours", kind=EntryFieldKind.FLAG, within=_WORKLOAD, has_hint=True, group="assignment"
    ),
    EntryField(
        name="skills",
        kind=EntryFieldKind.ROWS,
        has_hint=True,
        group="assignment",
        columns=(
            EntryField(name="agents", kind=EntryFieldKind.PEOPLE, label="skilled", is_required=True),
            EntryField(name="languages", kind=EntryFieldKind.LIST, has_hint=True),
            EntryField(
                name="categories", kind=EntryFieldKind.BOXES, section="categories", is_left_out_alone=True
            ),
            EntryField(name="tags", kind=EntryFieldKind.LIST, has_hint=True),
        ),
    ),
    EntryField(
        name="ping_new",
        kind=EntryFieldKind.CHOICE,
        values=("", *(each.value for each in NewPing if each is not NewPing.NOBODY)),
        said="ping_new",
        has_hint=True,
        group="assignment",
    ),
)
_LEVELS: Final = (
    EntryField(
        name="escalates_to",
        key="to",
        kind=EntryFieldKind.CHOICE,
        section="teams",
        values=NONE,
        within=_ESCALATES,
        is_head=True,
        has_hint=True,
        group="levels",
    ),
    EntryField(
        name="tried",
        kind=EntryFieldKind.CHOICE,
        values=("", "required"),
        said="tried",
        within=_ESCALATES,
        group="levels",
    ),
    EntryField(
        name="hands_over_to",
        key="to",
        kind=EntryFieldKind.CHOICE,
        section="teams",
        values=NONE,
        within=_HANDS_OVER,
        is_head=True,
        has_hint=True,
        group="levels",
    ),
    EntryField(
        name="hands_over_at",
        key="at",
        kind=EntryFieldKind.TEXT,
        within=_HANDS_OVER,
        is_required=True,
        has_hint=True,
        group="levels",
    ),
    EntryField(
        name="statuses",
        kind=EntryFieldKind.BOXES,
        values=(Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD),
        term="status",
        within=_HANDS_OVER,
        has_hint=True,
        group="levels",
    ),
    EntryField(
        name="priorities",
        kind=EntryFieldKind.BOXES,
        values=PRIORITIES,
        term="priority",
        within=_HANDS_OVER,
        has_hint=True,
        group="levels",
    ),
)
_ALERTS: Final = (
    EntryField(name="board", kind=EntryFieldKind.FLAG, is_usual=True, has_hint=True, group="alerts"),
    EntryField(
        name="digests",
        kind=EntryFieldKind.BOXES,
        values=tuple(each.value for each in Digest),
        said="digests",
        has_none=True,
        has_hint=True,
        group="alerts",
    ),
    EntryField(name="unclaimed_after", kind=EntryFieldKind.TEXT, has_hint=True, group="alerts"),
    EntryField(name="leads_of_leads", kind=EntryFieldKind.PEOPLE, has_hint=True, group="alerts"),
)
_REPLIES: Final = (
    EntryField(
        name="language",
        kind=EntryFieldKind.CHOICE,
        section="languages",
        values=NONE,
        has_hint=True,
        group="replies",
    ),
    EntryField(
        name="team_thread",
        kind=EntryFieldKind.CHOICE,
        values=("", TeamThread.SHARED),
        said="team_thread",
        has_hint=True,
        group="replies",
    ),
    EntryField(name="mirror", kind=EntryFieldKind.FLAG, is_usual=True, has_hint=True, group="replies"),
    EntryField(name="anonymous", kind=EntryFieldKind.FLAG, has_hint=True, group="replies"),
    EntryField(name="undo_send", kind=EntryFieldKind.TEXT, has_hint=True, group="replies"),
    EntryField(
        name="macros",
        kind=EntryFieldKind.CHOICE,
        values=("", MacroUse.AT_ONCE),
        said="macros",
        group="replies",
    ),
    EntryField(
        name="published_by",
        kind=EntryFieldKind.CHOICE,
        values=("", PublishedBy.LEADS),
        said="published_by",
        within=("knowledge",),
        group="replies",
    ),
)
_WAITING: Final = (
    EntryField(
        name="nudge_after",
        kind=EntryFieldKind.LIST,
        within=_PENDING,
        is_head=True,
        in_order=True,
        has_hint=True,
        group="waiting",
    ),
    EntryField(
        name="resolve_after", kind=EntryFieldKind.TEXT, within=_PENDING, has_hint=True, group="waiting"
    ),
    EntryField(
        name="lapse_after",
        kind=EntryFieldKind.TEXT,
        within=_CLAIMS,
        is_head=True,
        has_hint=True,
        group="waiting",
    ),
    EntryField(name="warn_before", kind=EntryFieldKind.TEXT, within=_CLAIMS, has_hint=True, group="waiting"),
)
_CLOSING: Final = (
    EntryField(
        name="fields",
        kind=EntryFieldKind.BOXES,
        section="fields",
        has_hint=True,
        is_left_out_alone=True,
        group="closing",
    ),
    EntryField(
        name="required_to_resolve",
        kind=EntryFieldKind.BOXES,
        values=(RESOLUTION, CAUSE, TIME),
        said="required_to_resolve",
        section="fields",
        has_hint=True,
        group="closing",
    ),
    EntryField(name="closes_after", kind=EntryFieldKind.TEXT, has_hint=True, group="closing"),
    EntryField(name="confirm_resolution", kind=EntryFieldKind.TEXT, has_hint=True, group="closing"),
    EntryField(
        name="longest_timer",
        kind=EntryFieldKind.TEXT,
        within=("worked_time",),
        has_hint=True,
        group="closing",
    ),
)
_SATISFACTION: Final = (
    EntryField(
        name="ask",
        kind=EntryFieldKind.EITHER,
        values=("", "yes", "no"),
        said="either",
        none="as_desk",
        within=_RATINGS,
        has_hint=True,
        group="ratings",
    ),
    EntryField(
        name="scale",
        kind=EntryFieldKind.CHOICE,
        values=("", *(each.value for each in RatingScale)),
        said="scale",
        none="as_desk",
        within=_RATINGS,
        group="ratings",
    ),
    EntryField(name="after", kind=EntryFieldKind.TEXT, within=_RATINGS, has_hint=True, group="ratings"),
    EntryField(
        name="changeable_for", kind=EntryFieldKind.TEXT, within=_RATINGS, has_hint=True, group="ratings"
    ),
    EntryField(
        name="at_most_every", kind=EntryFieldKind.TEXT, within=_RATINGS, has_hint=True, group="ratings"
    ),
    EntryField(
        name="anonymous_ratings",
        key="anonymous",
        kind=EntryFieldKind.EITHER,
        values=("", "yes", "no"),
        said="either",
        none="as_desk",
        within=_RATINGS,
        has_hint=True,
        group="ratings",
    ),
)
_OTHERS: Final = (
    EntryField(
        name="community",
        kind=EntryFieldKind.CHOICE,
        section="communities",
        values=NONE,
        has_hint=True,
        is_left_out_alone=True,
        group="more",
    ),
    EntryField(name="was", kind=EntryFieldKind.LIST, has_hint=True, group="more"),
)
TEAM: Final = (
    *_BEGIN,
    *_ASSIGNMENT,
    *_LEVELS,
    *_ALERTS,
    *_REPLIES,
    *_WAITING,
    *_CLOSING,
    *_SATISFACTION,
    *_OTHERS,
)
