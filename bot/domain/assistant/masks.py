"""Secrets in people's text, replaced before it leaves: cards, IBANs, passwords, keys and tokens.

A mask says what was there, so that a model can still tell that there was something.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.credentials import KEY_BLOCK, TOKENS

CARD: Final = "[card number]"
IBAN: Final = "[IBAN]"
SECRET: Final = "[secret]"  # noqa: S105 — what stands for one
PRIVATE_KEY: Final = "[private key]"
MASKS: Final = (CARD, IBAN, SECRET, PRIVATE_KEY)

_NAMED = re.compile(
    r"(?P<name>\b(?:pass(?:word|wort|phrase|code)?|passwd|pwd|kennwort|contraseña|mot de passe|senha|secret|"
    r"api[ _-]?key|access[ _-]?key|token|pin)\b[\"'`*_]{0,2}\s{0,3}(?:(?:is|ist|es|est|é)\s{1,3}|[:=]\s{0,3})"
    r"[\"'`*_]{0,2})(?P<value>[^\s\"'`]{1,200})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"(?P<name>\b(?:bearer|basic)\s{1,3})(?P<value>[0-9A-Za-z._~+/=-]{12,})", re.IGNORECASE)
_IN_ADDRESS = re.compile(
    r"(?P<name>\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,100}:)(?P<value>[^\s/@]{1,200})(?=@)", re.IGNORECASE
)
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ -]?[0-9A-Z]{4}){2,7}(?:[ -]?[0-9A-Z]{1,3})?\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){11,30}(?![0-9])")
_CARD_LENGTHS = range(13, 20)


def masked(text: str) -> str:
    """The text without what nobody outside may read."""
    text = KEY_BLOCK.sub(PRIVATE_KEY, text)
    text = TOKENS.sub(SECRET, text)
    for named in (_BEARER, _NAMED, _IN_ADDRESS):
        text = named.sub(rf"\g<name>{SECRET}", text)
    text = _IBAN.sub(_without(is_iban, IBAN), text)
    return _DIGITS.sub(_without_card, text)


def is_card_number(digits: str) -> bool:
    """Whether so many digits with this check digit can be a payment card's: ISO/IEC 7812-1, annex B (Luhn)."""
    if len(digits) not in _CARD_LENGTHS or len(set(digits)) == 1:
        return False
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(each - 9 if each > 9 else each for each in doubled)) % 10 == 0


def is_iban(text: str) -> bool:
    """Whether the check digits fit: ISO 13616-1, 97-10."""
    plain = re.sub(r"[ -]", "", text).upper()
    if not 15 <= len(plain) <= 34:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def pseudonymised(text: str, names: Mapping[str, str]) -> str:
    """The text with each name replaced; longer names first, so that no part of one is left."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", names[name], text, flags=re.IGNORECASE)
    return text


def _without(is_one: Callable[[str], bool], mask: str) -> Callable[[re.Match[str]], str]:
    """What looks like one, but for what follows it: words may stand right behind."""

    def replaced(found: re.Match[str]) -> str:
        text = found.group()
        for end in range(len(text), 14, -1):
            if is_one(text[:end]):
                return mask + text[end:]
        return text

    return replaced


def _without_card(found: re.Match[str]) -> str:
    """A card's number may stand among other digits: any stretch of them that can be one goes."""
    text = found.group()
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    for length in reversed(_CARD_LENGTHS):
        for start in range(len(places) - length + 1):
            first, last = places[start], places[start + length - 1]
            if is_card_number("".join(text[at] for at in places[start : start + length])):
                return _masked_part(text[:first]) + CARD + _masked_part(text[last + 1 :])
    return text


def _masked_part(text: str) -> str:
    return _DIGITS.sub(_without_card, text)
