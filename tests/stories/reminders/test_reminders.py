"""An agent is told of a ticket when they want to be: once, where they work, and only what they may see."""

from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, open_office, shown, words

TEAM = "team-it"


async def thread(office: Office, *, who: str = "bo", reference: str = "IT-1") -> list[dict[str, Any]]:
    card = await office.card(who, TEAM, reference)
    return await office.sees_thread(who, TEAM, card["id"])


async def asks(office: Office) -> str:
    request = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1", channel=TEAM)
    return request


def told(text: str, *, to: str = "Bo Berg") -> str:
    what = said("team.reminder_told_words", reference="IT-1", subject="My mouse is dead", text=text)
    return said("team.told_to", owner=to, what=what)


async def reminders(office: Office, who: str = "bo") -> str:
    return await office.types(who, "/desk reminders", channel=TEAM)


NONE = said("answers.reminders_none", command="/desk remind")


async def test_a_reminder_is_told_once_in_the_teams_thread(office: Office) -> None:
    request = await asks(office)
    answer = await office.types("bo", "/desk remind IT-1 2h, call the vendor", channel=TEAM)
    assert "“call the vendor”" in answer
    assert said("answers.reminder_in_thread") in answer
    await office.passes(minutes=119)
    assert all("vendor" not in words(each) for each in await thread(office))
    await office.passes(minutes=1)
    found = [each for each in await thread(office) if "vendor" in words(each)]
    assert [words(each) for each in found] == [told("call the vendor")]
    await office.passes(days=2)
    assert sum("vendor" in words(each) for each in await thread(office)) == 1, "once"
    assert "vendor" not in " ".join(await office.reads("ana", "help-it", thread=request))
    history = await office.types("bo", "/desk history IT-1", channel=TEAM)
    assert said("history.reminder_told", name="Deskbell", person="Bo Berg") in history


@pytest.mark.parametrize(
    "line",
    ["tomorrow 9:00, call Eve", "tomorrow 9:00 call Eve", "me tomorrow 9:00, call Eve", "24h call Eve"],
)
async def test_the_time_and_the_words_are_found_with_and_without_a_comma(office: Office, line: str) -> None:
    await asks(office)
    await office.types("bo", f"/desk remind IT-1 {line}", channel=TEAM)
    assert "“call Eve”" in await reminders(office)
    await office.passes(hours=25)
    assert any(words(each) == told("call Eve") for each in await thread(office))


async def test_a_time_that_is_none_or_over_is_refused_and_nothing_is_set(office: Office) -> None:
    await asks(office)
    for line in ("soonish, call Eve", "today 8:00, call Eve", "call Eve"):
        assert line.partition(",")[0] in await office.types("bo", f"/desk remind IT-1 {line}", channel=TEAM)
    assert await reminders(office) == NONE


async def test_a_colleague_is_reminded_and_sees_from_whom(office: Office) -> None:
    await asks(office)
    await office.types("cleo", "/desk mine", channel=TEAM)
    answer = await office.types("bo", "/desk remind IT-1 @cleo 1h, call the vendor", channel=TEAM)
    assert "Cleo Chen" in answer
    assert said("answers.reminder_from", name="Bo Berg") in await reminders(office, "cleo")
    assert said("answers.reminder_for", name="Cleo Chen") in await reminders(office)
    await office.passes(hours=1)
    what = said(
        "team.reminder_told_from_words",
        name="Bo Berg",
        reference="IT-1",
        subject="My mouse is dead",
        text="call the vendor",
    )
    assert words((await thread(office))[-1]) == said("team.told_to", owner="Cleo Chen", what=what)
    assert await office.mentions("cleo", TEAM) == 1


async def test_who_may_not_see_the_notes_cannot_be_reminded(office: Office) -> None:
    await asks(office)
    refused = await office.types("bo", "/desk remind IT-1 @dan 1h, call the vendor", channel=TEAM)
    assert refused in (
        said("refusals.no_agent", name="Dan Dietz"),
        said("commands.unknown_person", text="@dan"),
    )
    assert await reminders(office) == NONE


async def test_done_leaves_the_message_without_buttons_and_later_tells_it_again(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk remind IT-1 1h, call the vendor", channel=TEAM)
    await office.passes(hours=1)
    message = (await thread(office))[-1]
    labels = [each["label"] for each in message["content"]["buttons"]]
    assert labels == [said("team.button_reminder_done"), said("team.button_reminder_later")]
    refused = await office.presses("cleo", message, said("team.button_reminder_done"))
    assert shown(refused) == said("refusals.no_reminder"), "it is Bo’s"
    form = await office.presses("bo", message, said("team.button_reminder_later"))
    assert form is not None
    await office.submits("bo", form, channel=TEAM, when="3h")
    moved = next(each for each in await thread(office) if each["id"] == message["id"])
    assert moved["content"]["buttons"] == []
    await office.passes(hours=3)
    again = (await thread(office))[-1]
    assert words(again) == told("call the vendor")
    done = await office.presses("bo", again, said("team.button_reminder_done"))
    assert shown(done) == said("answers.reminder_done", reference="IT-1")
    last = next(each for each in await thread(office) if each["id"] == again["id"])
    assert words(last) == said("team.reminder_done_words", reference="IT-1", text="call the vendor")
    assert last["content"]["buttons"] == []
    history = await office.types("bo", "/desk history IT-1", channel=TEAM)
    assert said("history.reminder_done", name="Bo Berg") in history


async def test_they_are_listed_changed_and_cancelled(office: Office) -> None:
    await asks(office)
    assert await reminders(office) == NONE
    for line in ("3h, call the vendor", "1h, order a mouse"):
        await office.types("bo", f"/desk remind IT-1 {line}", channel=TEAM)
    answer = await office.types_for_reply("bo", "/desk reminders", channel=TEAM)
    listed = shown(answer["reply"])
    assert listed.index("order a mouse") < listed.index("call the vendor"), "the soonest first"
    form = await office.presses_private("bo", answer["reply"], 0, channel=TEAM)
    assert form is not None
    await office.submits("bo", form, channel=TEAM, when="5h", text="order two mice")
    assert "order two mice" in await reminders(office)
    answer = await office.types_for_reply("bo", "/desk reminders", channel=TEAM)
    cancelled = await office.presses_private("bo", answer["reply"], 1, channel=TEAM)
    assert shown(cancelled) == said("answers.reminder_cancelled", reference="IT-1")
    assert "vendor" not in await reminders(office)
    typed = await office.types("bo", "/desk remind IT-1 cancel", channel=TEAM)
    assert typed == said("answers.reminders_cancelled", count=1, reference="IT-1")
    assert await reminders(office) == NONE
    await office.passes(hours=6)
    assert not any("mice" in words(each) for each in await thread(office))


async def test_the_cards_menu_has_a_form_for_it(office: Office) -> None:
    await asks(office)
    form = await office.presses("bo", await office.card("bo", TEAM, "IT-1"), said("team.button_remind_form"))
    assert form is not None
    whom = next(each for each in form["fields"] if each["name"] == "person")
    assert (whom["value"], whom["choices"][0]) == ("me", ["me", "Me"])
    assert "Bo Berg" not in str(whom["choices"])
    await office.submits("bo", form, channel=TEAM, when="1h", text="call the vendor", person="")
    await office.passes(hours=1)
    assert words((await thread(office))[-1]) == told("call the vendor")


async def test_of_a_ticket_that_was_resolved_meanwhile_it_is_said_so_without_alarm(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk remind IT-1 1h, call the vendor", channel=TEAM)
    await office.types("cleo", "/desk resolve IT-1 A new mouse", channel=TEAM)
    await office.has_read("bo", TEAM)
    await office.passes(hours=1)
    message = (await thread(office))[-1]
    assert "call the vendor" in words(message)
    assert message["content"]["buttons"] == []
    assert message["content"]["tone"] == "muted"
    assert await office.mentions("bo", TEAM) == 0


async def test_who_prefers_direct_messages_is_told_there(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk notify direct", channel=TEAM)
    await office.types("bo", "/desk remind IT-1 1h, call the vendor", channel=TEAM)
    await office.passes(hours=1)
    assert not any("vendor" in words(each) for each in await thread(office))
    assert "call the vendor" in await office.everything_seen_by("bo")
    assert "call the vendor" not in await office.everything_seen_by("cleo")


async def test_in_quiet_hours_nothing_is_told_until_they_are_over(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk notify quiet 18:00-8:00", channel=TEAM)
    answer = await office.types("bo", "/desk remind IT-1 today 22:00, call the vendor", channel=TEAM)
    assert said("answers.reminder_when_back") in answer
    await office.passes(hours=20)  # five in the morning
    assert not any("vendor" in words(each) for each in await thread(office))
    await office.passes(hours=2, minutes=6)
    assert words((await thread(office))[-1]) == told("call the vendor")


async def test_who_is_away_is_told_when_they_are_back(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk away until Wednesday", channel=TEAM)
    await office.types("bo", "/desk remind IT-1 1h, call the vendor", channel=TEAM)
    await office.passes(hours=24)
    assert not any("vendor" in words(each) for each in await thread(office))
    await office.passes(hours=25)
    assert words((await thread(office))[-1]) == told("call the vendor")


async def test_of_a_ticket_that_moved_out_of_sight_only_the_own_words_are_left(office: Office) -> None:
    await office.says("ana", "help-it", "My payslip is wrong")
    await office.types("bo", "/desk remind IT-1 1h, ask Eve", channel="team-people")
    answer = await office.types_for_reply("bo", "/desk transfer IT-1 network", channel="team-people")
    await office.presses_private("bo", answer["reply"], 0, channel="team-people")
    assert await reminders(office) == NONE, "not named"
    await office.passes(hours=1)
    assert await office.reads("bo", "@bo") == [said("team.reminder_without_ticket", text="ask Eve")]
    assert "ask Eve" not in await office.everything_seen_by("cleo")


async def test_a_restart_neither_loses_nor_repeats_it(folder: Path) -> None:
    async with open_office(folder) as office:
        await asks(office)
        await office.types("bo", "/desk remind IT-1 1h, call the vendor", channel=TEAM)
        now = office.clock.now()
    for _ in range(2):
        async with open_office(folder, at=now) as office:
            await office.passes(hours=2)
            assert sum("vendor" in words(each) for each in await thread(office)) == 1
            now = office.clock.now()
