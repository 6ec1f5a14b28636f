"""users.*, usergroups.*, bots.info, auth.test, api.test: who is who.

https://docs.slack.dev/reference/methods?family=users · …?family=usergroups
"""

from tests.fakes.slack.rules.rates import UNLIMITED_TIER
from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.web_api.methods import Desk, Method
from tests.fakes.slack.world.records import User
from tests.fakes.slack.world.shapes import Shapes
from tests.fakes.slack.world.workspace import TEAM, TEAM_DOMAIN, Workspace


class People(Desk):
    def __init__(self, workspace: Workspace, shapes: Shapes) -> None:
        super().__init__(workspace)
        self._shapes = shapes

    def methods(self) -> dict[str, Method]:
        read, groups = ("users:read",), ("usergroups:read",)
        return {
            "users.info": Method(self._info, 4, read),
            "users.list": Method(self._list, 2, read),
            "users.lookupByEmail": Method(self._by_email, 3, ("users:read.email",)),
            "users.profile.get": Method(self._profile, 4, ("users.profile:read",)),
            "usergroups.list": Method(self._groups, 2, groups),
            "usergroups.users.list": Method(self._group_users, 2, groups),
            "bots.info": Method(self._bot, 3, read),
            "auth.test": Method(self._auth, UNLIMITED_TIER),
        }

    def _info(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/users.info."""
        return {"user": self._shapes.user(self._user(arguments.required("user")))}

    def _list(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/users.list: the deactivated too, with `deleted`."""
        users, paging = self.page(list(self.workspace.users.values()), arguments)
        return {
            "members": [self._shapes.user(user) for user in users],
            "cache_ts": int(self.workspace.pace.wall()),
            **paging,
        }

    def _by_email(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/users.lookupByEmail."""
        wanted = arguments.required("email").lower()
        for user in self.workspace.users.values():
            if user.email and user.email.lower() == wanted and not user.is_deleted:
                return {"user": self._shapes.user(user)}
        raise Refusal("users_not_found")

    def _profile(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/users.profile.get."""
        return {"profile": self._shapes.profile(self._user(arguments.required("user")))}

    def _groups(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/usergroups.list."""
        with_users = arguments.flag("include_users")
        groups = [
            self._shapes.group(group, with_users=with_users)
            for group in self.workspace.groups.values()
            if not group.is_disabled or arguments.flag("include_disabled")
        ]
        return {"usergroups": groups}

    def _group_users(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/usergroups.users.list."""
        group = self.workspace.groups.get(arguments.required("usergroup"))
        if group is None:
            raise Refusal("no_such_subteam")
        return {"users": list(group.users)}

    def _bot(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/bots.info."""
        wanted = arguments.text("bot") or self.app.bot
        if wanted == self.app.bot:
            return {"bot": self._shapes.bot_profile()}
        for user in self.workspace.users.values():
            if user.bot_id == wanted:
                return {"bot": {"id": wanted, "deleted": False, "name": user.real_name, "user_id": user.id}}
        raise Refusal("bot_not_found")

    def _auth(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/auth.test."""
        return {
            "url": f"https://{TEAM_DOMAIN}.slack.com/",
            "team": TEAM_DOMAIN,
            "user": self.app.name,
            "team_id": TEAM,
            "user_id": self.app.user,
            "bot_id": self.app.bot,
            "is_enterprise_install": False,
        }

    def _user(self, user_id: str) -> User:
        user = self.workspace.users.get(user_id)
        if user is None:
            raise Refusal("user_not_found")
        return user
