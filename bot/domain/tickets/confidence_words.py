"""How people ask, anywhere in what they write, that others neither hear of it nor read it.

Each wish is made of parts: something denied, a word of telling, knowing or reading, and a person or nobody.
"""

import re
from functools import cache
from typing import Final

from bot.domain.normalised_text import normalised

_SENTENCE: Final = re.compile(r"[.!?;:,\n()\u2013\u2014]+|\s-+\s")

_ROLE: Final = (
    r"(?:manager|line manager|boss|supervisor|team ?lead|lead|leader|director|team|colleagues?|co ?workers?|staff"
    r"|department|company|family|wife|husband|partner)s?"
)
_SOMEBODY: Final = r"(?:any ?(?:one|body)|some ?(?:one|body)|others|other people|people)(?: else)?"
_PERSON: Final = (
    rf"(?:him|her|he|she|they|them|{_SOMEBODY}|(?:my|our|the|his|her|their|your) (?:\w+ )?{_ROLE})"
)
_NOT_A_NAME: Final = (
    r"me|us|you|myself|the|a|an|my|our|your|his|their|its|what|which|why|how|if|whether|much|when|where|who|that|this"
    r"|it|to|and|or|anything|everything|everyone|users?|customers?"
)
_KNOW: Final = r"(?:know|hear|learn|find out|be told|get to know|get wind|notice)"
_READ: Final = r"(?:(?:see|read|look at)(?: (?:this|it|that|what|my|these)\b| here\b|\Z))"
_NOT: Final = r"(?:do not|don t|dont|never|please not|pls not)(?: ever)?"
_NOBODY: Final = r"(?:nobody|no ?one|none of (?:them|my colleagues))(?: else)?"

_ROLE_DE: Final = (
    r"(?:chef\w*|vorgesetzt\w*|manager\w*|kolleg\w*|leiter\w*|teamleit\w*|abteilung\w*|team|boss|firma|familie"
    r"|mann|frau|partner\w*)"
)
_KNOW_DE: Final = (
    r"(?:wissen|weiss|wisst|erfahren|erfahrt|lesen|liest|sehen|sieht|horen|hort|mitbekommen|mitbekommt|mitkriegen"
    r"|mitkriegt|merken|merkt)"
)
_SOMEBODY_DE: Final = (
    rf"(?:(?:irgend)?(?:jemand|jmd|wer|einer)|andere|er|sie|alle|(?:mein\w*|unser\w*|der|die|das) {_ROLE_DE})"
)

_KNOW_FR: Final = (
    r"(?:sache|sachent|voie|voient|lise|lisent|apprenne|apprennent|decouvre|decouvrent"
    r"|soi(?:t|ent) au courant)"
)
_TO_KNOW_FR: Final = (
    r"(?:(?:le|l|la|en|ceci|cela|ca|rien) )*(?:savoir|apprendre|decouvrir|etre au courant|entendre)"
)
_TELL_FR: Final = (
    r"(?:dites|dis|parlez|parle|prevenez|previens|racontez|raconte|montrez|montre|repetez|repete|informez|informe"
    r"|transmettez|transmets)"
)

_KNOW_ES: Final = r"(?:sepan?|vean?|lean?|(?:se )?enteren?|descubran?|oigan?)"
_TELL_ES: Final = (
    r"(?:dig(?:as?|an|ais)|cuent(?:es?|en)|coment(?:es?|en)|muestr(?:es?|en)|ensen(?:es?|en)|avis(?:es?|en)"
    r"|inform(?:es?|en)|compart(?:as?|an)|reenvi(?:es?|en))"
)
_KNOW_PT: Final = r"(?:saibam?|vejam?|leiam?|descubram?|oucam?|fiquem? (?:a saber|sabendo)|percebam?)"
_TELL_PT: Final = (
    r"(?:dig(?:am?|as)|contem?|contes|comentem?|mostrem?|avisem?|informem?|compartilhem?|partilhem?|falem?"
    r"|reencaminhem?|encaminhem?|espalhem?)"
)

_TOLD: Final = (
    r"confidential(?:ly|ity)?|in confidence|in private|privately|off the record|for your eyes only"
    r"|between (?:you and (?:me|i)|ourselves|us(?! (?:and|all|are|is)\b))|keep (?:this|it"
    r"|that) (?:private|quiet|secret)"
    r"|keep (?:this|it|that) to yoursel(?:f|ves)|not a word to"
    r"|(?:make|mark) (?:this|it|my (?:ticket|request)) private|(?:this|it) (?:is|should be"
    r"|must be) (?:private|secret)"
    rf"|(?<!\bi )(?<!\bwe )(?<!they ){_NOT} (?:tell|inform|involve|copy|cc) {_PERSON}"
    rf"|{_NOT} (?:mention|show|say|forward|pass) (?:\w+ ){{1,4}}?(?:on )?(?:to|with) {_PERSON}"
    rf"|{_NOT} (?:talk|speak) (?:to|with) {_PERSON}(?: (?:about|of)|\Z)"
    rf"|{_NOT} (?:share|discuss) (?:\w+ ){{1,3}}?with {_PERSON}"
    rf"|{_NOT} let (?:{_PERSON}|\w+) (?:{_KNOW}|{_READ})"
    rf"|without (?:telling|informing) {_PERSON}"
    rf"|(?:not|n t|don t|dont|never|wouldn t|didn t) (?:really )?(?:want|like|wish) (?:for )?(?:{_PERSON}"
    rf"|\w+)(?: else)?"
    rf" to (?:ever )?(?:{_KNOW}|{_READ})"
    r"|without my (?:manager|boss|supervisor|team|colleagues?)"
    rf"|without {_PERSON} (?:knowing|seeing|reading|hearing|noticing|finding out)"
    rf"|{_NOBODY} (?:may|should|must|shall|needs to|has to|is to|is allowed to) (?:ever )?(?:{_KNOW}|{_READ})"
    rf"|{_NOBODY} (?:can|could) (?:ever )?(?:know|find out)(?! (?:why|how|if|whether|what|when|who|where))"
    rf"|(?:so|so that|sure|sure that) {_NOBODY} (?:will |can |ever )?(?:finds? out|knows?|hears?|sees?"
    rf"|reads?|learns?)"
    rf"|{_PERSON} (?:must|should|may|can|shall|could)(?: not|n t| t| never|not) (?:ever )?(?:know|find out"
    rf"|hear|learn)"
    r"(?! (?:why|how|if|whether|what|when|who|where|the|english|german))"
    rf"|{_PERSON} (?:must|should|may|shall|mustn|shouldn)(?: not| t| never) (?:ever )?{_READ}"
    r"|only hr|hr only"
)
_TOLD_DE: Final = (
    r"vertraulich\w*|unter uns|unter vier augen|im vertrauen|nicht offentlich|diskret\w*"
    r"|(?:zwischen|unter) (?:dir und mir|ihnen und mir|mir und (?:dir|ihnen))|nur zwischen uns"
    r"|nicht (?:weiter ?sagen|weiter ?erzahlen|herumerzahlen|rumerzahlen|verraten|weitertratschen)"
    r"|sag\w* (?:\w+ ){0,3}?nicht weiter|erzahl\w* (?:\w+ ){0,3}?nicht weiter"
    r"|(?:mein\w*|dem|der|den) (?:chef\w*|vorgesetzt\w*|manager\w*|kolleg\w*|teamleit\w*) (?:bitte )?(?:nicht|nichts)"
    rf"|nichts? (?:mein\w*|unser\w*|dem|der|den) {_ROLE_DE}"
    r"|bitte (?:\w+ ){0,2}?nicht (?:an |zu |mit )?(?:(?:dem|der|den|mein\w*|unser\w*) )?(?!neu\b|nur\b|mehr\b)\w+"
    r" (?:sagen|erzahlen|mitteilen|zeigen|verraten|weitergeben|weiterleiten|besprechen|informieren)"
    r"|nicht (?:dem|der|den|mein\w*|unser\w*) \w+ (?:sagen|erzahlen|mitteilen|zeigen|verraten)"
    r"|bitte (?:\w+ ){0,3}?(?:niemand\w*|keine[mnr]) (?:\w+ ){0,2}?(?:sagen|erzahlen|mitteilen|zeigen|verraten)"
    r"|bitte (?!mir\b|uns\b)\w+ nichts? (?:davon )?(?:sagen|erzahlen|verraten)"
    rf"|(?:will|wollen|mochte\w*|mocht|wunsche) (?:\w+ ){{0,2}}?nicht dass (?:\w+ ){{0,4}}?{_SOMEBODY_DE}"
    rf" (?:\w+ ){{0,4}}?{_KNOW_DE}"
    rf"|(?:will|wollen|mochte\w*|mocht|wunsche) (?:\w+ ){{0,2}}?nicht dass \w+ (?:das|es|davon"
    rf"|dies) (?:\w+ )?{_KNOW_DE}"
    rf"|(?:niemand|keiner) (?:sonst |anders )?(?:darf|soll|sollte|muss) (?:\w+ ){{0,3}}?{_KNOW_DE}"
    rf"|(?:darf|soll|sollte|muss) (?:\w+ ){{0,2}}?(?:niemand|keiner) (?:\w+ ){{0,2}}?{_KNOW_DE}"
    rf"|(?:damit|dass) (?:\w+ ){{0,2}}?(?:niemand|keiner) (?:\w+ ){{0,2}}?(?:weiss|erfahrt|liest|mitbekommt|merkt)"
    rf"|(?:darf|soll|sollte|durfen|sollen) (?:\w+ ){{0,3}}?(?:nicht|nichts|nie) (?:davon )?(?:wissen"
    rf"|erfahren|mitbekommen"
    r"|lesen)"
    rf"|ohne dass (?:\w+ ){{0,2}}?{_SOMEBODY_DE} (?:\w+ ){{0,3}}?{_KNOW_DE}"
    r"|behalt\w* (?:sie )?(?:das|es|dies) (?:bitte )?fur (?:dich|sich|euch)"
    r"|nur (?:die |das |fur die |an die )?(?:personal\w*|hr)"
)
_TOLD_FR: Final = (
    r"confidentiel\w*|confidentialite|en prive|entre nous(?! et\b)|entre (?:vous|toi) et moi|discretement"
    r"|pas un mot a"
    rf"|(?<!je )(?<!vous )(?<!tu )(?:ne|n) (?:(?:le|l|la|lui|leur|en) )*{_TELL_FR}(?: \w+){{0,2}}? (?:pas"
    rf"|rien|jamais)"
    rf"|(?<!je )(?<!vous )(?<!tu )(?:ne|n) (?:(?:le|l|la|en) )*{_TELL_FR} (?:\w+ ){{0,2}}?a personne"
    rf"|(?:n en|en) (?:parlez|parle) (?:pas|a personne)|n en (?:dites|dis) rien"
    r"|ne pas (?:(?:le|la|l|en|lui) )*(?:dire|repeter|ebruiter|divulguer|parler|raconter)"
    rf"|(?:veux|voudrais|souhaite|aimerais|voulons) pas qu(?:e)? (?:\w+ ){{1,5}}?{_KNOW_FR}"
    rf"|personne (?:d autre )?ne (?:doit|devrait|peut) (?:{_TO_KNOW_FR}|(?:le|l|ceci|cela) (?:lire|voir))"
    rf"|que personne (?:d autre )?ne (?:(?:le|l|la|en) )?{_KNOW_FR}"
    rf"|ne (?:doit|doivent|devrait|devraient) (?:pas|jamais|rien) (?:{_TO_KNOW_FR}|(?:le|l|ceci|cela) (?:lire|voir))"
    rf"|sans qu(?:e)? (?:\w+ ){{1,4}}?{_KNOW_FR}"
    r"|gardez? (?:ca|cela|ceci|le) pour (?:vous|toi)|(?:uniquement|seulement) (?:les rh|le service du personnel)"
)
_TOLD_ES: Final = (
    r"confidencial\w*|en privado|entre nosotr[oa]s(?! y\b)|entre (?:tu|usted) y yo|en confianza|ni una palabra a"
    rf"|no (?:(?:se|lo|le|les|la) )*{_TELL_ES} (?:(?:esto|eso|lo|nada) )*(?:a|con) (?!mi (?:pc|ordenador"
    rf"|pantalla)\b)\w+"
    rf"|no (?:(?:se|lo|le|les) )+{_TELL_ES}|no {_TELL_ES} nada|que no se entere"
    rf"|no (?:quiero|quisiera|querria|deseo|me gustaria) que (?:\w+ ){{1,5}}?{_KNOW_ES}"
    r"|nadie (?:mas )?(?:puede|debe|deberia|tiene que|ha de) (?:saber(?:lo)?|enterarse|leerlo|leer esto|ver esto)"
    rf"|que nadie (?:mas )?(?:(?:lo|se|la) )*{_KNOW_ES}"
    r"|(?:jef[ea]|gerente|superior\w*|companer[oa]s?|el|ella|ellos) no (?:debe|deben|puede|pueden|deberia)"
    r" (?:saber(?:lo)?|enterarse|leerlo|leer esto|ver esto)"
    rf"|sin que (?:\w+ ){{1,4}}?{_KNOW_ES}|solo (?:para )?(?:rrhh|recursos humanos)"
)
_TOLD_PT: Final = (
    r"em privado|em particular|em sigilo|sigilos[oa]|entre nos(?! e\b)|entre (?:voce|ti|si) e (?:eu|mim)"
    r"|nem uma palavra a"
    rf"|nao (?:(?:o|lhe|lhes) )?{_TELL_PT} (?:(?:isto|isso|nada|disto|disso) )*(?:a|ao|aos|as|para|com) (?:o |a )?\w+"
    rf"|nao (?:lhe|lhes) {_TELL_PT}|nao {_TELL_PT} nada"
    rf"|nao (?:quero|queria|gostaria|desejo) que (?:\w+ ){{1,5}}?{_KNOW_PT}"
    r"|ninguem (?:mais )?(?:pode|deve|devia|deveria|precisa) (?:de )?(?:saber|descobrir|ficar sabendo|ler isto"
    r"|ler isso|ver isto|ver isso)"
    rf"|que ninguem (?:mais )?(?:o )?{_KNOW_PT}"
    r"|(?:chefe|gerente|gestor\w*|superior\w*|colegas?|ele|ela|eles) nao (?:deve|devem|pode|podem|devia|deveria)"
    r" (?:saber|descobrir|ficar sabendo|ler isto|ler isso|ver isto|ver isso)"
    rf"|sem que (?:\w+ ){{1,4}}?{_KNOW_PT}|(?:so|apenas) (?:o |para o )?(?:rh|recursos humanos)"
)
_WISH: Final = "|".join(rf"\b(?:{each})\b" for each in (_TOLD, _TOLD_DE, _TOLD_FR, _TOLD_ES, _TOLD_PT))
"""Anywhere in it."""
_BID: Final = (
    rf"(?:(?:and|but|so|also|please|pls|just|oh|hey|ah|thanks) )*{_NOT} (?:please )?(?:"
    rf"(?:tell|inform|involve|cc|copy in) (?!(?:{_NOT_A_NAME})\b)\w+"
    r"|(?:share|forward|spread|repeat|pass on|pass) (?:this|it|that|any of this)(?: on| around|$| (?:with"
    r"|to|please)\b)"
    r"|mention (?:this|it|that|me|my name))"
    r"|(?:(?:bitte|aber|und|also) )*(?:sag[et]?|sagen sie|erzahl[et]?|erzahlen sie|verrat[et]?|verraten sie|zeig[et]?"
    r"|zeigen sie) (?:bitte )?(?!mir\b|uns\b)(?:\w+ ){0,4}?(?:niemand\w*|nichts?|kein\w*)\b"
    r"|(?:(?:bitte|das|es|aber|und) )*nicht (?!mir\b|uns\b)(?:an )?\w+ (?:sagen|erzahlen|verraten|weitersagen)\b"
)
"""At the beginning of a sentence, where a bidding stands; a name may be any word."""
_DENIED: Final = re.compile(
    r"\b(not|isn t|no|nothing|nicht|kein\w*|nichts|pas|rien|nada|nao)"
    r" (confidential|vertraulich\w*|confidentiel\w*|confidencial\w*)"
)


def wishes_confidence(text: str) -> bool:
    """Whether it asks that others neither hear of it nor read it: "please don't tell Bo"."""
    said = normalised(text)
    wishes = _compiled(_WISH).search(said) is not None or any(
        _compiled(_BID).match(normalised(each)) for each in _SENTENCE.split(text)
    )
    return wishes and _DENIED.search(said) is None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """With the first request: a megabyte that an idle desk does without."""
    return re.compile(pattern)
