"""What is somebody else's is answered as what there is not, and whoever follows it goes on with it."""

from pathlib import Path

from tests.said import said
from tests.stories.portal.portal_visit import open_portal, portal_visit


async def test_no_number_that_somebody_may_think_of_is_answered_otherwise(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My printer jams")
        there = await bo.opens("/requests/IT-1")
        for other in ("IT-99", "it", "IT-", "IT-99999999999999999999", "%00"):
            nothing = await bo.opens(f"/requests/{other}")
            assert (nothing.status, without_key(nothing.text)) == (404, without_key(there.text)), other
        assert said("portal.none_found") in await bo.reads("/requests?q=printer")
        assert said("portal.none_yet") in await bo.reads("/requests")


async def test_who_follows_a_request_answers_it_and_does_not_close_it(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "dan") as dan:
        await office.says("ana", "help-it", "My printer jams")
        await office.types("ana", "/ticket add IT-1 @dan")
        shared = await dan.opens("/requests/IT-1")
        assert said("portal.asked_by", name="Ana Alves") in await dan.reads("/requests")
        assert 'action="/requests/IT-1/close"' not in shared.text
        refused = await dan.browser.sends("/requests/IT-1/close", token=shared.token)
        assert refused.status == 422
        await dan.sends(shared, "/requests/IT-1/reply", text="Mine jams as well")
        async with portal_visit(office, "ana") as ana:
            assert "Mine jams as well" in await ana.reads("/requests/IT-1")


def without_key(page: str) -> str:
    """Without the name of whoever reads it, which stands in its frame."""
    return page.partition("<main")[2]
