"""The form of `/desk assign`: it offers whom the ticket can be given to, and nobody who would be refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.messages.inbound import Location, SuggestionsWanted
from bot.messages.outbound import Field, Form, FormRefused
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import BO, CLEO, DeskWithoutPlatform
from tests.said import said


def asked_for(
    at_work: DeskAtWork, who: Person, channel: str = "team-it", *, is_private: bool = False
) -> Field:
    """The field for the person, as the form opens there."""
    press = replace(
        at_work.desk.pressed(who, "desk assign", "IT-1"),
        location=Location(channel=ChannelRef("web", channel)),
        is_on_private_reply=is_private,
    )
    form = at_work.desk.intake.form_for(press)
    assert isinstance(form, Form)
    (field,) = form.fields
    return field


def names(field: Field) -> list[str]:
    return [name for _, name in field.choices]


async def test_the_team_of_the_card_is_offered_the_reader_first(at_work: DeskAtWork) -> None:
    field = asked_for(at_work, CLEO)
    assert field.kind == "choice"
    assert names(field) == ["Cleo Chen", "Bo Berg", "Lee Lund"]
    assert names(asked_for(at_work, CLEO, "team-network")) == ["Cleo Chen", "Lee Lund"]
    assert names(asked_for(at_work, CLEO, "escalations-network")) == ["Cleo Chen", "Lee Lund"]


async def test_nobody_who_is_offered_is_refused(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for key, name in asked_for(at_work, BO).choices:
        press = at_work.desk.pressed(BO, "desk assign", "IT-1", person=key)
        await at_work.desk.intake.take(replace(press, is_form=True))
        assert (await at_work.ticket()).assignee == key, name


async def test_where_the_team_is_not_known_the_readers_own_teams_are_offered_with_their_names(
    at_work: DeskAtWork,
) -> None:
    assert names(asked_for(at_work, CLEO, is_private=True)) == [
        "Cleo Chen · Service Desk, Network",
        "Bo Berg · Service Desk",
        "Lee Lund · Service Desk, Network",
    ]


async def test_who_has_just_come_is_offered_and_who_left_is_not(at_work: DeskAtWork) -> None:
    await at_work.desk.intake.meet([replace(LEE, is_active=False), replace(CLEO, name="Cleo Chen-Diaz")])
    assert names(asked_for(at_work, BO)) == ["Bo Berg", "Cleo Chen-Diaz"]


async def test_before_anybody_is_known_any_name_can_be_written(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    desk = DeskWithoutPlatform(sqlite_storage, FolderFileStore(tmp_path / "files", cap=10_000))
    field = asked_for(DeskAtWork(desk), BO)
    assert (field.kind, field.hint) == ("person", said("commands.desk_assign_person_hint"))


async def test_a_refusal_in_the_form_has_no_backticks_which_a_form_would_show(at_work: DeskAtWork) -> None:
    await at_work.asks()
    press = at_work.desk.pressed(BO, "desk assign", "IT-1", person="nobody")
    refused = await at_work.desk.intake.take(replace(press, is_form=True))
    assert isinstance(refused, FormRefused)
    assert refused.reason == said("commands.unknown_person", text="nobody")
    refused = await at_work.desk.intake.take(replace(press, is_form=True, key="2", options={}))
    assert isinstance(refused, FormRefused)
    assert refused.reason == said("refusals.missing", label=said("commands.desk_assign_person_label"))


@pytest.mark.parametrize(("ticket", "found"), [("IT-1", ["Bo Berg", "Cleo Chen", "Lee Lund"]), (None, None)])
async def test_while_one_types_the_same_people_are_offered(
    at_work: DeskAtWork, ticket: str | None, found: list[str] | None
) -> None:
    await at_work.asks()
    wanted = SuggestionsWanted(
        actor=BO,
        location=Location(channel=ChannelRef("web", "team-it")),
        verb="desk assign",
        option="person",
        typed="",
        ticket=ticket,
    )
    offered = [name for _, name in await at_work.desk.intake.suggest(wanted)]
    of_all_teams = [
        "Bo Berg · Service Desk, People",
        "Cleo Chen · Service Desk",
        "Lee Lund · Service Desk, People",
    ]
    assert offered == (found or of_all_teams)
