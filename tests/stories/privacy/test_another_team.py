"""Who made a request private may send it to a team that takes such matters; the former team reads it no more."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, plain, shown
from tests.stories.portal.portal_visit import open_portal, portal_visit, words_of

SECRET = "My manager harasses me"
SEND, LEAVE = said("requester.button_send_to", team="People"), said("requester.button_leave_it")


async def reply_of(office: Office, who: str, command: str, **where: str) -> dict[str, Any]:
    reply: dict[str, Any] = (await office.types_for_reply(who, command, **where))["reply"]
    return reply


def labels(reply: dict[str, Any]) -> list[str]:
    return [each["label"] for each in reply["buttons"]]


async def changes(office: Office) -> list[tuple[str, str]]:
    def read(uow: UnitOfWork) -> list[tuple[str, str]]:
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        return [(each.event, each.actor) for each in uow.audit_log.of_ticket(ticket.id)]

    return await office.desk.storage.read(read)


async def test_who_makes_it_private_is_offered_the_team_that_takes_such_matters(office: Office) -> None:
    await office.types("cleo", "/desk notify direct", channel="team-it")
    root = await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk assign IT-1 @cleo", channel="team-it")
    await office.says("ana", "help-it", "She calls me names", thread=root)
    assert "calls me names" in str(await office.sees("cleo", "@cleo"))
    await office.types("cleo", "/desk note IT-1 She means Tom", channel="team-it")
    await office.types("bo", "/desk add IT-1 @lee", channel="team-it")
    offered = await reply_of(office, "ana", "/ticket private IT-1")
    assert labels(offered) == [SEND, LEAVE]
    sent = await office.presses_private("ana", offered, 0, channel="help-it")
    told = shown(sent)
    assert said("answers.private_readers", team="People", people="Bo Berg and Lee Lund") in told

    seen = await office.everything_seen_by("cleo")
    assert not any(each in seen for each in (SECRET, "harass", "names", "Tom", "Ana Alves"))
    (stub,) = await office.sees("cleo", "team-it")
    assert said("team.open_card") not in plain(stub["content"]["text"]), "the card is out of sight as well"
    assert await office.reads("cleo", "team-it", thread=stub["id"]) == [
        said("team.transferred_by_requester", reference="IT-1", team="People")
    ]
    assert SECRET not in await office.types("cleo", "/desk show IT-1", channel="team-it")
    card = await office.card("bo", "team-people", "IT-1")
    assert card["content"]["excerpt"] == SECRET
    assert any("Tom" in each for each in await office.reads("bo", "team-people", thread=card["id"]))
    assert ("TicketTransferred", "web:ana") in await changes(office)

    again = await office.presses_private("ana", offered, 0, channel="help-it")
    assert said("refusals.already_with_team", reference="IT-1") in shown(again)
    back = await office.types("ana", "/ticket private IT-1 it")
    assert said("refusals.sent_by_now", reference="IT-1", team="People") in back
    assert said("refusals.already_private", reference="IT-1") in await office.types(
        "ana", "/ticket private IT-1"
    )


async def test_who_follows_it_for_the_former_team_alone_does_so_no_more(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk transfer IT-1 network", channel="team-it")
    await office.types("lee", "/desk add IT-1 @bo", channel="team-network")
    await office.types("ana", "/ticket add IT-1 @dan")
    answer = await office.types("ana", "/ticket private IT-1 people")
    assert said("answers.private_left", people="Cleo Chen") not in answer
    assert said("answers.private_invited", people="Dan Dietz") in answer
    assert SECRET not in await office.types("cleo", "/desk show IT-1", channel="team-network")
    assert SECRET in await office.types("dan", "/ticket show IT-1")


async def test_by_words_it_is_made_private_and_sent_at_once_by_its_requester_alone(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    wrong = await office.types("ana", "/ticket private IT-1 network")
    assert said("refusals.not_in_confidence", team="Network", reference="IT-1", teams="People") in wrong
    assert SECRET in await office.everything_seen_by("dan")
    command = "/desk transfer IT-1"
    assert said("refusals.only_requester_sends", reference="IT-1", command=command) in await office.types(
        "bo", "/ticket private IT-1 people", channel="team-it"
    )
    await office.types("dan", "/ticket private IT-1 people")
    assert SECRET in await office.everything_seen_by("cleo")
    answer = await office.types("ana", "/ticket private IT-1 people")
    assert said("answers.private_sent", reference="IT-1", team="People", former="Service Desk") in answer
    for each in ("dan", "cleo"):
        assert SECRET not in await office.everything_seen_by(each)
    assert [each for each, _ in await changes(office)].count("TicketTransferred") == 1


async def test_whose_request_an_agent_makes_private_is_asked_once_where_it_goes_on(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk private IT-1", channel="team-it")
    (root,) = await office.sees("ana", "@ana")
    thread = await office.sees_thread("ana", "@ana", root["id"])
    (offer,) = [
        each for each in thread if SEND in [one["label"] for one in each["content"].get("buttons", [])]
    ]
    left = await office.presses("ana", offer, LEAVE)
    assert said("answers.private_stays", reference="IT-1", team="Service Desk") in shown(left)
    assert SEND not in str(await office.sees_thread("ana", "@ana", root["id"]))
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["excerpt"] == SECRET


async def test_what_was_offered_goes_once_an_agent_gave_it_to_another_team(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk private IT-1", channel="team-it")
    (root,) = await office.sees("ana", "@ana")
    assert SEND in str(await office.sees_thread("ana", "@ana", root["id"]))
    asked = await reply_of(office, "bo", "/desk transfer IT-1 network", channel="team-it")
    await office.presses_private("bo", asked, 0, channel="team-it")
    assert SEND not in str(await office.sees_thread("ana", "@ana", root["id"]))
    late = await office.types("ana", "/ticket private IT-1 people")
    assert said("refusals.sent_by_now", reference="IT-1", team="Network") in late


async def test_at_a_browser_it_is_made_private_and_sent_likewise(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", SECRET)
        page = await ana.opens("/requests/IT-1")
        assert SEND not in words_of(page.text)
        await ana.sends(page, "/requests/IT-1/private")
        page = await ana.opens("/requests/IT-1")
        assert SEND in words_of(page.text)
        forged = await ana.sends(page, "/requests/IT-1/private", team="network")
        assert forged.status == 422
        page = await ana.opens("/requests/IT-1")
        sent = await ana.sends(page, "/requests/IT-1/private", team="people")
        assert sent.status == 303
        assert SEND not in await ana.reads("/requests/IT-1")
        assert (await office.card("bo", "team-people", "IT-1"))["content"]["excerpt"] == SECRET


@pytest.mark.parametrize(("words", "offers"), [("My chair is broken", False), ("My payslip is wrong", True)])
async def test_where_no_inbox_is_private_its_words_alone_say_who_takes_it(
    folder: Path, tmp_path: Path, words: str, offers: bool
) -> None:
    text = DESK.read_text("utf-8").replace(", private: true}\n  lounge", "}\n  lounge")
    rule = "    - {name: desk, when: {inbox: help-it}, team: it}\n"
    config = tmp_path / "desk.yaml"
    config.write_text(text.replace("  rules:\n", f"  rules:\n{rule}"), "utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", words)
        reply = await reply_of(office, "ana", "/ticket private IT-1")
        assert (SEND in str(reply)) is offers


@pytest.mark.parametrize(
    ("when", "offers"),
    [
        ("private: true, words: [manager]", True),
        ("private: true", False),
        ("words: [chair]", False),
    ],
)
async def test_who_asks_in_public_what_a_team_takes_in_private_alone_is_told_who_reads_it(
    folder: Path, tmp_path: Path, when: str, offers: bool
) -> None:
    rule = f"    - {{name: in_private, when: {{{when}}}, team: people}}\n"
    config = tmp_path / "desk.yaml"
    config.write_text(DESK.read_text("utf-8").replace("  rules:\n", f"  rules:\n{rule}"), "utf-8")
    replies: list[dict[str, Any]] = []
    async with open_office(folder, config=config) as office:
        async with office.page_of("ana", replies):
            root = await office.says("ana", "help-it", SECRET)
            await office.says("ana", "help-it", "My manager says that it is urgent", thread=root)
            await office.says("ana", "help-it", "My mouse is dead")
        make_private = said("requester.button_make_private")
        assert [labels(each) for each in replies] == ([[make_private]] if offers else [])
        typed = await reply_of(
            office, "ana", "/ticket open The manager of floor 2 bullies me", channel="help-it"
        )
        assert (said("requester.who_may_read") == shown(typed)) is offers
        if offers:
            asked = await office.presses_private("ana", replies[0], 0, channel="help-it")
            assert asked is not None
            assert SEND in labels(asked)


@pytest.fixture
async def in_the_open(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """A desk whose rule gives matters of a private inbox's team to it, and keeps nothing private."""
    config = tmp_path / "desk.yaml"
    config.write_text(DESK.read_text("utf-8").replace("team: people, private: true", "team: people"), "utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def test_who_asks_in_public_what_goes_to_a_private_inboxes_team_may_keep_it_private(
    in_the_open: Office,
) -> None:
    replies: list[dict[str, Any]] = []
    async with in_the_open.page_of("ana", replies):
        await in_the_open.says("ana", "help-it", "The payslip of May is wrong")
        await in_the_open.says("ana", "help-it", "My mouse is dead")
    assert [labels(each) for each in replies] == [[said("requester.button_make_private")]]
    assert "payslip" in await in_the_open.everything_seen_by("dan")
    await in_the_open.presses_private("ana", replies[0], 0, channel="help-it")
    assert "payslip" not in await in_the_open.everything_seen_by("dan")


async def test_who_asks_where_one_team_gets_all_of_it_is_asked_nothing(folder: Path, tmp_path: Path) -> None:
    text = DESK.read_text("utf-8").replace("inbox: [help-hr, hr-private]", "inbox: [help-hr]")
    text = text.replace("team: people, private: true", "team: people")
    rule = "    - {name: hr, when: {inbox: hr-private}, team: people}\n"
    config = tmp_path / "desk.yaml"
    config.write_text(text.replace("  rules:\n", f"  rules:\n{rule}"), "utf-8")
    async with open_office(folder, config=config) as office, office.page_of("ana") as told:
        await office.says("ana", "help-hr", "Where do I park?")
    assert told == []


async def test_what_goes_to_such_a_team_later_is_offered_privacy_in_its_thread_until_it_goes_on(
    office: Office,
) -> None:
    root = await office.says("ana", "help-it", SECRET)
    chair = await office.says("dan", "help-it", "My chair is broken")
    for reference in ("IT-1", "IT-2"):
        await office.types("bo", f"/desk transfer {reference} people", channel="team-it")
    make_private = said("requester.button_make_private")

    async def offers(thread: str) -> list[dict[str, Any]]:
        seen = await office.sees_thread("dan", "help-it", thread)
        return [each for each in seen if make_private in str(each["content"])]

    (offer,) = await offers(root)
    told = said("requester.moved_open", reference="IT-1", team="People", command="/ticket private IT-1")
    assert plain(offer["content"]["text"]) == told
    refused = await office.presses("dan", offer, make_private)
    assert refused is not None
    assert SECRET in await office.everything_seen_by("dan")
    await office.presses("ana", offer, make_private)
    assert SECRET not in await office.everything_seen_by("dan")

    assert len(await offers(chair)) == 1
    await office.types("bo", "/desk transfer IT-2 network", channel="team-people")
    assert await offers(chair) == []
    await office.types("cleo", "/desk transfer IT-2 it", channel="team-network")
    assert await offers(chair) == []
