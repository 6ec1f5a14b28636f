"""Blocks, held to Slack's limits, and completed as Slack completes them (ids it makes up).

https://docs.slack.dev/reference/block-kit/blocks. `invalid_blocks` carries what is wrong and where, as in
https://docs.slack.dev/reference/methods/chat.postMessage#errors.
"""

import copy
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from tests.fakes.slack.rules import block_limits as limits
from tests.fakes.slack.rules.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, Complaints, check_element
from tests.fakes.slack.rules.refusals import Json, Refusal

BOTH = ("plain_text", "mrkdwn")
IN_MESSAGES = {
    "section", "header", "divider", "context", "actions", "input", "image", "rich_text", "markdown", "file",
    "video", "table", "context_actions",
}  # fmt: skip
IN_VIEWS = IN_MESSAGES - {"file", "markdown", "table", "context_actions"}


def accept_message_blocks(blocks: Any) -> list[Json]:
    """The blocks as Slack keeps them. Raises `Refusal`."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    complaints = Complaints()
    check_blocks(blocks, complaints, where="/blocks", most=limits.MESSAGE_BLOCKS, allowed=IN_MESSAGES)
    if complaints.found:
        raise Refusal("invalid_blocks", messages=complaints.found, errors=complaints.found)
    if weight(blocks) > limits.ALL_BLOCKS_TEXT:
        raise Refusal("msg_blocks_too_long")
    return completed(blocks)


def weight(blocks: list[Json]) -> int:
    """How much of `ALL_BLOCKS_TEXT` these take."""
    return sum(len(text) for text in texts(blocks)) + limits.CHARACTERS_PER_BLOCK * len(blocks)


def texts(part: Any) -> Iterator[str]:
    """Every piece of text in blocks, in reading order."""
    if isinstance(part, list):
        for item in part:
            yield from texts(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)


def check_blocks(
    blocks: list[Any], complaints: Complaints, *, where: str, most: int, allowed: set[str]
) -> None:
    complaints.items(blocks, where, most=most, least=0)
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        at = f"{where}/{number}"
        if not isinstance(block, dict):
            complaints.add("must be an object", at)
        elif block.get("type") not in allowed:
            complaints.add(f"unsupported type: {block.get('type')}", f"{at}/type")
        else:
            _check_block_id(block, at, complaints, seen)
            check = CHECKS.get(block["type"])
            if check is not None:
                check(block, at, complaints)


def completed(blocks: list[Json]) -> list[Json]:
    """With a `block_id` and `action_id`s where the app gave none; rarely does anybody miss them until then."""
    numbers = itertools.count(1)
    full: list[Json] = copy.deepcopy(blocks)
    for block in full:
        block.setdefault("block_id", f"b{next(numbers):03d}")
        for element in interactive_elements(block):
            element.setdefault("action_id", f"a{next(numbers):03d}")
    return full


def interactive_elements(block: Json) -> list[Json]:
    candidates = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    kinds = IN_ACTIONS | IN_INPUT
    return [item for item in candidates if isinstance(item, dict) and item.get("type") in kinds]


def _check_block_id(block: Json, where: str, complaints: Complaints, seen: set[str]) -> None:
    complaints.optional(block, "block_id", where, most=limits.IDENTIFIER, least=1)
    block_id = block.get("block_id")
    if block_id in seen:
        complaints.add(f"`block_id` {block_id} already exists", f"{where}/block_id")
    if block_id:
        seen.add(block_id)


def _check_section(block: Json, where: str, complaints: Complaints) -> None:
    if "text" not in block and "fields" not in block:
        return complaints.add("missing required field: text", where)
    if "text" in block:
        complaints.text(block["text"], f"{where}/text", most=limits.SECTION_TEXT, kinds=BOTH)
    if "fields" in block:
        fields = complaints.items(block["fields"], f"{where}/fields", most=limits.SECTION_FIELDS)
        for number, field in enumerate(fields):
            complaints.text(field, f"{where}/fields/{number}", most=limits.FIELD_TEXT, kinds=BOTH)
    if "accessory" in block:
        check_element(
            block["accessory"], f"{where}/accessory", complaints, allowed=IN_SECTION, action_ids=set()
        )
    return None


def _check_header(block: Json, where: str, complaints: Complaints) -> None:
    complaints.text(block.get("text"), f"{where}/text", most=limits.HEADER_TEXT)


def _check_context(block: Json, where: str, complaints: Complaints) -> None:
    elements = complaints.items(block.get("elements"), f"{where}/elements", most=limits.CONTEXT_ELEMENTS)
    for number, element in enumerate(elements):
        at = f"{where}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_element(element, at, complaints, allowed={"image"}, action_ids=set())
        else:
            complaints.text(element, at, most=limits.SECTION_TEXT, kinds=BOTH)


def _check_actions(block: Json, where: str, complaints: Complaints) -> None:
    elements = complaints.items(block.get("elements"), f"{where}/elements", most=limits.ACTIONS_ELEMENTS)
    ids: set[str] = set()
    for number, element in enumerate(elements):
        check_element(element, f"{where}/elements/{number}", complaints, allowed=IN_ACTIONS, action_ids=ids)


def _check_input(block: Json, where: str, complaints: Complaints) -> None:
    complaints.text(block.get("label"), f"{where}/label", most=limits.INPUT_LABEL)
    if "hint" in block:
        complaints.text(block["hint"], f"{where}/hint", most=limits.INPUT_HINT)
    check_element(block.get("element"), f"{where}/element", complaints, allowed=IN_INPUT, action_ids=set())


def _check_image(block: Json, where: str, complaints: Complaints) -> None:
    check_element({**block}, where, complaints, allowed={"image"}, action_ids=set())
    if "title" in block:
        complaints.text(block["title"], f"{where}/title", most=limits.IMAGE_ALT)


def _check_rich_text(block: Json, where: str, complaints: Complaints) -> None:
    complaints.items(block.get("elements"), f"{where}/elements", most=1000)


def _check_markdown(block: Json, where: str, complaints: Complaints) -> None:
    complaints.string(block.get("text"), f"{where}/text", most=limits.MARKDOWN_TEXT)


CHECKS: dict[str, Callable[[Json, str, Complaints], None]] = {
    "section": _check_section,
    "header": _check_header,
    "context": _check_context,
    "actions": _check_actions,
    "input": _check_input,
    "image": _check_image,
    "rich_text": _check_rich_text,
    "markdown": _check_markdown,
}
