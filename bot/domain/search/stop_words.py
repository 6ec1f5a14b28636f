"""Words that nearly every ticket holds, in the languages Deskbell speaks: alone they find nothing worth reading.

They are written as they are indexed, without accents. A word that means something elsewhere (`mac`, `server`) is no
stop word.
"""

from typing import Final

_ENGLISH = """
    a about after all also am an and any are as at be been but by can could did do does for from had has
    have hello hey hi how i if in is it its just me my no not of on or our please so some thank thanks
    that the their them then there they this to too up us was we were what when where which who why will
    with would you your
"""
_GERMAN = """
    aber als am an auch auf aus bei bin bis bitte da danke dann das dass dem den der des die doch du ein
    eine einem einen einer eines er es fur guten habe haben hallo hat ich ihr im in ist ja kann kein
    keine man mein meine mich mir mit nach nicht noch nur oder schon sich sie sind so uber um und uns
    von vor war was wenn wer werden wie wir wird zu zum zur
"""
_SPANISH = """
    al ante buenos como con cual cuando de del desde donde el ella ellos en entre era es esa ese eso
    esta estan este esto favor fue gracias ha han hasta hay hola la las le les lo los mas me mi mis muy
    ni no nos o para pero por porque que se ser si sin sobre su sus tambien te tengo tiene todo tu un
    una uno y ya yo
"""
_FRENCH = """
    ai au aux avec avez bonjour c ce ces cette chez d dans de des du elle en est et eu il ils j je l la
    le les leur lui m ma mais me merci mes moi mon n ne nos notre nous on ou par pas plus pour qu que
    qui s sa sans se ses si son sont sur svp t tu un une vos votre vous y
"""
_PORTUGUESE = """
    ao aos as bom com como da das de dela dele do dos e ela ele em entre era essa esse esta este eu
    favor foi ha isso isto ja la mais mas me meu minha muito na nao nas nem no nos nossa nosso o
    obrigada obrigado ola os ou para pela pelo por qual quando que quem se sem ser seu sua tambem te tem
    tenho um uma voce
"""

STOP_WORDS_OF: Final = {
    "en": frozenset(_ENGLISH.split()),
    "de": frozenset(_GERMAN.split()),
    "es": frozenset(_SPANISH.split()),
    "fr": frozenset(_FRENCH.split()),
    "pt": frozenset(_PORTUGUESE.split()),
}
STOP_WORDS: Final[frozenset[str]] = frozenset[str]().union(*STOP_WORDS_OF.values())
_ASKING: Final = """
    asap best dear fix help issue kind need problem question regards request ticket urgent want work
    anfrage brauche dringend funktioniert geht gruss grusse hilfe schonen
    ayuda cordial funciona necesito saludos solicitud urgente
    aide besoin bonne cordialement demande fonctionne journee probleme
    abraco ajuda atenciosamente preciso problema solicitacao
"""
ASKING_WORDS: Final = frozenset(_ASKING.split())
"""What people write whatever they ask for, beside `STOP_WORDS`; as it is indexed, without accents."""
_HOW_OFTEN: Final = """
    again always every keep keeps often since still two three five ten minute minutes hour hours day days week weeks
    today yesterday morning monday tuesday wednesday thursday friday saturday sunday
    alle dauernd erneut heute gestern immer jede jeden jeder morgen oft seit staendig standig stunde stunden minute
    minuten tag tage tagen wieder woche wochen zwei drei funf zehn
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    ayer cada dia dias diez dos hora horas hoy minuto minutos nuevamente otra semana semanas siempre tres vez veces
    lunes martes miercoles jueves viernes sabado domingo
    aujourd chaque depuis deux dix encore heure heures hier hui jour jours semaine semaines souvent toujours
    toutes tous trois lundi mardi mercredi jeudi vendredi samedi dimanche
    desde dez dois duas hoje novamente ontem sempre todo toda todos todas vezes
"""
HOW_OFTEN_WORDS: Final = frozenset(_HOW_OFTEN.split())
"""When something happens and how often: people say it of anything, and each in other words."""

_ANYBODY: Final = """
    everybody everyone somebody someone anybody anyone nobody people others else today lol ok okay thx hello hey
    alle allen jeder jemand jemanden niemand leute andere anderen man
    todos todas alguien nadie gente otros otras tous toutes monde personne quelqu autres
    todos todas alguem ninguem gente outros outras
"""
ANYBODY_WORDS: Final = frozenset(_ANYBODY.split())
"""Whoever is meant: no request is told from another by them."""

_NEW: Final = """
    new neu neue neuen neuer neues nouveau nouvelle nouveaux nouvelles nuevo nueva nuevos nuevas novo nova novos novas
"""
NEW_WORDS: Final = frozenset(_NEW.split())
"""A new laptop and a new colleague have nothing in common."""
