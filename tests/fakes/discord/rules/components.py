"""Buttons and menus of a message: https://discord.com/developers/docs/components/reference.

Components of the second version (texts, containers …) are not known to this server and refused with status 501.
"""

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.rules.refusals import Json, Problems, Refusal
from tests.fakes.discord.world.records import MessageFlag

ROW, BUTTON, STRING_SELECT = 1, 2, 3
SELECTS = frozenset({3, 5, 6, 7, 8})
LINK, PREMIUM = 5, 6
ROWS = 5
BUTTONS = 5
OPTIONS = 25
LABEL = 80
CUSTOM_ID = 100
PLACEHOLDER = 150
OPTION_TEXT = 100
LINK_URL = 512


def check_components(problems: Problems, components: Any, flags: int = 0) -> None:
    if flags & MessageFlag.IS_COMPONENTS_V2:
        raise Refusal(0, status=501, message="This server does not know components of the second version")
    if components is None:
        return
    if len(components) > ROWS:
        problems.add("components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ROWS} in length.")
    for number, row in enumerate(components):
        _check_row(problems, f"components.{number}", row)
    seen: set[str] = set()
    for where, component in _within(components):
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in seen:
            problems.add(
                f"{where}.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        seen.add(str(custom_id))


def widgets(components: list[Json]) -> Iterator[Json]:
    """Buttons and menus in reading order."""
    for row in components:
        yield from row.get("components", [])


def numbered(components: list[Json]) -> list[Json]:
    """Each component gets an id where the app gave none.

    https://discord.com/developers/docs/components/reference#anatomy-of-a-component
    """
    rows: list[Json] = []
    next_id = 1
    for row in components:
        row_id, next_id = next_id, next_id + 1
        inside = []
        for component in row.get("components", []):
            inside.append({"id": next_id} | component)
            next_id += 1
        rows.append({"id": row_id} | row | {"components": inside})
    return rows


def check_options(problems: Problems, where: str, options: list[Json]) -> None:
    """https://discord.com/developers/docs/components/reference#string-select-select-option-structure."""
    if not 1 <= len(options) <= OPTIONS:
        problems.add(
            f"{where}.options", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {OPTIONS} in length."
        )
    values: set[str] = set()
    for number, option in enumerate(options):
        at = f"{where}.options.{number}"
        for key in ("label", "value"):
            problems.length(f"{at}.{key}", str(option.get(key) or ""), 1, OPTION_TEXT)
        problems.too_long(f"{at}.description", len(option.get("description") or ""), OPTION_TEXT)
        if option.get("value") in values:
            problems.add(
                f"{at}.value",
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(str(option.get("value")))


def check_select(problems: Problems, where: str, select: Json) -> None:
    problems.length(f"{where}.custom_id", str(select.get("custom_id") or ""), 1, CUSTOM_ID)
    problems.too_long(f"{where}.placeholder", len(select.get("placeholder") or ""), PLACEHOLDER)
    if select.get("type") == STRING_SELECT:
        check_options(problems, where, select.get("options") or [])
    for key, least in (("min_values", 0), ("max_values", 1)):
        if not least <= select.get(key, 1) <= OPTIONS:
            problems.add(
                f"{where}.{key}",
                "NUMBER_TYPE_MAX",
                f"int value should be less than or equal to {OPTIONS}.",
            )


def _check_row(problems: Problems, where: str, row: Json) -> None:
    if row.get("type") != ROW:
        problems.add(f"{where}.type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).')
        return
    inside = row.get("components") or []
    if not 1 <= len(inside) <= BUTTONS:
        problems.add(
            f"{where}.components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {BUTTONS} in length."
        )
    if len(inside) > 1 and any(component.get("type") in SELECTS for component in inside):
        problems.add(
            where,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )
    for number, component in enumerate(inside):
        at = f"{where}.components.{number}"
        if component.get("type") == BUTTON:
            _check_button(problems, at, component)
        elif component.get("type") in SELECTS:
            check_select(problems, at, component)
        else:
            problems.choice(f"{at}.type", component.get("type"), "(2, 3, 5, 6, 7, 8)")


def _check_button(problems: Problems, where: str, button: Json) -> None:
    """https://discord.com/developers/docs/components/reference#button."""
    style = button.get("style")
    if style not in range(1, PREMIUM + 1):
        problems.choice(f"{where}.style", style, "(1, 2, 3, 4, 5, 6)")
    problems.too_long(f"{where}.label", len(button.get("label") or ""), LABEL)
    if not button.get("label") and not button.get("emoji") and style != PREMIUM:
        problems.add(where, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required")
    if style == LINK:
        problems.length(f"{where}.url", str(button.get("url") or ""), 1, LINK_URL)
        if button.get("custom_id"):
            problems.add(
                where,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    elif style != PREMIUM:
        if not button.get("custom_id"):
            problems.add(where, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
        problems.too_long(f"{where}.custom_id", len(button.get("custom_id") or ""), CUSTOM_ID)


def _within(components: list[Json]) -> Iterator[tuple[str, Json]]:
    for number, row in enumerate(components):
        for place, component in enumerate(row.get("components") or []):
            yield f"components.{number}.components.{place}", component
