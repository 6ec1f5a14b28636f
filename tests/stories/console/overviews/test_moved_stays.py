"""What is moved on the calendar takes the place of what it was, and nothing is done twice."""

import re
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit
from tests.stories.console.overviews.test_team import sends, with_rota  # noqa: F401  the fixture
from tests.stories.portal.portal_visit import hidden_fields, open_portal, words_of

HANDLE = re.compile(r'data-form="(\w+)" data-since="([^"]+)" data-until="([^"]+)" data-instead="([^"]+)"')


async def handles(visit: ConsoleVisit) -> dict[str, tuple[str, str, str]]:
    """From when until when, and how the command knows it, by cover or away."""
    return {
        form: (since, until, known)
        for form, since, until, known in HANDLE.findall((await visit.opens("/console/team")).text)
    }


async def moves(visit: ConsoleVisit, form: str, *, instead: str, **typed: str) -> str:
    """What the page says then."""
    page, action = await visit.opens("/console/team"), f"/console/team/{form}"
    fields = {**hidden_fields(page.text, action), **{f"f-{name}": each for name, each in typed.items()}}
    answer = await visit.browser.sends(action, **{**fields, "x-instead": instead})
    return words_of(answer.text) if answer.status == 422 else await visit.reads(answer.location)


async def test_lee_moves_a_cover_and_an_absence(folder: Path, with_rota: Path) -> None:  # noqa: F811
    async with open_portal(folder, config=with_rota) as office, console_visit(office, "lee") as lee:
        cleo = {"person": "web:cleo"}
        await sends(lee, "cover", **cleo, since="2026-03-04T09:00", until="2026-03-05T18:00")
        since, until, known = (await handles(lee))["cover"]
        assert (since, until) == ("2026-03-04T09:00", "2026-03-05T18:00")
        head = (
            (await lee.opens("/console/team")).text.partition('class="calendar"')[2].partition("</thead>")[0]
        )
        seen = re.findall(r'<span class="head-day".*?</span></span>', head)
        assert [re.sub("<[^>]*>", " ", each).split() for each in seen[:3]] == [
            ["Mar", "M", "2"],
            ["T", "3"],
            ["W", "4"],
        ]
        later = {"since": "2026-03-06T09:00", "until": "2026-03-06T18:00"}
        await moves(lee, "cover", instead=known, **cleo, **later)
        since, until, _ = (await handles(lee))["cover"]
        assert (since, until) == (later["since"], later["until"])
        assert words_of((await lee.opens("/console/team")).text).count(said("overview.end_cover")) == 1
        gone = await moves(lee, "cover", instead=known, **cleo, **later)
        assert said("answers.cover_moved_gone") in gone

        bo = {"person": "web:bo"}
        await sends(lee, "away", **bo, since="2026-03-10T09:00", until="2026-03-11T09:00", reason="a course")
        _, _, known = (await handles(lee))["away"]
        await moves(lee, "away", instead=known, **bo, since="2026-03-16T09:00", until="2026-03-17T09:00")
        since, until, again = (await handles(lee))["away"]
        assert (since, until) == ("2026-03-16T09:00", "2026-03-17T09:00")
        (absence,) = await office.desk.storage.read(
            lambda uow: list(uow.absences.since(office.desk.clock.now()))
        )
        assert (absence.reason, absence.is_by_lead) == ("a course", True)
        gone = await moves(lee, "away", instead=known, **bo, until="2026-03-18T09:00")
        assert said("answers.away_moved_gone") in gone
        async with console_visit(office, "cleo") as colleague:
            refused = await moves(
                colleague, "away", instead=again, person="web:cleo", until="2026-03-20T09:00"
            )
            assert said("answers.away_moved_gone") in refused
        assert (await handles(lee))["away"][2] == again


async def bars_of(visit: ConsoleVisit, name: str) -> list[str]:
    """What the person is in each bar of their row, in order: `on_call`, `cover` or `away`."""
    page = (await visit.opens("/console/team")).text
    row = page.partition(f'<th scope="row" dir="auto">{name}<button')[2].partition("</tr>")[0]
    return re.findall(r'class="stay (\w+)"', row)


@pytest.mark.parametrize(
    ("since", "until", "bars"),
    [
        ("2026-03-09T08:00", "2026-03-11T08:00", ["on_call", "cover", "on_call"]),
        ("2026-03-14T08:00", "2026-03-16T08:00", ["on_call", "cover", "on_call"]),
        ("2026-03-14T08:00", "2026-03-25T08:00", ["on_call", "cover"]),
        ("2026-03-08T08:00", "2026-03-11T08:00", ["on_call", "cover", "on_call"]),
    ],
    ids=["after", "before", "around", "over its end"],
)
async def test_a_cover_is_not_joined_with_turns_of_the_same_person(
    folder: Path,
    with_rota: Path,  # noqa: F811
    since: str,
    until: str,
    bars: list[str],
) -> None:
    async with open_portal(folder, config=with_rota) as office, console_visit(office, "lee") as lee:
        await sends(lee, "cover", person="web:bo", since=since, until=until)
        assert await bars_of(lee, "Bo Berg") == bars
        begins, ends, _ = (await handles(lee))["cover"]
        assert (begins, ends) == (since, until)
