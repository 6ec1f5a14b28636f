"""Somebody reads their own requests at a browser, and nothing of anybody else's."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.ports.unit_of_work import UnitOfWork
from bot.text.instants import time_of_day
from tests.said import said
from tests.stories.portal.portal_visit import open_portal, portal_visit, words_of


async def test_ana_finds_her_requests_and_reads_one(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        empty = await ana.opens("/requests")
        assert said("portal.none_yet") in words_of(empty.text)
        assert "default-src 'none'" in empty.headers["Content-Security-Policy"]
        assert "<script" not in empty.text

        asked = await office.says(
            "ana", "help-it", "The <b>printer</b> jams, see https://acme.example/p?a=1&b=2."
        )
        await office.types("bo", "/desk reply IT-1 Open the <i>lid</i>")
        await office.types("bo", "/desk note IT-1 She always says that")
        await office.sends_file("ana", "help-it", "A photo", name="jam.txt", content=b"jam", thread=asked)
        await office.says("dan", "help-it", "My own mouse is dead")

        mine = await ana.reads("/requests")
        assert "The <b>printer</b> jams" in mine
        assert said("portal.state_open") in mine or said("portal.state_new") in mine
        assert "mouse" not in mine

        page = await ana.opens("/requests/IT-1")
        read = words_of(page.text)
        for each in ("Open the <i>lid</i>", "A photo", "jam.txt", "Bo Berg"):
            assert each in read
        assert "She always says" not in page.text
        assert "<b>" not in page.text
        assert 'href="https://acme.example/p?a=1&amp;b=2"' in page.text
        address = page.text.partition('href="/requests/IT-1/files/')[2].partition('"')[0]
        file = await ana.opens(f"/requests/IT-1/files/{address}")
        assert (file.status, file.text) == (200, "jam")
        assert "attachment" in file.headers["Content-Disposition"]

        found = await ana.reads("/requests?q=printer")
        assert "IT-1" in found
        assert said("portal.none_found") in await ana.reads("/requests?q=bicycle")
        assert (await ana.opens("/requests?q=status%3Anonsense")).status == 200


async def test_pages_of_many_requests_have_ways_to_the_others(folder: Path) -> None:
    async with open_portal(folder) as office:
        with office.without_waiting():
            for number in range(17):
                await office.types("ana", f"/ticket open Lamp {number} flickers")
        await office.settle()
        async with portal_visit(office, "ana") as ana:
            first = await ana.opens("/requests")
            assert first.text.count('class="number"') == 15
            assert 'href="/requests?open=2&amp;closed=1"' in first.text
            assert (await ana.opens("/requests?open=2")).text.count('class="number"') == 2
            assert (await ana.opens("/requests?open=99999")).text.count('class="number"') == 2


async def test_each_reads_it_in_their_own_language(folder: Path) -> None:
    async with open_portal(folder) as office:
        await office.says("ana", "help-it", "The printer jams")

        def reads_german(uow: UnitOfWork) -> None:
            person = uow.people.find("web:ana")
            assert person is not None
            uow.people.remember(replace(person, language="de"))

        async with portal_visit(office, "ana") as ana:
            await office.desk.storage.run(reads_german)
            page = await ana.opens("/requests/IT-1")
            assert '<html lang="de">' in page.text
            for key in ("portal.state_new", "portal.write_label", "requester.button_withdraw"):
                assert said(key, language="de") in words_of(page.text)
            facts = {"reference": "IT-1", "team": "Service Desk"}
            assert said("requester.received", language="de", **facts) in words_of(page.text).replace(
                " :", ":"
            )


async def test_who_has_no_time_zone_reads_all_times_in_the_teams_and_its_name_once(folder: Path) -> None:
    def has_none(uow: UnitOfWork) -> None:
        person = uow.people.find("web:ana")
        assert person is not None
        uow.people.remember(replace(person, time_zone=None))

    zone = said("portal.times_in", zone="Europe/Berlin")
    async with open_portal(folder) as office:
        await office.says("ana", "help-hr", "My payslip is wrong")
        asked_at = office.desk.clock.now()
        async with portal_visit(office, "ana") as ana:
            assert zone not in await ana.reads("/requests/IT-1")
            await office.desk.storage.run(has_none)
            for path in ("/requests", "/requests/IT-1"):
                read = await ana.reads(path)
                assert read.count(zone) == 1
                assert not {"CET)", "CEST)", "UTC"} & set(read.split())
                assert time_of_day(asked_at, zone=ZoneInfo("Europe/Berlin"), language="en") in read


async def test_what_was_said_with_a_resolution_reads_as_it_was_changed_and_goes_when_taken_back(
    folder: Path,
) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "The printer jams")
        await office.types("bo", "/desk resolve IT-1 I cleaned the rollex")
        await office.types("bo", "/desk edit IT-1 I cleaned the roller")
        page = await ana.reads("/requests/IT-1")
        assert "I cleaned the roller" in page
        assert said("transcripts.label_resolution_edited") in page
        assert "rollex" not in page
        await office.types("bo", "/desk recall IT-1")
        page = await ana.reads("/requests/IT-1")
        assert "I cleaned" not in page
        assert said("portal.state_resolved") in page


async def test_a_reply_that_was_taken_back_leaves_no_trace(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "The printer jams")
        before = await ana.reads("/requests/IT-1")
        await office.types("bo", "/desk reply IT-1 Wrong ticket, sorry")
        assert "Bo Berg" in await ana.reads("/requests/IT-1")
        await office.types("bo", "/desk recall IT-1")
        page = await ana.reads("/requests/IT-1")
        for gone in ("Wrong ticket", said("transcripts.label_reply_deleted")):
            assert gone not in page, before
