"""Discord on loopback: the real discord.py talks to it; it keeps state and refuses what Discord refuses.

`scale` shrinks Discord's seconds (rates, heartbeat, lifetimes); `deadline_scale` the three seconds the app is given.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from aiohttp import web

from tests.fakes.discord.gateway.gateway import Gateway
from tests.fakes.discord.people.outsiders import Outsiders
from tests.fakes.discord.people.person import Person
from tests.fakes.discord.people.screen import Screen
from tests.fakes.discord.people.talk import Talk
from tests.fakes.discord.people.thread_openings import Openings
from tests.fakes.discord.rest.application import Self
from tests.fakes.discord.rest.channels import Channels
from tests.fakes.discord.rest.door import PREFIX, Call, Endpoint, Rest
from tests.fakes.discord.rest.failures import Failure, FailurePlan, routes_named
from tests.fakes.discord.rest.guilds import Guilds
from tests.fakes.discord.rest.interactions import InteractionRoutes
from tests.fakes.discord.rest.messages import Messages
from tests.fakes.discord.rest.reactions import Reactions
from tests.fakes.discord.rest.threads import ThreadRoutes
from tests.fakes.discord.rest.webhook_posts import WebhookPosts
from tests.fakes.discord.rest.webhooks import Webhooks
from tests.fakes.discord.rules.pace import Pace
from tests.fakes.discord.rules.permissions import DESK, Permission
from tests.fakes.discord.rules.rates import Limiter
from tests.fakes.discord.rules.refusals import NotOffered
from tests.fakes.discord.world.cdn import Cdn
from tests.fakes.discord.world.channels import Rooms
from tests.fakes.discord.world.commands import Commands
from tests.fakes.discord.world.communities import Communities
from tests.fakes.discord.world.interactions import Interactions
from tests.fakes.discord.world.links import SignedLinks
from tests.fakes.discord.world.message_payloads import MessagePayloads
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import (
    Application,
    ApplicationFlag,
    Channel,
    ChannelType,
    Guild,
    Overwrite,
    Role,
    User,
)
from tests.fakes.discord.world.snowflakes import Snowflakes
from tests.fakes.discord.world.threads import Threads
from tests.fakes.discord.world.world import World

LARGEST_BODY = 256 * 1024 * 1024
EVERY_INTENT = (
    ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED
    | ApplicationFlag.GATEWAY_GUILD_MEMBERS_LIMITED
    | ApplicationFlag.GATEWAY_PRESENCE_LIMITED
)


class DiscordServer:
    """Use `DiscordServer.running()`."""

    def __init__(self, pace: Pace, *, port: int, flags: ApplicationFlag) -> None:
        address = f"http://127.0.0.1:{port}"
        self.api_url = f"{address}{PREFIX}"
        self.cdn_url = f"{address}/cdn"
        self.gateway_url = f"ws://127.0.0.1:{port}/gateway"
        self.pace = pace
        self.world = world = _new_world(pace, flags)
        self.links = SignedLinks(pace, cdn_url=self.cdn_url)
        self.payloads = Payloads(world)
        self.messages = MessagePayloads(world, self.payloads, self.links)
        self.threads = Threads(world, self.payloads)
        self.communities = Communities(world, self.payloads, self.threads)
        self.talk = Talk(world, self.payloads, self.messages, self.threads)
        self.screen = Screen(world)
        self.outsiders = Outsiders(world, self.talk, self.screen)
        self.limiter = Limiter(pace)
        self.failures = FailurePlan()
        self.openings = Openings(world, self.talk, self.threads)
        self.rooms = Rooms(world, self.messages)
        self.cdn = Cdn(world, self.links)
        self.commands = Commands(world)
        self.interactions = Interactions(world, self.payloads, self.messages, pace)
        self.gateway = Gateway(world, self.payloads, pace, url=self.gateway_url)
        self.rest = Rest(world, self._endpoints(), self.limiter, self.failures)
        self.guild = self.add_guild("Riverside")

    @classmethod
    @asynccontextmanager
    async def running(
        cls, *, scale: float = 1.0, deadline_scale: float = 1.0, flags: ApplicationFlag = EVERY_INTENT
    ) -> AsyncIterator["DiscordServer"]:
        """A Discord of its own on a free port of loopback, with one guild that the bot is in."""
        door = web.Application(client_max_size=LARGEST_BODY)
        # The server is made when its port is known, and a router is frozen before that: it looks the server up.
        servers: list[DiscordServer] = []
        _open_doors(door, servers)
        runner = web.AppRunner(door, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        servers.append(cls(Pace(scale=scale, deadline_scale=deadline_scale), port=port, flags=flags))
        try:
            yield servers[0]
        finally:
            await servers[0].gateway.shut()
            await runner.cleanup()

    # --- who and what there is ---

    @property
    def token(self) -> str:
        return self.world.application.token

    def person(self, name: str, *, guilds: Iterable[Guild] | None = None, **details: Any) -> Person:
        """Somebody, found or new; new ones are in the first guild, or in `guilds`."""
        user = next((u for u in self.world.users.values() if u.name == name), None)
        if user is None:
            user = User(self.world.ids.new(), name, **({"global_name": name.title()} | details))
            self.world.users[user.id] = user
            for guild in guilds if guilds is not None else [self.guild]:
                self.communities.join(guild, user.id)
        return Person(self, user)

    def add_guild(
        self, name: str, *, with_bot: bool = True, permissions: Permission = DESK, premium_tier: int = 0
    ) -> Guild:
        owner = User(self.world.ids.new(), f"owner of {name}")
        self.world.users[owner.id] = owner
        guild = self.communities.found(name, owner_id=owner.id, premium_tier=premium_tier)
        if with_bot:
            self.communities.invite_bot(guild, permissions=permissions)
        return guild

    def role(
        self,
        name: str,
        people: Iterable[Person] = (),
        *,
        guild: Guild | None = None,
        permissions: int = 0,
        **more: Any,
    ) -> Role:
        """A role, found or new, given to these."""
        where = guild or self.guild
        role = next((r for r in where.roles.values() if r.name == name), None)
        role = role or self.communities.add_role(where, name, permissions=permissions, **more)
        for person in people:
            self.communities.give(where, person.id, role)
        return role

    def channel(
        self,
        name: str,
        *,
        guild: Guild | None = None,
        private_to: Iterable[Role | Person] | None = None,
        kind: ChannelType = ChannelType.TEXT,
        **more: Any,
    ) -> Channel:
        """A new channel; `private_to`: seen by these and by the bot alone."""
        where = guild or self.guild
        overwrites = None
        if private_to is not None:
            seeing = int(Permission.VIEW_CHANNEL)
            overwrites = [
                Overwrite(found.id, isinstance(found, Person), allow=seeing) for found in private_to
            ]
            if self.world.bot.id in where.members:
                overwrites.append(Overwrite(self.world.bot.id, is_member=True, allow=seeing))
        return self.communities.add_channel(where, kind, name, private_to=overwrites, **more)

    def channel_named(self, name: str, guild: Guild | None = None) -> Channel:
        """The guild's channel of this name; the first guild's, where none is given."""
        return next(c for c in self.world.channels_of((guild or self.guild).id) if c.name == name)

    def forum(self, name: str, *, tags: Iterable[str] = (), **more: Any) -> Channel:
        return self.channel(name, kind=ChannelType.FORUM, tags=tags, **more)

    def allow(self, channel: Channel, whom: Role | Person | None, permissions: Permission) -> None:
        """In this channel, against what roles say; None is everybody."""
        self._overwrite(channel, whom, allow=int(permissions))

    def deny(self, channel: Channel, whom: Role | Person | None, permissions: Permission) -> None:
        self._overwrite(channel, whom, deny=int(permissions))

    def bot(self) -> Person:
        return Person(self, self.world.bot)

    def add_sticker(self, name: str, *, guild: Guild | None = None) -> None:
        sticker = {"id": str(self.world.ids.new()), "name": name, "format_type": 1}
        (guild or self.guild).stickers.append(
            sticker | {"type": 2, "tags": name, "description": None, "available": True}
        )

    def sticker(self, guild_id: int | None, name: str) -> str:
        """Its id, for who would send it."""
        known = self.world.guilds[guild_id].stickers if guild_id is not None else []
        found = next((sticker["id"] for sticker in known if sticker["name"] == name), None)
        if found is None:
            raise NotOffered(f"there is no sticker {name}")
        return str(found)

    # --- what goes wrong ---

    def plan_failures(self, routes: str | Iterable[str] = (), **how: Any) -> Failure:
        """See `Failure`: `code=50013`; `every=5, status=429`; `times=1, drop=True, after=True`; `hang_s=…`."""
        return self.failures.add(Failure(routes_named(routes), **how))

    def move(self, by: timedelta) -> None:
        """Let time pass: ids rise, links expire, idle threads are archived."""
        self.pace.move(by)
        self.threads.archive_idle()

    # --- what happened ---

    @property
    def calls(self) -> list[Call]:
        """Every REST request, refused ones too, in order."""
        return self.rest.calls

    def calls_to(self, route: str, *, channel: int | None = None) -> list[Call]:
        """`route` as in "POST /channels/{channel_id}/messages"."""
        return [c for c in self.calls if c.route == route and (channel is None or c.channel == channel)]

    async def settled(self) -> None:
        """Wait until the app was sent everything that happened."""
        await self.gateway.settled()

    async def until(self, is_so: Callable[[], bool], what: str, *, patience_s: float = 10) -> None:
        """Wait for something to become so; real seconds, only ever reached when the test fails."""
        try:
            async with asyncio.timeout(patience_s):
                while not is_so():  # noqa: ASYNC110 - what changes is anything a test can ask about
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"waited {patience_s:g} s in vain until {what}") from None

    def _endpoints(self) -> list[Endpoint]:
        """Where two routes have one form, the first that applies is taken."""
        world, payloads, rooms = self.world, self.payloads, self.rooms
        families = (
            self.gateway,
            Self(world, payloads),
            Reactions(world, payloads, self.talk, rooms),
            Messages(world, self.talk, rooms, self.limiter),
            ThreadRoutes(world, payloads, self.openings, rooms),
            Channels(world, payloads, self.threads, self.openings, self.communities, rooms, self.limiter),
            Guilds(world, payloads, rooms),
            self.commands,
            InteractionRoutes(world, self.interactions, self.messages, self.talk),
            Webhooks(world, payloads, rooms),
            WebhookPosts(world, self.messages, self.talk, self.openings),
        )
        return [endpoint for family in families for endpoint in family.endpoints()]

    def _overwrite(
        self, channel: Channel, whom: Role | Person | None, *, allow: int = 0, deny: int = 0
    ) -> None:
        target = whom.id if whom is not None else channel.guild_id
        assert target is not None
        held = channel.overwrites.get(target, Overwrite(target, is_member=isinstance(whom, Person)))
        changed = Overwrite(
            target,
            held.is_member,
            allow=(held.allow | allow) & ~deny,
            deny=(held.deny | deny) & ~allow,
        )
        self.communities.overwrite(channel, changed)


def _new_world(pace: Pace, flags: ApplicationFlag) -> World:
    ids = Snowflakes(pace)
    app_id, owner = ids.new(), User(ids.new(), "developer", "Developer")
    # An app's bot has its id, except for some of the oldest apps.
    bot = User(app_id, "Deskbell", is_bot=True)
    application = Application(
        app_id,
        "Deskbell",
        token="not-a-real-token.for-this.test-server",
        flags=flags,
        user_id=bot.id,
        owner_id=owner.id,
    )
    return World(pace, ids, application, users={bot.id: bot, owner.id: owner})


def _open_doors(door: web.Application, servers: list[DiscordServer]) -> None:
    router = door.router

    async def api(request: web.Request) -> web.StreamResponse:
        return await servers[0].rest.handle(request)

    async def gateway(request: web.Request) -> web.StreamResponse:
        return await servers[0].gateway.accept(request)

    async def attachment(request: web.Request) -> web.StreamResponse:
        return await servers[0].cdn.attachment(request)

    async def default_avatar(request: web.Request) -> web.StreamResponse:
        return await servers[0].cdn.default_avatar(request)

    async def avatar(request: web.Request) -> web.StreamResponse:
        return await servers[0].cdn.avatar(request)

    router.add_get("/gateway", gateway)
    router.add_get(r"/cdn/attachments/{channel:\d+}/{attachment:\d+}/{name}", attachment)
    router.add_get("/cdn/embed/avatars/{number}.png", default_avatar)
    router.add_get(r"/cdn/avatars/{user:\d+}/{hash}.png", avatar)
    router.add_route("*", PREFIX + "/{path:.*}", api)
