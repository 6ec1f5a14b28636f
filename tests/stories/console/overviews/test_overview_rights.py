"""Team, Figures, Knowledge and Outbox for everybody who might open them, and what they cost."""

from pathlib import Path
from threading import get_ident

from bot.documents.console.team.team_reader import FEWEST, boards_of
from bot.ports.unit_of_work import UnitOfWork
from storage.engine.sqlite import SqliteSession
from tests.stories.console.console_visit import console_visit
from tests.stories.desk_files import DESK
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal

FOR_AGENTS = (
    "/console/team",
    "/console/figures",
    "/console/figures/export?report=inboxes",
    "/console/knowledge",
)
FOR_LEADS = ("/console/health",)
FOR_ADMINS = ("/console/settings", "/console/settings/versions", "/console/settings/entry?of=team&name=it")


async def test_a_team_that_is_not_theirs_is_on_no_page_of_an_agent(folder: Path) -> None:
    async with (
        open_portal(folder) as office,
        console_visit(office, "cleo") as cleo,
        console_visit(office, "lee") as lee,
    ):
        await office.says("ana", "help-hr", "My payslip is wrong")
        for place in FOR_AGENTS:
            shown = await cleo.reads(place)
            assert "payslip" not in shown
            assert "People" not in shown, place
        assert FOR_ADMINS[0] not in (await cleo.opens("/console/team")).text
        for place in (*FOR_LEADS, *FOR_ADMINS):
            assert (await lee.opens(place)).status == 200, place
        assert (await lee.opens("/console/settings/versions/1")).status == 404


async def test_who_may_not_cannot_plan_for_others(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        page = await bo.opens("/console/team")
        sent = await bo.sends(page, "/console/team/away", person="web:cleo", until="2026-03-06T18:00")
        assert sent.status == 422
        assert 'value="2026-03-06T18:00"' in sent.text
        assert "Cleo Chen" not in await office.types("lee", "/desk on-call")


async def statements_of(office: Office) -> int:
    fetch, sent, reads = SqliteSession._fetch, list[str](), set[int]()

    def noted(self: SqliteSession, sql: str, parameters: dict[str, object]) -> object:
        if get_ident() in reads:
            sent.append(sql)
        return fetch(self, sql, parameters)

    lee = next(each for each in office.desk.in_force.configuration.workspace.people if each.id == "lee")

    def read(uow: UnitOfWork) -> None:
        reads.add(get_ident())
        try:
            boards_of(office.desk.contexts.context(uow, lee.as_person()))
        finally:
            reads.clear()

    SqliteSession._fetch = noted  # type: ignore[assignment,method-assign]
    try:
        await office.desk.storage.read(read)
    finally:
        SqliteSession._fetch = fetch  # type: ignore[method-assign]
    return len(sent)


async def test_more_tickets_cost_no_more_statements(folder: Path) -> None:
    async with open_portal(folder) as office:
        for number in range(FEWEST):  # with fewer at risk, it is also looked for what is due later
            await office.says("ana", "help-it", f"The printer {number} jams")
        await office.types("bo", "/desk claim IT-1")
        await office.passes(hours=1)
        few = await statements_of(office)
        for number in range(8):
            await office.says("dan", "help-it", f"The printer jams, copy {number}")
        await office.types("cleo", "/desk claim IT-2")
        await office.passes(hours=1)
        assert await statements_of(office) == few


async def test_an_administrator_of_no_team_opens_figures_and_the_outbox(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8").replace("  admins: [web:lee]", "  admins: [web:dan]")
    config.write_text(text, encoding="utf-8")
    async with open_portal(folder, config=config) as office, console_visit(office, "dan") as dan:
        await office.says("ana", "help-it", "The printer jams")
        assert (await dan.opens("/console")).location == "/console/figures"
        for place in (
            *FOR_AGENTS[1:2],
            *FOR_LEADS,
            *FOR_ADMINS,
            "/console/figures?report=agents&team=people",
        ):
            assert (await dan.opens(place)).status == 200, place
        for place in ("/console/team", "/console/knowledge"):
            assert (await dan.opens(place)).status == 403, place
