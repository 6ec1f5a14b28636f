"""What people write that is no request: words that only say hello, ask for help or ask who is there."""

import re
from typing import Final

from bot.domain.normalised_text import normalised

MOST_WORDS: Final = 25
"""Nobody says hello at greater length without saying something else too."""
_FILLERS_SAID = """
    please, pls, plz, kindly, maybe, perhaps, just, quickly, really, actually, urgent, urgently, asap, so, very,
    sorry, um, er, okay, ok, bitte, mal, kurz, eben, schnell, vielleicht, dringend, gerade, gern, gerne,
    entschuldigung, svp, stp, vite, rapidement, urgence, excusez, pardon, favor, rapidamente, urgente, disculpe,
    disculpen, perdon, desculpe, desculpem
"""
_FILLERS: Final = frozenset(_FILLERS_SAID.replace(",", " ").split())
"""Say nothing wherever they stand."""
_HELLO = (
    r"(hi|hello|hey|heya|hiya|hullo|howdy|greetings|good (morning|afternoon|evening|day)|morning)"
    r"|(how are you( doing)?( today)?|how (is|s) it going|(i )?hope you (are|re) (all )?(doing )?(well|fine"
    r"|good))"
    r"|(hallo|moin|servus|gruezi|gruss (gott|dich|euch)|guten (morgen|tag|abend)|mahlzeit|sehr geehrte"
    r" (damen und )?herren)"
    r"|wie geht (es|s)( (dir|euch|ihnen))?|ich hoffe (es geht )?(dir|euch|ihnen)( geht)? (es )?gut"
    r"|bonjour|bonsoir|salut|coucou|(comment )?(ca va|allez vous|vas tu)"
    r"|hola|buenas( tardes| noches)?|buenos dias|que tal|como estan?"
    r"|ola|oi|bom dia|boa (tarde|noite)|tudo (bem|bom)|como (vai|esta)"
)
_HELP = (
    r"(can|could|would|will|may) (you|u|some ?(one|body)|any ?(one|body)) (help|assist|support)( me| us)?( out)?"
    r"|(can|could|may) i (get|have) (some )?(help|assistance)"
    r"|(i|we)( (am|m))?( (need|want|require|have got|would like|d like|looking for))( (some|your))? (help"
    r"|assistance|support)"
    r"|(need|want)( some| your)? help|help( me| us)?|(i )?need you"
    r"|((i|we) )?((have|got|have got|ve got|ve|had) )?((a|an|some|one|another|few|little|small"
    r"|quick) )*(question|questions|problem|problems|issue|issues|request|requests|doubt)( for you)?"
    r"|there (is|s) (a problem|an issue)|(can|could|may) i ask (you )?(something|a question|you|some questions)"
    r"|(i )?(want|wanted|need|like|would like|d like)? ?(to )?(open|create|raise|log|submit|make) (a|an|one)"
    r"( new)? (ticket|request)"
    r"|new (ticket|request)|(i )?(want|need) (a|to) ticket"
    r"|(i )?(want|wanted|need|would like|d like) to ask( you)? (something|a question)"
    r"|(kannst du|konnen sie|konnt ihr|konntest du|konnten sie|konntet ihr|kann|konnte)( (mir|uns))?( (jemand"
    r"|einer|wer))?( helfen| weiterhelfen)"
    r"|(ich |wir )?(brauche|brauchen|benotige|benotigen|suche|brauchte)( (eure|ihre|deine|etwas))? (hilfe"
    r"|unterstutzung)"
    r"|hilfe|um hilfe|hilf mir|helft mir"
    r"|((ich|wir) )?((habe|hab|haben|hatte|hatten|hatt) )?(da )?((eine|ne|ein|kurze|kleine|kleines|paar|einige"
    r"|noch) )*(frage|fragen|problem|probleme|anliegen)"
    r"|(darf|kann|durfte) ich (dich |sie |euch )?(et)?was fragen"
    r"|(ich )?(mochte|will|wollte|muss) (ein|neues|ein neues) (ticket|anliegen) (offnen|eroffnen|erstellen"
    r"|aufmachen)"
    r"|(neues )?ticket (offnen|eroffnen|erstellen)"
    r"|(pouvez vous|peux tu|tu peux|vous pouvez|pourriez vous|pourrais tu|(est ce que )?(vous pouvez|tu peux"
    r"|quelqu un (peut|pourrait)))( m| nous)? aider"
    r"|(j ai |nous avons )?besoin d( une)? aide|(j ai )?besoin de (votre|ton) aide|(a l )?aide|aidez moi"
    r"|aide moi"
    r"|((j ai|j aurais|nous avons) )?((une|un|petite|petit|des|quelques) )*(question|questions|probleme"
    r"|problemes|souci|demande)"
    r"|(puis je|je peux|est ce que je peux) (vous |te )?(poser|demander) (une question|quelque chose)"
    r"|(je (voudrais|veux|souhaite) )?(ouvrir|creer) un( nouveau)? ticket"
    r"|(me )?(puedes?|pueden|podeis|podrias?|podrian|podriais)( (me|nos))?( (ayudar|ayudarme|ayudarnos"
    r"|ayudar me))"
    r"|alguien( (me )?(puede|podria) (ayudar|ayudarme))"
    r"|(necesito|necesitamos|busco)( (su|tu|vuestra))? ayuda|ayuda|ayudame|ayudenme"
    r"|((tengo|tenemos) )?((una|un|unas|algunas|otra|pequena) )*(pregunta|preguntas|duda|dudas|consulta"
    r"|problema|problemas)"
    r"|(les |te |le )?(puedo|podria) (hacer(les|te|le)? una (pregunta|consulta)|preguntar(les|te|le)? algo)"
    r"|(quiero|quisiera|necesito) (abrir|crear) un( nuevo)? ticket"
    r"|((voces?|alguem) )?(me )?(pode|podem|podes|poderia|poderiam|podia|podiam)( (me|nos))?( (ajudar|ajudar me"
    r"|dar uma ajuda))"
    r"|(preciso|precisamos)( (de|da|da sua|da vossa))? ajuda|ajuda|me (ajuda|ajude|ajudem)|ajude me|ajudem me"
    r"|((tenho|temos) )?((uma|um|umas|algumas|outra|pequena) )*(pergunta|perguntas|duvida|duvidas|problema"
    r"|problemas)"
    r"|(posso|podia) (fazer uma pergunta|perguntar (uma coisa|algo))"
    r"|(quero|queria|gostaria de|preciso) (abrir|criar) um( novo)? (ticket|chamado|pedido)"
)
_THERE = (
    r"((is|are) )?(any ?(one|body)|some ?(one|body)|you)( (still|even))? (there|here|around|online|available)"
    r"|is this (the )?(help ?desk|service ?desk|it( support)?|support|working|a bot)"
    r"|are you (a )?(bot|human|real)"
    r"|(ist |war )?((da|hier) )?(jemand|wer|einer)( (da|hier|dran))?|(seid ihr|bist du|sind sie)( noch)? da"
    r"|(il y a |y a t il |est ce qu il y a )?quelqu un( (est )?(la|ici))?|(vous etes|etes vous|tu es|es tu) la"
    r"|(hay )?alguien( (ahi|alli|aqui))?|(estan|estas|esta) ahi"
    r"|((tem|ha|existe) )?alguem( (ai|aqui))?|((voces? )?(estao|esta)) ai"
)
_BESIDE = (
    r"(there|team|all|everyone|everybody|folks|guys|support|help ?desk|service ?desk|it( support)?|sir|madam|or"
    r"|dear|bot)"
    r"|(thanks|thank you|thx|many thanks)( a lot| so much)?( in advance)?"
    r"|(with|about) (something|a (problem|question|issue)|an issue)"
    r"|(zusammen|miteinander|an alle|alle|ihr lieben|liebe[rs]?|(liebe )?kolleg(en|innen)( und kolleg(en"
    r"|innen))?|leute)"
    r"|(danke|vielen dank|dankeschon|danke schon|besten dank)( (schon (mal )?)?im voraus)?"
    r"|(a )?(tous|toutes)( et (a )?(tous|toutes))?|l equipe|madame|monsieur|s il (vous|te) plait|c est"
    r"|merci( beaucoup| bien)?( (d avance|par avance))?"
    r"|(a )?todos|equipo|(muchas )?gracias( (de antemano|por adelantado))?|por|es|e"
    r"|pessoal|equip[ea]|(muito )?obrigad[oa]( desde ja| pela atencao)?|desde ja"
)
"""What may stand beside the others, and alone may be an answer."""
_EMPTY: Final = f"{_HELLO}|{_HELP}|{_THERE}"
_SAID = re.compile(rf"(?:^| )(?:{_EMPTY})(?: |$)")
_NOTHING = re.compile(rf"(?:(?:{_EMPTY}|{_BESIDE})(?: |$))+")
_IN_OTHER_LANGUAGES = """
    ciao, buongiorno, buonasera, salve, hoi, goedemorgen, goedemiddag, hej, hei, cześć, dzień dobry, bună, bună ziua,
    salutare, ahoj, szia, merhaba, привет, здравствуйте, 你好, こんにちは
"""
_OTHER_GREETINGS = frozenset(normalised(each) for each in _IN_OTHER_LANGUAGES.split(","))
"""In other languages the whole message must be one of them."""


def says_nothing_yet(text: str) -> bool:
    """Whether it only greets, thanks, asks for help or asks who is there: "hello, can you help me??".

    Every word must be part of that. What else is said, however short, is a request.
    """
    said = normalised(text).split()
    if not said or len(said) > MOST_WORDS:
        return False
    words = " ".join(word for word in said if word not in _FILLERS)
    if words in _OTHER_GREETINGS:
        return True
    return _NOTHING.fullmatch(words) is not None and _SAID.search(words) is not None
