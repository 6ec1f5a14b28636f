"""What a button does survives any restart: it is written on the button."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.render.action_ids import LIMIT, Press, decode, encode, fits
from bot.messages.outbound import Button

WORDS = st.text(alphabet="abc|=\\ dé", max_size=12)


@given(
    WORDS,
    st.one_of(st.none(), WORDS.filter(bool)),
    st.dictionaries(WORDS, WORDS, max_size=2),
    st.booleans(),
    st.sampled_from(["", "Sure?"]),
)
def test_a_press_says_what_the_button_was_made_for(
    verb: str, ticket: str | None, options: dict[str, str], opens_form: bool, confirm: str
) -> None:
    button = Button(
        label="Press", verb=verb, ticket=ticket, options=options, opens_form=opens_form, confirm=confirm
    )
    if fits(button):
        assert len(encode(button)) <= LIMIT
        assert decode(encode(button)) == Press(
            verb=verb, ticket=ticket, options=options, opens_form=opens_form, asks_first=bool(confirm)
        )


def test_what_was_confirmed_asks_no_more_and_is_otherwise_the_same() -> None:
    asked = decode(encode(Button(label="Close", verb="desk close", ticket="IT-1", confirm="Sure?")))
    assert asked is not None
    assert asked.asks_first
    confirmed = decode(asked.confirmed().written())
    assert confirmed == Press(verb="desk close", ticket="IT-1")


def test_a_button_that_would_carry_too_much_is_not_offered() -> None:
    assert not fits(Button(label="Open", verb="ticket open", options={"text": "x" * LIMIT}))
    assert fits(Button(label="Open", verb="ticket open", options={"text": "x" * (LIMIT - 20)}))


def test_buttons_of_others_are_not_the_desks() -> None:
    for custom_id in ("", "menu", "d", "poll:yes", "dx|a|b", "form|desk claim|IT-1"):
        assert decode(custom_id) is None
