"""What a question how something stands is about, where it is asked outside a request's own thread.

The words beside those of asking say it. Where no request of the author's has them, the question may be about
something that the desk has never heard of.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.domain.normalised_text import normalised, words_of
from bot.domain.search.stop_words import STOP_WORDS
from bot.domain.tickets.ticket import Ticket

_ASKING_SAID = """
    actual actually already any anybody anyone answer answered coming doing done eta everything far fine finish
    finished fix fixed getting give going got happened happening happens how issue issues know latest look looking
    long longer much near news nobody now number one open order please problem progress question ready
    receive repair repaired reply replied request requests resolved solved some somebody someone state status still
    take taken tell thing things ticket tickets today update updates waiting way week work working yet
    aktuell aktuelle aktueller aktuellen anfrage anfragen anliegen arbeitet beantwortet bearbeitet beim braucht
    dauert dran eigentlich endlich erledigt etwas fertig geworden gelost geschehen gibt gibts geht heute hier
    jemand jetzt kummert lange los meldet meldung meinem meinen meiner meines neues neuigkeiten niemand passiert
    repariert seid siehts stand status stehts steht update updates was weit wegen wieder
    actualizacion actualizaciones algo alguien alguna algunas alguno arreglada arreglado atiende ayer consulta cuanto
    estado estara falta hoy lista listo nadie noticia noticias novedad novedades nuevo paso pasa pedido peticion
    resuelta resuelto respecto sabe saber solicitud tarda tardara ticket ultima
    aujourd hui avancement avance avez combien demande demandes depuis devient encore enfin est ete etat etes fait
    finie fini neuf nouveau nouveaux nouvelle nouvelles ou personne pret prete question quel quelle quelqu regle
    repare reparee resolu resolue statut temps terminee termine ticket toujours
    alguem alguma anda andamento arranjado atualizacao atualizacoes chamado demora estado falta fica hoje ninguem
    novidade novidades noticia noticias novo pedido pronta pronto quanto resolvida resolvido sabe solicitacao ticket
"""
_ASKING: Final = frozenset(_ASKING_SAID.split())
_ASKS_WHEN: Final = re.compile(r"^(\w+ )?(when|wann|cuando|quand|quando)\b")
"""Only that: no word of news or of a state. A greeting or name may stand before."""


def topic_of(text: str) -> frozenset[str]:
    """The words that say what is asked about; none in "any news?"."""
    return frozenset(words_of(text)) - STOP_WORDS - _ASKING


def asks_of_something_new(text: str, tickets: Sequence[Ticket]) -> bool:
    """Whether "when do I …?" is about none of these: then it is a request like any other."""
    topic = topic_of(text)
    known = {word for each in tickets for word in words_of(each.subject)}
    return bool(topic) and _ASKS_WHEN.match(normalised(text)) is not None and not topic & known


def may_be_something_new(text: str, likely: Ticket) -> bool:
    """Whether it names what this request does not: then its author must choose, or be heard."""
    named = words_of(likely.reference)
    return not topic_of(text) - set(named) <= set(words_of(likely.subject))
