"""Forms of the console: what is refused stays, what is sent twice is done once, and many tickets change at once."""

import html
import re
from pathlib import Path

import pytest

from bot.documents.console import ticket_table
from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.bulk_changes.test_bulk import works
from tests.stories.console.console_visit import ConsoleVisit, console_visit, do
from tests.stories.office import Office
from tests.stories.portal.portal_visit import hidden_fields, open_portal, words_of
from tests.stories.replies.desk_that_holds import holding

NOTE, REPLY = do("desk note", "IT-1"), do("desk reply", "IT-1")
ACTION = re.compile(r'action="(/console/do\?verb=([^&"]+)[^"]*)"')


async def notes_of(office: Office) -> list[str]:
    def read(uow: UnitOfWork) -> list[str]:
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        return [each.text for each in uow.messages.of_ticket(ticket.id)]

    return await office.desk.storage.read(read)


async def test_what_is_refused_is_shown_with_what_was_typed_and_twice_sent_is_once_done(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        page = await bo.opens("/console/tickets/IT-1")
        for _ in range(2):
            sent = await bo.sends(page, NOTE, text="Tray 2 <b>again</b>")
            assert sent.status == 303
        assert (await notes_of(office)).count("Tray 2 <b>again</b>") == 1
        shown = await bo.opens("/console/tickets/IT-1")
        assert "Tray 2 &lt;b&gt;again&lt;/b&gt;" in shown.text

        empty = await bo.sends(page, REPLY, text=" ")
        assert (empty.status, said("portal.refused_title") in words_of(empty.text)) == (422, True)
        form = await bo.opens(html.unescape(do("desk assign", "IT-1")))
        refused = await bo.sends(form, do("desk assign", "IT-1"), person="nobody at all")
        assert refused.status == 422
        assert "nobody at all" in html.unescape(refused.text)
        claims = await bo.opens(html.unescape(do("desk claim", "IT-1")))
        assert claims.status == 200
        assert (await bo.opens("/console/do?verb=desk+nothing")).status == 404
        away = await bo.opens("/console/do?verb=desk+claim&ticket=IT-1&back=//evil.example")
        assert "evil" not in away.text


async def presses(bo: ConsoleVisit, page: str, verb: str, **typed: str) -> str:
    """The button or form of that page that does this; returns what comes of it."""
    action = next(to for to, named in ACTION.findall(page) if named.replace("+", " ") == verb)
    fields = {**hidden_fields(page, action), **{f"f-{name}": value for name, value in typed.items()}}
    answer = await bo.browser.sends(html.unescape(action), **fields)
    await bo._office.settle()
    if answer.status == 303:
        answer = await bo.opens(answer.location)
    return answer.text


async def test_picked_tickets_change_together_after_a_preview_and_back_again(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        for number in range(3):
            await office.says("ana", "help-it", f"Request {number}")
        nothing = await bo.opens("/console/do?verb=desk+bulk-undo")
        assert said("bulk.nothing_to_undo") in words_of(nothing.text)
        page = await bo.opens("/console/tickets")
        fields = {**hidden_fields(page.text, "/console/bulk"), "which": "picked"}
        chosen = await bo.browser.sends("/console/bulk", **fields, pick="IT-1 IT-3")
        assert chosen.status == 200
        link = next(
            html.unescape(each)
            for each in re.findall(r'href="(/console/do[^"]+)"', chosen.text)
            if "bulk-tag" in each
        )
        form = await bo.opens(link)
        preview = await presses(bo, form.text, "desk bulk-tag", tags="printer")
        assert "IT-1" in preview
        begun = await presses(bo, preview, "desk bulk-run")
        assert said("bulk.shown_here") in words_of(begun)
        await works(office)
        done = await presses(bo, begun, "desk bulk-state")
        assert said("bulk.done", count=2) in words_of(done)
        tagged = words_of((await bo.opens("/console/tickets?q=tag:printer")).text)
        assert ("IT-1" in tagged, "IT-2" in tagged, "IT-3" in tagged) == (True, False, True)
        sure = await bo.opens("/console/do?verb=desk+bulk-undo")
        assert said("bulk.undo_asks", count=2) in words_of(sure.text)
        undone = await presses(bo, sure.text, "desk bulk-undo")
        assert said("bulk.shown_here") in words_of(undone)
        await works(office)
        assert said("bulk.undone", count=2) in words_of(await presses(bo, undone, "desk bulk-state"))
        assert said("console.none") in await bo.reads("/console/tickets?q=tag:printer")


async def test_columns_are_kept_and_a_search_that_means_nothing_says_so(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        page = await bo.opens("/console/tickets")
        token = {"token": page.token, "key": "12345678"}
        kept = await bo.browser.sends("/console/columns", **token, **{"f-columns": "due,opened,nonsense"})
        assert kept.location == "/console/tickets"
        table = (await bo.opens("/console/tickets")).text
        assert re.findall(r'<th scope="col" data-column="(\w+)"', table) == ["due", "opened"]
        wrong = await bo.opens("/console/tickets?q=status:nonsense")
        assert (wrong.status, 'role="alert"' in wrong.text) == (200, True)
        assert 'value="status:nonsense"' in wrong.text
        for asked in ("page=9", "order=oldest", "view=mine", "view=none-such", "q=%00"):
            assert (await bo.opens(f"/console/tickets?{asked}")).status == 200, asked


async def test_pages_follow_one_another_and_lead_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticket_table, "LISTED", 2)
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        for number in range(5):
            await office.says("ana", "help-it", f"Request {number}")
        for search in ("", "request"):
            address, seen = f"/console/tickets?q={search}", list[str]()
            while address:
                page = (await bo.opens(address)).text
                seen += re.findall(r'id="row-(IT-\d)"', page)
                following = re.search(r'rel="next" href="([^"]+)"', page)
                address = html.unescape(following[1]) if following else ""
            assert sorted(seen) == ["IT-1", "IT-2", "IT-3", "IT-4", "IT-5"], search
            back = re.search(r'rel="prev" href="([^"]+)"', page)
            assert back is not None
            assert len(re.findall(r'id="row-', (await bo.opens(html.unescape(back[1]))).text)) == 2


async def test_who_begins_to_write_is_said_to_colleagues(folder: Path) -> None:
    async with (
        open_portal(folder) as office,
        console_visit(office, "bo") as bo,
        console_visit(office, "cleo") as cleo,
    ):
        await office.says("ana", "help-it", "My mouse is dead")
        opened = await cleo.asks(html.unescape(REPLY))
        assert "f-text" in opened["part"]
        empty = await cleo.sends(await cleo.opens("/console/tickets/IT-1"), REPLY, text=" ")
        lacking, label = said("commands.desk_reply_text_missing"), said("commands.desk_reply_text_label")
        assert (lacking in words_of(empty.text), f"{label}: " in words_of(empty.text)) == (True, False)
        writes_now = said("answers.writes_reply_now", name="Cleo Chen")
        assert writes_now not in await bo.reads("/console/tickets/IT-1")
        await cleo.asks(f"{html.unescape(REPLY)}&typed=1")
        await office.settle()
        writes = said("answers.writes_reply_now", name="Cleo Chen")
        assert writes in await bo.reads("/console/tickets/IT-1")
        assert writes in words_of("<body>" + (await bo.asks(html.unescape(REPLY)))["part"])
        token = (await cleo.opens("/console/tickets/IT-1")).token
        closed = await cleo.browser.sends("/console/closed?verb=desk+reply&ticket=IT-1", token=token)
        assert closed.status == 204
        await office.settle()
        assert writes not in await bo.reads("/console/tickets/IT-1")


async def test_a_reply_that_is_held_back_can_be_taken_back(folder: Path, tmp_path: Path) -> None:
    async with (
        open_portal(folder, config=holding(tmp_path)) as office,
        console_visit(office, "bo") as bo,
    ):
        root = await office.says("ana", "help-it", "My mouse is dead")
        page = await bo.opens("/console/tickets/IT-1")
        sent = await bo.sends(page, REPLY, text="Buy one yourself")
        assert sent.status == 303
        told = await bo.opens(sent.location)
        form = await presses(bo, told.text, "desk unsend")
        assert ">\nBuy one yourself</textarea>" in form
        await office.passes(minutes=1)
        assert len(await office.reads("ana", "help-it", thread=root)) == 1
        assert said("answers.button_take_back") not in (await bo.opens(sent.location)).text

        fields = {**hidden_fields(page.text, REPLY), "f-text": "It is on its way"}
        answer = await bo.browser.sends(html.unescape(REPLY), **fields)
        assert answer.status == 303
        await office.passes(minutes=1)
        assert len(await office.reads("ana", "help-it", thread=root)) == 2
