"""The commands and forms that the tests of acting use, and the answers that were given."""

from bot.messages.inbound import VerbChosen
from bot.messages.outbound import Field, Form
from bot.ports.intake import CommandHelp, OptionHelp, Shortcut, ShortcutOn
from tests.adapters.discord.discord_in_use import DiscordInUse
from tests.fakes.discord import Seen

ASK = Form(
    title="Ask for help",
    verb="ticket open",
    ticket=None,
    fields=(
        Field(name="text", label="What do you need?", kind="long_text"),
        Field(
            name="kind",
            label="About",
            kind="choice",
            is_required=False,
            choices=(("a", "Apples"), ("p", "Pears")),
        ),
        Field(name="who", label="For whom", kind="person", is_required=False),
    ),
)
HELPS = (
    CommandHelp(
        group="ticket",
        key="ticket",
        verb="open",
        usage="open TEXT",
        summary="Ask for help.",
        for_agents=False,
        has_form=True,
        shortcuts=(Shortcut(on=ShortcutOn.MESSAGE, label="Make this a ticket", about="Of a message."),),
        options=(OptionHelp(name="text", kind="text", summary="What?", is_required=True),),
    ),
    CommandHelp(
        group="desk",
        key="desk",
        verb="on-behalf-of",
        usage="on-behalf-of PERSON TEXT",
        summary="For somebody else.",
        for_agents=True,
        has_form=True,
        shortcuts=(Shortcut(on=ShortcutOn.PERSON, label="Open a ticket for…", about="For somebody."),),
        options=(
            OptionHelp(name="person", kind="person", summary="Who?", is_required=True),
            OptionHelp(name="text", kind="text", summary="What?", is_required=True),
        ),
    ),
    CommandHelp(
        group="desk",
        key="desk",
        verb="away",
        usage="away [UNTIL…]",
        summary="For a while.",
        for_agents=True,
        menu_group="team",
        options=(
            OptionHelp(name="until", kind="text", summary="Until?", is_required=True),
            OptionHelp(name="why", kind="tags", summary="Why?", is_required=False, is_suggested=True),
        ),
    ),
    CommandHelp(
        group="ticket",
        key="ticket",
        verb="list",
        usage="list",
        summary="Yours.",
        for_agents=False,
        takes_ticket=True,
    ),
    CommandHelp(
        group="ticket",
        key="ticket",
        verb="tag",
        usage="tag TAGS",
        summary="With words of one's own.",
        for_agents=False,
        takes_ticket=True,
        options=(
            OptionHelp(name="tags", kind="tags", summary="Which?", is_required=False, is_suggested=True),
            OptionHelp(name="person", kind="person", summary="Whose?", is_required=False),
        ),
    ),
)

DEFERRED = 5
"""https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object"""


def responder(in_use: DiscordInUse) -> list[int]:
    """The kinds of first answers that were given so far."""
    bodies = [call.body for call in in_use.server.calls if call.path.endswith("/callback")]
    return [int(body["type"]) for body in bodies if isinstance(body, dict)]


async def with_commands(in_use: DiscordInUse) -> None:
    """The desk's commands are there."""
    await in_use.server.until(
        lambda: "/ticket open" in in_use.ana.sees_commands("help"), "the commands are there"
    )


def chosen(in_use: DiscordInUse) -> list[VerbChosen]:
    """What was asked of the desk."""
    return [event for event in in_use.intake.events if isinstance(event, VerbChosen)]


def told(in_use: DiscordInUse, channel: str = "help") -> list[Seen]:
    """What Ana alone was told there."""
    return [each for each in in_use.ana.reads(channel) if each.is_ephemeral]
