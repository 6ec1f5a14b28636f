"""Who is there: absences and rotas decide who is given a ticket, who is pinged, and what `/desk on-call` says."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.config.file.problems import DeskFileError
from bot.domain.sentence import sentence
from tests.adapters.webhook.receiver import receiving
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

ROTA = """
rotas:
  service:
    zone: Europe/Berlin
    handover: mon 8:00
    people: [web:bo, web:cleo]
    starts: 2026-03-02
"""


def written(folder: Path, *changes: tuple[str, str], more: str = ROTA) -> Path:
    text = DESK.read_text(encoding="utf-8")
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = folder / "desk.yaml"
    path.write_text(text + more, encoding="utf-8")
    return path


IT = "    leads: [web:lee]\n    calendar: 24x7\n  network:"
BY_ROTA = (
    IT,
    "    leads: [web:lee]\n    calendar: 24x7\n    rota: service\n    assignment: on_call\n  network:",
)
PINGED = (
    "      notify: [escalation_channel, assignee, leads]",
    "      notify: [escalation_channel, on_call]",
)


@pytest.fixture
async def by_rota(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, BY_ROTA, PINGED)) as office:
        yield office


async def assignee(office: Office, reference: str) -> str | None:
    card = await office.card("lee", "team-it", reference)
    return card["content"]["assignee"]  # type: ignore[no-any-return]


async def test_a_ticket_is_given_to_whoever_is_on_call(by_rota: Office) -> None:
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Bo Berg"
    await by_rota.passes(days=7)
    await by_rota.says("ana", "help-it", "My screen is black")
    assert await assignee(by_rota, "IT-2") == "Cleo Chen"


async def test_whoever_is_away_is_passed_over_until_they_are_back(by_rota: Office) -> None:
    told = await by_rota.types("bo", "/desk away until Tuesday, dentist")
    assert told.startswith(said("answers.away", until="2026-03-03T08:00:00.000Z"))
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Cleo Chen"
    shown = await by_rota.types("lee", "/desk on-call")
    until = "2026-03-03T08:00:00.000Z"
    now = {"team": "Service Desk", "person": "Cleo Chen", "until": until, "name": "Bo Berg"}
    assert said("answers.on_call_until_then", **now) in shown
    assert said("answers.absent_because", person="Bo Berg", until=until, reason="dentist") in shown
    await by_rota.types("bo", "/desk away back")
    await by_rota.says("dan", "help-it", "My screen is black")
    assert await assignee(by_rota, "IT-2") == "Bo Berg"


async def test_when_nobody_is_there_the_ticket_waits_in_the_queue_and_it_is_said(by_rota: Office) -> None:
    for name in ("bo", "cleo"):
        await by_rota.types(name, "/desk away 2 days")
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") is None
    now = {"team": "Service Desk", "until": "2026-03-04T09:00:00.000Z", "name": "Bo Berg"}
    nobody = said("answers.on_call_nobody_until_then", **now)
    assert nobody in await by_rota.types("lee", "/desk on-call")


async def test_a_colleague_covers_and_is_pinged_at_the_breach(by_rota: Office) -> None:
    told = await by_rota.types("lee", "/desk cover @cleo until tomorrow 9:00")
    covered = {"person": "Cleo Chen", "rota": "Service Desk", "until": "2026-03-03T08:00:00.000Z"}
    assert told.startswith(said("answers.cover_for", names="Bo Berg", **covered))
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Cleo Chen"
    await by_rota.types("lee", "/desk release IT-1")
    await by_rota.passes(minutes=31)
    assert await by_rota.mentions("cleo", "escalations-it") == 1
    assert await by_rota.mentions("bo", "escalations-it") == 0


async def test_a_lead_who_is_away_is_not_pinged(office: Office) -> None:
    await office.types("lee", "/desk away 3 days")
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    (breach,) = await office.reads("lee", "escalations-it")
    assert breach.startswith("Breached\nIT-1 ")
    assert await office.mentions("lee", "escalations-it") == 0


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        ("/desk away soonish", said("commands.not_a_time", text="soonish")),
        ("/desk cover @ana until Friday", said("answers.cover_no_rota", person="Ana Alves")),
        (
            "/desk cover @cleo tomorrow",
            said("answers.cover_needs_end", command='/desk cover "Cleo Chen" until Friday'),
        ),
    ],
)
async def test_what_cannot_be_done_is_said_with_what_would_be_right(
    by_rota: Office, order: str, answer: str
) -> None:
    assert answer in await by_rota.types("bo", order)


async def test_a_program_is_told_where_a_channel_is_a_webhook(folder: Path) -> None:
    channel = ("escalation_channel: web:escalations-it", "escalation_channel: webhook:pager")
    async with receiving() as receiver:
        webhooks = f"\nwebhooks:\n  pager: {{url: {receiver.url}}}\n"
        async with open_office(folder, config=written(folder, channel, more=webhooks)) as office:
            await office.says("ana", "help-it", "My mouse is dead")
            await office.passes(minutes=29)
            (told,) = receiver.told
            assert told["tickets"] == ["IT-1"]
            assert "first response due " in told["text"]


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (ROTA.replace("mon 8:00", "monday"), "not_a_handover(text=monday)"),
        (ROTA.replace("Europe/Berlin", "Europe/Berln"), "did_you_mean(word=Europe/Berlin)"),
        (ROTA.replace("[web:bo, web:cleo]", "[]"), "rota_empty"),
        (
            "\nwebhooks: {pager: {url: http://pager.example.org/}}\n",
            "not_an_address(text=http://pager.example.org/)",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, more: str, complaint: str) -> None:
    with pytest.raises(DeskFileError, match=r"line=\d+") as refused:
        load_desk(written(tmp_path, more=more), KNOWN_PLATFORMS)
    assert complaint in str(refused.value)


def test_a_team_whose_rota_is_not_defined_is_named_with_what_was_probably_meant(tmp_path: Path) -> None:
    wrong = (
        IT,
        IT.replace("    calendar: 24x7\n  network:", "    calendar: 24x7\n    rota: servise\n  network:"),
    )
    with pytest.raises(DeskFileError) as refused:
        load_desk(written(tmp_path, wrong), KNOWN_PLATFORMS)
    hint = sentence("configuration.did_you_mean", word="service")
    assert [each.sentence for each in refused.value.problems] == [
        sentence("configuration.unknown_rota", name="servise", hint=hint)
    ]


def event(title: str) -> str:
    lines = (
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20260302T060000Z",
        "DTEND:20260303T060000Z",
        f"SUMMARY:{title}",
    )
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//EN", *lines, "END:VEVENT", "END:VCALENDAR", "")
    )


async def test_a_calendar_file_is_read_anew_every_day_and_one_that_broke_changes_nothing(
    folder: Path,
) -> None:
    shifts = folder / "shifts.ics"
    shifts.write_text(event("Cleo Chen"), newline="")
    more = ROTA + "    ical: shifts.ics\n"
    async with open_office(folder, config=written(folder, BY_ROTA, more=more)) as office:
        assert "Cleo Chen is on call" in await office.types("lee", "/desk on-call")
        shifts.write_text(event("Bo Berg"), newline="")
        office.desk.in_force.read_files_again()
        assert "Bo Berg is on call" in await office.types("lee", "/desk on-call")
        shifts.write_text("half a file", newline="")
        office.desk.in_force.read_files_again()
        assert "Bo Berg is on call" in await office.types("lee", "/desk on-call")
        refused = await office.types("lee", "/desk-admin reload")
        assert said("commands.not_reloaded") in refused
        assert "Content line could not be parsed" in refused
