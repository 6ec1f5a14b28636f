"""How people say that nobody else is to read it, in the languages that Deskbell speaks.

A word before a request, or in brackets behind it, asks for a private request; what is said of it further on is a wish
that its author is asked about, since it may be about something else.
"""

import re
from typing import Final

from bot.domain.normalised_text import normalised

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


_WISH: Final = re.compile(
    r"\b(confidential(ly|ity)?|in confidence|between (you and me|us)|in private|privately"
    r"|keep (this|it) (private|quiet|secret)|(make|mark) (this|it|my (ticket|request)) private"
    r"|(this|it) (is|should be|must be) (private|secret)"
    r"|(do not|don t|dont|please not|never) (tell|inform|involve|copy|cc|let) (my |the )?(manager|boss|supervisor"
    r"|lead|team|colleagues?|coworkers?|anyone|anybody|others)|without my (manager|boss|supervisor|team|colleagues?)"
    r"|(nobody|no one|noone) (else )?(may|must|should|can|is to) (see|know|read)|only hr|hr only)\b"
    r"|\b(vertraulich\w*|unter uns|unter vier augen|im vertrauen|nicht offentlich|diskret\w*"
    r"|(mein\w*|dem|der|den) (chef\w*|vorgesetzt\w*|manager\w*|kolleg\w*) (nicht|nichts)"
    r"|nichts? (mein\w*|dem|der) (chef\w*|vorgesetzt\w*|manager\w*)"
    r"|nur (die |das |fur die |an die )?(personal\w*|hr)|niemand (sonst )?(darf|soll|sollte))\b"
    r"|\b(confidentiel\w*|confidentialite|en prive|entre nous|discretement"
    r"|ne (le )?(dites|dis|parlez|prevenez) (pas|rien) (a |de )?(mon|ma) (chef\w*|manager|responsable|superieur\w*)"
    r"|(uniquement|seulement) (les rh|le service du personnel))\b"
    r"|\b(confidencial\w*|en privado|entre nosotros|en confianza"
    r"|no (se lo |le )?(diga\w*|digas|cuente\w*|informe\w*) (nada )?(a )?mi (jefe|jefa|gerente|superior\w*)"
    r"|solo (para )?(rrhh|recursos humanos))\b"
    r"|\b(em privado|em particular|em sigilo|sigilos[oa]|entre nos"
    r"|nao (diga\w*|conte\w*|avise\w*|informe\w*) (nada )?(ao|a|para o|para a)? ?(meu|minha)"
    r" (chefe|gerente|gestor\w*|superior\w*)"
    r"|(so|apenas) (o |para o )?(rh|recursos humanos))\b"
)
_DENIED: Final = re.compile(
    r"\b(not|isn t|no|nothing|nicht|kein\w*|nichts|pas|rien|nada|nao)"
    r" (confidential|vertraulich\w*|confidentiel\w*|confidencial\w*)"
)


def wants_confidence(text: str) -> bool:
    """Whether its author wishes, anywhere in it, that others do not read it."""
    said = normalised(text)
    return read_privacy(text)[1] or (_WISH.search(said) is not None and _DENIED.search(said) is None)
