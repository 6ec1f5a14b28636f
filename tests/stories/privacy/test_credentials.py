"""A password that somebody writes where others read: they are told at once, and nothing of the desk repeats it."""

from tests.said import said
from tests.stories.office import Office

SECRET = "hunter2"
HINT = said("requester.credential_in_public")
IN_NOTE = said("team.credential_in_note", show="/desk show IT-1", edit="/desk edit IT-1")


async def test_who_writes_a_password_in_public_is_told_and_the_card_hides_it(office: Office) -> None:
    async with office.page_of("ana") as told, office.page_of("dan") as others:
        root = await office.says("ana", "help-it", f"VPN fails, my password is {SECRET}")
        await office.says("ana", "help-it", f"Once more: my password is {SECRET}", thread=root)
    assert [HINT in each for each in told] == [True, True]
    assert others == []
    content = (await office.card("cleo", "team-network", "IT-1"))["content"]
    assert "my password is" in content["excerpt"]
    assert SECRET not in content["excerpt"] + content["subject"]
    assert SECRET not in await office.types("cleo", "/desk queue network", channel="team-network")


async def test_who_types_it_into_a_command_reads_it_hidden_in_the_thread_that_begins(office: Office) -> None:
    await office.types("ana", f"/ticket open My password is {SECRET} and fails")
    assert SECRET not in await office.everything_seen_by("dan")


async def test_who_forgot_one_or_writes_to_the_desk_alone_is_told_nothing(office: Office) -> None:
    async with office.page_of("ana") as told:
        await office.says("ana", "help-it", "I forgot my password")
        await office.says("ana", "@ana", f"My password is {SECRET}, is that strong enough?")
    assert not any(HINT in each for each in told)


async def test_the_teams_thread_hides_it_and_an_agent_reads_it_alone(office: Office) -> None:
    await office.says("ana", "@ana", f"Login fails, my password is {SECRET}")
    (root,) = await office.sees("ana", "@ana")
    await office.says("ana", "@ana", f"Or is it my PIN: {SECRET}?", thread=root["id"])
    card = await office.card("bo", "team-it", "IT-1")
    assert "PIN" in str(await office.sees_thread("bo", "team-it", card["id"]))
    assert SECRET not in await office.everything_seen_by("bo")
    command = "/desk show IT-1"
    label = said("team.label_hidden", command=command)
    assert label in str(await office.sees_thread("bo", "team-it", card["id"]))
    assert SECRET in await office.types("bo", command, channel="team-it")


async def test_a_note_hides_it_wherever_it_is_shown_and_its_author_is_told_how_it_is_read(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "The router is dark")
    for typed in ("/desk note IT-1", "/desk reply IT-1 note:"):
        told = await office.types("bo", f"{typed} the router's password is {SECRET}", channel="team-it")
        assert IN_NOTE in told
    assert IN_NOTE not in await office.types("bo", "/desk note IT-1 her password is long", channel="team-it")
    card = await office.card("bo", "team-it", "IT-1")
    thread = str(await office.sees_thread("bo", "team-it", card["id"]))
    assert thread.count("the router's password is") == 2
    assert SECRET not in thread
    assert said("team.label_hidden", command="/desk show IT-1") in thread
    await office.types("bo", "/desk transfer IT-1 network", channel="team-it")
    moved = await office.card("cleo", "team-network", "IT-1")
    brought = str(await office.sees_thread("cleo", "team-network", moved["id"]))
    assert "the router's password is" in brought
    assert SECRET not in brought
    assert SECRET in await office.types("cleo", "/desk show IT-1", channel="team-network")
    assert SECRET not in await office.types("cleo", "/desk history IT-1", channel="team-network")


async def test_who_edits_one_into_a_note_is_told_and_once_it_is_out_nothing_shows_it(office: Office) -> None:
    await office.says("ana", "help-it", "The router is dark")
    await office.types("bo", "/desk note IT-1 reset it", channel="team-it")
    edit = "/desk edit IT-1"
    assert IN_NOTE in await office.types("bo", f"{edit} its password is {SECRET}", channel="team-it")
    assert IN_NOTE not in await office.types("bo", f"{edit} it is in the vault", channel="team-it")
    for command in ("/desk history IT-1", "/desk show IT-1"):
        assert SECRET not in await office.types("bo", command, channel="team-it")


async def test_who_writes_one_into_the_teams_thread_is_told_that_the_channel_reads_it(office: Office) -> None:
    await office.says("ana", "help-it", "The router is dark")
    card = await office.card("bo", "team-it", "IT-1")
    hint = said("team.credential_in_thread")
    async with office.page_of("bo") as told, office.page_of("lee") as others:
        await office.says("bo", "team-it", f"its password is {SECRET}", thread=card["id"])
        plain = await office.says("bo", "team-it", "I reset it", thread=card["id"])
        await office.edits("bo", plain, f"I reset it, the password is {SECRET}")
    assert [hint in each for each in told] == [True, True]
    assert others == []
    await office.types("bo", "/desk transfer IT-1 network", channel="team-it")
    moved = await office.card("cleo", "team-network", "IT-1")
    brought = str(await office.sees_thread("cleo", "team-network", moved["id"]))
    assert "I reset it" in brought
    assert SECRET not in brought


async def test_a_reply_typed_by_command_hides_it_where_others_read(office: Office) -> None:
    root = await office.says("ana", "help-it", "The VPN fails")
    await office.types("ana", f"/ticket reply IT-1 My password is {SECRET}", channel="help-it")
    assert "My password is" in str(await office.sees_thread("dan", "help-it", root))
    assert SECRET not in await office.everything_seen_by("dan")


async def test_who_edits_one_into_a_public_message_is_told_once(office: Office) -> None:
    async with office.page_of("ana") as told:
        root = await office.says("ana", "help-it", "VPN fails")
        assert told == []
        await office.edits("ana", root, f"VPN fails, my password is {SECRET}")
        await office.edits("ana", root, f"VPN fails again, my password is {SECRET}")
    assert [HINT in each for each in told] == [True]


async def test_history_search_and_summary_hide_it_and_once_edited_out_nothing_shows_it(
    office: Office,
) -> None:
    root = await office.says("ana", "help-it", f"My password is {SECRET} and the scanner stays dark")
    found = await office.types("bo", "/desk search dark", channel="team-it")
    assert "scanner stays" in found
    assert SECRET not in found
    summary = await office.types("bo", "/desk summary IT-1", channel="team-it")
    assert "scanner stays" in summary
    assert SECRET not in summary
    await office.edits("ana", root, "The scanner stays dark")
    for command in ("/desk history IT-1", "/desk show IT-1"):
        told = await office.types("bo", command, channel="team-it")
        assert "scanner stays dark" in told
        assert SECRET not in told
