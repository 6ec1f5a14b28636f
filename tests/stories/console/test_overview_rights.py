"""Team, Figures, Knowledge and Outbox for everybody who might open them, and what they cost."""

from contextlib import AsyncExitStack
from pathlib import Path
from threading import get_ident

from bot.documents.console.team.team_reader import FEWEST, boards_of
from bot.ports.unit_of_work import UnitOfWork
from storage.engine.sqlite import SqliteSession
from tests.stories.console.console_visit import ConsoleVisit, console_visit
from tests.stories.desk_files import DESK
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, portal_visit

FOR_AGENTS = (
    "/console/team",
    "/console/figures",
    "/console/figures/export?report=inboxes",
    "/console/knowledge",
    "/console/knowledge/article?name=nothing",
    "/console/knowledge/picture?name=nothing&digest=0",
)
FOR_LEADS = ("/console/health",)
FOR_ADMINS = ("/console/settings", "/console/settings/versions", "/console/settings/entry?of=team&name=it")
OF_A_VERSION = ("/console/settings/versions/1", "/console/settings/versions/1/back")
SENT = (
    *("/console/team/cover", "/console/team/away", "/console/settings/preview", "/console/settings/save"),
    *("/console/settings/entry", "/console/settings/entry/remove", "/console/settings/entry/move"),
)


async def test_each_address_for_everybody(folder: Path) -> None:
    async with open_portal(folder) as office, AsyncExitStack() as visits:
        await office.says("ana", "help-hr", "My payslip is wrong")
        await office.types("ana", "/ticket add IT-1 @dan")
        await office.types("bo", "/desk claim IT-1")
        people: dict[str, ConsoleVisit] = {
            who: await visits.enter_async_context(console_visit(office, who)) for who in ("bo", "cleo", "lee")
        }
        for place in FOR_AGENTS:
            known = {"nothing": 404}.get(place.partition("name=")[2].partition("&")[0], 200)
            statuses = {who: (await each.opens(place)).status for who, each in people.items()}
            assert statuses == dict.fromkeys(people, known), place
        for place in (*FOR_LEADS, *FOR_ADMINS):
            statuses = {who: (await each.opens(place)).status for who, each in people.items()}
            assert statuses == {"bo": 403, "cleo": 403, "lee": 200}, place
        for place in OF_A_VERSION:
            statuses = {who: (await each.opens(place)).status for who, each in people.items()}
            assert statuses == {"bo": 403, "cleo": 403, "lee": 404}, place
        assert FOR_ADMINS[0] not in (await people["bo"].opens("/console/team")).text
        cleo = people["cleo"]
        for place in (*FOR_AGENTS[:4], "/console/team"):
            shown = await cleo.reads(place)
            assert "payslip" not in shown
            assert "People" not in shown, place

        async with portal_visit(office, "ana") as ana:
            token = (await ana.opens("/account")).token
            for place in (*FOR_AGENTS, *FOR_LEADS, *FOR_ADMINS):
                assert (await ana.opens(place)).status == 403, place
            for place in SENT:
                assert (await ana.browser.sends(place, token=token)).status == 403, place

        bo = people["bo"]
        token = (await bo.opens("/account")).token
        for place in SENT:
            assert (await bo.browser.sends(place)).status == 403, place
        for place in SENT[2:]:
            assert (await bo.browser.sends(place, token=token)).status == 403, place
        await bo.browser.sends("/account/sign-out", token=token)
        for place in (*FOR_AGENTS, *FOR_LEADS, *FOR_ADMINS):
            assert (await bo.opens(place)).location.startswith("/sign-in?next="), place
        for place in SENT:
            assert (await bo.browser.sends(place, token=token)).status == 401, place


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
