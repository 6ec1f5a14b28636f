"""Words → a ticket reference and options. Forgiving: `IT-12`, `#12` and `12` are one ticket."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.commands.framework.command import TAKES_ALL, Command, Option, OptionKind

NameAtStart = Callable[[OptionKind, str], str]
"""The longest name of that kind with which the words begin, as it is written there; nothing for none."""
_NAMED = (OptionKind.PERSON, OptionKind.AGENT, OptionKind.TEAM, OptionKind.MACRO)
"""What may be called by several words."""
_AFTER_NAME = " \t\n,:;"
_QUOTED = re.compile(r'"([^"]*)"')
_STRAIGHT = str.maketrans(dict.fromkeys("“”„«»", '"'))
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_TO_TICKET = "for|to|on|about|re|ticket|für|zu|an|pour|sur|au|para|sobre|en|em|no|ao"
"""Words between a verb and the number of the ticket that it is for."""
# fmt: off
GOES_ON = frozenset((
    "is", "was", "are", "were", "has", "had", "will", "would", "can", "could", "should", "may", "might",
    "and", "or", "but", "if", "when", "then", "ist", "war", "sind", "hat", "wird", "und", "oder", "aber",
    "est", "était", "sont", "a", "sera", "et", "ou", "mais", "es", "era", "son", "fue", "y", "o", "pero",
    "é", "foi", "são", "e", "mas",
))
# fmt: on
"""Words that make a sentence of what began like a command."""
_AND = re.compile(
    r"\s*(?:,\s*(?:(?:and|und|et|y|e)\s+)?|(?:\s(?:and|und|et|y|e)\s|[&+])\s*|\s+)", re.IGNORECASE
)
"""What stands between the numbers of several tickets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A ticket's number as somebody wrote it. `prefix` is empty where they left it out."""

    prefix: str
    number: int
    is_bare: bool
    """Digits alone or right behind the prefix, which in a sentence may be just a number or a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedOptions:
    """`missing` are the required options that were not given."""

    reference: Reference | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Option, ...] = ()
    unread: str = ""
    """Words that mean nothing to the command, such as a ticket's number that is none."""
    mistaken: str = ""
    """What stands where a ticket's number does, looks like one and is none."""


def read_reference(word: str, *, prefix: str) -> Reference | None:
    """A reference with the desk's prefix or none; another prefix is a word like any other."""
    written = word.rstrip(":,.").strip("[]()")
    plain = written.removeprefix("#")
    has_prefix = bool(prefix) and plain.upper().startswith(prefix.upper())
    rest = plain[len(prefix) :] if has_prefix else plain
    digits = rest.removeprefix("-") if has_prefix else rest
    if _NUMBER.fullmatch(digits) is None:
        return None
    return Reference(prefix=prefix, number=int(digits), is_bare="#" not in written and "-" not in written)


def mistaken_reference(text: str, *, prefix: str) -> str:
    """The beginning that looks like a ticket's number and is none: `T-13`, `IT 13`, or too many digits."""
    looks = re.compile(
        rf"#?(?:[a-z]{{1,10}}-\d+|{re.escape(prefix)}\s*\d+|\d{{13,}})(?![\w-])", re.IGNORECASE | re.ASCII
    )
    found = looks.match(text.strip())
    return found.group() if found and read_reference(found.group(), prefix=prefix) is None else ""


def meant_reference(mistaken: str, *, prefix: str) -> str | None:
    """The number that was probably meant by one that is none: `IT-13` by `IT 13`."""
    found = re.fullmatch(rf"#?{re.escape(prefix)}\s+(\d{{1,12}})", mistaken, re.IGNORECASE | re.ASCII)
    return f"{prefix}-{int(found[1])}" if found else None


def no_name(_kind: OptionKind, _text: str) -> str:
    """A NameAtStart that knows nobody: each name is one word, or in quotation marks."""
    return ""


def parse(
    command: Command,
    words: str,
    *,
    prefix: str,
    in_ticket_thread: bool,
    name_at_start: NameAtStart = no_name,
    is_command: bool = True,
) -> ParsedOptions:
    """Read what follows the verb. `name_at_start` finds the names of several words.

    `is_command`: it was surely typed as one, so that `note for IT-12: call back` is for that ticket.

    In a ticket's thread a bare number before a text is part of the text (`reply 12 boxes came`), since
    the ticket is clear without it. After options of a word each it may also come last (`priority high IT-12`).
    """
    rest = words.strip()
    reference, mistaken = None, ""
    if command.on_ticket is not None:
        first, after, *_ = *rest.split(None, 1), "", ""
        reference = read_reference(first, prefix=prefix) if first else None
        if reference is None and is_command and not in_ticket_thread and (found := _addressed(rest, prefix)):
            first, after = found
            reference = read_reference(first, prefix=prefix)
        if reference and reference.is_bare and in_ticket_thread and after:
            reference = None
        if reference:
            rest = after
        elif not in_ticket_thread:
            mistaken = mistaken_reference(rest, prefix=prefix)
    options, missing, unread = _read_options(command, rest, name_at_start)
    if command.on_ticket is not None and reference is None and unread:
        reference = read_reference(unread, prefix=prefix)
        unread = "" if reference else unread
    return ParsedOptions(
        reference=reference,
        options=options,
        missing=missing,
        unread=unread,
        mistaken="" if reference else mistaken,
    )


def several_at_start(text: str, *, prefix: str) -> tuple[list[Reference], str]:
    """The tickets that a text begins with where these are more than one, and what follows them; none for one.

    By numbers that can be nothing else: `IT-10 IT-25`, `IT-10, IT-25 and #3`. "IT-10 IT-25 is broken too" names one.
    """
    number = re.compile(rf"{_sure_number(prefix)}(?![\w-])", re.IGNORECASE | re.ASCII)
    rest, found = text.strip(), list[Reference]()
    while (match := number.match(rest)) and (reference := read_reference(match.group(), prefix=prefix)):
        found.append(reference)
        left = rest[match.end() :]
        between = _AND.match(left)
        after = left[between.end() :] if between else ""
        if number.match(after) is None:
            rest = left.lstrip(_AFTER_NAME)
            break
        rest = after
    goes_on = rest.split(maxsplit=1)[:1]
    if len(found) < 2 or (goes_on and goes_on[0].casefold() in GOES_ON):
        return [], text
    return list({each.number: each for each in found}.values()), rest


def references_in(text: str, *, prefix: str) -> list[Reference]:
    """The tickets that a text names, by numbers that can be nothing else: `IT-12`, `#12`."""
    found = (read_reference(word, prefix=prefix) for word in text.split())
    return [each for each in found if each is not None and not each.is_bare]


def _sure_number(prefix: str) -> str:
    """The pattern of a ticket's number that can be nothing else: `IT-12`, `#12`."""
    return rf"(?:#?{re.escape(prefix)}-\d{{1,12}}|#\d{{1,12}})"


def _addressed(text: str, prefix: str) -> tuple[str, str] | None:
    """The number in `for IT-12: …`, and what follows it."""
    number = _sure_number(prefix)
    found = re.match(rf"(?:(?:{_TO_TICKET})\s+){{1,3}}({number})(?:\s*[:,–-]\s+|\s+|$)", text, re.IGNORECASE)
    return (found[1], text[found.end() :]) if found else None


def _read_options(
    command: Command, rest: str, name_at_start: NameAtStart
) -> tuple[dict[str, str], tuple[Option, ...], str]:
    """In order: a text, tags or a search take all that is left, a name its words, a flag itself, any other one word.

    And what is left of them.
    """
    options: dict[str, str] = {}
    missing: list[Option] = []
    for option in command.options:
        if option.is_form_only:
            continue
        if option.kind in TAKES_ALL:
            value, rest = rest, ""
        elif option.kind is OptionKind.FLAG:
            value, rest = _split_flag(option.name, rest)
        else:
            value, rest = split_name(option.kind, rest, name_at_start)
        if value:
            options[option.name] = value
        elif option.is_required:
            missing.append(option)
        if value.casefold() in option.alone and not rest:
            break
    return options, tuple(missing), rest


def split_name(kind: OptionKind, text: str, name_at_start: NameAtStart) -> tuple[str, str]:
    """A known name of several words, else one word or what is in quotation marks; and what follows."""
    name = name_at_start(kind, text) if kind in _NAMED else ""
    if not name:
        return _first_word(text)
    return " ".join(name.split()), text[len(name) :].lstrip(_AFTER_NAME)


def _split_flag(name: str, text: str) -> tuple[str, str]:
    """The word where it comes first or last, and what is left without it."""
    words = text.split()
    for at in (0, -1):
        if words and words[at].casefold() == name:
            del words[at]
            return name, " ".join(words)
    return "", text


def split_verb(words: str) -> tuple[str, str]:
    """The verb in lower case, and the rest as it was written."""
    verb, rest = _first_word(words.strip())
    return verb.lower(), rest


def _first_word(text: str) -> tuple[str, str]:
    """The first word, or what stands in quotation marks, and what follows it."""
    if (closing := _QUOTES.get(text[:1])) is not None and (end := text.find(closing, 1)) > 0:
        return text[1:end].strip(), text[end + 1 :].strip()
    parts = text.split(None, 1)
    if not parts:
        return "", ""
    return parts[0], parts[1].strip() if len(parts) > 1 else ""


def read_tags(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tags to add and to remove: `vpn +office -printer`. `"two words"` is one tag, two-words."""
    plain = _QUOTED.sub(
        lambda found: "-".join(re.split(r"[\s,]+", found[1].strip())), text.translate(_STRAIGHT)
    )
    words = [word for word in re.split(r"[\s,]+", plain.replace('"', "").lower()) if word.strip("+-")]
    add = tuple(dict.fromkeys(word.lstrip("+") for word in words if not word.startswith("-")))
    remove = tuple(dict.fromkeys(word.lstrip("-") for word in words if word.startswith("-")))
    return add, remove
