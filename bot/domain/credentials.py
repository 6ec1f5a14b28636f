"""Passwords, keys and tokens in what people write: found only where there is hardly a doubt, and hidden.

Whoever forgot a password writes of it too, so a name alone says nothing: what follows it must look like a secret.
"""

import re
from typing import Final

HIDDEN: Final = "••••••"

KEY_BLOCK: Final = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|\Z)", re.DOTALL
)
TOKENS: Final = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{12,}"
    r"|\bxox[a-z]-[0-9A-Za-z-]{8,}|\bxapp-[0-9A-Za-z-]{8,}"
    r"|\bgh[pousr]_[0-9A-Za-z]{16,}|\bgithub_pat_[0-9A-Za-z_]{16,}|\bglpat-[0-9A-Za-z_-]{16,}"
    r"|\bsk-[0-9A-Za-z_-]{16,}|\bAIza[0-9A-Za-z_-]{30,}"
    r"|\beyJ[0-9A-Za-z_-]{5,}\.[0-9A-Za-z_-]{5,}\.[0-9A-Za-z_-]*"
)
"""Of AWS, Slack, GitHub, GitLab, OpenAI and Google, and JSON web tokens."""
_WORD: Final = (
    r"pass(?:word|wort|phrase|code)|passwd|pwd|pw|kennwort|mot de passe|mdp"
    r"|contraseña|contrasena|clave|senha|pin"
)
_KEY: Final = (
    r"(?:api|access|secret|private)[ _-]?(?:access[ _-]?)?(?:key|token)|client[ _-]?secret|auth[ _-]?token"
)
_FOR: Final = r"(?:\s{1,3}(?:for|to|of|on|für|zum|zur|pour|de|du|para|do|da)(?:\s{1,3}\w{1,20}){1,3})?"
_IS: Final = (
    r"(?P<sign>\s{0,3}(?:\s(?:is|ist|lautet|est|es|é)(?:\s{0,2}:)?\s{1,3}|[:=]{1,2}\s{0,3}))"
    r"[*_~`\"'“„«(\[]{0,3}"
)
_NAMED: Final = re.compile(
    rf"(?P<before>\b(?:(?P<password>{_WORD})|(?P<key>{_KEY}))\b[*_~`\"']{{0,3}}{_FOR}{_IS})"
    r"(?P<value>[^\s\"'`”“»]{1,200})",
    re.IGNORECASE,
)
_ENDING: Final = ".,;:!?)]}>*_~…"
_NO_SECRET: Final = re.compile(
    r"https?://.*|[^@\s]+@[^@\s]+\.[a-z]{2,}|[a-z]{2,}-\d+|\d+%|\d+(?:st|nd|rd|th|min|h|d|days?|x)"
    r"|\d[\d/.:-]*[/.:-][\d/.:-]*|[2m]-?fac?(?:tor)?|2fa|[<\[{(].*|[*•x.#_-]+",
    re.IGNORECASE,
)
"""Addresses, references, shares, lengths, dates and what already stands for a secret."""
_SHORTEST_KEY: Final = 12


def has_credential(text: str) -> bool:
    return hide_credentials(text) != text


def hide_credentials(text: str) -> str:
    """The text with a mask in place of each secret; what names it stays."""
    text = KEY_BLOCK.sub(HIDDEN, text)
    text = TOKENS.sub(HIDDEN, text)
    return _NAMED.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    value = found["value"]
    bare = value.rstrip(_ENDING)
    is_secret = _is_key(bare) if found["key"] else _is_password(found, bare)
    return found["before"] + HIDDEN + value[len(bare) :] if is_secret else found.group()


def _is_key(value: str) -> bool:
    return len(value) >= _SHORTEST_KEY and _mixes(value) and not _NO_SECRET.fullmatch(value)


def _is_password(found: re.Match[str], value: str) -> bool:
    """Letters with digits or signs among them; digits alone where they are named as a number is."""
    if _NO_SECRET.fullmatch(value):
        return False
    if value.isdecimal():
        is_pin = found["password"].casefold() == "pin" or found["sign"].strip() in (":", "=", "==")
        return len(value) >= (4 if is_pin else 6)
    return len(value) >= 5 and _mixes(value)


def _mixes(value: str) -> bool:
    has_letter = any(each.isalpha() for each in value)
    return has_letter and any(each.isdecimal() or each in "!@#$%^&*+=?~" for each in value)
