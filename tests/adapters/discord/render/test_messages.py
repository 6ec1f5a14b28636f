"""What the desk shows, held to Discord's limits by the server's own rules."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.api.addresses import Json
from adapters.discord.render.cards import MOST_ENTRIES
from adapters.discord.render.messages import (
    EPHEMERAL,
    Post,
    RenderOptions,
    author_name,
    heading,
    in_parts,
    in_so_many,
    post_of,
    private_body,
)
from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import (
    Board,
    Bold,
    Button,
    Card,
    Code,
    Copy,
    Due,
    Mention,
    MessageLink,
    Moment,
    Notice,
    Preformatted,
    PrivateReply,
    Quote,
    RichText,
    Tone,
)
from tests.adapters.discord.render.read_markdown import as_read
from tests.fakes.discord.rest.webhooks import check_name
from tests.fakes.discord.rules.components import check_components, widgets
from tests.fakes.discord.rules.limits import check_allowed_mentions, check_embeds, check_text, embed_texts
from tests.fakes.discord.rules.refusals import Problems
from tests.said import said

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENDLESS = "é<&>*_~`:x: " * 2_000
THERE = MessageLink("Requester’s thread", ChannelRef("discord", "5"), "7")


def link_of(link: MessageLink) -> str:
    return f"https://discord.com/channels/1162000000000000001/{link.channel.channel}/{link.message_id}"


HERE = RenderOptions(link_of=link_of)
PREFIXED = RenderOptions(link_of=link_of, as_author=False)


def taken(post: Post) -> Json:
    """The body, if Discord takes it."""
    problems = Problems()
    check_text(problems, post.body)
    check_embeds(problems, post.body["embeds"])
    check_components(problems, post.body["components"])
    check_allowed_mentions(problems, post.body["allowed_mentions"])
    if post.name:
        check_name(problems, "username", post.name)
    problems.raise_if_any()
    assert post.body["content"].strip() or post.body["embeds"] or post.sizes
    assert post.body["allowed_mentions"]["parse"] == []
    assert post.body["allowed_mentions"]["replied_user"] is False
    return post.body


def button(label: str = "Press", **more: object) -> Button:
    return Button(label=label, verb="desk claim", ticket="IT-1", **more)  # type: ignore[arg-type]


def card(text: str, *, dues: int = 2, buttons: int = 4, menu: int = 9, **more: object) -> Card:
    return Card(
        reference="IT-1",
        subject=text,
        excerpt=text + "\n" + text,
        requester=text,
        status=text,
        state="open",
        priority=text,
        level="normal",
        assignee=text,
        team=text,
        tags=(text, text),
        answers=((f"Answer {text}", text),) * 30,
        dues=tuple(Due(label=text, at=AT, note=text, stage=Tone.ALERT) for _ in range(dues)),
        why_here=text,
        opened_at=AT,
        source=THERE,
        buttons=tuple(button(text, options={"n": str(n)}) for n in range(buttons)),
        menu=tuple(button(text, opens_form=True, options={"n": str(n)}) for n in range(menu)),
        **more,  # type: ignore[arg-type]
    )


def missing(name: str, problem: str = "It was not kept.") -> StoredFile:
    return StoredFile(name=name, media_type="text/plain", size=1, digest=None, problem=problem)


@pytest.mark.parametrize("text", [ENDLESS, "*" * 5_000, "\n" * 5_000, "> \n" * 2_000, "<@1>" * 900])
def test_a_card_of_endless_texts_is_taken(text: str) -> None:
    body = taken(post_of(card(text, dues=20, buttons=30, menu=40), HERE))
    assert len(list(widgets(body["components"]))) == 21  # four rows of buttons, one menu


def a_board(words: str, *, lines: int) -> Board:
    line: RichText = (THERE, f" “{words}” · due in 5 min, by ", Moment(AT), " · Bo Berg · not acknowledged")
    return Board(
        title=(Bold(f"{lines} breached"),),
        lines=(line,) * lines,
        more=("… and 7 more",),
        shortened=("… and more",),
        tone=Tone.ALERT,
    )


def test_a_board_shows_what_an_embed_has_room_for() -> None:
    (embed,) = taken(post_of(a_board("Printer jams", lines=3), HERE))["embeds"]
    assert embed["description"].splitlines()[-1] == "… and 7 more"
    assert embed["color"] == 0xD13438

    (embed,) = taken(post_of(a_board("*" * 60, lines=20), HERE))["embeds"]
    lines = embed["description"].splitlines()
    assert 10 < len(lines) < 20
    assert lines[-1] == "… and more"


@pytest.mark.parametrize("text", ["", " ", "a", "\u202eabc", "\u200b", "**b** <@!1>", "\n\n"])
def test_a_card_of_odd_texts_is_taken(text: str) -> None:
    taken(post_of(card(text), HERE))


def test_a_card_says_how_the_ticket_stands() -> None:
    plain = card("Printer burns", dues=1, buttons=2, menu=1, tone=Tone.ALERT, is_private=True)
    body = taken(post_of(plain, HERE))
    (embed,) = body["embeds"]
    words = list(embed_texts(embed))
    assert words[0] == "IT-1 · Printer burns 🔒"
    assert embed["url"] == "https://discord.com/channels/1162000000000000001/5/7"
    assert embed["color"] == 0xD13438
    fields = {each["name"]: each["value"] for each in embed["fields"]}
    assert fields["Assignee"] == "Printer burns"
    assert fields["Printer burns"].startswith(f"🔴 <t:{int(AT.timestamp())}:f> (<t:{int(AT.timestamp())}:R>)")
    assert [each["type"] for each in widgets(body["components"])] == [2, 2, 3]


def test_two_buttons_that_do_the_same_are_one() -> None:
    notice = Notice(
        text=("Hello",), buttons=(button("First"), button("Second"), button("Third", confirm="?"))
    )
    labels = [each["label"] for each in widgets(taken(post_of(notice, HERE))["components"])]
    assert labels == ["First", "Third"]


def test_a_menu_has_as_many_entries_as_discord_takes() -> None:
    (_, menu) = taken(post_of(card("VPN", menu=40), HERE))["components"]
    assert len(menu["components"][0]["options"]) == MOST_ENTRIES


FILES = tuple(missing(f"*{n}*" * 30, "This is **too** large. " * 9) for n in range(12))


@given(
    text=st.text(alphabet="ab*_`\n >-", max_size=4_000),
    author=st.text(max_size=100),
    quote=st.text(alphabet="*a ", max_size=300),
    showing=st.sampled_from([HERE, PREFIXED]),
    files=st.sampled_from([(), FILES[:1], FILES]),
)
def test_any_copy_is_taken_and_nothing_of_it_is_lost(
    text: str, author: str, quote: str, showing: RenderOptions, files: tuple[StoredFile, ...]
) -> None:
    copy = Copy(author=author, text=text, said_at=AT, quote=quote, files=files, source=THERE, label=author)
    parts = in_parts(copy, showing)
    for part in parts:
        taken(post_of(part, showing))
    assert "".join(part.text for part in parts if isinstance(part, Copy)) == text


@given(
    st.lists(
        st.one_of(
            st.text(alphabet="ab*_\n ", max_size=900),
            st.builds(Bold, st.text(alphabet="a* ", max_size=900)),
            st.builds(Code, st.text(alphabet="a` ", max_size=900)),
            st.builds(Preformatted, st.text(alphabet="a`\n ", max_size=900)),
            st.builds(Quote, st.text(alphabet="a\n", max_size=900)),
            st.just(Mention("discord:1162000000000000001", "Ana")),
            st.just(Moment(AT)),
            st.just(THERE),
        ),
        max_size=40,
    )
)
def test_any_notice_is_taken(spans: Sequence[object]) -> None:
    text: RichText = tuple(spans)  # type: ignore[arg-type]
    for part in in_parts(Notice(text=text, files=FILES), HERE):
        taken(post_of(part, HERE))


def test_a_list_of_forty_links_is_taken() -> None:
    text: RichText = tuple(
        span for n in range(40) for span in (MessageLink(f"IT-{n}", THERE.channel, str(n)), ", ")
    )
    bodies = [taken(post_of(part, HERE)) for part in in_parts(Notice(text=text), HERE)]
    assert sum(body["content"].count("https://discord.com/") for body in bodies) == 40


def test_an_edit_keeps_to_the_messages_there_are_and_says_how_to_read_the_rest() -> None:
    (only,) = in_so_many(Copy(author="Ana", text=ENDLESS, said_at=AT), HERE, count=1, command="/ticket show")
    assert said("platforms.shortened", command="/ticket show") in taken(post_of(only, HERE))["content"]


def test_what_may_ping_is_what_was_meant() -> None:
    lee, bo, ana = Mention("discord:11", "Lee"), Mention("discord:12", "Bo"), Mention("web:ana", "Ana")
    notice = Notice(text=(lee, " ", bo, " <@19> @everyone"), mentions=(lee, ana))
    body = taken(post_of(notice, HERE))
    assert body["allowed_mentions"]["users"] == ["11"]
    assert as_read(body["content"]) == "<@11> @Bo <@19> @everyone @Ana"
    assert "\\<@19>" in body["content"]


def test_whoever_is_pinged_is_named_in_the_text() -> None:
    lee = Mention("discord:11", "Lee")
    assert taken(post_of(Notice(text=("Late!",), mentions=(lee,)), HERE))["content"] == "Late! <@11>"


def test_a_copy_names_what_it_answers_and_what_it_is() -> None:
    copy = Copy(
        author="Ana", text="Yes", said_at=AT, quote="Bo: Is\nit on?", label="internal note", is_edited=True
    )
    assert taken(post_of(copy, HERE))["content"] == "> Bo: Is it on?\nYes\n-# internal note · edited"


def test_where_no_webhook_may_post_the_name_stands_before_the_words() -> None:
    copy = Copy(author="Ana *Lima*", text="Yes", said_at=AT, picture="https://example.org/ana.png")
    post = post_of(copy, PREFIXED)
    assert taken(post)["content"] == "**Ana \\*Lima\\*:** Yes"
    assert (post.name, post.picture) == ("", "")


def test_a_file_that_is_not_here_is_named_with_the_reason_and_the_way_to_it() -> None:
    copy = Copy(
        author="Ana", text="Look", said_at=AT, files=(missing("a_b.zip", "Too large."),), source=THERE
    )
    content = taken(post_of(copy, HERE))["content"]
    assert content == (
        f"Look\n📎 a\\_b.zip: Too large. [{said('platforms.file_original')}]({link_of(THERE)})"
    )


def test_many_missing_files_are_counted_rather_than_listed() -> None:
    content = taken(post_of(Copy(author="Ana", text="Look", said_at=AT, files=FILES), HERE))["content"]
    listed = content.count("📎")
    assert 0 < listed < len(FILES)
    assert content.endswith(said("platforms.more_files", count=len(FILES) - listed))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana Lima", "Ana Lima"),
        ("  Ana \n Lima ", "Ana Lima"),
        ("", said("platforms.someone")),
        ("Discord Dave of DISCORD", "Dis-cord Dave of DIS-CORD"),
        ("Clyde", "Cly-de"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_names_are_such_as_discord_takes_for_a_webhook(name: str, shown: str) -> None:
    assert author_name(name, language="en") == shown
    problems = Problems()
    check_name(problems, "username", shown)
    problems.raise_if_any()


def test_a_private_reply_is_for_one_reader_and_its_buttons_come_last() -> None:
    reply = PrivateReply(text=("Not *done*. " + "x" * 3_000,), buttons=(button("Again"),), is_error=True)
    bodies = private_body(reply, HERE)
    assert all(body["flags"] & EPHEMERAL for body in bodies)
    assert bodies[0]["content"].startswith("⚠️ Not \\*done\\*.")
    assert [bool(body["components"]) for body in bodies] == [False, True]
    assert not private_body(reply, HERE, is_ephemeral=False)[0]["flags"] & EPHEMERAL


def test_a_post_in_a_forum_is_called_by_what_it_says() -> None:
    assert heading(card("VPN")) == "IT-1 · VPN"
    assert heading(
        Notice(text=("By ", Moment(AT), Bold("! "), THERE, Mention("web:x", " Ana"), Code(" c")))
    ) == ("By 2026-03-02 09:00! Requester’s thread Ana c")
    assert heading(Copy(author="Ana", text="", said_at=AT)) == "Ana"


def test_a_card_says_what_becomes_of_words_in_its_thread() -> None:
    body = taken(post_of(card("Mouse", thread_says="Notes go here"), HERE))
    assert "Notes go here" in body["embeds"][0]["footer"]["text"]
