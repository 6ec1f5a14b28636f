"""The menus of messages and people, and what is suggested while somebody types."""

from bot.messages.inbound import MessagePosted
from bot.messages.outbound import PrivateReply
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use
from tests.adapters.discord.interactions.interaction_kit import ASK, HELPS, chosen, responder, with_commands
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import ApplicationFlag
from tests.said import said

MADE = PrivateReply(text=("IT-1 was made of it.",))


def about(in_use: DiscordInUse) -> MessagePosted:
    (event,) = chosen(in_use)
    assert event.about is not None
    return event.about


async def test_a_message_is_made_a_ticket_of_whoever_wrote_it() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        words = await in_use.ana.says("help", "My mouse is gone", files=[("desk.png", b"an empty desk")])
        in_use.intake.answer = MADE
        shown = await in_use.bo.uses_message_menu("Make this a ticket", words)
        assert shown.text == "IT-1 was made of it."
        (event,) = chosen(in_use)
        assert (event.verb, event.actor.name) == ("ticket open", "Bo")
        made_of = about(in_use)
        assert (made_of.actor.name, made_of.text, made_of.message_id) == (
            "Ana",
            "My mouse is gone",
            str(words.id),
        )
        (file,) = made_of.files
        assert b"".join([chunk async for chunk in file.read()]) == b"an empty desk"


async def test_a_desk_that_may_not_read_messages_still_makes_tickets_of_them() -> None:
    flags = ApplicationFlag.GATEWAY_GUILD_MEMBERS
    async with discord_in_use(helps=HELPS, flags=flags) as in_use:
        await with_commands(in_use)
        words = await in_use.ana.says("help", "My mouse is gone")
        in_use.intake.answer = MADE
        await in_use.bo.uses_message_menu("Make this a ticket", words)
        assert about(in_use).text == "My mouse is gone"


async def test_a_message_in_a_thread_and_a_forums_post_are_where_they_stand() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        root = await in_use.ana.says("help", "No network")
        thread = await in_use.ana.starts_thread(root, "network")
        words = await in_use.ana.says(thread, "And no printer")
        await in_use.bo.uses_message_menu("Make this a ticket", words)
        assert (about(in_use).location.channel, about(in_use).location.thread) == (
            in_use.ref("help"),
            str(root.id),
        )
        in_use.intake.events.clear()
        post = await in_use.ana.posts("questions", "Installer hangs", "At 90 per cent")
        (first,) = in_use.ana.reads_thread(post)
        await in_use.bo.uses_message_menu("Make this a ticket", first)
        assert (about(in_use).location.channel, about(in_use).location.thread) == (
            in_use.ref("questions"),
            None,
        )


async def test_what_the_desk_said_is_nothing_to_make_a_ticket_of() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.answer = PrivateReply(text=("Use the form.",))
        in_use.ana.closes_dms()
        await in_use.ana.says("help", "Hello?")
        answer = await in_use.ana.sees("help", "Use the form")
        in_use.intake.events.clear()
        shown = await in_use.bo.uses_message_menu("Make this a ticket", answer)
        assert said("platforms.not_a_message") in shown.text
        assert in_use.intake.events == []


async def test_a_ticket_is_opened_for_somebody_from_their_menu() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.server.role("moderators", [in_use.bo], permissions=int(Permission.MANAGE_MESSAGES))
        in_use.intake.answer = MADE
        await in_use.bo.uses_user_menu("Open a ticket for…", in_use.ana, "help")
        (event,) = chosen(in_use)
        assert (event.verb, event.options) == (
            "desk on-behalf-of",
            {"person": f"discord:{in_use.ana.id}"},
        )
        assert [person.name for person in in_use.intake.met] == ["Ana"]
        in_use.intake.forms = {"desk on-behalf-of": ASK}
        shown = await in_use.bo.uses_user_menu("Open a ticket for…", in_use.ana, "help")
        assert shown.modal is not None


async def test_what_may_be_meant_is_offered_while_somebody_types() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.suggestions = [("IT-7", "IT-7 · No network"), ("IT-8", "")]
        offered = await in_use.ana.autocompletes("/ticket list", "ticket", "it", "help")
        assert offered == ["IT-7 · No network", "IT-8"]
        (wanted,) = in_use.intake.wanted
        assert (wanted.verb, wanted.option, wanted.typed) == ("ticket list", "ticket", "it")
        assert (wanted.actor.name, wanted.location.channel) == ("Ana", in_use.ref("help"))


async def test_a_verb_in_a_group_is_the_verb_that_is_typed() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.server.role("moderators", [in_use.bo], permissions=int(Permission.MANAGE_MESSAGES))
        assert "/desk team away" in in_use.bo.sees_commands("help")
        in_use.intake.answer = MADE
        await in_use.bo.types_command("/desk team away", "help", until="tomorrow")
        (event,) = chosen(in_use)
        assert (event.verb, event.options) == ("desk away", {"until": "tomorrow"})


async def test_what_is_typed_into_a_verb_in_a_group_is_completed() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.server.role("moderators", [in_use.bo], permissions=int(Permission.MANAGE_MESSAGES))
        in_use.intake.suggestions = [("dentist", "")]
        offered = await in_use.bo.autocompletes("/desk team away", "why", "den", "help", until="2h")
        assert offered == ["dentist"]
        (wanted,) = in_use.intake.wanted
        assert (wanted.verb, wanted.option, wanted.typed) == ("desk away", "why", "den")


async def test_an_entry_of_a_menu_that_is_no_more_is_explained() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        words = await in_use.ana.says("help", "My headset is silent")
        in_use.intake.helps = ()
        shown = await in_use.bo.uses_message_menu("Make this a ticket", words)
        assert said("platforms.command_outdated") in shown.text
        assert chosen(in_use) == []


async def test_no_more_is_offered_than_discord_shows() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.suggestions = [(f"IT-{number}", "No network " * 20) for number in range(40)]
        assert len(await in_use.ana.autocompletes("/ticket list", "ticket", "", "help")) == 25


async def test_without_the_database_nothing_is_offered_and_the_person_types_on() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.database_is_gone()
        assert await in_use.ana.autocompletes("/ticket tag", "tags", "print", "help", ticket="IT-7") == []
        (wanted,) = in_use.intake.wanted
        assert (wanted.option, wanted.ticket) == ("tags", "IT-7")


async def test_when_something_breaks_nothing_is_offered() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.failures = [RuntimeError("a defect")]
        assert await in_use.ana.autocompletes("/ticket tag", "tags", "print", "help") == []
        assert responder(in_use) == [8]


async def test_somebody_who_is_picked_in_a_command_is_made_known() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        await in_use.ana.types_command("/ticket tag", "help", person=in_use.bo)
        (event,) = chosen(in_use)
        assert event.options == {"person": f"discord:{in_use.bo.id}"}
        assert [person.name for person in in_use.intake.met] == ["Bo"]
