"""Deskbell suggests where a request belongs; an agent accepts, chooses otherwise, or the request fills itself in."""

import json
from pathlib import Path
from typing import Any

from bot.domain.sorting.policy import SortedField
from bot.domain.sorting.suggestion import SuggestionState
from tests.said import said
from tests.stories.office import Office, shown
from tests.stories.sorting.sorting_desk import VPN, sorting_office

ACCEPT = said("team.button_accept", label="Network")
FILL = "sorting: {mode: fill, threshold: 0.9}"


async def card(office: Office, channel: str = "team-it") -> dict[str, Any]:
    return await office.card("bo" if channel == "team-it" else "cleo", channel, "IT-1")


async def states(office: Office) -> dict[SortedField, SuggestionState]:
    def read(uow: Any) -> dict[SortedField, SuggestionState]:
        ticket = uow.tickets.find("IT", 1)
        return {each.field: each.state for each in uow.sorting.of_ticket(ticket.id)}

    return await office.desk.storage.read(read)


def text_of(shown_card: dict[str, Any]) -> str:
    """All that it says."""
    return json.dumps(shown_card["content"], ensure_ascii=False)


def buttons(shown_card: dict[str, Any]) -> list[str]:
    return [each["label"] for each in (*shown_card["content"]["buttons"], *shown_card["content"]["menu"])]


async def test_a_card_says_what_is_suggested_how_sure_and_by_which_words(folder: Path) -> None:
    async with sorting_office(folder, team=VPN) as office:
        await office.says("ana", "help-it", "The Tunnel fails at the handshake")
        text = text_of(await card(office))
        assert "Suggested team" in text
        assert "Network · 99% sure (tunnel and handshake)" in text


async def test_one_press_accepts_it_as_that_agents_change(folder: Path) -> None:
    async with sorting_office(folder, team=VPN) as office:
        await office.says("ana", "help-it", "The tunnel fails")
        reply = await office.presses("bo", await card(office), ACCEPT)
        accepted = said("answers.suggestion_accepted", reference="IT-1", labels="Network")
        assert shown(reply).startswith(accepted), "and that Bo goes on seeing it"
        moved = await card(office, "team-network")
        assert "Suggested" not in text_of(moved)
        history = await office.types("lee", "/desk history IT-1", channel="team-network")
        facts = {"name": "Bo Berg", "old_team": "Service Desk", "team": "Network"}
        assert said("history.transferred", **facts) in history
        assert (await states(office))[SortedField.TEAM] is SuggestionState.ACCEPTED


async def test_a_suggestion_goes_once_a_person_has_chosen_otherwise(folder: Path) -> None:
    async with sorting_office(folder, priority={"outage": "urgent"}) as office:
        await office.says("ana", "help-it", "There is an outage in my room")
        assert said("team.button_accept", label="urgent") in buttons(await card(office))
        await office.types("bo", "/desk priority IT-1 low", channel="team-it")
        assert "Suggested" not in text_of(await card(office))
        assert (await states(office))[SortedField.PRIORITY] is SuggestionState.CORRECTED


async def test_rules_always_win(folder: Path) -> None:
    says = {"team": {"vpn": "people"}, "priority": {"vpn": "low"}}
    async with sorting_office(folder, FILL, **says) as office:
        await office.says("ana", "help-it", "The vpn is down")
        found = await card(office, "team-network")
        assert "Suggested" not in text_of(found)
        assert found["content"]["level"] == "high"


async def test_what_rules_left_open_is_filled_in_and_the_history_says_by_whom_and_why(folder: Path) -> None:
    async with sorting_office(folder, FILL, team=VPN, category={"tunnel": "Network"}) as office:
        await office.says("ana", "help-it", "The tunnel fails")
        text = text_of(await card(office, "team-network"))
        assert said("team.why_sorted", percent="99", words="tunnel") in text
        history = await office.types("cleo", "/desk history IT-1", channel="team-network")
        facts = {"percent": "99", "words": "tunnel"}
        assert said("history.sorted_team", label="Network", **facts) in history
        assert said("history.sorted_category", label="Network", **facts) in history


async def test_what_is_not_sure_enough_is_only_suggested(folder: Path) -> None:
    async with sorting_office(folder, "sorting: {mode: fill, threshold: 1}", team=VPN) as office:
        await office.says("ana", "help-it", "The tunnel fails")
        assert ACCEPT in buttons(await card(office))


async def test_a_private_requests_team_is_never_filled_in(folder: Path) -> None:
    async with sorting_office(folder, FILL, team=VPN) as office:
        await office.types("ana", "/ticket open private=yes The tunnel fails")
        found = await office.sees("bo", "team-it")
        assert any(ACCEPT in buttons(each) for each in found if each["content"])


async def test_requesters_read_nothing_of_it(folder: Path) -> None:
    async with sorting_office(folder, team=VPN) as office:
        request = await office.says("ana", "help-it", "This is unacceptable: the tunnel fails")
        seen = await office.everything_seen_by("ana")
        assert "Suggested" not in seen
        assert "unhappy" not in seen
        assert request


async def test_a_request_that_sounds_unhappy_carries_a_flag_and_keeps_its_priority(folder: Path) -> None:
    async with sorting_office(folder) as office:
        await office.says("ana", "help-it", "Third time I ask: my mouse is dead. This is unacceptable!")
        found = await card(office)
        assert said("team.sounds_unhappy") in text_of(found)
        assert found["content"]["level"] == "normal"


TAGS = {"toner": "supplies", "printer": "printer"}


async def tags_of(office: Office) -> tuple[str, ...]:
    found: tuple[str, ...] = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1).tags)  # type: ignore[union-attr]
    return found


async def tag_states(office: Office) -> dict[str, SuggestionState]:
    def read(uow: Any) -> dict[str, SuggestionState]:
        made = uow.sorting.of_ticket(uow.tickets.find("IT", 1).id)
        return {each.label: each.state for each in made if each.field is SortedField.TAGS}

    return await office.desk.storage.read(read)


async def test_several_tags_are_suggested_each_with_its_sureness_and_taken_by_one_press(folder: Path) -> None:
    async with sorting_office(folder, tags=TAGS) as office:
        await office.says("ana", "help-it", "The printer needs toner")
        found = await card(office)
        text = text_of(found)
        assert said("team.suggested_tags_together") in text
        assert text.count("% sure") == 2
        together = next(each for each in buttons(found) if "printer" in each and "supplies" in each)
        await office.presses("bo", found, together)
        assert set(await tags_of(office)) == {"printer", "supplies"}
        assert set((await tag_states(office)).values()) == {SuggestionState.ACCEPTED}
        assert "% sure" not in text_of(await card(office))


async def test_one_of_several_tags_is_taken_and_the_other_is_still_suggested(folder: Path) -> None:
    async with sorting_office(folder, tags=TAGS) as office:
        await office.says("ana", "help-it", "The printer needs toner")
        await office.presses("bo", await card(office), said("team.button_accept", label="supplies"))
        assert await tags_of(office) == ("supplies",)
        assert said("team.button_accept", label="printer") in buttons(await card(office))
        await office.types("bo", "/desk accept IT-1 Printer", channel="team-it")
        assert set(await tags_of(office)) == {"printer", "supplies"}


async def test_a_tag_that_was_passed_over_was_wrong_once_the_ticket_ends(folder: Path) -> None:
    async with sorting_office(folder, tags=TAGS) as office:
        await office.says("ana", "help-it", "The printer needs toner")
        await office.types("bo", "/desk accept IT-1 supplies", channel="team-it")
        await office.types("bo", "/desk resolve IT-1 New toner is in", channel="team-it")
        expected = {"supplies": SuggestionState.ACCEPTED, "printer": SuggestionState.CORRECTED}
        assert await tag_states(office) == expected


async def test_every_tag_that_is_sure_enough_is_filled_in_and_one_taken_off_was_wrong(folder: Path) -> None:
    async with sorting_office(folder, FILL, tags=TAGS) as office:
        await office.says("ana", "help-it", "The printer needs toner")
        assert set(await tags_of(office)) == {"printer", "supplies"}
        await office.types("bo", "/desk tag IT-1 -printer", channel="team-it")
        assert (await tag_states(office))["printer"] is SuggestionState.CORRECTED


async def test_unhappy_requests_are_found_and_marked_in_lists_of_their_team_alone(folder: Path) -> None:
    async with sorting_office(folder) as office:
        await office.says("ana", "help-it", "This is unacceptable: my mouse is dead")
        await office.says("ana", "help-it", "A keyboard, please")
        mark = said("lists.unhappy")
        found = await office.types("bo", "/desk search is:unhappy", channel="team-it")
        assert mark in found
        assert "IT-1" in found
        assert "IT-2" not in found
        calm = await office.types("bo", "/desk search -is:unhappy", channel="team-it")
        assert "IT-2" in calm
        assert mark not in calm
        assert mark not in await office.types("ana", "/ticket list")
        assert "IT-1 " not in await office.types("ana", "/ticket search is:unhappy")


async def test_who_grows_unhappy_later_is_flagged_then(folder: Path) -> None:
    async with sorting_office(folder) as office:
        request = await office.says("ana", "help-it", "My mouse is dead")
        assert said("team.sounds_unhappy") not in text_of(await card(office))
        await office.says("ana", "help-it", "I am still waiting, this is ridiculous", thread=request)
        assert said("team.sounds_unhappy") in text_of(await card(office))
        assert "IT-1" in await office.types("bo", "/desk search is:unhappy", channel="team-it")


async def test_a_desk_that_flags_nothing_knows_no_such_search(folder: Path) -> None:
    async with sorting_office(folder, "sorting: {unhappy: no}") as office:
        await office.says("ana", "help-it", "This is unacceptable: my mouse is dead")
        answer = await office.types("bo", "/desk search is:unhappy", channel="team-it")
        assert "IT-1" not in answer


async def test_accepting_nothing_says_so(folder: Path) -> None:
    async with sorting_office(folder, team=VPN) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        answer = await office.types("bo", "/desk accept IT-1", channel="team-it")
        assert answer == said("refusals.nothing_suggested", reference="IT-1")


async def test_admins_read_how_it_does(folder: Path) -> None:
    async with sorting_office(folder, team=VPN) as office:
        await office.says("ana", "help-it", "The tunnel fails")
        await office.types("bo", "/desk accept IT-1", channel="team-it")
        answer = await office.types("lee", "/desk-admin sorting")
        assert "Team: learned from 500 tickets" in answer
        assert "1 accepted, 0 corrected" in answer


async def test_sure_suggestions_that_are_often_wrong_are_not_filled_in_any_more(folder: Path) -> None:
    async with sorting_office(folder, FILL, priority={"outage": "urgent"}) as office:
        for number in range(1, 21):
            await office.says("ana", "help-it", f"There is an outage, number {number}")
            await office.types("bo", f"/desk priority IT-{number} low", channel="team-it")
        await office.desk.workers["learner"].tick()
        await office.desk.workers["learner"].tick()
        await office.settle()
        told = [each for each in await office.reads("lee", "operators") if "Sorting" in each]
        assert told == [said("team.sorting_falls_back", field="priority", right="0", sure="20")]
        await office.says("ana", "help-it", "Another outage")
        found = await office.card("bo", "team-it", "IT-21")
        assert found["content"]["level"] == "normal"
        assert said("team.button_accept", label="urgent") in buttons(found)
