"""Slack on loopback: the real slack-bolt and slack_sdk talk to it; it keeps state and refuses what Slack refuses.

`scale` shrinks Slack's minutes (rates, retries, lifetimes); `deadline_scale` the three seconds the app is given.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from tests.fakes.slack.people.interactions import Doings
from tests.fakes.slack.people.person import Person
from tests.fakes.slack.people.screen import Screen, Seen
from tests.fakes.slack.people.talk import Content, Talk
from tests.fakes.slack.rules.pace import Pace
from tests.fakes.slack.rules.rates import Limiter, PostingRates
from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.rules.triggers import Triggers
from tests.fakes.slack.sending.deliveries import Chores, Delivered, Deliveries
from tests.fakes.slack.sending.events import Happenings
from tests.fakes.slack.sending.http_transport import HttpTransport
from tests.fakes.slack.sending.payloads import Payloads
from tests.fakes.slack.sending.response_urls import ResponseUrls
from tests.fakes.slack.sending.sockets import Sockets
from tests.fakes.slack.web_api.chat_methods import Chat
from tests.fakes.slack.web_api.conversation_methods import Conversations
from tests.fakes.slack.web_api.door import Call, WebApi
from tests.fakes.slack.web_api.failures import Failure, FailurePlan, methods_named
from tests.fakes.slack.web_api.file_methods import Files
from tests.fakes.slack.web_api.methods import Desk, Method
from tests.fakes.slack.web_api.people_methods import People
from tests.fakes.slack.web_api.view_methods import OpenViews, Views
from tests.fakes.slack.world.records import Channel, User, UserGroup
from tests.fakes.slack.world.shapes import Shapes
from tests.fakes.slack.world.workspace import App, Workspace

EVERY_SCOPE = frozenset(
    {
        "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write",
        "chat:write.customize", "chat:write.public", "commands", "files:read", "files:write", "groups:history",
        "groups:read", "im:history", "im:read", "im:write", "mpim:history", "mpim:read", "mpim:write",
        "reactions:read", "reactions:write", "usergroups:read", "users.profile:read", "users:read",
        "users:read.email",
    }
)  # fmt: skip
LARGEST_BODY = 256 * 1024 * 1024


class SlackServer:
    """Use `SlackServer.running()`."""

    def __init__(
        self, pace: Pace, app: App, posting: PostingRates, *, port: int, session: aiohttp.ClientSession
    ) -> None:
        address = f"http://127.0.0.1:{port}"
        self.app = app
        self.pace = pace
        self.api_url = f"{address}/api/"
        self.workspace = Workspace(pace, app)
        self.limiter = Limiter(pace, posting)
        self.failures = FailurePlan()
        self.chores = Chores()
        self.deliveries = Deliveries(self.workspace, later=self.chores.start)
        self.sockets = Sockets(app, pace, address=f"ws://127.0.0.1:{port}")
        self._session = session
        self.shapes = shapes = Shapes(self.workspace, address=address)
        announce = self.deliveries.announce
        self.happenings = Happenings(self.workspace, shapes)
        self.talk = Talk(self.workspace, shapes, self.happenings, announce=announce)
        self.screen = Screen(self.workspace)
        self.triggers = Triggers(pace)
        self.urls = ResponseUrls(self.workspace, self.talk, pace, address=address)
        self.views = Views(self.workspace, OpenViews(), self.triggers)
        self.files = Files(self.workspace, shapes, self.talk, later=self.chores.start)
        self.conversations = Conversations(
            self.workspace, shapes, self.talk, self.happenings, announce=announce
        )
        payloads = Payloads(app, pace, shapes, self.views, self.triggers, self.urls)
        self.doings = Doings(self.workspace, self.talk, self.views, payloads, self.urls, self.deliveries)
        chat, people = Chat(self.workspace, shapes, self.talk), People(self.workspace, shapes)
        families = (chat, self.conversations, people, self.views, self.files, self.sockets)
        methods = {name: method for family in families for name, method in family.methods().items()}
        methods["api.test"] = Method(lambda arguments: {"args": arguments.values}, 4, token="none")
        self.web_api = WebApi(Desk(self.workspace), methods, self.limiter, self.failures)

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        *,
        scale: float = 1.0,
        deadline_scale: float = 1.0,
        scopes: Iterable[str] = EVERY_SCOPE,
        posting: PostingRates | None = None,
    ) -> AsyncIterator["SlackServer"]:
        """A workspace of its own on a free port of loopback."""
        door = web.Application(client_max_size=LARGEST_BODY)
        pace = Pace(scale=scale, deadline_scale=deadline_scale)
        # The server is made when its port is known, and a router is frozen before that: it looks the server up.
        servers: list[SlackServer] = []
        _open_doors(door, servers)
        runner = web.AppRunner(door, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            server = cls(
                pace, App(scopes=frozenset(scopes)), posting or PostingRates(), port=port, session=session
            )
            servers.append(server)
            try:
                yield server
            finally:
                await server.chores.cancel()
                await server.sockets.close()
                await runner.cleanup()

    # --- the app ---

    def sends_to(self, url: str) -> HttpTransport:
        """Events, commands and interactions go to this address."""
        transport = HttpTransport(self.app, self.pace, self._session, url=url)
        self.deliveries.transport = transport
        return transport

    def uses_sockets(self) -> Sockets:
        """Events, commands and interactions go through Socket Mode."""
        self.deliveries.transport = self.sockets
        return self.sockets

    def install(self, manifest: Json) -> None:
        """Give the app what its manifest asks for: https://docs.slack.dev/reference/app-manifest."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        self.app.scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        self.app.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", []))
        self.app.commands = frozenset(command["command"] for command in features.get("slash_commands", []))
        self.app.shortcuts = {s["name"]: s["callback_id"] for s in features.get("shortcuts", [])}
        self.app.has_home = features.get("app_home", {}).get("home_tab_enabled", False)

    # --- the workspace ---

    def person(self, name: str, **details: Any) -> Person:
        """Somebody, found or new: `real_name`, `email`, `time_zone`, `title`, `is_guest`, … for new ones."""
        user = self.workspace.user_named(name)
        if user is None:
            details = {"real_name": name.title(), "email": f"{name}@example.org"} | details
            user = self.workspace.add_user(User(self.workspace.new_id("U"), name, **details))
        return Person(self, user)

    def channel(
        self, name: str, people: Iterable[Person] = (), *, is_private: bool = False, with_bot: bool = True
    ) -> Channel:
        members = [person.id for person in people] + ([self.app.user] if with_bot else [])
        return self.workspace.add_channel(name, members=members, is_private=is_private)

    def user_group(self, handle: str, people: Iterable[Person]) -> UserGroup:
        group = UserGroup(self.workspace.new_id("S"), handle, handle.title(), [p.id for p in people])
        self.workspace.groups[group.id] = group
        return group

    async def other_app_says(self, name: str, place: str, text: str) -> Seen:
        """Another app's bot posts: an alert, say."""
        user = self.workspace.user_named(name)
        if user is None:
            bot = User(self.workspace.new_id("U"), name, name, is_bot=True, bot_id=self.workspace.new_id("B"))
            user = self.workspace.add_user(bot)
        author: Json = {
            "bot_id": user.bot_id,
            "app_id": "A0OTHER001",
            "subtype": "bot_message",
            "username": name,
        }
        message = self.talk.post(self.workspace.channel(place).id, Content(text=text), **author)
        return self.screen.message(message)

    def archive(self, channel: str) -> None:
        found = self.workspace.channel(channel)
        found.is_archived = True
        self.deliveries.announce(
            self.happenings.about_channel("archive", found, ts=self.pace.ts(), user=found.members[0])
        )

    def kick_bot(self, channel: str) -> None:
        found = self.workspace.channel(channel)
        found.members.remove(self.app.user)
        self.deliveries.announce(self.happenings.about_channel("left", found, ts=self.pace.ts()))

    def invite_bot(self, channel: str) -> None:
        found = self.workspace.channel(channel)
        if self.app.user not in found.members:
            self.conversations.enter(found, self.app.user)

    def deactivate(self, person: Person) -> None:
        person.user.is_deleted = True
        self.changed_person(person)

    def changed_person(self, person: Person) -> None:
        """Tell the app that a profile changed (after changing `person.user`)."""
        person.user.updated = int(self.pace.wall())
        self.deliveries.announce(self.happenings.changed_person(person.user, ts=self.pace.ts()))

    def changed_group(self, group: UserGroup) -> None:
        """Tell the app that a user group changed (after changing `group.users`)."""
        self.deliveries.announce(self.happenings.changed_group(group, ts=self.pace.ts()))

    def tell_home_opened(self, user: User, *, tab: str) -> None:
        home = self.views.screens.homes.get(user.id)
        view = self.views.shape(home) if home is not None else None
        self.deliveries.announce(self.happenings.opened_home(user.id, tab=tab, ts=self.pace.ts(), view=view))

    def unfurl(self, message: Seen) -> None:
        """A link in the message gets its preview."""
        found = self.workspace.message(message.channel, message.ts)
        assert found is not None
        self.talk.unfurl(found, [{"id": 1, "title": "A page", "title_link": "https://example.org/"}])

    def trigger(self, person: Person) -> str:
        """A trigger id, as if they had just pressed something."""
        return self.triggers.issue(person.id)

    # --- what goes wrong ---

    def plan_failures(self, methods: str | Iterable[str] = (), **how: Any) -> Failure:
        """See `Failure`: `every=5, status=429`; `times=1, drop=True, after=True`; `hang_s=…`; `error=…`."""
        return self.failures.add(Failure(methods_named(methods), **how))

    def revoke_token(self, error: str = "token_revoked") -> None:
        """Or "account_inactive"."""
        self.app.out_of_use = error

    def drop_sockets(self) -> None:
        self.sockets.drop()

    # --- what happened ---

    @property
    def calls(self) -> list[Call]:
        """Every Web API call, refused ones too, in order."""
        return self.web_api.calls

    def calls_to(self, method: str, *, channel: str | None = None) -> list[Call]:
        wanted = self.workspace.channel(channel).id if channel is not None else None
        return [c for c in self.calls if c.method == method and (wanted is None or c.channel == wanted)]

    @property
    def delivered(self) -> Delivered:
        return self.deliveries.so_far

    async def settled(self) -> None:
        """Wait until every event was acknowledged or given up, and every file shared."""
        await self.chores.settled()

    async def until(self, is_so: Callable[[], bool], what: str, *, patience_s: float = 10) -> None:
        """Wait for something to become so; real seconds, only ever reached when the test fails."""
        try:
            async with asyncio.timeout(patience_s):
                while not is_so():  # noqa: ASYNC110 - what changes is anything a test can ask about
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"waited {patience_s:g} s in vain until {what}") from None

    def client_msg_id(self) -> str:
        return str(uuid.uuid4())


def _open_doors(door: web.Application, servers: list[SlackServer]) -> None:
    router = door.router

    async def api(request: web.Request) -> web.StreamResponse:
        return await servers[0].web_api.handle(request)

    async def upload(request: web.Request) -> web.StreamResponse:
        return await servers[0].web_api.beside("upload", request, servers[0].files.receive)

    async def download(request: web.Request) -> web.StreamResponse:
        return await servers[0].web_api.beside("download", request, servers[0].files.download)

    async def response_url(request: web.Request) -> web.StreamResponse:
        return await servers[0].web_api.beside("response_url", request, servers[0].urls.receive)

    async def link(request: web.Request) -> web.StreamResponse:
        return await servers[0].sockets.accept(request)

    router.add_route("*", "/api/{method}", api)
    router.add_route("*", "/upload/v1/{file}", upload)
    router.add_get("/files-pri/{team}-{file}/{rest:.*}", download)
    router.add_post("/actions/{secret}", response_url)
    router.add_get("/link/", link)
