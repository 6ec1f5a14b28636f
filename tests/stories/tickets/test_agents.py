"""Agents and leads at work: every verb, under each name, by button and by mention."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, shown


async def card(office: Office, channel: str = "team-it", reference: str = "IT-1") -> dict[str, Any]:
    return (await office.card("lee", channel, reference))["content"]  # type: ignore[no-any-return]


def and_seen(key: str, seen_by: str, text: str) -> str:
    """What was done with IT-1, and who reads these words."""
    return f"{said(key, reference='IT-1')} {said(seen_by, text=text)}"


def due_moved(measure: str, *, before: str, at: str) -> str:
    """Instants of 2 March as the page is sent them."""
    before, at = (f"2026-03-02T{each}:00.000Z" for each in (before, at))
    return said("answers.due_moved", measure=measure, before=before, at=at)


@pytest.mark.parametrize("group", ["/desk", "/ticket"])
@pytest.mark.parametrize(
    ("order", "answer", "then"),
    [
        ("claim {}", said("answers.claimed", reference="IT-1"), {"status": "open", "assignee": "Bo Berg"}),
        (
            "assign {} @cleo",
            said("answers.assigned", reference="IT-1", name="Cleo Chen"),
            {"assignee": "Cleo Chen"},
        ),
        (
            "assign {} cleo@example.com",
            said("answers.assigned", reference="IT-1", name="Cleo Chen"),
            {"assignee": "Cleo Chen"},
        ),
        (
            'assign {} "Cleo Chen"',
            said("answers.assigned", reference="IT-1", name="Cleo Chen"),
            {"assignee": "Cleo Chen"},
        ),
        ("assign {} me", said("answers.claimed", reference="IT-1"), {"assignee": "Bo Berg"}),
        (
            "priority {} urgent",
            "\n".join(
                (
                    said("answers.priority_set", reference="IT-1", priority="urgent"),
                    due_moved("First response", before="09:30", at="09:10"),
                    due_moved("Resolution", before="17:00", at="11:00"),
                )
            ),
            {"priority": "urgent"},
        ),
        (
            "tag {} mouse +red",
            said("answers.tags", reference="IT-1", names="mouse and red"),
            {"tags": ["mouse", "red"]},
        ),
        (
            "wait {} Which one?",
            and_seen("answers.pending", "answers.seen_by_requester", "Which one?"),
            {"status": "pending"},
        ),
        (
            "hold {} spare part",
            and_seen("answers.on_hold", "answers.seen_by_requester", "spare part"),
            {"status": "on hold"},
        ),
        (
            "resolve {} battery",
            and_seen("answers.resolved", "answers.seen_by_requester", "battery"),
            {"status": "resolved"},
        ),
        (
            "close {} a joke",
            and_seen("answers.closed", "answers.seen_by_requester", "a joke"),
            {"status": "closed"},
        ),
        (
            "note {} she is in Porto",
            and_seen("answers.note_added", "answers.seen_by_note", "she is in Porto"),
            {"status": "new"},
        ),
    ],
)
async def test_each_verb_does_what_it_says_and_answers(
    office: Office, group: str, order: str, answer: str, then: dict[str, Any]
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert await office.types("bo", f"{group} {order.format('IT-1')}", channel="team-it") == answer
    now = await card(office)
    assert {name: now[name] for name in then} == then


@pytest.mark.parametrize("name", ["IT-1", "it-1", "#1", "1", "IT-1:"])
async def test_a_ticket_goes_by_many_names(office: Office, name: str) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert await office.types("bo", f"/desk claim {name}") == said("answers.claimed", reference="IT-1")


async def test_in_a_tickets_thread_on_either_side_no_name_is_needed(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    thread = (await office.card("bo", "team-it", "IT-1"))["id"]
    assert await office.types("bo", "/desk claim", channel="team-it", thread=thread) == said(
        "answers.claimed", reference="IT-1"
    )
    answer = await office.types("bo", "/desk reply 12 mice came today", channel="help-it", thread=root)
    assert answer == and_seen("answers.reply_sent", "answers.seen_by_requester", "12 mice came today")
    assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: 12 mice came today"]


async def test_a_mention_in_the_thread_is_a_command(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    async with office.page_of("bo") as told:
        await office.says("bo", "help-it", "@deskbell claim", thread=root)
    assert told == [said("answers.claimed", reference="IT-1")]
    assert (await card(office))["assignee"] == "Bo Berg"


@pytest.mark.parametrize(
    "words",
    [
        "help my screen is dark",
        "show me how to print",
        "close to tears here",
        "list of broken things",
        "panel broken",
    ],
)
async def test_a_cry_for_help_that_begins_like_a_command_is_a_request(office: Office, words: str) -> None:
    await office.says("ana", "lounge", f"@deskbell {words}")
    assert (await card(office))["subject"] == words


async def test_claiming_what_somebody_has_names_them(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    assert await office.types("cleo", "/desk claim IT-1") == said(
        "refusals.already_assigned_to", reference="IT-1", name="Bo Berg"
    )
    assert await office.types("bo", "/desk claim IT-1") == said("refusals.already_yours", reference="IT-1")
    assert await office.types("cleo", "/desk assign IT-1 @bo") == said(
        "refusals.already_assigned_to", reference="IT-1", name="Bo Berg"
    )


async def test_the_cards_buttons_do_the_same_and_say_no_more_than_who_reads_words(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    assert await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Claim") is None
    form = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Resolve")
    assert form is not None
    assert form["title"] == "Resolve · IT-1"
    told = await office.submits("bo", form, channel="team-it", resolution="new battery")
    resolved = said("answers.resolved", reference="IT-1")
    assert told == f"{resolved} {said('answers.seen_by_requester', text='new battery')}"
    assert (await card(office))["status"] == "resolved"
    assert "new battery" in (await office.reads("ana", "help-it", thread=root))[-1]
    await office.types("bo", "/desk reopen IT-1")
    form = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Resolve")
    assert form is not None
    assert await office.submits("bo", form, channel="team-it") == ""


async def test_from_the_menu_of_the_card_a_ticket_is_taken_over_from_who_has_it(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert "Take over" not in str((await office.card("cleo", "team-it", "IT-1"))["content"])
    await office.types("bo", "/desk claim IT-1")
    shown_to_cleo = await office.card("cleo", "team-it", "IT-1")
    assert await office.presses("cleo", shown_to_cleo, "Take over (assigned to Bo Berg)") is None
    assert (await card(office))["assignee"] == "Cleo Chen"
    menu = [entry["label"] for entry in (await card(office))["menu"]]
    assert menu[:2] == ["Take over (assigned to Cleo Chen)", "Release"]


async def test_release_puts_it_back_and_the_queue_shows_it(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    assert "Bo Berg" in await office.types("cleo", "/desk queue it")
    assert (await office.types("bo", "/desk mine")).startswith(
        f"{said('answers.mine')} · 1\nIT-1 My mouse is dead · open"
    )
    assert await office.types("bo", "/desk release IT-1") == said("answers.released", reference="IT-1")
    assert "unassigned" in await office.types("cleo", "/desk queue")
    assert await office.types("bo", "/desk mine") == said("answers.mine_none")


async def test_without_a_ticket_the_fitting_ones_are_buttons_and_pressing_one_works(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("dan", "help-it", "My screen is dark")
    await office.types("bo", "/desk claim IT-2")
    reply = (await office.types_for_reply("bo", "/desk claim", channel="team-it"))["reply"]
    assert shown(reply) == said("commands.which_ticket")
    assert [button["label"] for button in reply["buttons"]] == ["IT-1 · My mouse is dead"]
    assert shown(await office.presses_private("bo", reply, 0, channel="team-it")) == said(
        "answers.claimed", reference="IT-1"
    )
    assert await office.types("bo", "/desk claim") == (
        said("commands.nothing_to_claim", example="/desk claim IT-12")
    )


async def test_words_typed_before_choosing_the_ticket_are_kept(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    reply = (await office.types_for_reply("bo", "/desk reply we are on our way"))["reply"]
    answer = shown(await office.presses_private("bo", reply, 0, channel="help-it"))
    assert answer == and_seen("answers.reply_sent", "answers.seen_by_requester", "we are on our way")
    assert (await office.reads("ana", "help-it", thread=root))[-1] == "Bo Berg: we are on our way"


async def test_a_transfer_takes_everything_along_and_says_where_it_went(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    old = (await office.card("bo", "team-it", "IT-1"))["id"]
    await office.says("bo", "help-it", "Is it the cable?", thread=root)
    await office.says("bo", "team-it", "It must be the switch", thread=old)
    answer = await office.types("bo", "/desk transfer IT-1 network it is the switch")
    seen = said("answers.seen_by_note", text="it is the switch")
    assert answer.startswith(said("answers.transferred", reference="IT-1", team="Network"))
    assert answer.endswith(seen)
    new = (await office.card("cleo", "team-network", "IT-1"))["id"]
    assert await office.reads("cleo", "team-network", thread=new) == [
        "Ana Alves: My mouse is dead",
        "[public reply] Bo Berg: Is it the cable?",
        "[internal note] Bo Berg: It must be the switch",
    ]
    (stub,) = await office.sees("bo", "team-it")
    assert (await office.reads("bo", "team-it"))[0] == said(
        "team.stub", reference="IT-1", subject="My mouse is dead", team="Network", link="Open its card"
    )
    assert {"t": "link", "label": "Open its card", "channel": "team-network", "message": new} in (
        stub["content"]["text"]
    )
    assert (await office.reads("bo", "team-it", thread=old))[-1] == (
        said("team.transferred", name="Bo Berg", reference="IT-1", team="Network")
    )
    assert "team-" not in await office.everything_seen_by("ana")
    assert (
        said("requester.received", reference="IT-1", team="Network")
        in (await office.reads("ana", "help-it", thread=root))[0]
    )


async def test_what_is_said_in_the_old_thread_after_a_transfer_reaches_the_new_team_as_a_note(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "vpn and mouse")
    old = (await office.card("cleo", "team-network", "IT-1"))["id"]
    await office.types("cleo", "/desk transfer IT-1 it")
    await office.says("cleo", "team-network", "by the way, she is in Porto", thread=old)
    new = (await office.card("bo", "team-it", "IT-1"))["id"]
    assert (await office.reads("bo", "team-it", thread=new))[-1] == (
        "[internal note] Cleo Chen: by the way, she is in Porto"
    )
    assert "Porto" not in await office.everything_seen_by("ana")


async def test_there_and_back_again(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk transfer IT-1 network")
    await office.types("cleo", "/desk transfer IT-1 it not ours")
    texts = await office.reads("bo", "team-it")
    assert texts == [
        said(
            "team.stub",
            reference="IT-1",
            subject="My mouse is dead",
            team="Service Desk",
            link="Open its card",
        ),
        "IT-1 My mouse is dead · new · nobody",
    ]
    assert await office.reads("cleo", "team-network") == [texts[0]]


async def test_history_tells_who_did_what(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk assign IT-1 @cleo")
    await office.types("cleo", "/desk resolve IT-1 new battery")
    lines = (await office.types("bo", "/desk history IT-1")).splitlines()
    assert lines[0] == said("commands.history", reference="IT-1")
    assert [line.split(" · ", 1)[1] for line in lines[1:]] == [
        said("history.opened", name="Ana Alves", team="Service Desk", why=said("team.why_no_rule")),
        said("history.policy", policy="standard", why=said("sla.why_default")),
        said("history.wrote", name="Ana Alves"),
        said("history.assigned", name="Bo Berg", owner="Cleo Chen"),
        said("history.status", name="Bo Berg", was="new", status="open"),
        said("history.first_response", name="Cleo Chen"),
        said("history.status_because", name="Cleo Chen", was="open", status="resolved", reason="new battery"),
    ]
