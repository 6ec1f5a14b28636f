"""What a button or a menu entry does, written into its `custom_id`, so that no restart forgets it.

100 characters: https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.messages.outbound import Button

LIMIT = 100
_MARK = "d"
_OPENS_FORM = "f"
_ASKS_FIRST = "c"
_SEPARATOR, _IS, _ESCAPE = "|", "=", "\\"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """`asks_first`: the person is to confirm it before anything is done."""

    verb: str
    ticket: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False
    asks_first: bool = False

    @classmethod
    def of(cls, button: Button) -> "Press":
        return cls(
            verb=button.verb,
            ticket=button.ticket,
            options=button.options,
            opens_form=button.opens_form,
            asks_first=bool(button.confirm),
        )

    def confirmed(self) -> "Press":
        return replace(self, asks_first=False)

    def written(self) -> str:
        """Raises ValueError for one that does not fit."""
        flags = _OPENS_FORM * self.opens_form + _ASKS_FIRST * self.asks_first
        options = (f"{_escaped(name)}{_IS}{_escaped(value)}" for name, value in self.options.items())
        words = [f"{_MARK}{flags}", _escaped(self.verb), _escaped(self.ticket or ""), *options]
        written = _SEPARATOR.join(words)
        if len(written) > LIMIT:
            raise ValueError(f"A button cannot carry so much: {written}")
        return written


def encode(button: Button) -> str:
    """The button's `custom_id`. Raises ValueError for one that does not fit."""
    return Press.of(button).written()


def fits(button: Button) -> bool:
    try:
        return bool(encode(button))
    except ValueError:
        return False


def decode(custom_id: str) -> Press | None:
    """None for a `custom_id` that is none of ours, such as another app's or a form's."""
    head, *words = _split(custom_id, _SEPARATOR)
    if not head.startswith(_MARK) or head.strip(_OPENS_FORM + _ASKS_FIRST) != _MARK or len(words) < 2:
        return None
    verb, ticket, *options = words
    pairs = (_split(option, _IS) for option in options)
    return Press(
        verb=_plain(verb),
        ticket=_plain(ticket) or None,
        options={_plain(name): _plain(value) for name, value in pairs},
        opens_form=_OPENS_FORM in head,
        asks_first=_ASKS_FIRST in head,
    )


def _escaped(word: str) -> str:
    for sign in (_ESCAPE, _SEPARATOR, _IS):
        word = word.replace(sign, _ESCAPE + sign)
    return word


def _plain(word: str) -> str:
    signs = iter(word)
    return "".join(next(signs, "") if sign == _ESCAPE else sign for sign in signs)


def _split(text: str, separator: str) -> list[str]:
    """At separators that are not escaped; what is escaped stays so."""
    return list(_pieces(text, separator))


def _pieces(text: str, separator: str) -> Iterator[str]:
    piece, signs = "", iter(text)
    for sign in signs:
        if sign == separator:
            yield piece
            piece = ""
        else:
            piece += sign + (next(signs, "") if sign == _ESCAPE else "")
    yield piece
