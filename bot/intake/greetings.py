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

_STATE_OF_ONE = re.compile(
    r"((what ?(s|is) )?(the )?(current )?(status|state|progress)"
    r"|(is there |are there |do you have )?any (news|updates?|progress))"
    r"( (of|on|for|with|about))?( my)?( ticket| request)? REF"
    r"|how is( my)?( ticket| request)? REF( going| doing| coming along)?"
    r"|((wie|was) ist )?(der )?(aktuelle )?(stand|status)( (von|bei|zu|fur))?( ticket)? REF"
    r"|(gibt es )?(schon )?(neuigkeiten|(et)?was neues)( (von|bei|zu))?( ticket)? REF"
    r"|(cual es )?(el )?(estado|novedades)( (de|del|sobre))?( ticket)? REF"
    r"|(hay )?(alguna )?(novedad|novedades|actualizacion)( (de|del|en|sobre))?( ticket)? REF"
    r"|ou en est( le)?( ticket)? REF|(quel est )?(le |l )?(statut|etat|avancement)( (de|du|sur))?( ticket)? REF"
    r"|(avez vous )?(des nouvelles|du nouveau)( (de|du|sur|pour))?( le)?( ticket)? REF"
    r"|(qual (e )?)?(o )?(status|estado|andamento)( (de|do|da|sobre))?( ticket| pedido)? REF"
    r"|(ha |tem )?(alguma )?(novidade|novidades|atualizacao)( (de|do|da|no|na|sobre))?( ticket| pedido)? REF"
)
"""The whole of it, with REF where the ticket is named."""
_AROUND = re.compile(
    r"^((hi|hello|hey|hallo|hola|bonjour|ola)( (there|team|all))? )?"
    r"|( (please|thanks|thank you|bitte|danke|por favor|gracias|svp|merci|obrigad[oa]|yet|already"
    r"|i (m|am) (still )?waiting|ich warte( noch)?|(yo )?estoy esperando|j attends|estou (a espera|esperando)))*$"
)
"""What may stand before and behind, and says nothing."""


def asks_state_of(text: str, reference: str) -> bool:
    """Whether it asks for the state of the ticket so named, and says nothing else: "any news on IT-5?"."""
    named = normalised(reference)
    said = normalised(text).replace(named, "REF", 1)
    return _STATE_OF_ONE.fullmatch(_AROUND.sub("", said)) is not None


def asks_how_it_stands(text: str) -> bool:
    """Whether it asks what became of a request: "any update on my laptop?"."""
    words = normalised(text)
    return len(words.split()) <= LONGEST_QUESTION and _HOW_IT_STANDS.search(words) is not None
