"""What the desk shows, held to Block Kit's limits by the server's own rules."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.api.addresses import Identity
from adapters.slack.render.forms import modal
from adapters.slack.render.home import home_view
from adapters.slack.render.messages import TEXT_LIMIT, Post, RenderOptions, post_of, private_blocks
from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import StoredFile
from bot.messages import parts
from bot.messages.outbound import (
    Board,
    Bold,
    Button,
    Card,
    Code,
    Copy,
    Due,
    Field,
    Form,
    Home,
    HomeLine,
    HomeSection,
    Mention,
    MessageLink,
    Moment,
    Notice,
    Preformatted,
    PrivateReply,
    Quote,
    Tone,
)
from tests.fakes.slack.rules.blocks import accept_message_blocks
from tests.fakes.slack.rules.view_rules import accept_view
from tests.said import said

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DESK = Identity(user="U0", bot="B0", team="T0", name="deskbell", url="https://acme.slack.com/")
SHOWING = RenderOptions(identity=DESK)
ENDLESS = "é<&>*_~`:x: " * 4_000


def shown(post: Post) -> list[dict[str, Any]]:
    """The blocks, if Slack takes them."""
    assert 0 < len(post.text) <= 4_000
    return accept_message_blocks(post.blocks)


def button(label: str = "Press", **more: Any) -> Button:
    return Button(label=label, verb="desk claim", ticket="IT-1", **more)


def card(text: str, *, dues: int = 2, buttons: int = 4, menu: int = 9) -> Card:
    return Card(
        reference="IT-1",
        subject=text,
        excerpt=text + text,
        requester=text,
        status=text,
        state="open",
        priority=text,
        level="normal",
        assignee=text,
        team=text,
        tags=(text, text),
        answers=((text, text),) * 12,
        dues=tuple(Due(label=text, at=AT, note=text, stage=Tone.ALERT) for _ in range(dues)),
        why_here=text,
        opened_at=AT,
        source=MessageLink("Requester’s thread", ChannelRef("slack", "C1"), "1700000000.000100"),
        buttons=tuple(button(text, options={"x": text}) for _ in range(buttons)),
        menu=tuple(button(text, opens_form=True) for _ in range(menu)),
    )


def test_a_card_of_endless_texts_is_taken() -> None:
    shown(post_of(card(ENDLESS, dues=20, buttons=6, menu=40), SHOWING))


def test_a_board_with_all_its_lines_is_taken() -> None:
    there = MessageLink("IT-1042", ChannelRef("slack", "C1"), "1700000000.000100")
    words = " “" + "é<&>*_" * 10 + "” · first response due in 2 d 3 h of the team’s time, by "
    line = (there, words, Moment(AT), " · " + "N" * 80, " · Network and Telephony", " · not acknowledged")
    board = Board(title=(Bold("20 breached"),), lines=(line,) * 20, more=("… and 80 more",), tone=Tone.ALERT)
    post = post_of(board, SHOWING)
    shown(post)
    assert post.text == "20 breached"


def a_copy(text: str, **more: Any) -> Copy:
    return Copy(author="Ana Alves", text=text, said_at=AT, **more)


def test_a_copy_shows_first_what_it_answers() -> None:
    blocks = shown(post_of(a_copy("The left one", quote=f"Bo Berg: {ENDLESS}"), SHOWING))
    quote, words = blocks[0]["elements"]

    assert quote["type"] == "rich_text_quote"
    assert quote["elements"][0]["text"].startswith("Bo Berg: é<&>")
    assert words["elements"][0]["text"] == "The left one"


def test_somebody_from_elsewhere_is_shown_with_the_picture_they_bring_along() -> None:
    from_elsewhere = a_copy("Hi", author_key="discord:7", picture="https://cdn.example/7.png")
    from_here = a_copy("Hi", author_key="slack:U7", picture="https://cdn.example/old.png")
    known = RenderOptions(identity=DESK, pictures={"slack:U7": "https://slack.example/new.png"})

    assert post_of(from_elsewhere, known).picture == "https://cdn.example/7.png"
    assert post_of(from_here, known).picture == "https://slack.example/new.png"


def test_a_file_that_is_missing_here_is_found_where_it_was_said() -> None:
    lost = StoredFile(name="log.zip", media_type="", size=9, digest=None, problem="It is too large.")
    there = MessageLink("Where it was said", ChannelRef("slack", "C1"), "1700000000.000100")
    troubles = shown(post_of(a_copy("See", files=(lost,), source=there), SHOWING))[1]

    words, _, link = troubles["elements"][0]["elements"]
    assert "It is too large." in words["text"]
    assert link["url"].startswith("https://acme.slack.com/archives/C1/")


@pytest.mark.parametrize("text", ["", " ", "a", "\u202eabc", "*bold* <!channel>"])
def test_a_card_of_odd_texts_is_taken(text: str) -> None:
    shown(post_of(card(text), SHOWING))


@given(st.text(min_size=0, max_size=400))
def test_any_words_of_people_are_taken_and_stand_there_literally(text: str) -> None:
    copy = Copy(author=text, text=text, said_at=AT, label=text)
    blocks = shown(post_of(copy, SHOWING))
    if text:
        elements = blocks[0]["elements"][0]["elements"]
        assert "".join(element["text"] for element in elements) == text
        assert {element["type"] for element in elements} <= {"text", "link"}


def test_every_part_of_an_endless_text_is_taken() -> None:
    for part in parts.split(Copy(author="Ana", text=ENDLESS * 3, said_at=AT), limit=TEXT_LIMIT):
        assert isinstance(part, Copy)
        shown(post_of(part, SHOWING))


def test_what_may_ping_is_what_was_meant() -> None:
    lee, bo = Mention("slack:U1", "Lee"), Mention("slack:U2", "Bo")
    elsewhere = Mention("web:ana", "Ana")
    notice = Notice(text=(lee, " ", bo, " ", elsewhere, " <@U9>"), mentions=(lee, elsewhere))
    (section,) = shown(post_of(notice, SHOWING))[0]["elements"]
    users = [element["user_id"] for element in section["elements"] if element["type"] == "user"]
    assert users == ["U1"]
    words = "".join(element.get("text", "") for element in section["elements"])
    assert "@Bo" in words
    assert "<@U9>" in words
    assert "<" not in post_of(notice, SHOWING).text


def test_instants_are_shown_in_each_readers_own_time() -> None:
    (section,) = shown(post_of(Notice(text=("By ", Moment(AT, "Europe/Berlin"))), SHOWING))[0]["elements"]
    date = section["elements"][1]
    assert (date["type"], date["timestamp"]) == ("date", int(AT.timestamp()))
    assert "<!date^" in str(shown(post_of(card("VPN"), SHOWING)))


def test_links_to_messages_are_built_and_direct_messages_are_not_linked() -> None:
    public = MessageLink("the card", ChannelRef("slack", "C1"), "1700000000.000100")
    private = MessageLink("your request", ChannelRef("slack", "@U1"), "1700000000.000100")
    (section,) = shown(post_of(Notice(text=(public, private)), SHOWING))[0]["elements"]
    links = [element for element in section["elements"] if element["type"] == "link"]
    assert [link["url"] for link in links] == ["https://acme.slack.com/archives/C1/p1700000000000100"]


def test_names_on_a_card_are_no_markup() -> None:
    markup = _markup(shown(post_of(card("*Eve* <!here> `x`"), SHOWING)))
    assert "<!here>" not in markup
    assert "*Eve*" not in markup
    assert "`x`" not in markup


def _markup(part: Any) -> str:
    """Every text in which signs mean something."""
    if isinstance(part, list):
        return "\n".join(_markup(each) for each in part)
    if isinstance(part, dict):
        own = str(part["text"]) if part.get("type") == "mrkdwn" else ""
        return own + "\n".join(_markup(each) for each in part.values() if not isinstance(each, str))
    return ""


def test_private_answers_are_taken() -> None:
    buttons = tuple(button(f"IT-{number}", confirm="Sure?") for number in range(60))
    text = (
        Bold("Your requests"),
        "\n",
        Code("/ticket open"),
        Quote("said"),
        Preformatted("a  1"),
        Moment(AT),
    )
    accept_message_blocks(private_blocks(PrivateReply(text=text, buttons=buttons, is_error=True), DESK))


def test_a_home_page_of_many_tickets_says_how_many_are_left_out() -> None:
    lines = tuple(
        HomeLine(text=(Bold(f"IT-{number}"), ENDLESS[:200]), buttons=(button(),)) for number in range(80)
    )
    sections = tuple(HomeSection(title=ENDLESS[:300], lines=lines, more=3) for _ in range(2))
    view = accept_view(
        home_view(Home(title="Desk", sections=sections), identity=DESK, language="en"), kind="home"
    )
    assert len(view["blocks"]) <= 100
    assert "more" in str(view["blocks"])
    many = Home(title="Desk", sections=(HomeSection(title="Unassigned", more=990, has_many_more=True),))
    shown = str(accept_view(home_view(many, identity=DESK, language="en"), kind="home"))
    assert said("platforms.and_many_more", count=990) in shown


def test_a_form_of_endless_texts_is_taken() -> None:
    fields = tuple(
        Field(
            name=f"{kind}{number}",
            label=ENDLESS[:5_000],
            kind=kind,
            value=value,
            hint=ENDLESS[:5_000],
            choices=tuple((f"v{choice}", ENDLESS[: 10 + choice]) for choice in range(number * 250)),
        )
        for number, (kind, value) in enumerate(
            [
                ("text", ENDLESS),
                ("long_text", ENDLESS),
                ("choice", "v3"),
                ("person", "slack:U1"),
                ("date", "2026-03-02"),
            ]
        )
        if kind != "choice" or number
    )
    form = Form(title=ENDLESS[:100], verb="desk reply", ticket="IT-1", fields=fields, submit=ENDLESS[:100])
    accept_view(modal(form, channel="C1", thread="1700000000.000100", language="en"), kind="modal")


def test_a_sentence_that_stays_never_reads_until_yesterday() -> None:
    on_call = Notice(text=("You’re on call until ", Moment(AT), "."))
    assert "_pretty" not in str(shown(post_of(on_call, SHOWING)))
    brief = private_blocks(PrivateReply(text=("Bo is on call until ", Moment(AT))), SHOWING.identity)
    assert "{date_short_pretty}" in str(brief)


def test_a_promised_instant_reads_like_the_rest_of_its_sentence() -> None:
    promised = Notice(text=("By ", Moment(AT, "Europe/Berlin", "Tuesday 10:30")))
    post = post_of(promised, SHOWING)
    (section,) = shown(post)[0]["elements"]
    date = section["elements"][1]
    assert date["format"] == "\u200b{date_long}, {time}"
    assert date["fallback"] == "Tuesday 10:30"
    assert post.text == "By Tuesday 10:30"


def test_a_card_says_what_becomes_of_words_in_its_thread() -> None:
    blocks = shown(post_of(replace(card("Mouse"), thread_says="Notes go here"), SHOWING))
    assert "Notes go here" in json.dumps(blocks)
