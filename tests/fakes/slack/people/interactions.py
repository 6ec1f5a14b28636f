"""What people press, type and submit: told to the app once, and what the app's answer does to their screen.

https://docs.slack.dev/interactivity/handling-user-interaction · https://docs.slack.dev/surfaces/modals#handling_submissions
"""

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack.people.talk import Content, Talk
from tests.fakes.slack.people.widgets import Widget, fields, find, initial_state, is_empty, state_of, widgets
from tests.fakes.slack.rules.block_limits import OPTIONS
from tests.fakes.slack.rules.refusals import Json, NotOffered, Refusal
from tests.fakes.slack.rules.view_rules import accept_view
from tests.fakes.slack.sending.deliveries import Deliveries
from tests.fakes.slack.sending.parcels import Parcel, Taken
from tests.fakes.slack.sending.payloads import Payloads
from tests.fakes.slack.sending.response_urls import ResponseUrls
from tests.fakes.slack.web_api.view_methods import Views
from tests.fakes.slack.world.records import Channel, Message, User, View
from tests.fakes.slack.world.workspace import SLACKBOT, Workspace

TROUBLE = "We had some trouble connecting. Try again?"


class Doings:
    def __init__(
        self,
        workspace: Workspace,
        talk: Talk,
        views: Views,
        payloads: Payloads,
        urls: ResponseUrls,
        deliveries: Deliveries,
    ) -> None:
        self._workspace = workspace
        self._talk = talk
        self._views = views
        self._payloads = payloads
        self._urls = urls
        self._deliveries = deliveries

    async def command(self, user: User, channel: Channel, line: str) -> Taken:
        """The acknowledgement may carry a message; a failure is told by Slackbot, to that person."""
        command, _, text = line.partition(" ")
        self._check_commands_are_granted()
        known = self._workspace.app.commands
        if known is not None and command not in known:
            raise NotOffered(f"{command} is not a valid command")
        payload = self._payloads.command(user, channel, command, text.strip())
        taken = await self._deliveries.interact(Parcel("slash_commands", payload, takes_answer=True))
        if not taken.is_ok:
            error = "operation_timeout" if taken.problem in ("http_timeout", "timeout") else "dispatch_failed"
            self._warn(user, channel, f'{command} failed with the error "{error}"')
        elif taken.body:
            body = taken.body if isinstance(taken.body, dict) else {"text": str(taken.body)}
            self._urls.say(body, user=user.id, channel=channel.id)
        return taken

    async def act(self, user: User, where: Message | View, action: Json, *, state: Json) -> Taken:
        if isinstance(where, View):
            payload = self._payloads.action_in_view(user, where, action)
        else:
            payload = self._payloads.action_in_message(user, where, action, state=state)
        return await self._deliveries.interact(Parcel("interactive", payload))

    async def shortcut(self, user: User, callback_id: str, message: Message | None) -> Taken:
        self._check_commands_are_granted()
        if message is None:
            payload = self._payloads.shortcut(user, callback_id)
        else:
            payload = self._payloads.message_shortcut(user, message, callback_id)
        return await self._deliveries.interact(Parcel("interactive", payload))

    def _check_commands_are_granted(self) -> None:
        """Slash commands and shortcuts: https://docs.slack.dev/reference/scopes/commands."""
        if "commands" not in self._workspace.app.scopes:
            raise NotOffered("the app was not granted commands and shortcuts")

    async def search(self, user: User, where: Message | View, widget: Widget, typed: str) -> list[Json]:
        """The options the app offers for what was typed."""
        payload = self._payloads.suggestion(
            user, where, widget.element, block_id=widget.block_id, value=typed
        )
        taken = await self._deliveries.interact(Parcel("interactive", payload, takes_answer=True))
        if not taken.is_ok or not isinstance(taken.body, dict):
            return []
        groups = taken.body.get("option_groups") or [taken.body]
        options: list[Json] = [option for group in groups for option in group.get("options", [])]
        # https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
        return options if len(options) <= OPTIONS else []

    def fill(self, view: View, values: Mapping[str, Any]) -> None:
        """Type into fields, named by label, block_id or action_id. Raises `NotOffered`."""
        for widget in widgets(view.body["blocks"]):
            if widget.block["type"] == "input" or widget.kind != "button":
                view.values.setdefault(widget.block_id, {}).setdefault(
                    widget.action_id, initial_state(widget)
                )
        for name, value in values.items():
            widget = find(view.body["blocks"], name)
            view.values[widget.block_id] = {widget.action_id: state_of(widget, value, self._workspace)}

    async def submit(self, user: User, view: View) -> Taken:
        for widget in fields(view.body["blocks"]):
            state = view.values.get(widget.block_id, {}).get(widget.action_id, {})
            if is_empty(state) and not widget.block.get("optional"):
                raise NotOffered(f"{widget.label!r} must be filled in")
        view.problems = {}
        payload = self._payloads.submission(user, view)
        taken = await self._deliveries.interact(Parcel("interactive", payload, takes_answer=True))
        if not taken.is_ok:
            view.problems = {"": TROUBLE}
            return taken
        try:
            self._follow(user, view, taken.body if isinstance(taken.body, dict) else {})
        except Refusal as refusal:
            view.problems = {"": TROUBLE}
            return Taken(problem=refusal.error, body=refusal.body())
        return taken

    async def close(self, user: User, view: View, *, is_cleared: bool = False) -> None:
        """One modal, or with `is_cleared` the whole stack of them."""
        stack = self._views.screens.stack(user.id)
        gone = list(stack) if is_cleared else [view]
        for closed in gone:
            stack.remove(closed)
            if closed.body.get("notify_on_close"):
                payload = self._payloads.closing(user, closed, is_cleared=is_cleared)
                await self._deliveries.interact(Parcel("interactive", payload))

    def _follow(self, user: User, view: View, answer: Json) -> None:
        """`response_action`. Raises `Refusal` for what Slack would not take."""
        stack = self._views.screens.stack(user.id)
        match answer.get("response_action"):
            case None:
                if view in stack:
                    stack.remove(view)
            case "clear":
                stack.clear()
            case "errors":
                blocks = {widget.block_id for widget in fields(view.body["blocks"])}
                if not answer.get("errors") or not blocks.issuperset(answer["errors"]):
                    raise Refusal("invalid_errors")
                view.problems = dict(answer["errors"])
            case "update":
                self._views.replace(view, accept_view(answer.get("view"), kind="modal"))
            case "push":
                self._views.put(user.id, accept_view(answer.get("view"), kind="modal"))
            case unknown:
                raise Refusal(f"invalid_response_action: {unknown}")

    def _warn(self, user: User, channel: Channel, text: str) -> None:
        self._talk.whisper(channel.id, Content(text=text), to=user.id, user=SLACKBOT)
