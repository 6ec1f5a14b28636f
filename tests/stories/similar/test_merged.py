"""Merged tickets: each requester reads the team's answer in their own thread, and nobody else's words."""

import pytest

from tests.said import said
from tests.stories.fields.test_forms import transcripts
from tests.stories.office import Office, shown, words
from tests.stories.similar.merges import merges

FIRST = "My payslip of March shows the wrong bank"
SECOND = "Payslip goes to my old bank, salary is private"


async def two_private_ones(office: Office) -> None:
    await office.types("ana", f"/ticket open {FIRST}", channel="hr-private")
    await office.types("dan", f"/ticket open {SECOND}", channel="hr-private")
    merged = await merges(office, "bo", "/desk merge IT-2 into IT-1", channel="team-people")
    assert merged == said("answers.merged", reference="IT-2", other="IT-1")


async def test_requesters_of_private_tickets_never_read_one_another(office: Office) -> None:
    await two_private_ones(office)
    await office.types("ana", "/ticket reply IT-1 My secret account is 4711")
    await office.types("bo", "/desk reply IT-1 Corrected with the April run", channel="team-people")
    await office.types("bo", "/desk note IT-1 both moved house", channel="team-people")
    await office.types("bo", "/desk resolve IT-1 Bank data is right now", channel="team-people")
    dan, ana = await office.everything_seen_by("dan"), await office.everything_seen_by("ana")
    assert "Corrected with the April run" in dan
    assert "Bank data is right now" in dan
    assert not [each for each in ("4711", "wrong bank", "IT-1", "moved house", "Ana Alves") if each in dan]
    assert not [each for each in ("old bank", "IT-2", "moved house", "Dan Dietz") if each in ana]
    assert "IT-1" not in await office.types("dan", "/ticket list")
    assert "wrong bank" not in await office.types("dan", "/ticket show IT-1")


async def test_a_duplicate_of_a_public_ticket_is_told_which_one(office: Office) -> None:
    first = await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    told = said("requester.merged", reference="IT-2", other="IT-1", team="Service Desk")
    assert told in await office.reads("dan", "help-it", thread=second)
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["state"] == "closed"
    edited = await office.says("bo", "help-it", "We oil it", thread=first)
    assert "Bo Berg: We oil it" in await office.reads("dan", "help-it", thread=second)
    await office.edits("bo", edited, "We replace it")
    assert "Bo Berg: We replace it" in await office.reads("dan", "help-it", thread=second)
    await office.deletes("bo", edited)
    assert "Bo Berg: We replace it" not in await office.reads("dan", "help-it", thread=second)


async def test_what_a_duplicates_requester_writes_reaches_the_team_of_the_original_alone(
    office: Office,
) -> None:
    first = await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    await office.types("bo", "/desk claim IT-1", channel="team-it")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    await office.has_read("bo", "team-it")
    wrote = await office.says("dan", "help-it", "It squeaks as well", thread=second)
    card = await office.card("bo", "team-it", "IT-1")
    assert "Dan Dietz: It squeaks as well" in await office.reads("bo", "team-it", thread=card["id"])
    assert await office.mentions("bo", "team-it") == 1
    assert "Dan Dietz: It squeaks as well" not in await office.reads("ana", "help-it", thread=first)
    await office.types("dan", "/ticket reply IT-2 And it is cold here")
    assert "Dan Dietz: And it is cold here" in await office.reads("bo", "team-it", thread=card["id"])
    assert await office.mentions("bo", "team-it") == 2
    await office.edits("dan", wrote, "It screams as well")
    assert "Dan Dietz: It screams as well" in await office.reads("bo", "team-it", thread=card["id"])
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["state"] == "closed"
    await office.types("bo", "/desk resolve IT-1 oiled", channel="team-it")
    await office.types("bo", "/desk close IT-1 done", channel="team-it")
    await office.says("dan", "help-it", "It is stuck again", thread=second)
    assert (await office.card("bo", "team-it", "IT-3"))["content"]["requester"] == "Dan Dietz"


async def test_a_colleague_in_a_duplicates_thread_is_heard_where_it_goes_on(office: Office) -> None:
    first = await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    await office.types("bo", "/desk claim IT-1", channel="team-it")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    await office.has_read("bo", "team-it")
    await office.says("ana", "help-it", "Is that the grey door?", thread=second)
    card = await office.card("bo", "team-it", "IT-1")
    thread = await office.reads("bo", "team-it", thread=card["id"])
    assert "Ana Alves: Is that the grey door?" in thread
    named = {"owner": "Bo Berg", "name": "Ana Alves", "duplicate": "IT-2", "reference": "IT-1"}
    assert said("team.duplicate_wrote_for", **named) in thread
    assert await office.mentions("bo", "team-it") == 1
    assert "Is that the grey door?" not in await office.reads("dan", "help-it", thread=first)
    await office.types("bo", "/desk close IT-1 oiled", channel="team-it")
    await office.says("ana", "help-it", "It is stuck once more", thread=second)
    assert (await office.card("bo", "team-it", "IT-3"))["content"]["requester"] == "Ana Alves"


async def test_taken_apart_it_hears_of_its_own_answers_alone(office: Office) -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    answer = await office.types("bo", "/desk unmerge IT-2", channel="team-it")
    assert answer == said("answers.unmerged", reference="IT-2")
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["state"] == "new"
    await office.types("bo", "/desk reply IT-1 We oil it", channel="team-it")
    assert "Bo Berg: We oil it" not in await office.reads("dan", "help-it", thread=second)
    history = await office.types("bo", "/desk history IT-2", channel="team-it")
    assert said("history.merged", name="Bo Berg", other="IT-1") in history


async def test_that_the_original_is_open_again_is_told_where_its_duplicate_was_asked(office: Office) -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    again = said("requester.duplicate_reopened", reference="IT-2")
    await office.types("bo", "/desk resolve IT-1 oiled", channel="team-it")
    assert again not in await office.reads("dan", "help-it", thread=second)
    await office.types("bo", "/desk reopen IT-1", channel="team-it")
    assert (await office.reads("dan", "help-it", thread=second)).count(again) == 1
    await office.types("bo", "/desk hold IT-1 until the part is here", channel="team-it")
    await office.types("bo", "/desk reopen IT-1", channel="team-it")
    assert (await office.reads("dan", "help-it", thread=second)).count(again) == 1


async def test_a_duplicate_has_no_targets_of_its_own(office: Office) -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    await office.says("dan", "help-it", "Lab door is stuck")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    part = said("answers.sla_merged", reference="IT-2", other="IT-1")
    assert await office.types("dan", "/ticket sla IT-2") == part
    reply = (await office.types_for_reply("bo", "/desk sla IT-2", channel="team-it"))["reply"]
    assert shown(reply) == part
    told = await office.presses_private("bo", reply, 0, channel="team-it")
    assert shown(told).startswith(
        said("answers.sla", reference="IT-1", subject="The door of the lab is stuck")
    )


async def test_a_private_original_is_not_named_where_its_duplicates_targets_are_asked_for(
    office: Office,
) -> None:
    await two_private_ones(office)
    told = await office.types("dan", "/ticket sla IT-2")
    assert told == said("answers.sla_merged_unnamed", reference="IT-2", team="People")


async def test_the_higher_priority_of_the_two_is_the_originals(office: Office) -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    await office.says("dan", "help-it", "Lab door is stuck")
    await office.says("dan", "help-it", "Lab door")
    await office.types("bo", "/desk priority IT-2 urgent", channel="team-it")
    await office.types("bo", "/desk priority IT-3 low", channel="team-it")
    before = await office.types("bo", "/desk sla IT-1", channel="team-it")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    await merges(office, "bo", "/desk merge IT-3 IT-1")
    urgent = said("terms.priority_urgent")
    assert urgent in (await office.types("bo", "/desk show IT-1", channel="team-it"))
    after = await office.types("bo", "/desk sla IT-1", channel="team-it")
    assert said("sla.why_priority", priority=urgent) in after
    assert said("sla.why_priority", priority=urgent) not in before
    history = await office.types("bo", "/desk history IT-1", channel="team-it")
    assert (
        said("history.priority", name="Bo Berg", was=said("terms.priority_normal"), priority=urgent)
        in history
    )


async def test_both_sides_are_told_the_truth_of_what_is_separate_again(office: Office) -> None:
    first = await office.says("ana", "help-it", "The door of the lab is stuck")
    own = await office.says("ana", "help-it", "Lab door is stuck")
    other = await office.says("dan", "help-it", "Lab: door stuck")
    await office.types("bo", "/desk merge IT-2 IT-1", channel="team-it")
    await merges(office, "bo", "/desk merge IT-3 IT-1")
    await office.types("bo", "/desk unmerge IT-2", channel="team-it")
    await office.types("bo", "/desk unmerge IT-3", channel="team-it")
    card = await office.card("bo", "team-it", "IT-1")
    read = await office.reads("bo", "team-it", thread=card["id"])
    assert said("team.unmerged_here_own", duplicate="IT-2") in read
    assert said("team.unmerged_here", duplicate="IT-2") not in read
    assert said("team.unmerged_here", duplicate="IT-3") in read
    for who, reference, thread in (("ana", "IT-2", own), ("dan", "IT-3", other)):
        told = await office.reads(who, "help-it", thread=thread)
        assert said("requester.unmerged", reference=reference, team="Service Desk") in told
        assert said("requester.reopened", reference=reference) not in told
    assert "IT-2" not in await office.reads("ana", "help-it", thread=first)


async def test_duplicates_of_a_duplicate_follow_and_what_makes_no_sense_is_refused(office: Office) -> None:
    for text in ("The door of the lab is stuck", "Lab door is stuck", "Lab: door stuck"):
        await office.says("ana", "help-it", text)
    await office.types("ana", "/ticket open Private salary matter", channel="hr-private")
    await office.types("bo", "/desk merge IT-3 IT-2", channel="team-it")

    async def refused(command: str, key: str, **facts: str) -> None:
        assert await office.types("bo", command, channel="team-it") == said(key, **facts)

    await refused("/desk merge IT-1 IT-1", "refusals.merged_into_itself", reference="IT-1")
    await refused("/desk merge IT-1 IT-3", "refusals.merged_original", reference="IT-3", other="IT-2")
    await refused("/desk unmerge IT-1", "refusals.not_merged", reference="IT-1")
    await refused("/desk merge IT-1 IT-4", "refusals.merged_private", reference="IT-1", team="People")
    await office.types("bo", "/desk merge IT-2 IT-1", channel="team-it")
    card = await office.card("bo", "team-it", "IT-1")
    answers = {each["label"]: each["answer"] for each in card["content"]["answers"]}
    assert answers[said("team.label_duplicates")] == "IT-2 Ana Alves, IT-3 Ana Alves"
    unknown = await office.types("cleo", "/desk merge IT-1 IT-4", channel="team-it")
    assert "salary" not in unknown
    assert "IT-4" in unknown
    assert "duplicate" not in unknown


async def test_merging_two_peoples_tickets_is_asked_first_and_can_be_taken_back_with_a_button(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    reply = (await office.types_for_reply("bo", "/desk merge IT-2 IT-1", channel="team-it"))["reply"]
    facts = {"reference": "IT-2", "other": "IT-1", "name": "Dan Dietz", "owner": "Ana Alves"}
    subjects = {"subject": "Lab door is stuck", "title": "The door of the lab is stuck"}
    preview = said("answers.merge_preview", **facts, **subjects)
    assert shown(reply) == f"{preview}\n{said('answers.confirm_merge', **facts)}"
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["state"] == "new"
    merged = await office.presses_private("bo", reply, 0, channel="team-it")
    assert merged is not None
    assert [each["label"] for each in merged["buttons"]] == [said("answers.button_unmerge")]
    await office.presses_private("bo", merged, 0, channel="team-it")
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["state"] == "new"
    await office.types("bo", "/desk reply IT-1 We oil it", channel="team-it")
    assert "Bo Berg: We oil it" not in await office.reads("dan", "help-it", thread=second)


async def test_merging_one_persons_private_tickets_is_not_asked(office: Office) -> None:
    await office.types("ana", f"/ticket open {FIRST}", channel="hr-private")
    await office.types("ana", f"/ticket open {SECOND}", channel="hr-private")
    merged = await office.types("bo", "/desk merge IT-2 IT-1", channel="team-people")
    subjects = {"subject": SECOND, "title": FIRST, "command": "/desk unmerge IT-2"}
    assert said("answers.merged", reference="IT-2", other="IT-1") in merged
    assert said("answers.merged_subjects", **subjects) in merged


async def test_the_requester_of_a_duplicate_reads_it_whole_and_finds_it_in_their_list(office: Office) -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    await office.says("dan", "help-it", "Lab door is stuck")
    await office.types("bo", "/desk reply IT-1 Before you came", channel="team-it")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    await office.types("ana", "/ticket reply IT-1 My knee hurts")
    await office.types("bo", "/desk reply IT-1 We oil it", channel="team-it")
    await office.types("bo", "/desk note IT-1 no oil left", channel="team-it")
    live = said("commands.merged_status", status=said("terms.status_open"))
    shown_to_dan = await office.types("dan", "/ticket show IT-2")
    assert live in shown_to_dan
    assert "We oil it" in shown_to_dan
    assert not [each for each in ("Before", "knee", "no oil", "IT-1", "Ana") if each in shown_to_dan]
    listed = await office.types("dan", "/ticket list")
    assert "IT-2" in listed
    assert live in listed
    assert "IT-2" not in await office.types("bo", "/desk queue all", channel="team-it")
    await office.types("bo", "/desk resolve IT-1 Oiled twice", channel="team-it")
    assert "IT-2" not in await office.types("dan", "/ticket list")
    over = await office.types("dan", "/ticket show IT-2")
    assert "Oiled twice" in over
    assert said("commands.merged_status", status=said("terms.status_resolved")) in over
    await office.types("dan", "/ticket transcript IT-2")
    (kept, *_) = await transcripts(office, "dan")
    assert "We oil it" in kept
    assert not [each for each in ("Before", "knee", "no oil", "IT-1", "Ana") if each in kept]


async def two_of_two_teams(office: Office) -> str:
    """Ana's is with the network team, Dan's was with the service desk; returns Dan's message."""
    await office.says("ana", "help-it", "The wifi of the lab is down")
    second = await office.says("dan", "help-it", "No internet in the lab")
    await merges(office, "cleo", "/desk merge IT-2 IT-1", channel="team-it")
    return second


async def test_what_a_duplicates_requester_writes_directly_reaches_the_team_of_the_original(
    office: Office,
) -> None:
    await two_of_two_teams(office)
    await office.says("dan", "@dan", "Any news on IT-2? My payslip is due")
    card = await office.card("cleo", "team-network", "IT-1")
    read = await office.reads("cleo", "team-network", thread=card["id"])
    assert f"[{said('team.label_direct')}] Dan Dietz: Any news on IT-2? My payslip is due" in read
    assert len(await office.sees("bo", "team-people")) == 0
    joined = (await office.sees_thread("dan", "@dan", (await office.sees("dan", "@dan"))[-1]["id"]))[-1]
    assert "IT-2" in words(joined)


async def test_who_asked_a_duplicate_and_names_no_ticket_is_asked_about_it(office: Office) -> None:
    await two_of_two_teams(office)
    await office.says("dan", "@dan", "It is still down on my floor")
    question = (await office.sees("dan", "@dan"))[-1]
    assert words(question) == said("requester.which_ticket", text="It is still down on my floor")
    await office.presses("dan", question, "IT-2 · in #help-it · No internet in the lab")
    card = await office.card("cleo", "team-network", "IT-1")
    read = await office.reads("cleo", "team-network", thread=card["id"])
    assert f"[{said('team.label_direct')}] Dan Dietz: It is still down on my floor" in read


async def test_what_follows_a_finished_original_goes_to_its_team_whatever_the_rules_say(
    office: Office,
) -> None:
    second = await two_of_two_teams(office)
    await office.types("cleo", "/desk resolve IT-1 new router", channel="team-network")
    await office.says("dan", "help-it", "It is down again, and my payslip is due", thread=second)
    assert (await office.card("cleo", "team-network", "IT-3"))["content"]["requester"] == "Dan Dietz"
    assert len(await office.sees("bo", "team-people")) == 0


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hi Ana! We oil it", "Hi Dan! We oil it"),
        ("Dear Ana Alves, we oil it", "Dear Dan Dietz, we oil it"),
        ("Good morning Ana\nWe oil it", "Good morning Dan\nWe oil it"),
        ("We oil it, and told Ana Alves!", "We oil it, and told Ana Alves!"),
    ],
)
async def test_a_reply_speaks_to_each_requester_by_their_own_name(
    office: Office, typed: str, read: str
) -> None:
    first = await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    await office.types("bo", f"/desk reply IT-1 {typed}", channel="team-it")
    assert f"Bo Berg: {typed}" in await office.reads("ana", "help-it", thread=first)
    assert f"Bo Berg: {read}" in await office.reads("dan", "help-it", thread=second)
    assert read in await office.types("dan", "/ticket show IT-2")


async def test_two_of_one_person_with_nothing_in_common_are_asked_about_first(office: Office) -> None:
    for text in ("My mouse is dead", "The roof leaks in the kitchen", "My other mouse is dead"):
        await office.says("ana", "help-it", text)
    asked = (await office.types_for_reply("bo", "/desk merge IT-2 IT-1", channel="team-it"))["reply"]
    question = shown(asked)
    assert said("answers.confirm_merge_unlike", reference="IT-2", other="IT-1") in question
    assert "roof leaks" in question
    merged = shown(await office.presses_private("bo", asked, 0, channel="team-it"))
    assert said("answers.merged", reference="IT-2", other="IT-1") in merged
    at_once = await office.types("bo", "/desk merge IT-3 IT-1", channel="team-it")
    assert said("answers.merged", reference="IT-3", other="IT-1") in at_once
