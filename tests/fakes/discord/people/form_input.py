"""What people type and choose, as Discord's window sends it; what the window would not take raises `NotOffered`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.people.presence import Presence
from tests.fakes.discord.rest.drafts import Upload, file_limit, kept_file
from tests.fakes.discord.rules.command_rules import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    LONGEST_STRING,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    USER,
)
from tests.fakes.discord.rules.modals import (
    CHECKBOX,
    CHECKBOXES,
    FILES,
    RADIO,
    TEXT_INPUT,
    VALUE,
    Field,
    SeenModal,
)
from tests.fakes.discord.rules.refusals import Json, NotOffered
from tests.fakes.discord.world.records import Channel, Place, Role, Thread
from tests.fakes.discord.world.resolved import Resolved

if TYPE_CHECKING:
    from tests.fakes.discord.server import DiscordServer

STRING_SELECT = 3
# What menus list, in the words of a command's options.
_LISTED = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}


class FormInput:
    """Turns values into the wire's, collecting what they refer to."""

    def __init__(self, discord: "DiscordServer", resolved: Resolved, place: Place) -> None:
        self._discord = discord
        self._resolved = resolved
        self._place = place

    def resolved_part(self) -> Json:
        return {"resolved": self._resolved.body} if self._resolved.body else {}

    def options(self, known: list[Json], given: Mapping[str, Any], *, is_partial: bool = False) -> list[Json]:
        """A command's options, by name. `is_partial`: the line is still being typed."""
        names = {option["name"] for option in known}
        if set(given) - names:
            raise NotOffered(f"there is no option {sorted(set(given) - names)}, only {sorted(names)}")
        missing = [o["name"] for o in known if o.get("required") and o["name"] not in given]
        if missing and not is_partial:
            raise NotOffered(f"{missing} must be given")
        return [
            {"name": o["name"], "type": o["type"], "value": self._option(o, given[o["name"]])}
            for o in known
            if o["name"] in given
        ]

    def chosen(self, select: Json, values: list[Any]) -> list[str]:
        """The values of a menu's options that have these labels, or the ids of what it lists."""
        least, most = select.get("min_values", 1), select.get("max_values", 1)
        if not least <= len(values) <= most:
            raise NotOffered(f"the menu takes {least} to {most} choices, not {len(values)}")
        if select["type"] == STRING_SELECT:
            return [_labelled(select, value) for value in values]
        return [self._refer(value, _LISTED[select["type"]], select) for value in values]

    def form(self, modal: SeenModal, given: Mapping[str, Any]) -> dict[str, Json]:
        """Each field's answer by custom_id; what is not given stays as the form shows it."""
        named = {modal.field(name).custom_id: value for name, value in given.items()}
        return {
            found.custom_id: self._field(found, named.get(found.custom_id), found.custom_id in named)
            for found in modal.fields
        }

    def _option(self, option: Json, value: Any) -> Any:
        kind = option["type"]
        if option.get("choices"):
            return _choice(option, value)
        if kind == STRING and isinstance(value, str):
            least, most = option.get("min_length", 0), option.get("max_length", LONGEST_STRING)
            if not least <= len(value) <= most:
                raise NotOffered(f"{option['name']} takes {least} to {most} characters")
            return value
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if (kind == INTEGER and is_whole) or (kind == NUMBER and isinstance(value, int | float)):
            if not option.get("min_value", value) <= value <= option.get("max_value", value):
                raise NotOffered(f"{option['name']} does not take {value}")
            return value
        if kind == BOOLEAN and isinstance(value, bool):
            return value
        if kind == ATTACHMENT and isinstance(value, tuple):
            return self._upload(value)
        return self._refer(value, kind, option)

    def _field(self, found: Field, value: Any, is_given: bool) -> Json:
        component = found.component
        answer: Json = {"type": found.kind, "custom_id": found.custom_id}
        if found.kind == TEXT_INPUT:
            return answer | {"value": _typed(found, value if is_given else component.get("value") or "")}
        if found.kind == CHECKBOX:
            return answer | {"value": bool(value if is_given else component.get("default"))}
        if not is_given and component.get("default_values"):
            return answer | {"values": [self._preset(each) for each in component["default_values"]]}
        preset = [o["label"] for o in component.get("options") or [] if o.get("default")]
        values = _listed(value) if is_given else preset
        if not values and found.is_required:
            raise NotOffered(f"{found.label!r} must be filled in")
        if found.kind == RADIO:
            if len(values) > 1:
                raise NotOffered(f"{found.label!r} takes one choice")
            return answer | {"value": _labelled(component, values[0]) if values else None}
        return answer | {"values": self._several(found, values)}

    def _several(self, found: Field, values: list[Any]) -> list[str]:
        """Checkboxes, uploads and menus within a form."""
        component = found.component
        default_most = len(component.get("options") or []) if found.kind == CHECKBOXES else 1
        least, most = component.get("min_values"), component.get("max_values") or default_most
        least = 1 if least is None else least
        if values and not least <= len(values) <= most:
            raise NotOffered(f"{found.label!r} takes {least} to {most}, not {len(values)}")
        if found.kind == FILES:
            return [self._upload(value) for value in values]
        if found.kind in (CHECKBOXES, STRING_SELECT):
            return [_labelled(component, value) for value in values]
        return [self._refer(value, _LISTED[found.kind], component) for value in values]

    def _refer(self, value: Any, kind: int, taker: Json) -> str:
        """Somebody or something, where the option or menu lists such; channels of its `channel_types` alone."""
        match value:
            case Presence() if kind in (USER, MENTIONABLE):
                return self._resolved.user(value.id)
            case Role() if kind in (ROLE, MENTIONABLE):
                return self._resolved.role(value.guild_id, value.id)
            case Channel() | Thread() if kind == CHANNEL:
                if value.type in (taker.get("channel_types") or [value.type]):
                    return self._resolved.channel(value.id)
        raise NotOffered(f"{taker.get('name') or taker.get('custom_id')} does not take {value!r}")

    def _preset(self, default: Json) -> str:
        """https://discord.com/developers/docs/components/reference#user-select-select-default-value-structure"""
        shown = int(default["id"])
        match default["type"]:
            case "user":
                return self._resolved.user(shown)
            case "role":
                return self._resolved.role(self._place.guild_id or 0, shown)
            case _:
                return self._resolved.channel(shown)

    def _upload(self, file: tuple[str, bytes]) -> str:
        name, content = file
        if len(content) > file_limit(self._discord.world, self._place.guild_id):
            raise NotOffered(f"{name} is too large")
        attachment = kept_file(self._discord.world, Upload(name, content), is_ephemeral=True)
        self._discord.world.uploads[attachment.id] = attachment
        return self._resolved.attachment(attachment)


def options_of(command: Json, steps: list[str], line: str) -> tuple[list[Json], list[Json]]:
    """The groups and subcommands that these words name, and the options at the end of them."""
    path: list[Json] = []
    options = command.get("options") or []
    for step in steps:
        found = next((o for o in options if o["name"] == step and o["type"] in (SUBCOMMAND, GROUP)), None)
        if found is None:
            raise NotOffered(f"{line}: there is no {step!r}")
        path.append(found)
        options = found.get("options") or []
    if any(option["type"] in (SUBCOMMAND, GROUP) for option in options):
        raise NotOffered(f"{line} goes on with one of {[option['name'] for option in options]}")
    return path, options


def _typed(found: Field, value: str) -> str:
    if not value:
        if found.is_required:
            raise NotOffered(f"{found.label!r} must be filled in")
        return ""
    least, most = found.component.get("min_length") or 0, found.component.get("max_length") or VALUE
    if not least <= len(value) <= most:
        raise NotOffered(f"{found.label!r} takes {least} to {most} characters, not {len(value)}")
    return value


def _choice(option: Json, value: Any) -> Any:
    for choice in option["choices"]:
        if value in (choice["name"], choice["value"]):
            return choice["value"]
    raise NotOffered(f"{option['name']} offers {[choice['name'] for choice in option['choices']]}")


def _labelled(component: Json, label: Any) -> str:
    for option in component.get("options") or []:
        if option["label"] == label:
            return str(option["value"])
    raise NotOffered(f"{label!r} is none of {[o['label'] for o in component.get('options') or []]}")


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
