"""Questions how a request stands, told from what tells of something, in each language."""

import re
from typing import Final

from bot.domain.normalised_text import normalised
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context

LONGEST_QUESTION: Final = 25
"""Words; who writes more tells of something."""
_HOW_IT_STANDS = re.compile(
    r"\bwhat ?(s|is) the (status|state|progress) (of|on|with)\b|\bstatus (of|on|for) (my|the)\b"
    r"|\bany (update|updates|news|progress)\b"
    r"|\b(is|are) my [\w ]{1,40} (done|ready|fixed|finished|solved|resolved|repaired)( yet| already)?$"
    r"|\bhow (is|are) my (ticket|request|issue)s?\b"
    r"|\bwhen (is|are|will) my [\w ]{1,40} (ready|done|fixed|finished|repaired)$"
    r"|\bwhat (about|happened (to|with)|became of|s up with|is up with) my (ticket|request|issue|question|order)s?\b"
    r"|\bwas (ist|war|wurde|wird) (eigentlich |nun |jetzt |denn )?(mit|aus) mein\w* (anfrage|ticket|meldung|anliegen)"
    r"( (los|passiert|geworden|geschehen))?$"
    r"|\b(que pasa|que paso|que hay) con mi (solicitud|ticket|consulta|pedido)\b|\bcomo va mi (solicitud"
    r"|ticket|pedido)\b"
    r"|\bcomo (esta|vai|anda|ficou) (o meu|a minha|meu|minha) (ticket|pedido|solicitacao|chamado)\b"
    r"|\bque devient ma (demande|question)\b"
    r"|\bwie ist der (aktuelle )?(stand|status)\b|\bwie (steht es|stehts) (eigentlich |denn |nun )?(um"
    r"|mit) mein|\bwie weit (ist|seid ihr|sind sie)\b"
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
    r"|(what about|what happened (to|with)|what became of)( my)?( ticket| request)? REF"
    r"|(wie (steht es|stehts|sieht es|siehts)|was (ist|war|passiert))( (eigentlich|denn|nun|jetzt|aktuell))?"
    r" (um|mit|bei)( (dem|meinem))?( ticket)? REF( (los|aus|passiert))?|was (wurde|wird) aus( ticket)? REF"
    r"|(como|que) (va|esta|anda|vai|ficou|pasa con|hay de)( (con|el|la|o|a|mi|meu|minha))*( ticket"
    r"| pedido| solicitud)? REF"
    r"|(comment (va|avance)|que devient)( (le|la|ma))?( ticket| demande)? REF"
    r"|((wie|was) ist )?(der )?(aktuelle )?(stand|status)( (von|bei|zu|fur))?( ticket)? REF"
    r"|(gibt es |gibts )?(schon )?(neuigkeiten|(et)?was neues)( (von|bei|zu|uber))?( ticket)? REF"
    r"|(cual es )?(el )?(estado|novedades)( (de|del|sobre))?( ticket)? REF"
    r"|(hay )?(alguna )?(novedad|novedades|actualizacion)( (de|del|en|sobre))?( ticket)? REF"
    r"|ou en est( on)?( (avec|sur|le|la|ma))*( ticket| demande)? REF|(quel est )?(le |l )?(statut|etat"
    r"|avancement)( (de|du|sur))?( ticket)? REF"
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
_SEEN_TO = (
    r"(look(ing)? (at|into)|tak(e|ing) care of|deal(ing)? with|answer(ing)?|reply(ing)?|respond(ing)?|work(ing)? on)"
    r"( (it|this|that|me|to me|here|my (ticket|request|issue|problem)))?"
)
_NEWS_WORDS = (
    rf"when (does|do|will|can|is) (any ?(one|body)|some ?(one|body)) [\w ]{{0,30}}{_SEEN_TO}",
    rf"(will|is|can) (any ?(one|body)|some ?(one|body)) [\w ]{{0,30}}{_SEEN_TO}",
    rf"why (is|does|has) (nobody|no one) [\w ]{{0,20}}{_SEEN_TO}|(still )?no(body| one) (has )?(answered|replied)",
    r"wann (kummert|schaut|sieht|meldet|antwortet)( sich| das| hier| endlich| mal)* (jemand|wer)( \w+){0,3}",
    r"(warum|wieso) (meldet|antwortet|kummert)( sich)?( hier)? (niemand|keiner)( darum| mehr)?",
    r"cuando (lo|la|me) (va a )?(mirar?|ver?|atender|responder?|contestar?|atiende)( alguien)?( por fin)?",
    r"cuando (va a )?(mirar|ver|responder|contestar)(lo|la|me)? alguien( por fin)?",
    r"por que (nadie|no) (me )?(responde|contesta|lo mira|lo atiende)( nadie)?",
    r"quand (est ce que )?quelqu un (va |s en )[\w ]{1,40}",
    r"pourquoi personne ne (me )?(repond|s en occupe)",
    r"quando (e que )?alguem (vai )?(finalmente )?(olhar|ver|responder|atender|olha|ve|responde)( isso| isto| me)?",
    r"por que ninguem (me )?(responde|ve isso|olha isso)",
    r"((is there|are there|do you have|have you( got)?|got) )?(any|some) (news|updates?|progress|eta)",
    r"(status|state|progress|news|updates?|eta)( updates?)?",
    r"what ?(s|is) (the (status|state|progress|eta)|happening|up)",
    r"how ?(is|s) (it|this|that|everything) (going|coming along|looking)",
    r"when (is|will|can) (it|this|that|i|you|somebody|someone) [\w ]{1,40}",
    r"how (much longer|long (will|does) (it|this) take)|how far (are|have) you( got(ten)?)?",
    r"(is|are|has|have) (it|this|that|you) (been )?(done|ready|fixed|finished|solved|resolved)",
    r"(is |are )?(any ?(one|body)|some ?(one|body)|you) (still )?(there|here)",
    r"(is |are )?(any ?(one|body)|you) (still )?(working|looking) (on|at|into) (it|this|that)",
    r"(gibt es |gibts |hast du |haben sie |habt ihr )?(schon |mal )?(et)?was neues",
    r"(gibt es |gibts )?(schon )?(neuigkeiten|updates?)",
    r"((wie|was) ist )?(hier )?(denn )?(der )?(aktuelle[rn]? )?(stand|status)",
    r"wie (sieht es|siehts|schaut es) aus|wann (ist|wird|kann|geht) (es|das|ich) [\w ]{1,40}",
    r"wie lange (dauert|braucht) (es|das)( noch)?",
    r"ist (es|das) (schon )?(fertig|erledigt|gelost|repariert)",
    r"(ist )?(da )?(jemand|seid ihr|sind sie|bist du) (da|dran)",
    r"(hay )?(alguna?s? )?(novedad|novedades|noticias?|actualizacion(es)?)|que hay de nuevo|algo nuevo",
    r"(cual es el )?estado|como (va|vamos|esta)( (eso|esto|todo))?",
    r"cuando (estara|va a estar|se) [\w ]{1,40}|cuanto (falta|tarda(ra)?)",
    r"(ya )?esta (listo|lista|resuelto|arreglado)|hay alguien( (ahi|alli))?",
    r"(avez vous |y a t il |il y a )?(des nouvelles|du nouveau|du neuf)|quoi de neuf",
    r"ou en est( on|es vous|etes vous)?|(quel est )?(le |l )?(statut|etat|avancement)",
    r"(c est|est ce) (pret|fait|repare|resolu|regle)|combien de temps( encore)?",
    r"quand (est ce que|sera|ce sera|est) [\w ]{1,40}|(il y a |y a t il )?quelqu un( (est )?la)?",
    r"(ha |tem )?(alguma )?(novidades?|noticias?|atualizacao|atualizacoes)|algo novo",
    r"(qual (e )?)?(o )?(status|estado|andamento)|como (esta|vai|anda)( (isso|isto))?",
    r"quando (fica|estara|vai) [\w ]{1,40}|quanto (falta|demora)",
    r"(ja )?esta (pronto|pronta|resolvido|arranjado)|(tem |ha |esta )?alguem (ai|la)",
)
_NEWS = re.compile("|".join(_NEWS_WORDS))
"""The whole of it, where the ticket's own thread says which is meant."""


def asks_state_of(text: str, reference: str) -> bool:
    """Whether it asks for the state of the ticket so named, and says nothing else: "any news on IT-5?"."""
    named = normalised(reference)
    said = normalised(text).replace(named, "REF", 1)
    return _STATE_OF_ONE.fullmatch(_AROUND.sub("", said)) is not None


def asks_how_it_stands(text: str) -> bool:
    """Whether it asks what became of a request, or for news and nothing else: "any update on my laptop?"."""
    words = normalised(text)
    is_one = len(words.split()) <= LONGEST_QUESTION and _HOW_IT_STANDS.search(words) is not None
    return is_one or _NEWS.fullmatch(_AROUND.sub("", words)) is not None


def wants_news(context: Context, ticket: Ticket) -> bool:
    """Whether its requester, who acts, has just asked on it how it stands."""
    last = context.uow.messages.said_in_public(ticket.id)[-1]
    is_theirs = last.author_key in context.accounts and last.id != ticket.opening
    return context.is_requester_of(ticket) and is_theirs and not last.files and asks_how_it_stands(last.text)
