"""Slack's wire text as a person reads it."""

import pytest

from adapters.slack.events.plain_text import emoji_in, plain, without_mention

NAMES = {"U1": "Ana Lima"}


@pytest.mark.parametrize(
    ("wire", "read"),
    [
        ("<@U1> and <@U2> and <@U3|bo>", "@Ana Lima and @U2 and @bo"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!here> <!channel|channel> <!subteam^S1|@netops>", "@here @channel @netops"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org|the manual>", "the manual (https://example.org)"),
        ("<http://example.org|example.org>", "http://example.org"),
        ("<mailto:ana@example.org|ana@example.org>", "ana@example.org"),
        ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("10:30:45 and :tada: and :unknown:", "10:30:45 and 🎉 and :unknown:"),
        ("no \x00 here", "no  here"),
    ],
)
def test_markup_becomes_words(wire: str, read: str) -> None:
    assert plain(wire, names=NAMES, emoji={"tada": "🎉"}) == read


def test_the_messages_own_blocks_say_which_emoji_they_are() -> None:
    section = {
        "type": "rich_text_section",
        "elements": [
            {"type": "emoji", "name": "tada", "unicode": "1f389"},
            {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fb", "skin_tone": 2},
            {"type": "emoji", "name": "our-logo"},
        ],
    }
    emoji = emoji_in({"blocks": [{"type": "rich_text", "elements": [section]}]})
    read = plain(":tada: :wave::skin-tone-2: :our-logo:", names={}, emoji=emoji)
    assert read == "🎉 👋🏻 :our-logo:"


@pytest.mark.parametrize(
    ("wire", "rest"),
    [
        ("<@UDESK> claim", ("claim", True)),
        ("<@UDESK|desk>: claim", ("claim", True)),
        ("please <@UDESK> look", ("please <@UDESK> look", True)),
        ("<@U1> look", ("<@U1> look", False)),
    ],
)
def test_a_leading_mention_of_the_desk_is_taken_off(wire: str, rest: tuple[str, bool]) -> None:
    assert without_mention(wire, "UDESK") == rest
