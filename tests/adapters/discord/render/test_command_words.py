"""A sentence names a command as it is typed in Discord, whose menu has the rarer verbs in groups."""

import pytest

from adapters.discord.render.command_words import CommandWords
from adapters.discord.render.messages import RenderOptions, private_body
from bot.commands.catalogue import all_commands
from bot.commands.framework.registry import Registry
from bot.messages.outbound import Bold, Code, PrivateReply


@pytest.fixture
def known() -> CommandWords:
    found = CommandWords()
    found.learn(Registry(all_commands()).helps_by_name({}))
    return found


@pytest.mark.parametrize(
    ("named", "typed"),
    [
        ("/desk history IT-4", "/desk ticket history IT-4"),
        ("/desk away", "/desk team away"),
        ("/desk macro new", "/desk macro new"),
        ("/desk macro IT-1 hello", "/desk macro send IT-1 hello"),
        ("/desk reply IT-4", "/desk reply IT-4"),
        ("/ticket show", "/ticket show"),
        ("deskbell report", "deskbell report"),
    ],
)
def test_commands_are_written_as_they_are_typed_here(known: CommandWords, named: str, typed: str) -> None:
    (body,) = private_body(
        PrivateReply(text=("Use ", Code(named), " or ", Bold(named))), RenderOptions(command_words=known)
    )
    assert body["content"] == f"Use `{typed}` or **{named}**"
