"""History from an older system: it comes in with its dates, and nobody is told until somebody works on it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import application
from bot.cli.actions.import_requests import ROWS_REJECTED
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import UnitOfWork
from tests.said import printed, said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown

OLD = """text,email,opened,category
My mouse is dead,ana@example.com,2025-01-10,Hardware
The printer burns,ana.example.com,2025-01-11,Hardware
No wifi,ana@example.com,2031-01-11,Hardware
My screen is dark,ana@example.com,2025-01-12,Hardwear
"""


ZENDESK = """Subject,Requester Email,Status
My mouse is dead,web:ana,Solved
The printer burns,ana@example.com,open
No wifi,dan@example.com,CLOSED
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A team that is alerted when nobody takes a request for ten minutes."""
    path = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    path.write_text(
        text.replace("    title: Service Desk\n", "    title: Service Desk\n    unclaimed_after: 10m\n")
    )
    return path


@pytest.fixture
async def office(folder: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setenv("DESKBELL_DATA_DIR", str(folder))
    monkeypatch.setenv("DESKBELL_CONFIG", str(config))
    async with open_office(folder, config=config) as office:
        yield office


async def imported(folder: Path, text: str, *words: str) -> Result:
    """What `deskbell import` says beside the running desk."""
    file = folder / "old.csv"
    file.write_text(text, encoding="utf-8")
    command = ["import", str(file), "--inbox", "help-it", *words]
    return await asyncio.to_thread(lambda: CliRunner().invoke(application(only="import"), command))


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
async def test_how_many_rows_were_finished_elsewhere_is_said(
    office: Office, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = await imported(tmp_path, ZENDESK, *words)
    assert printed("terminal.import_finished", count=2) in done.output
    assert done.exit_code == 0
    ticket = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert (ticket.requester if ticket is not None else "") == ("" if words else "web:ana")


AGED = """Subject,Requester Email,Status,Created at
My mouse is dead,web:ana,Solved,2020-01-10
The printer burns,no address,closed,2020-01-10
No wifi,web:ana,open,2020-01-11
My screen is dark,web:ana,open,2025-12-01
"""


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
async def test_rows_can_be_left_out_by_status_and_age_and_are_counted(
    office: Office, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = await imported(tmp_path, AGED, "--leave-out", "solved", "--leave-out", "2y", *words)
    assert printed("terminal.import_left_out_finished", count=2) in done.output
    assert printed("terminal.import_left_out_old", count=1) in done.output
    assert done.exit_code == 0, "what is wrong with a row that is left out is no fault"
    ticket = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert (ticket.subject if ticket is not None else "") == ("" if words else "My screen is dark")
    assert await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 2)) is None
    refused = await imported(tmp_path, AGED, "--leave-out", "yesterdays")
    assert printed("terminal.import_no_leave_out", text="yesterdays") in str(refused.output)
    again = await imported(tmp_path, AGED, "--leave-out", "2025-01-31", *words)
    assert printed("terminal.import_left_out_old", count=3) in again.output


async def test_a_bad_row_is_told_by_its_line_and_column_and_the_rest_comes_in(
    office: Office, tmp_path: Path
) -> None:
    done = await imported(tmp_path, OLD)
    assert "1 new ticket, 0 already there, 3 rejected." in done.output
    assert done.exit_code == 3
    for told in (
        rejected(3, "terminal.import_no_address", column="email", value="ana.example.com"),
        rejected(4, "terminal.import_in_the_future", column="opened", value="2031-01-11"),
        rejected(
            5, "terminal.import_misspelt_category", column="category", value="Hardwear", meant="Hardware"
        ),
    ):
        assert told in done.output
    assert said("history.imported") in await office.types("bo", "/desk history IT-1")
    (ticket,) = await office.desk.storage.read(lambda uow: [uow.tickets.find("IT", 1)])
    assert ticket is not None
    assert f"{ticket.opened_at:%Y-%m-%d}" == "2025-01-10"


async def test_imported_history_tells_nobody_and_starts_no_clock(office: Office, tmp_path: Path) -> None:
    done = await imported(tmp_path, OLD)
    assert printed("terminal.import_silent") in done.output
    await office.settle()
    await office.passes(days=3)
    for channel in ("help-it", "team-it", "escalations-it"):
        assert await office.reads("lee", channel) == []
    assert await office.reads("ana", "@ana") == []
    assert "IT-1" in await office.types("bo", "/desk queue")


@pytest.mark.parametrize("work", ["claim IT-1", "note IT-1 The old one", "assign IT-1 cleo"])
async def test_clocks_begin_when_somebody_works_on_it(office: Office, tmp_path: Path, work: str) -> None:
    await imported(tmp_path, OLD)
    await office.types("bo", "/desk tag IT-1 old")
    assert await office.types("bo", "/desk sla IT-1") == said("answers.sla_none", reference="IT-1")
    await office.passes(days=1)
    await office.types("bo", f"/desk {work}")
    clocks = await running(office)
    assert [(each.measure, each.target) for each in clocks] == [
        (Measure.FIRST_RESPONSE, timedelta(minutes=30)),
        (Measure.RESOLUTION, timedelta(hours=8)),
    ]
    assert all(each.due_at == office.clock.now() + each.target for each in clocks)
    await office.passes(hours=9)
    assert any("IT-1" in each for each in await office.reads("lee", "escalations-it"))


async def test_a_reply_to_it_is_its_first_response(office: Office, tmp_path: Path) -> None:
    await imported(tmp_path, OLD)
    await office.types("bo", "/desk reply IT-1 Which mouse?")
    assert [each.measure for each in await running(office)] == [Measure.RESOLUTION]


async def test_nothing_is_promised_to_nobody(office: Office, tmp_path: Path) -> None:
    await imported(tmp_path, "text,email\nThe roof leaks,gone@elsewhere.example\n")
    await office.types("bo", "/desk claim IT-1")
    assert await running(office) == []


async def test_what_was_promised_goes_along_into_one_without_clocks(office: Office, tmp_path: Path) -> None:
    await imported(tmp_path, "text,email\nThe printer jams,gone@elsewhere.example\n")
    await office.says("ana", "help-it", "The printer jams again")
    asked = (await office.types_for_reply("bo", "/desk merge IT-2 into IT-1", channel="team-it"))["reply"]
    moves = said("answers.merge_moves_targets", reference="IT-2", other="IT-1")
    assert moves in shown(asked)
    await office.presses_private("bo", asked, 0, channel="team-it")
    assert [each.measure for each in await running(office)] == [Measure.FIRST_RESPONSE, Measure.RESOLUTION]
    form = (await office.types_for_reply("bo", "/desk reply IT-1 It is on its way"))["reply"]
    if form["type"] == "form":
        await office.submits("bo", form, channel="help-it", text="It is on its way")
    assert "It is on its way" in await office.everything_seen_by("ana")
    assert [each.measure for each in await running(office)] == [Measure.RESOLUTION]


async def running(office: Office) -> list[SlaTimer]:
    """The clocks of IT-1 that run."""

    def found(uow: UnitOfWork) -> list[SlaTimer]:
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        return [each for each in uow.sla_timers.of_ticket(ticket.id) if each.stopped_at is None]

    return await office.desk.storage.read(found)


async def test_imported_history_is_given_to_nobody_until_it_moves_where_new_requests_are_given_out(
    office: Office, config: Path, tmp_path: Path
) -> None:
    give_out_in_turn(config)
    await office.types("lee", "/desk-admin reload")
    await imported(tmp_path, OLD)
    await office.passes(hours=1)
    (ticket,) = await office.desk.storage.read(lambda uow: [uow.tickets.find("IT", 1)])
    assert ticket is not None
    assert (ticket.status, ticket.assignee) == (Status.NEW, None)
    await imported(tmp_path, "text,email\nMy keyboard is dead,ana@example.com\n", "--announce")
    (ticket,) = await office.desk.storage.read(lambda uow: [uow.tickets.find("IT", 2)])
    assert ticket is not None
    assert ticket.assignee is not None


async def test_the_first_who_works_on_it_begins_its_threads_and_the_channel_reads_nothing(
    office: Office, tmp_path: Path
) -> None:
    await imported(tmp_path, OLD)
    await office.types("bo", "/desk reply IT-1 Which mouse?")
    assert await office.sees("dan", "help-it") == []
    (acknowledgement,) = await office.sees("ana", "@ana")
    assert (await office.reads("ana", "@ana", thread=acknowledgement["id"]))[-1] == "Bo Berg: Which mouse?"
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "open"


async def test_where_the_desk_knows_nobody_behind_it_nobody_reads_it_and_agents_are_told(
    office: Office, tmp_path: Path
) -> None:
    await imported(tmp_path, "text,email,opened\nThe roof leaks,gone@elsewhere.example,2025-01-10\n")
    assert await office.types("bo", "/desk claim IT-1") == said("answers.claimed", reference="IT-1")
    form = (await office.types_for_reply("bo", "/desk reply IT-1 Which roof?"))["reply"]
    facts = {"reference": "IT-1", "command": "/desk note IT-1"}
    notice = "".join(each if isinstance(each, str) else each["text"] for each in form["notice"])
    assert said("answers.reply_unread_imported", **facts) in notice
    answer = await office.submits("bo", form, channel="help-it", text="Which roof?")
    sent, unread = said("answers.reply_sent", reference="IT-1"), said("answers.seen_by_nobody")
    assert answer == f"{sent} {unread}"
    assert await office.types("bo", "/desk resolve IT-1 mended") != ""
    assert await office.sees("ana", "help-it") == []
    ticket = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert ticket is not None
    assert (ticket.status, ticket.first_replied_at) == (Status.RESOLVED, None), "nobody was answered"


async def test_announced_or_not_what_nobody_here_asked_is_shown_to_its_team_alone(
    office: Office, tmp_path: Path
) -> None:
    rows = "text,email\nThe roof leaks,gone@elsewhere.example\nThe gate squeaks,\n"
    done = await imported(tmp_path, rows, "--announce")
    assert printed("terminal.import_nameless", count=1) in done.output
    assert printed("terminal.import_strangers", count=1, people=("“gone@elsewhere.example”",)) in done.output
    await office.settle()
    assert "gone@elsewhere.example" not in await office.everything_seen_by("ana")
    assert await office.sees("ana", "help-it") == []
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["requester"] == said("team.unanswerable", name="gone@elsewhere.example")
    unread = said("answers.seen_by_nobody")
    form = (await office.types_for_reply("bo", "/desk reply IT-1 Which roof?"))["reply"]
    assert (await office.submits("bo", form, channel="help-it", text="Which roof?")).endswith(unread)
    ticket = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert ticket is not None
    assert ticket.first_replied_at is None, "nobody was answered"


async def test_nobody_has_to_write_an_answer_that_nobody_reads(office: Office, tmp_path: Path) -> None:
    await imported(tmp_path, "text,email,opened\nThe roof leaks,gone@elsewhere.example,2025-01-10\n")
    await office.types("bo", "/desk claim IT-1")
    (offered,) = (await office.types_for_reply("bo", "/desk resolve"))["reply"]["buttons"]
    assert offered["label"].startswith("IT-1")
    assert not offered.get("opens_form")


async def test_an_imported_ticket_that_is_moved_unseen_is_shown_to_its_new_team_alone(
    office: Office, tmp_path: Path
) -> None:
    await imported(tmp_path, OLD)
    await office.types("lee", "/desk transfer IT-1 network")
    assert await office.sees("bo", "team-it") == []
    assert len(await office.sees("cleo", "team-network")) == 1


async def test_a_request_that_is_to_be_announced_is_like_any_other(office: Office, tmp_path: Path) -> None:
    done = await imported(tmp_path, OLD, "--announce")
    assert printed("terminal.import_announced") in done.output
    await office.settle()
    assert len(await office.sees("ana", "help-it")) == 1
    assert len(await office.sees("bo", "team-it")) == 1


async def test_a_dry_run_says_what_would_come_in_and_writes_nothing(office: Office, tmp_path: Path) -> None:
    done = await imported(tmp_path, OLD, "--dry-run")
    assert "1 request to import, 3 rejected. Nothing was written." in done.output
    assert ":3: column email" in done.output
    assert "Silently" in done.output
    assert not (tmp_path / "old.rejects.csv").exists()
    assert "1 request" in (await imported(tmp_path, OLD, "--dry-run", "--announce")).output
    assert await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1)) is None


def give_out_in_turn(config: Path) -> None:
    text = config.read_text(encoding="utf-8")
    ways = "    title: Service Desk\n    assignment: round_robin\n    workload: {capacity: 5}\n"
    config.write_text(text.replace("    title: Service Desk\n", ways), encoding="utf-8")


def rejected(line: int, key: str, **facts: str) -> str:
    """What is said of a row of old.csv, without the folder it is in."""
    return f"old.csv:{line}: {printed(key, **facts)}"


async def test_who_is_known_by_an_address_alone_is_counted_among_those_who_cannot_be_answered(
    office: Office, tmp_path: Path
) -> None:
    rows = "text,requester,email\nNo wifi,Ana,ana@example.com\nNo VPN,Otto,otto@elsewhere.example\n"
    done = await imported(tmp_path, rows)
    assert printed("terminal.import_strangers", count=1, people=("“Otto”",)) in done.output


async def test_a_subject_of_its_own_is_the_tickets_and_the_text_is_below_it(
    office: Office, tmp_path: Path
) -> None:
    await imported(tmp_path, "subject,description\nNo wifi,It fails since Monday\n")
    content = (await office.types_for_reply("bo", "/desk show IT-1", channel="team-it"))["reply"]
    assert "No wifi It fails" not in str(content)
    ticket = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert ticket is not None
    assert ticket.subject == "No wifi"


async def test_other_categories_are_named_together_and_come_in_as_is_said(
    office: Office, tmp_path: Path
) -> None:
    rows = "text,category\nNo wifi,Nets\nNo VPN,Nets\nNo sound,Misc\nNo mouse,Hardware\n"
    done = await imported(tmp_path, rows, "--dry-run")
    named = ("“Nets” (2)", "“Misc” (1)")
    assert printed("terminal.import_unknown_categories", count=2, choices=named) in done.output
    assert done.exit_code == ROWS_REJECTED
    await imported(tmp_path, rows, "--category", "nets=network", "--category", "Misc=")
    categories = [(await ticket(office, number)).fields.get("category") for number in (1, 2, 3, 4)]
    assert categories == ["Network", "Network", None, "Hardware"]
    wrong = await imported(tmp_path, rows, "--category", "Nets=Netwrk")
    assert printed("refusals.did_you_mean", word="Network") in wrong.output


async def test_a_file_comes_in_without_its_categories(office: Office, tmp_path: Path) -> None:
    done = await imported(
        tmp_path, "text,email,category\nNo wifi,ana@example.com,Nets\n", "--map", "category="
    )
    assert done.exit_code == 0
    assert printed("terminal.import_ignored", columns=("category",)) in done.output
    assert "category" not in (await ticket(office, 1)).fields


async def ticket(office: Office, number: int) -> Ticket:
    found = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", number))
    assert found is not None
    return found


async def test_a_bare_name_is_told_to_be_nobody_here_and_ignored_columns_are_named(
    office: Office, tmp_path: Path
) -> None:
    rows = "text,requester,priority\nMy mouse is dead,ana,high\nNo wifi,ana,low\nNo VPN,web:ana,low\n"
    for words in (["--dry-run"], []):
        done = await imported(tmp_path, rows, *words)
        assert printed("terminal.import_ignored", columns=("priority",)) in done.output
        assert printed("terminal.import_nobodies", count=1, people=("“ana”",)) in done.output


async def test_what_is_answered_directly_is_named_without_a_channel(office: Office, folder: Path) -> None:
    await imported(folder, "text,requester,opened\nMy mouse is dead,web:ana,2025-01-10\n")
    await office.types("ana", "/ticket open My chair squeaks", channel="@ana")
    await office.says("ana", "@ana", "The mouse still does nothing")
    asked = (await office.sees("ana", "@ana"))[-1]
    assert asked["content"]["buttons"][0]["label"] == "IT-1 · My mouse is dead"
