"""A person in the workspace: what they do and what they see, in the words people use.

A place is a channel's name ("help-it"), or "@deskbell" for the direct message with somebody. Doing returns
when Slack has taken it (and, for what is pressed, typed or submitted, when the app has answered).
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.people import widgets
from tests.fakes.slack.people.screen import Seen, SeenView
from tests.fakes.slack.people.talk import Content
from tests.fakes.slack.rules.refusals import NotOffered
from tests.fakes.slack.sending.parcels import Taken
from tests.fakes.slack.world.markup import rich_text, typed
from tests.fakes.slack.world.records import Channel, Message, User, View

if TYPE_CHECKING:
    from tests.fakes.slack.server import SlackServer


class Person:
    def __init__(self, slack: "SlackServer", user: User) -> None:
        self._slack = slack
        self.user = user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    async def says(
        self,
        place: str,
        text: str = "",
        *,
        thread: "Seen | str | None" = None,
        files: Iterable[tuple[str, bytes]] = (),
        broadcast: bool = False,
    ) -> Seen:
        """Post a message; `thread` is the message it replies to. In a public channel one is let in by writing."""
        channel = self._entered(place)
        wire = typed(text, self._slack.workspace)
        kept = [self._slack.files.add(name=name, content=content, owner=self.id) for name, content in files]
        content = Content(text=wire, blocks=rich_text(wire) if wire else [], files=kept)
        root = thread.ts if isinstance(thread, Seen) else thread
        message = self._slack.talk.post(
            channel.id,
            content,
            thread=root,
            broadcast=broadcast,
            user=self.id,
            client_msg_id=self._slack.client_msg_id(),
        )
        return self._slack.screen.message(message)

    async def edits(self, message: Seen, text: str) -> Seen:
        found = self._own(message)
        wire = typed(text, self._slack.workspace)
        self._slack.talk.edit(found, Content(text=wire, blocks=rich_text(wire)), by=self.id)
        return self._slack.screen.message(found)

    async def deletes(self, message: Seen) -> None:
        self._slack.talk.delete(self._own(message))

    async def reacts(self, message: Seen, emoji: str, *, takes_back: bool = False) -> None:
        self._slack.talk.react(self._there(message), self.id, emoji.strip(":"), added=not takes_back)

    async def joins(self, place: str) -> None:
        channel = self._place(place)
        if self.id not in channel.members:
            self._slack.conversations.enter(channel, self.id)

    async def types(self, line: str, place: str, *, thread: Seen | None = None) -> Taken:
        """A slash command. Slack offers none inside threads: raises `NotOffered` there."""
        if thread is not None:
            raise NotOffered("slash commands are not supported in threads")
        channel = self._place(place)
        if channel.is_archived or (channel.is_private and self.id not in channel.members):
            raise NotOffered(f"{self.name} cannot write in {place}")
        return await self._slack.doings.command(self.user, channel, line)

    async def presses(self, target: Seen | SeenView, button: str) -> Taken:
        """A button, by the words on it or its action_id."""
        where, blocks = self._target(target)
        widget = widgets.find(blocks, button, kinds={"button"})
        return await self._slack.doings.act(self.user, where, widgets.pressed(widget), state={})

    async def chooses(
        self, target: Seen | SeenView, option: str, *, menu: str | None = None, search: str | None = None
    ) -> Taken:
        """An option by its label; `search` is typed first where the app gives the options."""
        where, blocks = self._target(target)
        if search is not None:
            widget = widgets.find(blocks, menu or "", kinds={"external_select"})
            offered = await self._slack.doings.search(self.user, where, widget, search)
            found = next((o for o in offered if widgets.plain(o["text"]["text"]) == option), None)
            if found is None:
                raise NotOffered(f"searching {search!r} offers no {option!r}: {offered}")
        else:
            widget, found = widgets.find_option(blocks, option, menu=menu)
        chosen = found if widget.kind == "external_select" else option
        state = widgets.state_of(widget, chosen, self._slack.workspace)
        if isinstance(where, View):
            where.values.setdefault(widget.block_id, {})[widget.action_id] = state
        held = {widget.block_id: {widget.action_id: state}}
        return await self._slack.doings.act(self.user, where, widgets.chosen(widget, state), state=held)

    async def searches(self, target: Seen | SeenView, menu: str, text: str) -> list[str]:
        """What a menu offers for what is typed into it."""
        where, blocks = self._target(target)
        widget = widgets.find(blocks, menu, kinds={"external_select", "multi_external_select"})
        offered = await self._slack.doings.search(self.user, where, widget, text)
        return [option["text"]["text"] for option in offered]

    async def picks(self, target: Seen | SeenView, menu: str, value: Any) -> Taken:
        """A person, channel or date in a menu that is no list of options."""
        where, blocks = self._target(target)
        widget = widgets.find(blocks, menu)
        state = widgets.state_of(widget, value, self._slack.workspace)
        held = {widget.block_id: {widget.action_id: state}}
        return await self._slack.doings.act(self.user, where, widgets.chosen(widget, state), state=held)

    def fills(self, view: SeenView, values: Mapping[str, Any]) -> None:
        """Type into a modal's fields without sending it; a field for files takes names with contents."""
        found = self._view(view)
        self._slack.doings.fill(found, self._uploaded(found, values))

    def _uploaded(self, view: View, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """A chosen file is uploaded before the form is sent, and belongs to no channel."""
        filled = dict(values)
        for name in values:
            widget = widgets.find(view.body["blocks"], name)
            if widget.kind != "file_input":
                continue
            files = widgets.files_taken(widget, values[name])
            kept = [self._slack.files.add(name=each, content=data, owner=self.id) for each, data in files]
            for each in kept:
                each.is_put_into_form = True
            filled[name] = [self._slack.shapes.file(each) for each in kept]
        return filled

    async def submits(self, view: SeenView, values: Mapping[str, Any] | None = None) -> Taken:
        """Fill in fields by their labels and press the modal's submit button."""
        found = self._view(view)
        self.fills(view, values or {})
        return await self._slack.doings.submit(self.user, found)

    async def closes(self, view: SeenView, *, all_of_them: bool = False) -> None:
        await self._slack.doings.close(self.user, self._view(view), is_cleared=all_of_them)

    async def uses_shortcut(self, name: str, message: Seen | None = None) -> Taken:
        """A shortcut by its name or callback_id; on a message, or from anywhere."""
        known = self._slack.app.shortcuts
        if known is not None and name not in known and name not in known.values():
            raise NotOffered(f"there is no shortcut {name!r}, only {sorted(known)}")
        callback_id = (known or {}).get(name, name)
        on = self._there(message) if message is not None else None
        return await self._slack.doings.shortcut(self.user, callback_id, on)

    async def opens_home(self, *, tab: str = "home") -> None:
        """Look at the app's Home tab (or its "messages")."""
        self._slack.tell_home_opened(self.user, tab=tab)

    def reads(self, place: str) -> list[Seen]:
        """A channel's messages as this person sees them, oldest first, one's own ephemeral ones too."""
        return self._slack.screen.channel(self.user, self._place(place))

    def reads_thread(self, message: Seen) -> list[Seen]:
        """A message's thread, the parent first."""
        channel = self._slack.workspace.channel(message.channel)
        return self._slack.screen.thread(self.user, channel, message.thread or message.ts)

    async def sees(self, place: str, words: str, *, patience_s: float = 10) -> Seen:
        """Wait until a message with these words is in the channel."""
        found: list[Seen] = []

        def is_there() -> bool:
            found[:] = [seen for seen in self.reads(place) if words in seen]
            return bool(found)

        await self._slack.until(is_there, f"{self.name} sees {words!r} in {place}", patience_s=patience_s)
        return found[-1]

    async def sees_in_thread(self, message: Seen, words: str, *, patience_s: float = 10) -> Seen:
        """Wait until a reply with these words is in the thread."""
        found: list[Seen] = []

        def is_there() -> bool:
            found[:] = [s for s in self.reads_thread(message) if words in s and s.ts != message.ts]
            return bool(found)

        await self._slack.until(is_there, f"{self.name} sees {words!r} in the thread", patience_s=patience_s)
        return found[-1]

    async def sees_modal(self, *, patience_s: float = 10) -> SeenView:
        """Wait until a modal is open."""
        await self._slack.until(
            lambda: self.modal is not None, f"a modal opens for {self.name}", patience_s=patience_s
        )
        assert self.modal is not None
        return self.modal

    @property
    def modal(self) -> SeenView | None:
        """The topmost modal."""
        stack = self._slack.views.screens.stack(self.id)
        return self._slack.screen.view(stack[-1]) if stack else None

    @property
    def home(self) -> SeenView | None:
        home = self._slack.views.screens.homes.get(self.id)
        return self._slack.screen.view(home) if home is not None else None

    def _place(self, place: str) -> Channel:
        if place.startswith("@"):
            other = self._slack.workspace.user_named(place)
            if other is None:
                raise NotOffered(f"there is nobody called {place}")
            return self._slack.workspace.direct(self.id, other.id)
        return self._slack.workspace.channel(place)

    def _entered(self, place: str) -> Channel:
        channel = self._place(place)
        if channel.is_archived:
            raise NotOffered(f"#{channel.name} is archived")
        if self.id not in channel.members:
            if channel.is_private:
                raise NotOffered(f"{self.name} is not in #{channel.name}")
            channel.members.append(self.id)
        return channel

    def _there(self, seen: Seen) -> Message:
        message = self._slack.workspace.message(seen.channel, seen.ts)
        if message is None:
            whispers = self._slack.workspace.ephemerals
            message = next((w for w in whispers if w.ts == seen.ts and w.only_for == self.id), None)
        if message is None or message.is_tombstone:
            raise NotOffered("that message is gone")
        return message

    def _own(self, seen: Seen) -> Message:
        message = self._there(seen)
        if message.user != self.id:
            raise NotOffered(f"that message is not {self.name}'s")
        return message

    def _view(self, seen: SeenView) -> View:
        view = self._slack.views.screens.find(view_id=seen.id)
        if view is None:
            raise NotOffered("that view is closed")
        return view

    def _target(self, target: Seen | SeenView) -> tuple[Message | View, list[dict[str, Any]]]:
        if isinstance(target, SeenView):
            view = self._view(target)
            self._slack.doings.fill(view, {})
            return view, view.body["blocks"]
        message = self._there(target)
        return message, message.blocks
