"""What people say and do in Slack, as the desk hears it."""

from datetime import timedelta

import pytest

from bot.domain.directory import ChannelRef
from bot.messages.inbound import (
    HomeOpened,
    InboundEvent,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
)
from bot.messages.outbound import Button, PrivateReply
from tests.adapters.slack.slack_in_use import SlackInUse, slack_in_use


async def heard(in_use: SlackInUse) -> list[InboundEvent]:
    await in_use.server.settled()
    return in_use.intake.events


async def test_a_message_is_heard_with_who_said_it_and_where(in_use: SlackInUse) -> None:
    said = await in_use.ana.says("help-it", "My VPN is dead")
    (event,) = await heard(in_use)
    assert isinstance(event, MessagePosted)
    assert event.text == "My VPN is dead"
    assert event.key == f"{in_use.ref('help-it')}:{said.ts}"
    assert event.location.channel == in_use.ref("help-it")
    assert event.location.thread is None
    assert (event.actor.key, event.actor.name) == (f"slack:{in_use.ana.id}", "Ana Lima")
    assert (event.actor.email, event.actor.time_zone) == ("ana@example.org", "Europe/Berlin")


async def test_a_reply_is_heard_in_its_thread_and_the_first_message_stays_at_top_level(
    in_use: SlackInUse,
) -> None:
    root = await in_use.ana.says("help-it", "My VPN is dead")
    await in_use.bo.says("help-it", "Since when?", thread=root)
    await in_use.ana.edits(root, "My VPN is very dead")
    await heard(in_use)
    (_, reply) = in_use.intake.of(MessagePosted)
    (edit,) = in_use.intake.of(MessageEdited)
    assert reply.location.thread == root.ts
    assert edit.location.thread is None


async def test_mentions_channels_links_and_escapes_become_readable(in_use: SlackInUse) -> None:
    await in_use.ana.says("help-it", "@bo see #team-it & <b> https://example.org/a?b=1 @here :tada:")
    (event,) = await heard(in_use)
    assert isinstance(event, MessagePosted)
    assert event.text == "@Bo Berg see #team-it & <b> https://example.org/a?b=1 @here :tada:"


async def test_a_mention_of_the_desk_and_its_twin_are_one_message_without_the_mention(
    in_use: SlackInUse,
) -> None:
    await in_use.ana.says("help-it", "@deskbell claim")
    (event,) = await heard(in_use)
    assert isinstance(event, MessagePosted)
    assert event.mentions_desk
    assert event.text == "claim"


async def test_a_direct_message_is_named_by_its_person(in_use: SlackInUse) -> None:
    said = await in_use.ana.says("@deskbell", "My salary is wrong")
    await in_use.ana.deletes(said)
    posted, deleted = await heard(in_use)
    assert posted.location.channel == ChannelRef("slack", f"@{in_use.ana.id}")
    assert deleted.location.channel == posted.location.channel
    assert isinstance(deleted, MessageDeleted)
    assert deleted.key == f"{posted.key}:deleted"


async def test_a_link_preview_is_no_edit(in_use: SlackInUse) -> None:
    said = await in_use.ana.says("help-it", "See https://example.org/")
    in_use.server.unfurl(said)
    assert len(await heard(in_use)) == 1


async def test_two_edits_within_a_second_are_two_and_sort_by_age(in_use: SlackInUse) -> None:
    said = await in_use.ana.says("help-it", "one")
    await in_use.ana.edits(said, "two")
    await in_use.ana.edits(said, "three")
    await heard(in_use)
    edits = sorted(in_use.intake.of(MessageEdited), key=lambda each: each.at)
    assert [each.text for each in edits if isinstance(each, MessageEdited)] == ["two", "three"]
    revisions = [each.revision for each in edits if isinstance(each, MessageEdited)]
    assert revisions == sorted(set(revisions))


async def test_a_thread_whose_first_message_is_deleted_hears_of_the_deletion(in_use: SlackInUse) -> None:
    root = await in_use.ana.says("help-it", "My VPN is dead")
    await in_use.bo.says("help-it", "Since when?", thread=root)
    await in_use.ana.deletes(root)
    await heard(in_use)
    (deleted,) = in_use.intake.of(MessageDeleted)
    assert isinstance(deleted, MessageDeleted)
    assert deleted.message_id == root.ts
    assert deleted.actor.key == f"slack:{in_use.ana.id}"


async def test_joining_a_channel_is_nobodys_word(in_use: SlackInUse) -> None:
    eve = in_use.server.person("eve")
    await eve.joins("help-it")
    assert await heard(in_use) == []


async def test_another_apps_alert_is_a_bots_word(in_use: SlackInUse) -> None:
    await in_use.server.other_app_says("Nagios", "help-it", "disk full")
    (event,) = await heard(in_use)
    assert event.actor.is_bot
    assert event.actor.name == "Nagios"


async def test_guests_and_the_deactivated_are_recognised(in_use: SlackInUse) -> None:
    guest = in_use.server.person("gus", is_guest=True)
    await guest.says("help-it", "Hello")
    (event,) = await heard(in_use)
    assert event.actor.is_guest
    assert event.actor.is_active


async def test_people_bring_their_picture_along(in_use: SlackInUse) -> None:
    ana = in_use.server.person("ana")
    await ana.says("help-it", "Hello")
    (event,) = await heard(in_use)
    assert event.actor.picture.endswith("-72.png")


async def test_an_unknown_person_does_not_delay_what_they_say(in_use: SlackInUse) -> None:
    in_use.server.plan_failures("users.info", error="user_not_found")
    eve = in_use.server.person("eve")
    await eve.says("help-it", "Hello")
    (event,) = await heard(in_use)
    assert event.actor.name == eve.id


async def test_a_profile_is_read_once_for_many_messages(in_use: SlackInUse) -> None:
    for number in range(5):
        await in_use.ana.says("help-it", f"message {number}")
        await in_use.server.settled()
    assert len(in_use.server.calls_to("users.info")) == 1


async def test_user_groups_are_known_before_anybody_speaks() -> None:
    async with slack_in_use() as in_use:
        in_use.server.user_group("netops", [in_use.bo])
        in_use.platform._people._groups_read_at = None
        await in_use.ana.says("help-it", "one")
        await in_use.server.settled()
        await in_use.bo.says("help-it", "two")
        await in_use.server.settled()
        assert in_use.intake.events[-1].actor.groups == {"slack:@netops"}


async def test_a_reaction_that_means_something_brings_its_message(in_use: SlackInUse) -> None:
    in_use.intake.marks = {"ticket"}
    said = await in_use.ana.says("help-it", "My VPN is dead")
    await in_use.bo.reacts(said, "eyes")
    await in_use.bo.reacts(said, "ticket")
    await heard(in_use)
    (marked,) = in_use.intake.of(MessageMarked)
    assert isinstance(marked, MessageMarked)
    assert marked.mark == "ticket"
    assert (marked.actor.name, marked.about.actor.name) == ("Bo Berg", "Ana Lima")
    assert marked.about.text == "My VPN is dead"
    assert len(in_use.server.calls_to("conversations.history")) == 1


async def test_opening_the_home_page_is_heard(in_use: SlackInUse) -> None:
    await in_use.ana.opens_home()
    await in_use.ana.opens_home(tab="messages")
    (event,) = await heard(in_use)
    assert isinstance(event, HomeOpened)
    assert event.location.channel == ChannelRef.home(f"slack:{in_use.ana.id}")


async def test_what_the_desk_could_not_take_is_offered_again(in_use: SlackInUse) -> None:
    in_use.intake.database_is_gone(times=2)
    await in_use.ana.says("help-it", "My VPN is dead")
    assert len(await heard(in_use)) == 1
    assert in_use.intake.attempts == 3
    assert len(in_use.server.delivered.acknowledged) == 1


async def test_a_repeated_event_costs_the_desk_nothing(in_use: SlackInUse) -> None:
    in_use.server.deliveries.copies = 3
    await in_use.ana.says("help-it", "@deskbell my VPN is dead")
    assert len(await heard(in_use)) == 1
    assert in_use.intake.attempts == 1


async def test_an_answer_to_a_mention_is_for_its_author_alone(in_use: SlackInUse) -> None:
    button = Button(label="Show", verb="ticket show", ticket="IT-1")
    in_use.intake.answer = PrivateReply(text=("Not here.",), buttons=(button,), is_error=True)
    root = await in_use.bo.says("help-it", "Hello")
    in_use.intake.answer = PrivateReply(text=("Only for you",), buttons=(button,))
    await in_use.server.settled()
    await in_use.ana.says("help-it", "@deskbell hm", thread=root)
    answer = await in_use.ana.sees_in_thread(root, "Only for you")
    assert answer.is_ephemeral
    assert answer.buttons == ("Show",)


@pytest.mark.parametrize("by_socket", [False, True])
async def test_both_ways_in_hear_the_same(by_socket: bool) -> None:
    async with slack_in_use(by_socket=by_socket) as in_use:
        await in_use.ana.says("help-it", "My VPN is dead")
        await in_use.server.settled()
        await in_use.ana.types("/ticket list all", "help-it")
        await in_use.server.settled()
        assert [type(event).__name__ for event in in_use.intake.events] == ["MessagePosted", "CommandGiven"]


async def test_a_socket_that_was_cut_is_a_gap_that_is_told() -> None:
    async with slack_in_use(by_socket=True) as in_use:
        in_use.server.drop_sockets()
        await in_use.server.until(lambda: bool(in_use.intake.gaps), "the gap is told", patience_s=30)
        await in_use.ana.says("help-it", "Still there?")
        await in_use.server.until(in_use.intake.has(1), "the message is heard")
        ((since, until),) = in_use.intake.gaps
        assert timedelta() < until - since < timedelta(minutes=1)
