"""Words → a ticket reference and options. Forgiving: `IT-12`, `#12` and `12` are one ticket."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.commands.framework.command import TAKES_ALL, Command, Option

_REFERENCE = re.compile(r"#?(?:(?P<prefix>[A-Za-z][A-Za-z0-9]*)-)?(?P<number>\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A ticket's number as somebody wrote it. `prefix` is empty where they left it out."""

    prefix: str
    number: int
    is_bare: bool
    """Digits alone, which in a sentence may be just a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedOptions:
    """`missing` are the required options that were not given."""

    reference: Reference | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Option, ...] = ()
    unread: str = ""
    """Words that mean nothing to the command, such as a ticket's number that is none."""


def read_reference(word: str, *, prefix: str) -> Reference | None:
    """A reference with the desk's prefix or none; another prefix is a word like any other."""
    match = _REFERENCE.fullmatch(word.rstrip(":,.").strip("[]()"))
    if match is None or (match["prefix"] and match["prefix"].upper() != prefix.upper()):
        return None
    return Reference(
        prefix=prefix, number=int(match["number"]), is_bare=not match["prefix"] and not word.startswith("#")
    )


def parse(command: Command, words: str, *, prefix: str, in_ticket_thread: bool) -> ParsedOptions:
    """Read what follows the verb.

    In a ticket's thread a bare number before a text is part of the text (`reply 12 boxes came`), since
    the ticket is clear without it. After options of a word each it may also come last (`priority high IT-12`).
    """
    rest = words.strip()
    reference = None
    if command.on_ticket is not None:
        first, after, *_ = *rest.split(None, 1), "", ""
        reference = read_reference(first, prefix=prefix) if first else None
        if reference and reference.is_bare and in_ticket_thread and after:
            reference = None
        if reference:
            rest = after
    options, missing, unread = read_options(command, rest)
    if command.on_ticket is not None and reference is None and unread:
        reference = read_reference(unread, prefix=prefix)
        unread = "" if reference else unread
    return ParsedOptions(reference=reference, options=options, missing=missing, unread=unread)


def read_options(command: Command, rest: str) -> tuple[dict[str, str], tuple[Option, ...], str]:
    """Options in order: a text, tags or a search take all that is left, any other one word; and what remains."""
    options: dict[str, str] = {}
    missing: list[Option] = []
    for option in command.options:
        if option.is_form_only:
            continue
        if option.kind in TAKES_ALL:
            value, rest = rest, ""
        else:
            value, rest = _first_word(rest)
        if value:
            options[option.name] = value
        elif option.is_required:
            missing.append(option)
    return options, tuple(missing), rest


def split_verb(words: str) -> tuple[str, str]:
    """The verb in lower case, and the rest as it was written."""
    verb, rest = _first_word(words.strip())
    return verb.lower(), rest


def _first_word(text: str) -> tuple[str, str]:
    """The first word, or what stands in quotation marks, and what follows it."""
    if text[:1] in '"“' and text:
        closing = '"' if text[0] == '"' else "”"
        end = text.find(closing, 1)
        if end > 0:
            return text[1:end], text[end + 1 :].strip()
    parts = text.split(None, 1)
    if not parts:
        return "", ""
    return parts[0], parts[1].strip() if len(parts) > 1 else ""


def read_tags(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tags to add and to remove: `vpn +office -printer`."""
    words = [word for word in re.split(r"[\s,]+", text.lower()) if word.strip("+-")]
    add = tuple(dict.fromkeys(word.lstrip("+") for word in words if not word.startswith("-")))
    remove = tuple(dict.fromkeys(word.lstrip("-") for word in words if word.startswith("-")))
    return add, remove
