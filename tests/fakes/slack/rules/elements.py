"""Block elements, held to Slack's limits: https://docs.slack.dev/reference/block-kit/block-elements.

Complaints read like Slack's: what is wrong, then where, as a JSON pointer.
"""

from collections.abc import Callable
from typing import Any

from tests.fakes.slack.rules import block_limits as limits
from tests.fakes.slack.rules.refusals import Json

MENUS = {
    f"{prefix}{kind}_select"
    for prefix in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"checkboxes", "radio_buttons"}
TEXT_INPUTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
IN_ACTIONS = {"button", "overflow", "workflow_button"} | MENUS | PICKERS | CHOICES
IN_SECTION = IN_ACTIONS | {"image"}
IN_INPUT = MENUS | PICKERS | CHOICES | TEXT_INPUTS | {"file_input"}
CHOSEN = {"selected_option", "selected_user", "selected_conversation", "selected_channel"}


class Complaints:
    """What is wrong so far, and the ids seen."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, what: str, where: str) -> None:
        self.found.append(f"{what} [json-pointer:{where}]")

    def text(self, value: Any, where: str, *, most: int, kinds: tuple[str, ...] = ("plain_text",)) -> None:
        """A text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object."""
        if not isinstance(value, dict):
            return self.add("must be an object", where)
        if value.get("type") not in kinds:
            return self.add(f"must be one of: {', '.join(kinds)}", f"{where}/type")
        self.string(value.get("text"), f"{where}/text", most=most)
        return None

    def string(self, value: Any, where: str, *, most: int, least: int = 1) -> None:
        if not isinstance(value, str):
            return self.add("must be a string", where)
        if len(value) < least:
            return self.add(f"must be more than {least - 1} characters", where)
        if len(value) > most:
            self.add(f"must be less than {most + 1} characters", where)
        return None

    def items(self, value: Any, where: str, *, most: int, least: int = 1) -> list[Any]:
        if not isinstance(value, list):
            self.add("must provide an array", where)
            return []
        if len(value) < least:
            self.add(f"no fewer than {least} items allowed", where)
        if len(value) > most:
            self.add(f"no more than {most} items allowed", where)
        return value

    def optional(self, holder: Json, key: str, where: str, *, most: int, least: int = 0) -> None:
        if holder.get(key) is not None:
            self.string(holder[key], f"{where}/{key}", most=most, least=least)


def check_element(
    element: Any, where: str, complaints: Complaints, *, allowed: set[str], action_ids: set[str]
) -> None:
    """`action_ids` are those seen in the same block: each must be its own."""
    if not isinstance(element, dict):
        return complaints.add("must be an object", where)
    kind = element.get("type")
    if kind not in allowed:
        return complaints.add(f"unsupported type: {kind}", f"{where}/type")
    complaints.optional(element, "action_id", where, most=limits.IDENTIFIER, least=1)
    action_id = element.get("action_id")
    if action_id is not None and action_id in action_ids:
        complaints.add(f"`action_id` {action_id} already exists in this block", f"{where}/action_id")
    action_ids.add(action_id or "")
    if "placeholder" in element:
        complaints.text(element["placeholder"], f"{where}/placeholder", most=limits.PLACEHOLDER)
    if "confirm" in element:
        _check_confirm(element["confirm"], f"{where}/confirm", complaints)
    _check_kind(element, where, complaints)
    return None


def _check_kind(element: Json, where: str, complaints: Complaints) -> None:
    checks: dict[str, Callable[[Json, str, Complaints], None]] = {
        "button": _check_button,
        "image": _check_image,
        "overflow": _check_overflow,
        "static_select": _check_menu,
        "multi_static_select": _check_menu,
        "checkboxes": _check_choices,
        "radio_buttons": _check_choices,
        "plain_text_input": _check_text_input,
        "file_input": _check_file_input,
    }
    check = checks.get(element["type"])
    if check is not None:
        check(element, where, complaints)


def _check_button(button: Json, where: str, complaints: Complaints) -> None:
    complaints.text(button.get("text"), f"{where}/text", most=limits.BUTTON_TEXT)
    complaints.optional(button, "value", where, most=limits.BUTTON_VALUE)
    complaints.optional(button, "url", where, most=limits.LINK)
    if button.get("style") not in (None, "primary", "danger"):
        complaints.add("must be one of: primary, danger", f"{where}/style")


def _check_image(image: Json, where: str, complaints: Complaints) -> None:
    complaints.string(image.get("alt_text"), f"{where}/alt_text", most=limits.IMAGE_ALT)
    if "slack_file" not in image:
        complaints.string(image.get("image_url"), f"{where}/image_url", most=limits.LINK)


def _check_overflow(menu: Json, where: str, complaints: Complaints) -> None:
    options = complaints.items(menu.get("options"), f"{where}/options", most=limits.OVERFLOW_OPTIONS)
    _check_options(options, f"{where}/options", complaints)


def _check_menu(menu: Json, where: str, complaints: Complaints) -> None:
    if "option_groups" in menu:
        groups = complaints.items(menu["option_groups"], f"{where}/option_groups", most=limits.OPTION_GROUPS)
        for number, group in enumerate(groups):
            at = f"{where}/option_groups/{number}"
            complaints.text(group.get("label"), f"{at}/label", most=limits.OPTION_TEXT)
            options = complaints.items(group.get("options"), f"{at}/options", most=limits.OPTIONS)
            _check_options(options, f"{at}/options", complaints)
        return
    options = complaints.items(menu.get("options"), f"{where}/options", most=limits.OPTIONS)
    _check_options(options, f"{where}/options", complaints)
    initial = menu.get("initial_option")
    if initial is not None and initial.get("value") not in [o.get("value") for o in options]:
        complaints.add("initial option does not match any of the options", f"{where}/initial_option")


def _check_choices(choices: Json, where: str, complaints: Complaints) -> None:
    options = complaints.items(choices.get("options"), f"{where}/options", most=limits.CHOICES)
    _check_options(options, f"{where}/options", complaints, kinds=("plain_text", "mrkdwn"))


def _check_options(
    options: list[Any], where: str, complaints: Complaints, *, kinds: tuple[str, ...] = ("plain_text",)
) -> None:
    """https://docs.slack.dev/reference/block-kit/composition-objects/option-object."""
    for number, option in enumerate(options):
        at = f"{where}/{number}"
        if not isinstance(option, dict):
            complaints.add("must be an object", at)
            continue
        complaints.text(option.get("text"), f"{at}/text", most=limits.OPTION_TEXT, kinds=kinds)
        complaints.string(option.get("value"), f"{at}/value", most=limits.OPTION_VALUE)
        if "description" in option:
            complaints.text(option["description"], f"{at}/description", most=limits.OPTION_TEXT, kinds=kinds)


def _check_file_input(field: Json, where: str, complaints: Complaints) -> None:
    if not 1 <= field.get("max_files", limits.MOST_FILES) <= limits.MOST_FILES:
        complaints.add(f"must be between 1 and {limits.MOST_FILES}", f"{where}/max_files")


def _check_text_input(field: Json, where: str, complaints: Complaints) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element."""
    for key in ("min_length", "max_length"):
        if key in field and not 0 <= field[key] <= limits.INPUT_LENGTH:
            complaints.add(f"must be between 0 and {limits.INPUT_LENGTH}", f"{where}/{key}")
    longest = field.get("max_length", limits.INPUT_LENGTH)
    complaints.optional(field, "initial_value", where, most=longest)


def _check_confirm(confirm: Any, where: str, complaints: Complaints) -> None:
    """https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object."""
    if not isinstance(confirm, dict):
        return complaints.add("must be an object", where)
    complaints.text(confirm.get("title"), f"{where}/title", most=limits.CONFIRM_TITLE)
    both = ("plain_text", "mrkdwn")
    complaints.text(confirm.get("text"), f"{where}/text", most=limits.CONFIRM_TEXT, kinds=both)
    complaints.text(confirm.get("confirm"), f"{where}/confirm", most=limits.CONFIRM_BUTTON)
    complaints.text(confirm.get("deny"), f"{where}/deny", most=limits.CONFIRM_BUTTON)
    return None
