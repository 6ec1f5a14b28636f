"""Modals and the Home tab, held to Slack's limits.

https://docs.slack.dev/reference/views/modal-views · …/home-tab-views
"""

import json
from typing import Any

from tests.fakes.slack.rules import block_limits as limits
from tests.fakes.slack.rules.blocks import IN_VIEWS, check_blocks, completed
from tests.fakes.slack.rules.elements import Complaints
from tests.fakes.slack.rules.refusals import Json, Refusal


def accept_view(view: Any, *, kind: str) -> Json:
    """The view as Slack keeps it; `kind` is "modal" or "home". Raises `Refusal`."""
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", messages=["must be a valid view [json-pointer:/view]"])
    complaints = Complaints()
    if view.get("type") != kind:
        complaints.add(f"must be one of: {kind}", "/view/type")
    if kind == "modal":
        _check_modal(view, complaints)
    complaints.optional(view, "private_metadata", "/view", most=limits.PRIVATE_METADATA)
    complaints.optional(view, "callback_id", "/view", most=limits.IDENTIFIER)
    complaints.optional(view, "external_id", "/view", most=limits.IDENTIFIER)
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        check_blocks(blocks, complaints, where="/view/blocks", most=limits.VIEW_BLOCKS, allowed=IN_VIEWS)
    else:
        complaints.add("missing required field: blocks", "/view")
    if complaints.found:
        raise Refusal("invalid_arguments", messages=complaints.found)
    # https://docs.slack.dev/reference/methods/views.open (view_too_large: "greater than 250kb")
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise Refusal("view_too_large")
    return {**view, "blocks": completed(view["blocks"])}


def _check_modal(view: Json, complaints: Complaints) -> None:
    complaints.text(view.get("title"), "/view/title", most=limits.VIEW_TITLE)
    for key in ("submit", "close"):
        if view.get(key) is not None:
            complaints.text(view[key], f"/view/{key}", most=limits.VIEW_BUTTON)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    # "`submit` is required when an `input` block is within the `blocks` array."
    if has_input and view.get("submit") is None:
        complaints.add("`submit` is required when there is an input block", "/view")
