"""What `deskbell doctor` finds in a Discord server, and how it is fixed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from adapters.discord.api.errors import TOKEN_LOST
from adapters.discord.permissions import invite_link, label_of, purpose_of
from adapters.discord.platform import DiscordPlatform
from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.findings import Finding, Severity
from bot.domain.sentence import Fact, sentence
from bot.text.error_text import english
from tests.adapters.doubles import MemoryFiles
from tests.fakes.discord import DiscordServer, Person
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import ApplicationFlag, Channel, ChannelType, Role
from tests.fakes.selftests.discord.discord_client import leading_to

HELP = "inbox `help`"
DESK = """
desk: {{name: Pine}}
inboxes:
  help: {{channel: "discord:{help}"{place}}}{other}
teams:
  helpers:
    channel: "discord:{team}"
    agents: ["discord:@{role}"]
routing: {{default_team: helpers{rules}}}
"""


@dataclass
class Surgery:
    """A server, the desk's configuration for it, and what the doctor says."""

    server: DiscordServer
    folder: Path
    bo: Person
    role: Role
    help: Channel
    team: Channel
    words: dict[str, str] = field(default_factory=dict)
    more: str = ""

    async def told(self, *, token: str | None = None) -> Sequence[Finding]:
        names = {"help": self.help.id, "team": self.team.id, "role": self.role.id, "place": ""}
        names |= {"rules": "", "other": ""}
        path = self.folder / "desk.yaml"
        path.write_text(DESK.format(**(names | self.words)) + self.more, encoding="utf-8")
        platform = DiscordPlatform(
            bot_token=token or self.server.token,
            api_url=self.server.api_url,
            files=MemoryFiles(),
            file_limit=1_000,
            scale=self.server.pace.scale,
        )
        with leading_to(self.server):
            return await platform.diagnose(load_desk(path, KNOWN_PLATFORMS))

    async def says(self, finding: str, /, **facts: Fact) -> Severity:
        """How bad the one finding with this sentence and these facts is."""
        told = await self.told()
        found = [each.severity for each in told if _is(each, f"operations.discord_{finding}", facts)]
        assert len(found) == 1, (finding, facts, told)
        return found[0]


def _is(finding: Finding, key: str, facts: Mapping[str, Fact]) -> bool:
    found = finding.sentence
    return found.key == key and facts.items() <= found.facts.items()


@asynccontextmanager
async def surgery(folder: Path, **options: object) -> AsyncIterator[Surgery]:
    async with DiscordServer.running(scale=0.01, **options) as server:  # type: ignore[arg-type]
        bo = server.person("bo")
        role = server.role("helpers", [bo], permissions=int(Permission.MANAGE_MESSAGES))
        yield Surgery(
            server, folder, bo, role, server.channel("help"), server.channel("team", private_to=[role])
        )


async def test_where_all_is_well_only_the_link_is_told(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        link = invite_link(doctor.server.world.application.id)
        invite = sentence("operations.discord_invite", link=link)
        assert await doctor.told() == [Finding(severity=Severity.HINT, sentence=invite)]


async def test_a_token_that_discord_does_not_take_is_one_sentence_without_the_token(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        (lost,) = await doctor.told(token="not.the.token")
        assert lost.sentence == TOKEN_LOST
        assert "not.the.token" not in english(lost.sentence)


async def test_missing_intents_are_named_with_where_to_switch_them_on(tmp_path: Path) -> None:
    async with surgery(tmp_path, flags=ApplicationFlag(0)) as doctor:
        assert await doctor.says("intent_messages") is Severity.ERROR
        assert await doctor.says("intent_members") is Severity.WARNING


async def test_a_desk_in_no_server_is_told_the_link(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        doctor.server.communities.kick_bot(doctor.server.guild)
        link = invite_link(doctor.server.world.application.id)
        assert await doctor.says("no_server", link=link) is Severity.ERROR


async def test_a_channel_that_is_not_there_is_named_with_what_it_is_for(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        doctor.server.communities.delete_channel(doctor.help)
        assert (
            await doctor.says("channel_unknown", place=HELP, channel=f"discord:{doctor.help.id}")
            is Severity.ERROR
        )


async def test_a_channel_that_the_desk_may_not_see_is_named(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        bot = doctor.server.bot()
        doctor.server.deny(doctor.help, bot, Permission.VIEW_CHANNEL)
        assert await doctor.says("channel_hidden", place=HELP) is Severity.ERROR


async def test_a_missing_permission_is_named_for_each_channel_with_what_it_is_for(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        bot = doctor.server.bot()
        doctor.server.deny(doctor.help, bot, Permission.CREATE_PUBLIC_THREADS | Permission.MANAGE_WEBHOOKS)
        for name, right, severity in (
            ("permission_missing", "create_public_threads", Severity.ERROR),
            ("permission_useful", "manage_webhooks", Severity.WARNING),
        ):
            facts: dict[str, Fact] = {"permission": label_of(right), "reason": purpose_of(right)}
            assert await doctor.says(name, place=HELP, **facts) is severity


async def test_a_voice_channel_is_no_place_for_requests(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        voice = doctor.server.channel("talk", kind=ChannelType.VOICE)
        doctor.words = {"help": str(voice.id)}
        assert await doctor.says("channel_kind", place=HELP) is Severity.ERROR


async def test_a_team_channel_that_everybody_can_read_is_pointed_out(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        doctor.words = {"team": str(doctor.server.channel("lounge").id)}
        assert (
            await doctor.says("channel_open", place="team `helpers`", server="Riverside") is Severity.WARNING
        )


async def test_a_role_that_was_deleted_is_named(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        doctor.words = {"role": "123456789012345678"}
        assert await doctor.says("role_unknown", name="discord:@123456789012345678") is Severity.ERROR


async def test_a_team_that_is_not_shown_its_commands_is_told_how_to_get_them(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        doctor.server.communities.change_role(doctor.role, permissions=0)
        assert await doctor.says("commands_hidden", command="desk", name="helpers") is Severity.WARNING


async def test_a_channel_outside_its_communitys_server_is_an_error(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        oak = doctor.server.add_guild("Oak")
        doctor.words = {"place": ", community: oak"}
        doctor.more = f'communities:\n  oak: {{server: "discord:{oak.id}", default_team: helpers}}\n'
        assert await doctor.says("community_elsewhere", place=HELP, name="oak") is Severity.ERROR


async def test_a_server_that_is_nearly_full_of_threads_is_pointed_out(tmp_path: Path) -> None:
    async with surgery(tmp_path) as doctor:
        for number in range(900):
            said = await doctor.bo.says("help", f"{number}")
            await doctor.bo.starts_thread(said, f"thread {number}")
        assert await doctor.says("budget_threads", number=900, limit=1000) is Severity.WARNING


async def test_an_inbox_from_which_posts_cannot_be_removed_is_an_error_where_it_is_private(
    tmp_path: Path,
) -> None:
    async with surgery(tmp_path) as doctor:
        doctor.server.deny(doctor.help, doctor.server.bot(), Permission.MANAGE_MESSAGES)
        assert not any("Manage Messages" in english(each.sentence) for each in await doctor.told())
        doctor.words = {"rules": ", rules: [{name: salary, when: {words: [salary]}, private: true}]"}
        assert await doctor.says("permission_missing", permission="Manage Messages") is Severity.ERROR
        elsewhere = "{inbox: [other]}"
        doctor.words["rules"] = doctor.words["rules"].replace("{words: [salary]}", elsewhere)
        doctor.words["other"] = '\n  other: {channel: "web:other"}'
        assert not any("Manage Messages" in english(each.sentence) for each in await doctor.told())
        doctor.words = {"place": ", private: true"}
        assert await doctor.says("permission_missing", permission="Manage Messages") is Severity.ERROR
