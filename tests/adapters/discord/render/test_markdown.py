"""People's words stay words in Discord, and the desk's own spans are what they mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.render.markdown import escape, quoted, rich, within
from bot.domain.directory import ChannelRef
from bot.messages.outbound import Bold, Code, Mention, MessageLink, Moment, Preformatted, Quote
from tests.adapters.discord.render.read_markdown import as_read, markup

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIGNS = "ab1 \n\\*_~|`[]()<>#-+.@:/&é"


@given(st.one_of(st.text(max_size=60), st.text(alphabet=SIGNS, max_size=60)))
@example("```\n``` *x* ```")
@example("`` a ` *b* ` ``")
@example("\\`*b*`")
@example("> a\n>>> b\n# c\n-# d\n- e\n1. f\n  * g")
@example("https://example.org/a_b_c see [this](https://example.org) <https://x.org> <@1> <t:1:R>")
def test_whatever_somebody_writes_reads_as_it_was_written(text: str) -> None:
    escaped = escape(text)
    assert as_read(escaped + "\n.") == text + "\n."
    assert markup(escaped) == []


@pytest.mark.parametrize(
    "text",
    ["look: `a*b*c` there", "```py\nx = a_b_c  # *not* bold\n```", "https://example.org/a_b_c?x=*1*"],
)
def test_code_and_web_addresses_stay_as_they_were_pasted(text: str) -> None:
    assert escape(text) == text


def test_a_masked_link_shows_where_it_leads() -> None:
    assert as_read(escape("[your bank](https://evil.example)")) == "[your bank](https://evil.example)"
    assert not escape("[your bank](https://evil.example)").startswith("[")


def test_only_the_desks_own_spans_are_markup() -> None:
    text = rich((Bold("*a*"), " ", Code("b`c"), " <@1> ", Quote("d\n# e"), "f"))
    assert text == "**\\*a\\*** `b\u02cbc` \\<@1> \n> d\n> \\# e\nf"


def test_a_table_is_a_block_that_nothing_in_it_ends() -> None:
    text = rich(("Kept:\n", Preformatted("team   kept\nIT ```   12"), "and more"))
    assert text == "Kept:\n```\nteam   kept\nIT \u02cb\u02cb\u02cb   12\n```\nand more"


def test_instants_are_shown_in_each_readers_own_time() -> None:
    assert rich(("By ", Moment(AT, "Europe/Berlin"))) == f"By <t:{int(AT.timestamp())}:f>"


def test_only_people_of_discord_who_are_meant_are_mentioned() -> None:
    lee, bo, ana = Mention("discord:1", "Lee"), Mention("discord:2", "Bo"), Mention("web:ana", "Ana")
    text = rich((lee, " ", bo, " ", ana), meant=frozenset({"discord:1", "web:ana"}))
    assert text == "<@1> @Bo @Ana"


def test_a_message_is_linked_where_its_address_is_known() -> None:
    there = MessageLink("IT-1 [old]", ChannelRef("discord", "5"), "7")
    assert rich((there,)) == "IT-1 \\[old\\]"
    linked = rich((there,), link_of=lambda link: f"https://d/{link.channel.channel}/{link.message_id}")
    assert linked == "[IT-1 \\[old\\]](https://d/5/7)"


def test_a_quotation_of_nothing_is_a_line_of_its_own() -> None:
    assert quoted("") == "> "


@given(st.text(alphabet=SIGNS, max_size=300), st.integers(min_value=4, max_value=80))
def test_what_is_cut_fits_and_never_ends_in_half_an_escape(text: str, limit: int) -> None:
    for write in (escape, quoted):
        written = within(text, limit, write=write)
        assert len(written) <= limit
    assert within(text, 700) == escape(text)
    assert markup(within(text, limit)) == []


def test_a_promised_instant_has_its_weekday() -> None:
    assert rich(("By ", Moment(AT, "Europe/Berlin", "Tuesday 10:30"))) == f"By <t:{int(AT.timestamp())}:F>"
