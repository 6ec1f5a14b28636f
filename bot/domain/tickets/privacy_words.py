"""How people say that nobody else is to read it, in the languages that Deskbell speaks.

A word before a request, or in brackets behind it, asks for a private request; what is said of it further on is a wish
that its author is asked about, since it may be about something else.
"""

import re
from typing import Final

from bot.domain.tickets.confidence_words import wishes_confidence

_WORD: Final = (
    r"(?:private(?:ly)?|confidential(?:ly)?"
    r"|privat|vertraulich(?:e[rsn]?)?"
    r"|priv[eé]e?|confidentiel(?:le)?(?:ment)?"
    r"|privad[oa]|confidencial(?:mente)?|sigilos[oa]"
    r"|in (?:private|confidence)|im vertrauen|unter vier augen"
    r"|(?:en|em) (?:priv[eé]|privado|confianza|sigilo|particular)"
    r"|private? (?:and|und|et|y|e) (?:confidential|vertraulich|confidentiel|confidencial))"
)
"""What means it wherever a request begins so."""
_ONLY_MARKED: Final = r"(?:particular|non[- ]?public|nicht öffentlich|personal and confidential)"
"""What means it with a sign behind or around it alone."""
_BEFORE: Final = (
    r"(?:(?:please|pls|bitte|s[’']il vous pla[iî]t|svp|por favor|strictly|streng|strictement"
    r"|estrictamente|estritamente|very|this is|das ist|c[’']est|est[oe] es|isto é|keep(?: this| it)?)[ ,]+)*"
)
_BEHIND: Final = (
    r"(?: (?:please|pls|bitte|svp|por favor|request|question|ticket|matter|issue|only|anfrage|frage|meldung|anliegen"
    r"|demande|question|solicitud|consulta|pedido|pergunta))*"
)
_EMPHASIS: Final = r"[*_~`]{0,3}"
_SIGN: Final = r"(?:\s*[:\uff1a;,.!|/\u2013\u2014→]+|\s+-+\s*|-+\s+|\s*\n)"
_MARKED: Final = rf"{_BEFORE}(?:{_WORD}|{_ONLY_MARKED}){_BEHIND}"
_BRACKETED: Final = rf"[\[(<{{【]\s*{_MARKED}\s*[\])>}}】]"
_LOCK: Final = r"(?:🔒|🔐|🤫|:lock:)"

_MARK: Final = re.compile(
    rf"\s*(?:{_LOCK}\s*)?{_EMPHASIS}(?:{_BRACKETED}{_EMPHASIS}{_SIGN}?|{_MARKED}{_EMPHASIS}{_SIGN}{_EMPHASIS})\s*"
    rf"|\s*{_LOCK}\s*",
    re.IGNORECASE,
)
_AT_THE_END: Final = re.compile(rf"{_BRACKETED}[\s.!]*\Z", re.IGNORECASE)
_WITHOUT_SIGN: Final = re.compile(rf"\s*{_EMPHASIS}{_BEFORE}{_WORD}\b", re.IGNORECASE)
"""The mark without its sign: it may belong to the text, but what is shown to all cannot be taken back."""
_ALONE: Final = re.compile(rf"\s*{_EMPHASIS}(?:{_BRACKETED}|{_MARKED}){_EMPHASIS}\W*\Z", re.IGNORECASE)


def read_privacy(text: str) -> tuple[str, bool]:
    """A typed request without the mark that keeps it private, and whether it is to be.

    Where the sign behind the mark was forgotten, it is kept private and keeps all its words.
    """
    if _ALONE.match(text):
        return "", True
    if mark := _MARK.match(text):
        return text[mark.end() :], True
    return text, bool(_WITHOUT_SIGN.match(text) or _AT_THE_END.search(text))


def is_marked_private(text: str) -> bool:
    """Whether a request that was said, and not typed as a command, is marked so beyond doubt."""
    return bool(_MARK.match(text) or _AT_THE_END.search(text) or _ALONE.match(text))


def wants_confidence(text: str) -> bool:
    """Whether its author wishes, anywhere in it, that others do not read it."""
    return read_privacy(text)[1] or wishes_confidence(text)
