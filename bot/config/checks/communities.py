"""What would let something cross from one server that shares the desk into another; the file is refused with it."""

from collections.abc import Iterator

from bot.config.file.document import YamlDocument
from bot.config.file.problems import Problem
from bot.config.schema.desk import DeskFile
from bot.domain.sentence import sentence


def crossings(file: DeskFile, document: YamlDocument) -> Iterator[Problem]:
    """Raises nothing: names that lead nowhere were found before."""
    servers: dict[str, str] = {}
    for name, community in file.communities.items():
        team = file.teams[community.default_team]
        if team.community is not None and team.community != name:
            yield Problem(
                document.line_of(("communities", name, "default_team")),
                sentence(
                    "configuration.team_elsewhere",
                    team=community.default_team,
                    other=team.community,
                    server=name,
                ),
            )
        if community.server in servers:
            yield Problem(
                document.line_of(("communities", name, "server")),
                sentence(
                    "configuration.server_twice", server=community.server, other=servers[community.server]
                ),
            )
        servers.setdefault(community.server, name)
    for name, inbox in file.inboxes.items():
        its = file.communities.get(inbox.community or "")
        if its is not None and not _may_be_in(inbox.channel.platform, its.server, file):
            yield Problem(
                document.line_of(("inboxes", name, "community")),
                sentence(
                    "configuration.inbox_elsewhere", channel=str(inbox.channel), server=inbox.community or ""
                ),
            )


def _may_be_in(platform: str, server: str, file: DeskFile) -> bool:
    """A platform without servers of its own may ask on behalf of one elsewhere."""
    own = {each.server.partition(":")[0] for each in file.communities.values()}
    return platform not in own or server.partition(":")[0] == platform
