"""Each address of the pages for requesters, opened by everybody who might: nothing of anybody else's is told."""

from contextlib import AsyncExitStack
from pathlib import Path

from tests.said import said
from tests.stories.portal.portal_visit import PortalVisit, open_portal, portal_visit

READ = ("/requests/IT-1", "/requests/IT-1/files/{digest}")
DEEDS = ("reply", "close", "reopen", "rate")


async def test_what_is_somebody_elses_is_answered_as_what_there_is_not(folder: Path) -> None:
    async with open_portal(folder) as office, AsyncExitStack() as visits:
        asked = await office.says("ana", "help-it", "My printer jams")
        await office.sends_file("ana", "help-it", "A photo", name="jam.txt", content=b"jam", thread=asked)
        await office.types("ana", "/ticket add IT-1 @dan")
        people: dict[str, PortalVisit] = {
            who: await visits.enter_async_context(portal_visit(office, who))
            for who in ("ana", "dan", "bo", "cleo")
        }
        page = await people["ana"].opens("/requests/IT-1")
        digest = page.text.partition("/requests/IT-1/files/")[2].partition('"')[0]

        for path in READ:
            statuses = {
                who: (await each.opens(path.format(digest=digest))).status for who, each in people.items()
            }
            assert statuses == {"ana": 200, "dan": 200, "bo": 404, "cleo": 404}, path
        assert (await people["ana"].opens("/requests/IT-1/files/0")).status == 404

        for who in ("bo", "cleo"):
            visit = people[who]
            token = (await visit.opens("/account")).token
            there = await visit.opens("/requests/IT-1")
            for other in ("IT-99", "it", "IT-", "IT-99999999999999999999", "%00"):
                nothing = await visit.opens(f"/requests/{other}")
                assert (nothing.status, without_key(nothing.text)) == (404, without_key(there.text)), other
            for deed in DEEDS:
                mine = await visit.browser.sends(f"/requests/IT-1/{deed}", token=token, **{"f-text": "x"})
                none = await visit.browser.sends(f"/requests/IT-99/{deed}", token=token, **{"f-text": "x"})
                assert (mine.status, without_key(mine.text)) == (404, without_key(none.text)), deed
            assert said("portal.none_found") in await visit.reads("/requests?q=printer")
            assert said("portal.none_yet") in await visit.reads("/requests")

        dan = people["dan"]
        shared = await dan.opens("/requests/IT-1")
        assert said("portal.asked_by", name="Ana Alves") in await dan.reads("/requests")
        assert 'action="/requests/IT-1/close"' not in shared.text
        refused = await dan.browser.sends("/requests/IT-1/close", token=shared.token)
        assert refused.status == 422
        await dan.sends(shared, "/requests/IT-1/reply", text="Mine jams as well")
        assert "Mine jams as well" in await people["ana"].reads("/requests/IT-1")


async def test_who_is_not_signed_in_is_sent_to_sign_in_and_changes_nothing(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "My printer jams")
        page = await ana.opens("/requests/IT-1")
        kept = dict(ana.browser.cookies)
        await ana.browser.sends("/account/sign-out", token=page.token)
        for cookies in ({}, kept):
            ana.browser.cookies = dict(cookies)
            for path in ("/requests", "/requests/new", "/requests/IT-1", "/requests/IT-1/files/0"):
                sent = await ana.opens(path)
                assert (sent.status, sent.location.partition("=")[0]) == (303, "/sign-in?next")
            for path in (
                "/requests/new",
                "/requests/answers",
                "/requests/IT-1/reply",
                "/requests/IT-1/close",
            ):
                assert (await ana.browser.sends(path, token=page.token, **{"f-text": "x"})).status in (
                    401,
                    403,
                )
        assert (await office.types("ana", "/ticket list")).count("IT-1") == 1


async def test_a_form_of_another_site_changes_nothing(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "My printer jams")
        page = await ana.opens("/requests/IT-1")
        assert (await ana.browser.sends("/requests/IT-1/close", token="0")).status == 403
        evil = await ana.browser.sends_from("http://evil.example", "/requests/IT-1/close", token=page.token)
        assert evil.status == 403
        assert "IT-1" in await office.types("ana", "/ticket list")


def without_key(page: str) -> str:
    """Without the name of whoever reads it, which stands in its frame."""
    return page.partition("<main")[2]
