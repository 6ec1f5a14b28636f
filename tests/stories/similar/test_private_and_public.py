"""One person asked in private and in public: what is answered in private stays there once both are one."""

from pathlib import Path

from tests.said import said
from tests.stories.office import Office, plain, shown
from tests.stories.portal.portal_visit import open_portal, portal_visit

ANSWER = "The merger papers are not lost"


async def both(office: Office) -> str:
    """IT-1 in a channel, whose id is returned, and IT-2 in private."""
    root = await office.says("ana", "help-it", "The screen of my laptop flickers")
    await office.types("ana", "/ticket open private: My laptop screen flickers over the merger papers")
    return root


async def test_an_answer_in_private_is_never_posted_where_its_requester_asked_in_public(
    office: Office,
) -> None:
    root = await both(office)
    merged = await office.types("bo", "/desk merge IT-1 into IT-2", channel="team-it")
    assert said("answers.merged_apart", reference="IT-1", other="IT-2") in merged
    card = await office.card("bo", "team-it", "IT-2")
    thread = await office.reads("bo", "team-it", thread=card["id"])
    told = said(
        "team.merged_here_apart",
        name="Bo Berg",
        person="Ana Alves",
        duplicate="IT-1",
        reference="IT-2",
        subject="The screen of my laptop flickers",
    )
    assert told in thread
    await office.types("bo", f"/desk reply IT-2 {ANSWER}", channel="team-it")
    await office.types("bo", "/desk wait IT-2 Which merger is it?", channel="team-it")
    await office.types("bo", "/desk resolve IT-2 New cable for the merger", channel="team-it")
    public = await office.reads("dan", "help-it", thread=root)
    assert said("requester.merged_apart", reference="IT-1", team="Service Desk") in public
    assert not any("merger" in each or "IT-2" in each for each in public)
    own = await office.everything_seen_by("ana")
    assert all(each in own for each in (ANSWER, "Which merger is it?", "New cable for the merger"))


async def test_who_was_added_to_the_public_one_reads_nothing_of_the_private_one(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "dan") as dan:
        await both(office)
        await office.types("ana", "/ticket add IT-1 @dan")
        await office.types("bo", "/desk merge IT-1 into IT-2", channel="team-it")
        await office.types("bo", f"/desk reply IT-2 {ANSWER}", channel="team-it")
        page = await dan.reads("/requests/IT-1")
        assert said("requester.merged_state_apart", reference="IT-1", team="Service Desk") in page
        assert "merger" not in page
        assert "merger" not in await office.types("dan", "/ticket show IT-1")
        assert ANSWER in await office.types("ana", "/ticket show IT-2")


async def test_what_was_answered_before_it_became_private_goes_from_there(office: Office) -> None:
    first = await office.says("ana", "help-it", "The screen of my laptop flickers")
    await office.says("ana", "help-it", "My laptop screen flickers again")
    await office.types("bo", "/desk merge IT-1 into IT-2", channel="team-it")
    await office.types("bo", f"/desk reply IT-2 {ANSWER}", channel="team-it")
    assert any(ANSWER in each for each in await office.reads("dan", "help-it", thread=first))
    await office.types("ana", "/ticket private IT-2")
    public = await office.reads("dan", "help-it", thread=first)
    assert not any(ANSWER in each or "IT-2" in each for each in public)
    assert said("requester.merged_state_apart", reference="IT-1", team="Service Desk") in public


async def test_a_private_one_goes_on_in_public_only_once_that_is_confirmed(office: Office) -> None:
    root = await both(office)
    asked = (await office.types_for_reply("bo", "/desk merge IT-2 into IT-1", channel="team-it"))["reply"]
    assert said("answers.confirm_merge_own", private="IT-2", public="IT-1") in shown(asked)
    await office.presses_private("bo", asked, 0, channel="team-it")
    card = await office.card("bo", "team-it", "IT-1")
    form = await office.presses("bo", card, "Reply")
    assert form is not None
    assert "IT-2" not in plain(form["notice"]), "who asked both is no other reader"
    await office.types("bo", "/desk reply IT-1 We bring a cable", channel="team-it")
    assert "Bo Berg: We bring a cable" in await office.reads("dan", "help-it", thread=root)


async def test_one_person_is_no_reader_besides_themselves(office: Office) -> None:
    await office.says("ana", "help-it", "The screen of my laptop flickers")
    await office.says("ana", "help-it", "My laptop screen flickers again")
    await office.types("bo", "/desk merge IT-2 into IT-1", channel="team-it")
    card = await office.card("bo", "team-it", "IT-1")
    told = said(
        "team.merged_here_own",
        name="Bo Berg",
        person="Ana Alves",
        duplicate="IT-2",
        reference="IT-1",
        subject="My laptop screen flickers again",
    )
    assert told in await office.reads("bo", "team-it", thread=card["id"])
