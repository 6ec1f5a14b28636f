"""How interactions are answered: at once, put off when it takes longer, and never twice."""

import asyncio

from bot.messages.inbound import VerbChosen
from bot.messages.outbound import Field, Form, FormRefused, PrivateReply
from bot.ports.chat_platform import CommandHelp, OptionHelp
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use

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
        options=(OptionHelp(name="text", kind="text", summary="What?", is_required=True),),
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
)


DEFERRED = 5
"""https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object"""


def answers(in_use: DiscordInUse) -> list[int]:
    """The kinds of first answers that were given so far."""
    bodies = [call.body for call in in_use.server.calls if call.path.endswith("/callback")]
    return [int(body["type"]) for body in bodies if isinstance(body, dict)]


async def with_commands(in_use: DiscordInUse) -> None:
    """The desk's commands are there."""
    await in_use.server.until(
        lambda: "/ticket open" in in_use.ana.sees_commands("help"), "the commands are there"
    )


async def test_what_takes_longer_is_put_off_and_answered_when_it_is_done() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.answer = PrivateReply(text=("You have none.",))
        in_use.intake.holds = asyncio.Event()
        typing = asyncio.create_task(in_use.ana.types_command("/ticket list", "help"))
        await in_use.server.until(lambda: answers(in_use) == [DEFERRED], "it is put off")
        in_use.intake.holds.set()
        shown = await typing
        assert shown.text == "You have none."
        assert len([each for each in in_use.ana.reads("help") if each.is_ephemeral]) == 1
        assert not any(each.is_ephemeral for each in in_use.bo.reads("help"))


async def test_a_command_with_all_it_needs_opens_no_form() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {"ticket open": ASK}
        in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
        shown = await in_use.ana.types_command("/ticket open", "help", text="A new mouse")
        assert shown.text == "IT-1 is open."
        (event,) = in_use.intake.of(VerbChosen)
        assert isinstance(event, VerbChosen)
        assert (event.verb, event.options) == ("ticket open", {"text": "A new mouse"})


async def test_a_refused_form_says_why_and_opens_again_with_what_was_typed() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {"ticket open": ASK}
        in_use.intake.answer = FormRefused("Asset tag is missing.", {"text": "Say which mouse."})
        shown = await in_use.ana.types_command("/ticket open", "help")
        refused = await in_use.ana.submits(shown, {"What do you need?": "A mouse", "About": "Pears"})
        assert "Say which mouse." in refused.text
        assert refused.reply is not None
        again = await in_use.ana.presses(refused.reply, "Edit again")
        assert again.modal is not None
        in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
        done = await in_use.ana.submits(again, {"What do you need?": "The red mouse", "About": "Pears"})
        assert done.text == "IT-1 is open."
        last = in_use.intake.events[-1]
        assert isinstance(last, VerbChosen)
        assert last.options["text"] == "The red mouse"
        assert last.options["kind"] == "p"


async def test_a_form_of_more_than_five_rows_goes_on_after_a_button() -> None:
    fields = tuple(Field(name=f"f{number}", label=f"Field {number}") for number in range(7))
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {
            "ticket open": Form(title="Long", verb="ticket open", ticket=None, fields=fields)
        }
        in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
        shown = await in_use.ana.types_command("/ticket open", "help")
        first = await in_use.ana.submits(shown, {f"Field {number}": f"v{number}" for number in range(5)})
        assert first.reply is not None
        second = await in_use.ana.presses(first.reply, "Continue")
        done = await in_use.ana.submits(second, {"Field 5": "v5", "Field 6": "v6"})
        assert done.text == "IT-1 is open."
        (event,) = in_use.intake.of(VerbChosen)
        assert isinstance(event, VerbChosen)
        assert event.options == {f"f{number}": f"v{number}" for number in range(7)}


async def test_files_may_come_with_a_form() -> None:
    form = Form(
        title="Ask",
        verb="ticket open",
        ticket=None,
        fields=(Field(name="text", label="What?"),),
        takes_files=True,
    )
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {"ticket open": form}
        shown = await in_use.ana.types_command("/ticket open", "help")
        await in_use.ana.submits(shown, {"What?": "Look", "Files": [("log.txt", b"lines")]})
        (event,) = in_use.intake.of(VerbChosen)
        assert isinstance(event, VerbChosen)
        (file,) = event.files
        assert (file.name, b"".join([chunk async for chunk in file.read()])) == ("log.txt", b"lines")


async def test_without_the_database_the_person_is_told_that_nothing_was_done() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.database_is_gone()
        shown = await in_use.ana.types_command("/ticket list", "help")
        assert "Not done" in shown.text
        assert "Try again" in shown.text


async def test_commands_are_sent_only_when_they_changed() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        puts = [call for call in in_use.server.calls if call.method == "PUT" and "commands" in call.path]
        assert len(puts) == 1
        await in_use.server.gateway.closes(4000)
        await in_use.server.until(lambda: in_use.platform.is_connected, "the desk is connected again")
        puts = [call for call in in_use.server.calls if call.method == "PUT" and "commands" in call.path]
        assert len(puts) == 1
