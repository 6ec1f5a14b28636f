"""What a reply says, without what people say around it: greetings, signatures, and what it quotes."""

import re
from typing import Final

LEAST_WORDS: Final = 6
"""What says less answers nobody else."""
LEAST_LETTERS: Final = 30
MOST_TAKEN: Final = 0.25
"""Of the words: with more than so many taken out, the rest is not understood."""
_SIGNED_LINES: Final = 6
"""Lines at the end of a reply among which a signature begins."""
_SHORT_LINE: Final = 5
"""Words of a line that may be part of a signature."""
_LONGEST_ADDRESS: Final = 4
"""Words after a greeting that say who is greeted."""
_GREETING: Final = re.compile(
    r"\W*(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|"
    r"hallo|moin|servus|guten (?:morgen|tag|abend)|liebe[rs]?|sehr geehrte[rs]?|grüezi|"
    r"hola|buenos días|buenas(?: tardes| noches)?|estimad[oa]s?|"
    r"bonjour|bonsoir|salut|cher|chère|olá|oi|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa])(?!\w)",
    re.IGNORECASE,
)
_ADDRESSED: Final = frozenset(
    [
        "there",
        "all",
        "everyone",
        "everybody",
        "team",
        "folks",
        "mr",
        "mrs",
        "ms",
        "herr",
        "frau",
        "zusammen",
        "leute",
        "ihr",
        "alle",
        "a",
        "todos",
        "todas",
        "equipo",
        "señor",
        "señora",
        "à",
        "tous",
        "toutes",
        "équipe",
        "monsieur",
        "madame",
        "pessoal",
        "time",
        "senhor",
        "senhora",
    ]
)
_TAKEN: Final = re.compile(r"\[[^\W\d]+\]")
_CLOSING: Final = (
    r"(?:(?:with )?(?:best|kind|warm|many)?\s?(?:regards|wishes)|best|cheers|thanks(?: a lot| so much)?|many thanks|"
    r"thank you|sincerely|yours(?: sincerely| truly)?|br|kr|rgds|"
    r"(?:mit )?(?:viele|liebe|beste|schöne|freundliche)[nr]? (?:grüße[n]?|gruß|grüßen)|grüße|gruß|mfg|vg|lg|danke|"
    r"(?:un )?saludos?(?: cordiales)?|atentamente|gracias|cordialement|bien à (?:vous|toi)|merci|bonne journée|"
    r"atenciosamente|abraços?|cumprimentos|obrigad[oa]|att)"
)
_CLOSING_LINE: Final = re.compile(rf"\W*{_CLOSING}\b(?P<rest>.*)", re.IGNORECASE)
_CLOSING_AT_END: Final = re.compile(
    rf"(?<=[.!?…)])\s+{_CLOSING}(?:[\s,.!–-]+(?:\[[^\W\d]+\]|[^\W\d]+)){{0,3}}[\s.!,]*\Z", re.IGNORECASE
)
_DASHED_NAME: Final = re.compile(r"\s+[-–—]{1,2}\s*\[[^\W\d]+\][\s.]*\Z")


def bare_reply(text: str) -> str:
    """Without greeting, signature and quoted lines. Names must be in brackets already."""
    lines = [line.rstrip() for line in text.strip().splitlines() if not line.lstrip().startswith(">")]
    lines = _without_signature(lines)
    words = _without_greeting("\n".join(lines).strip())
    words = _CLOSING_AT_END.sub("", words)
    return re.sub(r"\n{3,}", "\n\n", _DASHED_NAME.sub("", words)).strip()


def is_substantial(text: str) -> bool:
    """Whether what is left of a reply can answer somebody else."""
    taken = len(_TAKEN.findall(text))
    said = re.findall(r"[^\W\d_]{2,}", _TAKEN.sub(" ", text))
    if len(said) < LEAST_WORDS or sum(map(len, said)) < LEAST_LETTERS:
        return False
    return taken <= MOST_TAKEN * (len(said) + taken)


def _without_greeting(text: str) -> str:
    """With whom it greets, as far as that is certain: up to a comma or the like, a name in brackets, `all`."""
    found = _GREETING.match(text)
    if found is None:
        return text
    rest = text[found.end() :]
    line = rest.partition("\n")[0]
    at = 0
    for number, word in enumerate(re.finditer(r"\S+", line)):
        bare = word[0].rstrip(",.!:;–-")
        if number >= _LONGEST_ADDRESS or not _may_be_address(bare):
            break
        at = word.end()
        if bare != word[0]:
            return rest[at:].lstrip()
    is_whole_line = not line[at:].strip(" ,.!:;–-")
    certain = is_whole_line or all(map(_is_address, line[:at].split()))
    return rest[at:].lstrip(" \n,.!:;–-") if certain else rest.lstrip(" ,.!:;–-")


def _may_be_address(word: str) -> bool:
    return not word or _is_address(word) or word[0].isupper()


def _is_address(word: str) -> bool:
    return _TAKEN.fullmatch(word) is not None or word.casefold() in _ADDRESSED


def _without_signature(lines: list[str]) -> list[str]:
    first = max(1, len(lines) - _SIGNED_LINES)
    for at in range(len(lines)):
        if lines[at].strip() in ("--", "—", "___"):
            return lines[:at]
    for at in range(first, len(lines)):
        closing = _CLOSING_LINE.fullmatch(lines[at])
        if closing is not None and _names_somebody(closing["rest"]) and _are_short(lines[at + 1 :]):
            return lines[:at]
    while len(lines) > 1 and (not lines[-1].strip() or _is_signature(lines[-1])):
        lines = lines[:-1]
    return lines


def _names_somebody(rest: str) -> bool:
    """What follows a closing on its line: nothing, or who writes. `Best restart it` goes on."""
    words = rest.strip(" ,.!–-").split()
    return len(words) <= _SHORT_LINE and all(_may_be_address(each.strip(",.!")) for each in words)


def _are_short(lines: list[str]) -> bool:
    return all(len(each.split()) <= _SHORT_LINE for each in lines)


def _is_signature(line: str) -> bool:
    """A name alone, or with a title: `[name], Service Desk`."""
    words = line.split()
    return len(words) <= _SHORT_LINE and _TAKEN.match(words[0].lstrip("-–—~* ") or words[0]) is not None
