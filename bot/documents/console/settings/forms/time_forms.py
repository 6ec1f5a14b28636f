"""What the forms of business hours, rotas and SLA policies ask."""

from typing import Final

from bot.documents.console.settings.forms.entry_field import EntryField, EntryFieldKind
from bot.documents.console.settings.forms.team_form import NONE
from bot.domain.sla.policy import Measure, TargetStart
from bot.domain.tickets.status import Status

_HOLIDAYS: Final = ("holidays",)
CALENDAR: Final = (
    EntryField(name="zone", kind=EntryFieldKind.TEXT, has_hint=True),
    EntryField(name="week", kind=EntryFieldKind.LINES, has_hint=True),
    EntryField(name="country", kind=EntryFieldKind.TEXT, within=_HOLIDAYS, has_hint=True),
    EntryField(name="region", kind=EntryFieldKind.TEXT, within=_HOLIDAYS),
    EntryField(name="dates", kind=EntryFieldKind.LINES, within=_HOLIDAYS, has_hint=True),
    EntryField(
        name="ical",
        kind=EntryFieldKind.LIST,
        within=_HOLIDAYS,
        label="holiday_files",
        has_hint=True,
        group="more",
    ),
    EntryField(
        name="union",
        kind=EntryFieldKind.ROWS,
        has_hint=True,
        group="more",
        head="calendar",
        columns=(
            EntryField(
                name="calendar",
                kind=EntryFieldKind.CHOICE,
                section="calendars",
                values=NONE,
                none="part",
                is_required=True,
            ),
            EntryField(name="until", kind=EntryFieldKind.TEXT, label="part_until", has_hint=True),
        ),
    ),
)
ROTA: Final = (
    EntryField(name="zone", kind=EntryFieldKind.TEXT, is_required=True, has_hint=True),
    EntryField(name="handover", kind=EntryFieldKind.TEXT, has_hint=True),
    EntryField(name="people", kind=EntryFieldKind.PEOPLE, has_hint=True),
    EntryField(name="starts", kind=EntryFieldKind.TEXT, has_hint=True),
    EntryField(
        name="exceptions",
        kind=EntryFieldKind.ROWS,
        has_hint=True,
        group="more",
        columns=(
            EntryField(name="person", kind=EntryFieldKind.PERSON, is_required=True),
            EntryField(name="from", kind=EntryFieldKind.TEXT, is_required=True, has_hint=True),
            EntryField(name="until", kind=EntryFieldKind.TEXT, is_required=True),
        ),
    ),
    EntryField(name="ical", kind=EntryFieldKind.LIST, label="rota_files", has_hint=True, group="more"),
)
POLICY: Final = (
    EntryField(name="first_response", kind=EntryFieldKind.LINES, has_hint=True),
    EntryField(name="next_response", kind=EntryFieldKind.LINES),
    EntryField(name="resolution", kind=EntryFieldKind.LINES),
    EntryField(name="periodic_update", kind=EntryFieldKind.LINES),
    EntryField(
        name="calendar", kind=EntryFieldKind.CHOICE, section="calendars", values=NONE, none="own_hours"
    ),
    EntryField(name="escalation", kind=EntryFieldKind.CHOICE, section="escalation_policies", values=NONE),
    *(
        EntryField(
            name=f"pauses_{each}",
            key=each,
            kind=EntryFieldKind.BOXES,
            values=(Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD),
            term="status",
            within=("pauses",),
            has_none=True,
            label="pauses",
            about=f"desk_forms.label_{each}",
            has_hint=True,
            group="more",
        )
        for each in Measure
    ),
    EntryField(
        name="elapsed",
        kind=EntryFieldKind.BOXES,
        values=tuple(each.value for each in Measure),
        said="label",
        has_hint=True,
        group="more",
    ),
    EntryField(
        name="raised",
        kind=EntryFieldKind.CHOICE,
        values=("", TargetStart.FROM_OPENING),
        said="raised",
        group="more",
    ),
)
