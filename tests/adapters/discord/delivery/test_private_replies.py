"""What one person alone is told about what they wrote: directly, or where that is closed, in place for a while."""

from bot.messages.inbound import VerbChosen
from bot.messages.outbound import Button, PrivateReply
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use

REPLY = PrivateReply(text=("One request at a time: IT-1.",), is_error=True)


async def test_it_comes_as_a_direct_message(in_use: DiscordInUse) -> None:
    in_use.intake.answer = REPLY
    await in_use.ana.says("help", "And another thing")
    assert "IT-1" in await in_use.ana.sees_dm("One request")
    assert not any(each.is_bot for each in in_use.bo.reads("help"))


async def test_where_that_is_closed_it_stands_below_their_words_for_a_minute(in_use: DiscordInUse) -> None:
    in_use.intake.answer = REPLY
    in_use.ana.closes_dms()
    said = await in_use.ana.says("help", "And another thing")
    reply = await in_use.ana.sees("help", "IT-1")
    assert (reply.reply_to, reply.pings) == (said.id, ())
    await in_use.server.until(
        lambda: not any(each.is_bot for each in in_use.ana.reads("help")), "it is taken back"
    )


async def test_in_a_forum_it_stands_in_the_post(in_use: DiscordInUse) -> None:
    in_use.intake.answer = REPLY
    in_use.ana.closes_dms()
    post = await in_use.ana.posts("questions", "Another thing", "It hums")
    assert "IT-1" in await in_use.ana.sees_in_thread(post, "One request")


async def test_a_button_in_it_may_carry_long_words(in_use: DiscordInUse) -> None:
    words = "It hums, rattles and smells. " * 20
    button = Button(label="IT-1", verb="ticket reply", ticket="IT-1", options={"text": words})
    in_use.intake.answer = PrivateReply(text=("Which ticket is it for?",), buttons=(button,))
    await in_use.ana.says("help", f"@Deskbell reply {words}")
    await in_use.ana.presses(await in_use.ana.sees_dm("Which ticket"), "IT-1")
    event = in_use.intake.events[-1]
    assert isinstance(event, VerbChosen)
    assert (event.ticket, event.options) == ("IT-1", {"text": words})


async def test_a_desk_that_stops_takes_it_back_at_once() -> None:
    async with discord_in_use(scale=1.0) as in_use:
        in_use.intake.answer = REPLY
        in_use.ana.closes_dms()
        await in_use.ana.says("help", "And another thing")
        await in_use.ana.sees("help", "IT-1")
        await in_use.platform.close()
        assert not any(each.is_bot for each in in_use.ana.reads("help"))
