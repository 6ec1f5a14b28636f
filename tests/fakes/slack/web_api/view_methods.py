"""views.*: modals in stacks of three, and Home tabs. https://docs.slack.dev/reference/methods?family=views."""

from dataclasses import dataclass, field

from tests.fakes.slack.rules.block_limits import VIEW_STACK
from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.rules.triggers import Triggers
from tests.fakes.slack.rules.view_rules import accept_view
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.web_api.methods import Desk, Method
from tests.fakes.slack.world.records import View
from tests.fakes.slack.world.workspace import TEAM, Workspace


@dataclass(slots=True)
class OpenViews:
    """What each person has on the screen: modals, the topmost last, and their Home tab."""

    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)

    def stack(self, user: str) -> list[View]:
        return self.stacks.setdefault(user, [])

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View | None:
        for view in (*(view for stack in self.stacks.values() for view in stack), *self.homes.values()):
            if view_id == view.id or (external_id and external_id == view.body.get("external_id")):
                return view
        return None


class Views(Desk):
    def __init__(self, workspace: Workspace, screens: OpenViews, triggers: Triggers) -> None:
        super().__init__(workspace)
        self.screens = screens
        self._triggers = triggers

    def methods(self) -> dict[str, Method]:
        return {
            "views.open": Method(self._open, 4),
            "views.push": Method(self._push, 4),
            "views.update": Method(self._update, 4),
            "views.publish": Method(self._publish, 4),
        }

    def _open(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/views.open."""
        body = self._checked(arguments, kind="modal")
        user, _ = self._triggers.exchange(arguments.required("trigger_id"))
        self.screens.stack(user).clear()
        return {"view": self.shape(self.put(user, body))}

    def _push(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/views.push: only from within a modal, three deep at most."""
        body = self._checked(arguments, kind="modal")
        user, view = self._triggers.exchange(arguments.required("trigger_id"))
        if view is None or not self.screens.stack(user):
            raise Refusal("not_found")
        return {"view": self.shape(self.put(user, body))}

    def _update(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/views.update."""
        view = self.screens.find(view_id=arguments.text("view_id"), external_id=arguments.text("external_id"))
        if view is None:
            raise Refusal("not_found")
        _check_hash(view, arguments)
        self.replace(view, accept_view(arguments.structure("view"), kind=view.body["type"]))
        return {"view": self.shape(view)}

    def _publish(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/views.publish."""
        user = arguments.required("user_id")
        if user not in self.workspace.users:
            raise Refusal("invalid_arguments", messages=["invalid `user_id`"])
        if not self.app.has_home:
            raise Refusal("not_enabled")
        body = accept_view(arguments.structure("view"), kind="home")
        home = self.screens.homes.get(user)
        if home is None:
            home = self._made(user, body)
            self.screens.homes[user] = home
        else:
            _check_hash(home, arguments)
            self.replace(home, body)
        return {"view": self.shape(home)}

    def put(self, user: str, body: Json) -> View:
        """On top of the person's modals. Raises `Refusal("push_limit_reached")`."""
        stack = self.screens.stack(user)
        if len(stack) >= VIEW_STACK:
            raise Refusal("push_limit_reached")
        view = self._made(user, body)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def replace(self, view: View, body: Json) -> None:
        """What was typed stays where block and action ids stay: https://docs.slack.dev/surfaces/modals#updating_views."""
        view.body = body
        view.hash = self._hash()
        view.problems = {}
        kept = {block.get("block_id") for block in body["blocks"]}
        view.values = {block: values for block, values in view.values.items() if block in kept}

    def shape(self, view: View) -> Json:
        """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload ("view")."""
        body = view.body
        return {
            "id": view.id,
            "team_id": TEAM,
            "type": body["type"],
            "blocks": body["blocks"],
            "private_metadata": body.get("private_metadata", ""),
            "callback_id": body.get("callback_id", ""),
            "state": {"values": view.values},
            "hash": view.hash,
            "title": body.get("title"),
            "close": body.get("close"),
            "submit": body.get("submit"),
            "clear_on_close": body.get("clear_on_close", False),
            "notify_on_close": body.get("notify_on_close", False),
            "submit_disabled": body.get("submit_disabled", False),
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": self.app.id,
            "external_id": body.get("external_id", ""),
            "app_installed_team_id": TEAM,
            "bot_id": self.app.bot,
        }

    def _checked(self, arguments: Arguments, *, kind: str) -> Json:
        body = accept_view(arguments.structure("view"), kind=kind)
        external_id = body.get("external_id")
        if external_id and self.screens.find(external_id=external_id) is not None:
            raise Refusal("duplicate_external_id")
        return body

    def _made(self, user: str, body: Json) -> View:
        view_id = self.workspace.new_id("V")
        return View(id=view_id, user=user, body=body, hash=self._hash(), root_id=view_id)

    def _hash(self) -> str:
        return f"{int(self.workspace.pace.wall())}.{self.workspace.new_id('h')}"


def _check_hash(view: View, arguments: Arguments) -> None:
    given = arguments.text("hash")
    if given and given != view.hash:
        raise Refusal("hash_conflict")
