"""Each address of the console, opened by everybody who might: what is not theirs is answered as what there is not."""

from contextlib import AsyncExitStack
from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit
from tests.stories.portal.portal_visit import KEY, open_portal, portal_visit
from tests.stories.portal.test_nothing_leaks import without_key

PLACES = (
    "/console/tickets",
    "/console/tickets/IT-1",
    "/console/tickets/IT-1/files/{digest}",
    "/console/do?verb=desk+who&ticket=IT-1",
    "/console/verbs?ticket=IT-1",
)
SENT = (
    "/console/rows",
    "/console/columns",
    "/console/bulk",
    "/console/closed",
    "/console/do?verb=desk+claim&ticket=IT-1",
)


async def test_each_address_for_everybody(folder: Path) -> None:
    async with open_portal(folder) as office, AsyncExitStack() as visits:
        await office.sends_file("ana", "help-hr", "My payslip is wrong", name="slip.txt", content=b"slip")
        await office.types("bo", "/desk note IT-1 Ask the bank about the crown jewels")
        await office.types("ana", "/ticket add IT-1 @dan")
        people: dict[str, ConsoleVisit] = {
            who: await visits.enter_async_context(console_visit(office, who)) for who in ("bo", "cleo", "lee")
        }
        page = await people["bo"].opens("/console/tickets/IT-1")
        digest = page.text.partition("/console/tickets/IT-1/files/")[2].partition('"')[0]
        statuses = {
            place: {
                who: (await each.opens(place.format(digest=digest))).status for who, each in people.items()
            }
            for place in PLACES[:3]
        }
        assert statuses == {
            PLACES[0]: {"bo": 200, "cleo": 200, "lee": 200},
            PLACES[1]: {"bo": 200, "cleo": 404, "lee": 200},
            PLACES[2]: {"bo": 200, "cleo": 404, "lee": 200},
        }

        cleo = people["cleo"]
        there, nothing = await cleo.opens(PLACES[1]), await cleo.opens("/console/tickets/IT-99")
        assert (there.status, without_key(there.text)) == (nothing.status, without_key(nothing.text))
        for verb in ("desk claim", "desk note", "desk who", "desk sla", "desk history", "ticket show"):
            for sent in ("", "&pressed=1"):
                token = nothing.token or (await cleo.opens("/console/tickets")).token
                answers = [
                    await cleo.browser.sends(
                        f"/console/do?verb={verb.replace(' ', '+')}&ticket={ticket}{sent}",
                        token=token,
                        **{"f-text": "x"},
                    )
                    for ticket in ("IT-1", "IT-9")
                ]
                told = [KEY.sub("", without_key(each.text)).replace("IT-1", "IT-9") for each in answers]
                assert (answers[0].status, told[0]) == (answers[1].status, told[1]), (verb, sent)
        assert "jewels" not in await cleo.reads("/console/tickets?q=payslip")
        assert said("console.none") in await cleo.reads("/console/tickets?q=payslip")
        offered = {each["verb"] for each in (await cleo.asks("/console/verbs?ticket=IT-1"))["verbs"]}
        none = {each["verb"] for each in (await cleo.asks("/console/verbs?ticket=IT-99"))["verbs"]}
        assert offered == none
        token = (await cleo.opens("/console/tickets")).token
        rows = await cleo.asks_rows("/console/rows", shown=["IT-1"], others=["IT-1"], token=token)
        assert rows == {"rows": {}, "gone": ["IT-1"], "fresh": [], "announced": ""}

        added = (await office.types_for_reply("bo", "/desk add IT-1 @cleo", channel="team-people"))["reply"]
        await office.presses_private("bo", added, 0, channel="team-people")
        followed = await cleo.opens(PLACES[1])
        assert (followed.status, "jewels" in followed.text) == (200, True)


async def test_requesters_nobody_and_ended_sessions_get_in_nowhere(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        async with portal_visit(office, "ana") as ana:
            token = (await ana.opens("/account")).token
            assert said("sign_in.account_console") not in await ana.reads("/account")
            for place in ("/console", "/console/tickets", "/console/tickets/IT-1", "/console/live"):
                assert (await ana.opens(place)).status == 403, place
            claimed = await ana.browser.sends(SENT[-1] + "&pressed=1", token=token, key="12345678")
            assert claimed.status == 422
        assert said("sign_in.account_console") in await bo.reads("/account")
        token = (await bo.opens("/console/tickets")).token
        assert token
        for place in SENT:
            assert (await bo.browser.sends(place)).status == 403, place
        await bo.browser.sends("/account/sign-out", token=token)
        for place in PLACES:
            assert (await bo.opens(place.format(digest="0"))).location.startswith("/sign-in?next="), place
        for place in SENT:
            assert (await bo.browser.sends(place, token=token)).status == 401, place
        ticket = await office.card("bo", "team-it", "IT-1")
        assert ticket["content"]["state"] == "new"
