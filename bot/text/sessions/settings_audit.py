"""What the audit log holds of changed settings, in words."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.settings.desk_version import FIRST
from bot.text.audit_line import Line, Told


def _changed(line: Line) -> Told:
    facts = {"number": str(line["version"]), "reason": line["reason"], "version": str(line["restored"])}
    if line["origin"] == "file":
        key = "first" if facts["number"] == str(FIRST) else "by_hand"
        return f"history.settings_{key}", {"number": facts["number"]}
    wanted = ("number", "version") if line["origin"] == "undo" else ("number",)
    key = f"history.settings_{line['origin']}"
    if line["reason"]:
        key, wanted = f"{key}_because", (*wanted, "reason")
    return key, {name: facts[name] for name in wanted}


TOLD_OF_SETTINGS: Final[Mapping[str, Callable[[Line], Told]]] = {"SettingsChanged": _changed}
"""By the names under which events are kept."""
