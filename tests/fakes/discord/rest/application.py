"""The bot itself: who it is, where it is, its direct messages. https://discord.com/developers/docs/resources/user."""

from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rules.refusals import Refusal
from tests.fakes.discord.world.channels import number
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.world import World

GUILDS_PAGE = 200


class Self:
    def __init__(self, world: World, payloads: Payloads) -> None:
        self._world = world
        self._payloads = payloads

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("GET", "/users/@me", self.user),
            Endpoint("GET", "/users/@me/guilds", self.guilds),
            Endpoint("POST", "/users/@me/channels", self.open_direct),
            Endpoint("GET", "/users/{user_id}", self.other_user),
            Endpoint("GET", "/applications/@me", self.application),
            Endpoint("GET", "/oauth2/applications/@me", self.application),
        ]

    def user(self, call: Call) -> Answer:
        return self._payloads.own_user(self._world.bot)

    def other_user(self, call: Call) -> Answer:
        user = self._world.users.get(call.ids["user_id"])
        if user is None:
            raise Refusal(10013)
        return self._payloads.user(user)

    def guilds(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/user#get-current-user-guilds."""
        limit = number(call.query, "limit", GUILDS_PAGE, least=1, most=GUILDS_PAGE)
        after = int(call.query.get("after", 0))
        bot = self._world.bot.id
        own = [g for g in self._world.guilds.values() if bot in g.members and g.id > after]
        return [self._payloads.partial_guild(guild) for guild in own][:limit]

    def open_direct(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/user#create-dm: also with who will take no message."""
        recipient = int(call.body.get("recipient_id") or 0)
        if recipient not in self._world.users or recipient == self._world.bot.id:
            raise Refusal(50033)
        return self._payloads.channel(self._world.direct(self._world.bot.id, recipient))

    def application(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/application#get-current-application."""
        return self._payloads.application(self._world.application)
