"""What people write that is no request: words that only say hello, and questions how a request stands."""

import re
from typing import Final

from bot.domain.normalised_text import normalised

_GREETINGS = """
    hi, hi there, hello, hello there, hey, hey there, hiya, good morning, morning, good afternoon, good evening,
    hallo, guten morgen, guten tag, guten abend, moin, servus, grüezi, bonjour, bonsoir, salut, coucou, hola,
    buenos días, buenas tardes, ciao, buongiorno, buonasera, salve, olá, oi, bom dia, boa tarde, hoi, goedemorgen,
    goedemiddag, hej, hei, cześć, dzień dobry, bună, bună ziua, salutare, ahoj, szia, merhaba, привет, здравствуйте,
    你好, こんにちは
"""
GREETINGS = frozenset(normalised(each) for each in _GREETINGS.split(","))
"""The whole message must be one of them."""

LONGEST_QUESTION: Final = 25
"""Words; who writes more tells of something."""
_HOW_IT_STANDS = re.compile(
    r"\bwhat ?(s|is) the (status|state|progress) (of|on|with)\b|\bstatus (of|on|for) (my|the)\b"
    r"|\bany (update|updates|news|progress)\b"
    r"|\b(is|are) my [\w ]{1,40} (done|ready|fixed|finished|solved|resolved|repaired)( yet| already)?$"
    r"|\bhow (is|are) my (ticket|request|issue)s?\b"
    r"|\bwhen (is|are|will) my [\w ]{1,40} (ready|done|fixed|finished|repaired)$"
    r"|\bwie ist der (aktuelle )?(stand|status)\b|\bwie steht es (um|mit) mein|\bwie weit (ist|seid ihr|sind sie)\b"
    r"|\bgibt es (schon )?((et)?was neues|neuigkeiten)\b"
    r"|\bist mein\w* [\w ]{1,40} (fertig|erledigt|gelost|repariert)$"
    r"|\bcual es el estado\b|\b(alguna|hay) (novedad|novedades|actualizacion)\b"
    r"|\besta (listo|lista|resuelto|resuelta|arreglado|arreglada) mi\b"
    r"|\bou en est\b|\bquel est (le statut|l etat|l avancement)\b|\b(des nouvelles|du nouveau) (de|du|sur|pour)\b"
    r"|\best ce que m(on|a) [\w ]{1,40} est (prete?|resolue?|reparee?|terminee?)$"
    r"|\bqual (e )?o (status|estado|andamento)\b|\balguma (novidade|atualizacao)\b"
    r"|\b(meu|minha) [\w ]{1,40} (ja )?esta (pronto|pronta|resolvido|resolvida)$"
)


def asks_how_it_stands(text: str) -> bool:
    """Whether it asks what became of a request: "any update on my laptop?"."""
    words = normalised(text)
    return len(words.split()) <= LONGEST_QUESTION and _HOW_IT_STANDS.search(words) is not None
