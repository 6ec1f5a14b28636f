"""A private inbox in Discord: the post is moved into direct messages and removed, if the desk may do that."""

from pathlib import Path

from tests.adapters.discord.office import DESK, open_office
from tests.fakes.discord.rules.permissions import Permission

PRIVATE = DESK.replace(
    'help: {{channel: "discord:{help}"}}', 'help: {{channel: "discord:{help}", private: true}}'
)
SECRET = "My manager shouts at us"


async def test_a_post_is_moved_into_direct_messages_and_removed(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template, desk=PRIVATE) as office:
        await office.ana.says("help", SECRET)
        await office.settle()
        assert not any(SECRET in each.words for each in office.cleo.reads("help"))
        assert any(SECRET in each.words for each in office.ana.reads_dm() if each.is_bot)
        assert "new" in office.card("IT-1").words, "its removal is not a withdrawal"


async def test_without_the_permission_the_operator_is_told_which_one_is_missing(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template, desk=PRIVATE) as office:
        help_channel = office.discord.channel_named("help")
        office.discord.deny(help_channel, office.discord.bot(), Permission.MANAGE_MESSAGES)
        await office.ana.says("help", SECRET)
        await office.settle()
        assert any(SECRET in each.words for each in office.ana.reads_dm() if each.is_bot)
        assert any("Manage Messages" in each.words for each in office.lee.reads("operators"))
