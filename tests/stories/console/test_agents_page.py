"""An agent's own tickets at the console: what their rows say, and what can be done from their page."""

import html
import re
from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import console_visit, do
from tests.stories.portal.portal_visit import open_portal


async def test_a_private_ticket_says_so_before_its_subject(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk private IT-1")
        page = (await bo.opens("/console/tickets/IT-1")).text
        assert ('class="lock"' in page, "🔒" in page) == (True, False)
        row = (await bo.opens("/console/tickets?q=is:private")).text.partition('id="row-IT-1"')[2]
        assert 0 < row.index('class="tag"') < row.index(">My mouse is dead<")


async def test_what_asks_before_it_does_anything_asks_at_once(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk reply IT-1 Which one?")
        await office.types("bo", "/desk macro new restart Please restart it")
        for verb in ("macro", "edit", "macro new"):
            page = await bo.opens(html.unescape(do(f"desk {verb}", "IT-1")))
            assert re.findall(r'data-kind="(\w+)"', page.text) == ["form"], verb
        macro = await bo.opens(html.unescape(do("desk macro", "IT-1")))
        assert 'name="f-macro"' in macro.text
        given = await bo.opens(html.unescape(do("desk macro", "IT-1")) + "&x-macro=restart")
        assert 'data-kind="confirm"' in given.text


async def test_more_actions_are_for_who_reads_them(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk claim IT-1")
        page = await bo.opens("/console/tickets/IT-1")
        assert html.escape(said("team.button_take_over", name="Bo Berg")) not in page.text
        made = await bo.sends(page, do("desk private", "IT-1", pressed=True))
        assert made.status == 303
        page = await bo.opens("/console/tickets/IT-1")
        assert said("console.private") in page.text
        assert said("commands.desk_private_submit") not in page.text
        async with console_visit(office, "cleo") as cleo:
            theirs = await cleo.opens("/console/tickets/IT-1")
        assert said("team.button_take_over", name="Bo Berg") in theirs.text


async def test_an_address_of_a_form_leads_to_its_page(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "lee") as lee:
        for form, page in (("team/away", "team"), ("columns", "tickets"), ("bulk", "tickets")):
            answer = await lee.opens(f"/console/{form}")
            assert (answer.status, answer.location) == (303, f"/console/{page}")


async def test_all_commands_on_ones_own_ticket_are_those_that_do_something_there(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        offered = (await bo.opens("/console/verbs?ticket=IT-1")).text
        assert '"desk claim"' in offered
        await office.types("bo", "/desk claim IT-1")
        offered = (await bo.opens("/console/verbs?ticket=IT-1")).text
        assert '"desk resolve"' in offered
        for verb in ("claim", "acknowledge-all", "snooze-all", "unsnooze-all"):
            assert f'"desk {verb}"' not in offered, verb
        form = (await bo.opens(html.unescape(do("desk snooze", "IT-1")))).text
        assert '<input type="text" id="f-until"' in form
        assert "<textarea" not in form


async def test_what_happened_meanwhile_is_one_line_among_what_was_said(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        assert 'class="folded"' not in (await bo.opens("/console/tickets/IT-1")).text
        await office.passes(hours=6)
        page = (await bo.opens("/console/tickets/IT-1")).text
        told, _, rest = page.partition('<details class="folded">')[2].partition("</details>")
        count = told.count('class="line event"')
        assert count > 2
        assert said("console.events_folded", count=count) in told
        assert 'class="line event"' in told
        assert "reply-text" in rest


async def test_who_follows_another_teams_ticket_is_offered_what_they_may_do(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "cleo") as cleo:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk transfer IT-1 network")
        async with console_visit(office, "bo") as bo:
            page = (await bo.opens("/console/tickets/IT-1")).text
            theirs = (await cleo.opens("/console/tickets/IT-1")).text
        for verb in ("reply", "claim", "resolve", "macro", "priority", "private"):
            assert [f"verb=desk+{verb}&" in each for each in (page, theirs)] == [False, True], verb
        assert 'id="note-text"' in page
        readers = said("console.note_for_others", team="Network", people="Bo Berg")
        assert [readers in each for each in (page, theirs)] == [True, True]


async def test_a_password_is_hidden_on_the_page_and_shown_when_asked_for(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My printer is locked")
        await office.says("ana", "help-it", "Here it is, password: hunter2secret!")
        await office.types("bo", "/desk claim IT-2")
        page = await bo.opens("/console/tickets/IT-2")
        assert "hunter2secret" not in page.text
        assert said("console.show_hidden") in page.text
        shown = await bo.opens(html.unescape(do("desk show", "IT-2")))
        assert "hunter2secret" in shown.text
        assert said("console.show_hidden") not in (await bo.opens("/console/tickets/IT-1")).text
