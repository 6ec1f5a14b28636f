"""Views are saved from a search, renamed and removed, by whoever they belong to."""

import pytest

from bot.messages.inbound import Location, SuggestionsWanted
from bot.messages.outbound import Form
from tests.commands.desk_at_work import DAN, LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, HELP
from tests.said import said


def references(answer: str) -> list[str]:
    return [line.split()[0] for line in answer.splitlines() if line.startswith("IT-")]


def title(name: str) -> str:
    return said(f"lists.title_{name}")


async def some_tickets(at_work: DeskAtWork) -> None:
    """IT-1 is new, IT-2 Bo's and owed an answer, IT-3 pending, IT-4 resolved, IT-5 Network's."""
    for text in (
        "My mouse is dead",
        "My screen is dark",
        "My desk is low",
        "My chair squeaks",
        "The vpn drops",
    ):
        await at_work.asks(text)
    await at_work.types(BO, "/desk claim IT-2")
    await at_work.types(BO, "/desk wait IT-3 Which floor?")
    await at_work.types(BO, "/desk resolve IT-4 oiled")


async def test_a_search_is_saved_under_a_name_and_found_again(at_work: DeskAtWork) -> None:
    await some_tickets(at_work)
    saved = await at_work.types(BO, '/desk view save "Dark things" screen is:open')
    assert saved == said("lists.saved", name="Dark things", command="/desk view Dark things")
    assert references(await at_work.presses(BO, said("lists.show_button"))) == ["IT-2"]
    for line in ("/desk view dark THINGS", '/desk view "Dark things" oldest 1', "/desk views dark things"):
        assert references(await at_work.types(BO, line)) == ["IT-2"]
    unknown = said("lists.unknown", text="dark things")
    assert (await at_work.types(CLEO, "/desk view dark things")).startswith(unknown)
    assert "Dark things" not in await at_work.types(CLEO, "/desk view")
    assert await at_work.types(CLEO, '/desk view save "Dark things" printer'), "its name is free for others"


async def test_a_teams_view_shows_each_viewer_what_they_may_see(at_work: DeskAtWork) -> None:
    await at_work.asks("My payslip is wrong")  # People's, in private
    await at_work.asks("My payslip printer is dead")
    await at_work.types(BO, "/desk view save it/payslips payslip")
    assert references(await at_work.types(BO, "/desk view payslips")) == ["IT-2", "IT-1"]
    assert await at_work.types(CLEO, "/desk view payslips") == said("lists.nothing_in", text="payslips")
    assert "payslips · Service Desk · 0 · payslip" in await at_work.types(CLEO, "/desk view")
    refused = said("lists.not_your_team", team="Network")
    assert await at_work.types(BO, "/desk view save network/payslips payslip") == refused


@pytest.mark.parametrize("name", ["unassigned", "UNASSIGNED", "assigned to me", "mice"])
async def test_a_name_that_is_taken_is_refused(at_work: DeskAtWork, name: str) -> None:
    await at_work.types(BO, "/desk view save Mice mouse")
    assert await at_work.types(BO, f'/desk view save "{name}" vpn') == said("lists.name_taken", text=name)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("save vpn statsu:open", said("search.unknown_filter", text="statsu")),
        ("save vpn opened:2026-02-31", said("search.not_a_period", filter="opened:", text="2026-02-31")),
        ("save save vpn", said("lists.not_a_name", text="save")),
        ("save 12 vpn", said("lists.not_a_name", text="12")),
        (f"save {'x' * 41} vpn", said("lists.name_too_long", number=41, most=40)),
        ("rename mine yours", said("lists.built_in", text=title("mine"))),
        ("remove mine", said("lists.built_in", text=title("mine"))),
        ("remove miens", said("lists.unknown", text="miens")),
        ("nothing", said("lists.unknown", text="nothing")),
    ],
)
async def test_what_cannot_be_done_with_a_view_is_said(at_work: DeskAtWork, line: str, answer: str) -> None:
    assert (await at_work.types(BO, f"/desk view {line}")).startswith(answer)


async def test_a_view_is_renamed_and_removed_by_whoever_has_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk view save mice mouse")
    renamed = await at_work.types(BO, '/desk view rename mice "Small ones"')
    assert renamed == said("lists.renamed", before="mice", name="Small ones")
    assert references(await at_work.types(BO, "/desk view small ones")) == ["IT-1"]
    refused = await at_work.types(BO, "/desk view remove small")
    meant = said("refusals.did_you_mean", word="Small ones")
    assert refused.startswith(f"{said('lists.unknown', text='small')} {meant}")
    assert await at_work.types(BO, '/desk view remove "small ones"') == said(
        "lists.removed", name="Small ones"
    )
    assert (await at_work.types(BO, "/desk view small ones")).startswith(
        said("lists.unknown", text="small ones")
    )


async def test_a_searchs_result_offers_to_keep_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk search mouse sort:oldest")
    button = at_work.buttons()[said("lists.save_button")]
    desk = at_work.desk
    press = desk.pressed(BO, button.verb, "", **button.options)
    form = desk.intake.form_for(press)
    assert isinstance(form, Form)
    fields = {each.name: each for each in form.fields}
    assert fields["query"].value == "mouse sort:oldest"
    assert [value for value, _ in fields["team"].choices] == ["it", "people"]
    await at_work.asks()
    await at_work.types(ANA, "/ticket search mouse")
    assert said("lists.save_button") not in at_work.buttons()


async def test_names_complete_while_one_types_and_others_are_not_suggested(at_work: DeskAtWork) -> None:
    await at_work.types(BO, '/desk view save "Small mice" mouse')

    async def suggested(who: object, verb: str, typed: str) -> list[str]:
        wanted = SuggestionsWanted(
            actor=who,  # type: ignore[arg-type]
            location=Location(channel=HELP),
            verb=verb,
            option="name",
            typed=typed,
        )
        return [value for value, _ in await at_work.desk.intake.suggest(wanted)]

    assert await suggested(BO, "desk view", "small") == ['"Small mice"']
    assert await suggested(BO, "desk view", "wait") == ["waiting-on-us", "waiting-on-requester"]
    assert await suggested(BO, "desk view-remove", "") == ['"Small mice"']
    assert await suggested(CLEO, "desk view", "small") == []
    assert await suggested(DAN, "desk view", "") == []


async def test_a_teams_view_is_removed_only_once_that_is_confirmed(at_work: DeskAtWork) -> None:
    await at_work.types(LEE, "/desk view save it/printers printer")
    asked = await at_work.types(BO, "/desk view remove printers")
    confirm = said("lists.confirm_remove", name="printers", team="Service Desk", maker="Lee Lund")
    assert asked.splitlines() == [confirm, "printer"]
    assert "printers" in await at_work.types(LEE, "/desk view")
    await at_work.types(BO, "/desk view remove printers")
    removed = await at_work.presses(BO, said("commands.desk_view_remove_submit"))
    assert removed == said("lists.removed", name="printers")
    assert "printers" not in await at_work.types(LEE, "/desk view")


async def test_what_became_of_a_teams_view_is_in_the_audit_log_and_of_ones_own_is_not(
    at_work: DeskAtWork,
) -> None:
    await at_work.types(BO, "/desk view save it/printers printer")
    await at_work.types(BO, "/desk view save secret mouse")
    await at_work.types(BO, "/desk view rename printers scanners")
    await at_work.types(BO, "/desk view remove scanners")
    await at_work.presses(BO, said("commands.desk_view_remove_submit"))
    log = await at_work.types(LEE, "/desk-admin audit")
    facts = {"name": "Bo Berg", "team": "Service Desk"}
    assert said("history.team_view_made", view="printers", **facts) in log
    assert said("history.team_view_renamed", before="printers", view="scanners", **facts) in log
    assert said("history.team_view_removed", view="scanners", **facts) in log
    assert "secret" not in log


async def test_own_views_are_found_with_each_linked_account_until_it_is_unlinked(at_work: DeskAtWork) -> None:
    await some_tickets(at_work)
    await at_work.types(BO, "/desk view save dark screen")
    await at_work.types(LEE, "/desk-admin link web:bo web:cleo")
    assert references(await at_work.types(CLEO, "/desk view dark")) == ["IT-2"]
    assert await at_work.types(CLEO, "/desk view save dark vpn") == said("lists.name_taken", text="dark")
    assert "dark" not in await at_work.types(LEE, "/desk view")
    await at_work.types(CLEO, "/desk view rename dark gloomy")
    assert references(await at_work.types(BO, "/desk view gloomy")) == ["IT-2"]
    await at_work.types(LEE, "/desk-admin unlink web:cleo")
    unknown = said("lists.unknown", text="gloomy")
    assert (await at_work.types(CLEO, "/desk view gloomy")).startswith(unknown)


async def test_of_two_own_views_of_one_name_that_of_the_account_in_use_is_shown(at_work: DeskAtWork) -> None:
    await some_tickets(at_work)
    await at_work.types(BO, "/desk view save things screen")
    await at_work.types(CLEO, "/desk view save things mouse")
    await at_work.types(LEE, "/desk-admin link web:bo web:cleo")
    assert references(await at_work.types(BO, "/desk view things")) == ["IT-2"]
    assert references(await at_work.types(CLEO, "/desk view things")) == ["IT-1"]
