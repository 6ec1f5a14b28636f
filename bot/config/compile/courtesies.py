"""Sentences that thank and ask for nothing, by language: alone they do not reopen a ticket.

Every language built in is heeded, whatever the desk speaks; `desk.yaml` adds to them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.domain.normalised_text import normalised

BUILT_IN: Mapping[str, tuple[str, ...]] = {
    "en": (
        "thanks", "thank you", "thanks a lot", "thank you very much", "thank you so much", "many thanks",
        "thanks so much", "thanks again", "thx", "ty", "cheers", "great", "great thanks", "perfect",
        "perfect thanks", "perfect thank you", "ok", "ok thanks", "okay", "okay thanks", "ok thank you",
        "cool", "cool thanks", "awesome", "awesome thanks", "works", "it works", "works now", "it works now",
        "it works now thanks", "works now thanks", "that worked", "that worked thanks", "that did it",
        "that did it thanks", "solved", "all good", "all good now", "all good thanks", "got it",
        "got it thanks", "got it thank you", "much appreciated", "appreciated", "you are the best",
        "will do", "will do thanks", "no problem", "great thank you", "thanks for your help",
        "thank you for your help", "thanks for the help", "thank you for the help", "nice", "nice thanks",
        "you're the best", "you are awesome", "you're awesome", "you are great", "you're great", "you rock",
        "you are a star", "you're a star", "you are a legend", "you're a legend", "lifesaver", "super",
        "great service", "great job", "great work", "good job", "good work", "nice work", "well done",
        "excellent", "brilliant", "fantastic", "wonderful", "lovely", "appreciate it", "i appreciate it",
        "closing this", "you can close this", "you can close it", "please close this", "please close it",
        "this can be closed", "can be closed", "it's working", "it's working now", "it is working now",
        "working now", "working again", "all working now", "all set", "sorted", "fixed", "fixed now",
        "thanks all", "thanks everyone", "team", "everyone", "have a nice day", "have a great day",
        "have a good day", "have a nice weekend", "have a great weekend", "have a good weekend",
        "kind regards", "best regards", "regards", "you made my day", "you saved my day",
        "everybody", "all", "folks", "guys", "both", "thanks both", "lol", "haha", "phew", "yay", "hooray",
        "it worked", "that works", "that fixed it", "that solved it", "that helped", "it's fixed", "it is fixed",
        "it's solved", "it is solved", "everything works", "everything works now", "all works", "it works again",
        "works again", "works fine", "works fine now", "it works fine now", "it's back", "back again",
        "problem solved",
    ),
    "de": (
        "danke", "danke schön", "dankeschön", "vielen dank", "besten dank", "herzlichen dank", "danke sehr",
        "tausend dank", "super", "super danke", "perfekt", "perfekt danke", "alles klar",
        "alles klar danke", "ok danke", "passt", "passt danke", "prima", "prima danke", "klappt",
        "klappt jetzt", "geht wieder", "geht wieder danke", "funktioniert", "funktioniert jetzt",
        "funktioniert wieder", "erledigt", "danke für die hilfe", "vielen dank für die hilfe",
        "danke dir", "danke euch", "danke ihnen", "lieben dank", "vielen lieben dank", "danke fürs helfen",
        "danke für deine hilfe", "danke für ihre hilfe", "danke für eure hilfe", "toll", "klasse", "top",
        "spitze", "großartig", "super service", "toller service", "du bist der beste", "du bist die beste",
        "ihr seid die besten", "ihr seid super", "kann geschlossen werden", "hat geklappt", "es klappt",
        "es funktioniert", "es geht wieder", "geht jetzt", "läuft", "läuft wieder", "läuft jetzt",
        "schönen tag", "schönen tag noch", "schönen feierabend", "schönes wochenende", "viele grüße",
        "liebe grüße", "lg", "vg", "mfg",
        "alle", "zusammen", "an alle", "danke an alle", "ihr lieben", "haha", "lol", "ok", "okay", "hat funktioniert",
        "das hat funktioniert", "das hat geklappt", "das war es", "das wars", "es läuft wieder", "alles läuft wieder",
        "alles geht wieder", "alles funktioniert", "alles funktioniert wieder", "jetzt geht es",
        "jetzt geht es wieder",
        "jetzt geht's", "jetzt geht's wieder", "jetzt funktioniert es", "jetzt klappt es", "es klappt jetzt",
        "es geht jetzt", "es funktioniert jetzt", "es funktioniert wieder", "ist behoben", "ist gelöst", "gelöst",
        "problem gelöst",
    ),
    "fr": (
        "merci", "merci beaucoup", "merci bien", "un grand merci", "mille mercis", "super", "super merci",
        "parfait", "parfait merci", "d'accord", "d'accord merci", "ok merci", "ça marche", "ça marche merci",
        "c'est bon", "c'est bon merci", "génial", "génial merci", "merci pour votre aide",
        "merci pour ton aide", "merci pour l'aide", "merci à vous", "merci à toi", "bon travail",
        "vous êtes les meilleurs", "tu es le meilleur", "tu es la meilleure", "impeccable", "nickel", "top",
        "au top", "ça fonctionne", "ça marche maintenant", "vous pouvez fermer", "bonne journée",
        "bonne soirée", "bon week-end", "cordialement",
        "à tous", "à toutes", "à tous et à toutes", "tout le monde", "l'équipe", "ok", "lol", "haha", "mdr",
        "ça remarche", "ça marche de nouveau", "ça marche à nouveau", "ça a marché", "ça fonctionne maintenant",
        "ça fonctionne de nouveau", "ça fonctionne à nouveau", "ça a fonctionné", "tout fonctionne", "tout marche",
        "tout est bon", "tout est réglé", "c'est réglé", "c'est réparé", "c'est résolu", "problème résolu",
    ),
    "es": (
        "gracias", "muchas gracias", "mil gracias", "muchísimas gracias", "perfecto", "perfecto gracias",
        "vale", "vale gracias", "ok gracias", "genial", "genial gracias", "ya funciona",
        "ya funciona gracias", "listo", "listo gracias", "gracias por la ayuda", "gracias por tu ayuda",
        "gracias por su ayuda", "gracias por todo", "muchas gracias por todo", "muchas gracias por la ayuda",
        "buen trabajo", "eres el mejor", "eres la mejor", "sois los mejores", "son los mejores", "excelente",
        "estupendo", "funciona", "ya está", "puedes cerrarlo", "pueden cerrarlo", "podéis cerrarlo",
        "buen día", "buen fin de semana", "saludos", "un saludo",
        "a todos", "a todas", "a todos y a todas", "equipo", "ok", "okay", "jaja", "jajaja", "ya funciona todo",
        "todo funciona", "todo funciona ya", "ya todo funciona", "todo bien", "funcionó", "ha funcionado", "ya va",
        "ya va bien", "ya va todo", "vuelve a funcionar", "funciona de nuevo", "funciona otra vez", "ahora funciona",
        "ahora sí", "ahora sí funciona", "solucionado", "resuelto", "arreglado", "está solucionado", "está resuelto",
        "ya está solucionado", "ya está resuelto", "ya está arreglado", "problema resuelto",
    ),
    "it": (
        "grazie", "grazie mille", "molte grazie", "tante grazie", "perfetto", "perfetto grazie", "ok grazie",
        "va bene", "va bene grazie", "ottimo", "ottimo grazie", "ora funziona", "funziona grazie",
        "grazie per l'aiuto",
    ),
    "pt": (
        "obrigado", "obrigada", "muito obrigado", "muito obrigada", "perfeito", "perfeito obrigado",
        "perfeito obrigada", "ok obrigado", "ok obrigada", "valeu", "já funciona", "tudo certo",
        "obrigado pela ajuda", "obrigada pela ajuda", "muito obrigado pela ajuda", "muito obrigada pela ajuda",
        "excelente", "ótimo", "bom trabalho", "funcionou", "está funcionando", "pode fechar", "podem fechar",
        "tenha um bom dia", "bom fim de semana", "abraço", "abraços",
        "a todos", "a todas", "pessoal", "gente", "equipe", "ok", "okay", "kkk", "haha", "já funciona tudo",
        "tudo funciona", "tudo funcionando", "está tudo funcionando", "agora funciona", "agora funcionou",
        "já está funcionando", "voltou a funcionar", "funciona de novo", "deu certo", "resolvido", "está resolvido",
        "já está resolvido", "foi resolvido", "problema resolvido", "consertado", "tudo bem", "tudo ok",
    ),
    "nl": (
        "bedankt", "dank je", "dank je wel", "dankjewel", "dank u", "dank u wel", "heel erg bedankt",
        "hartelijk dank", "top", "top bedankt", "perfect", "perfect bedankt", "oké bedankt", "ok bedankt",
        "werkt weer", "het werkt", "het werkt weer", "bedankt voor de hulp",
    ),
    "pl": (
        "dzięki", "dziękuję", "dziękuję bardzo", "wielkie dzięki", "super", "super dzięki", "ok dzięki",
        "działa", "już działa", "działa dziękuję", "dziękuję za pomoc",
    ),
}  # fmt: skip

THANKS_FOR: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("thanks", "thank you", "thanks a lot", "thanks so much", "thanks very much", "thank you very much",
         "thank you so much", "many thanks", "big thanks", "thanks again", "thank you again", "thx"),
        ("for the help", "for your help", "for all the help", "for all your help", "for the quick help",
         "for your quick help", "for the fast help", "for the great help", "for helping", "for helping me",
         "for helping me out", "for helping out", "for everything", "for your time", "for the support",
         "for your support", "for the quick support", "for the quick reply", "for the quick response",
         "for the quick fix", "for the fast response", "for the reply", "for your reply", "for the answer",
         "for your answer", "for the info", "for the update", "for fixing it", "for fixing this",
         "for fixing that", "for looking into it", "for looking into this"),
    ),
    "de": (
        ("danke", "danke schön", "dankeschön", "vielen dank", "besten dank", "herzlichen dank", "danke sehr",
         "tausend dank", "lieben dank", "vielen lieben dank", "danke dir", "danke euch", "danke ihnen"),
        ("für die hilfe", "für deine hilfe", "für ihre hilfe", "für eure hilfe", "für die schnelle hilfe",
         "für deine schnelle hilfe", "für ihre schnelle hilfe", "für eure schnelle hilfe", "für die tolle hilfe",
         "für alles", "für die unterstützung", "für deine unterstützung", "für ihre unterstützung",
         "für eure unterstützung", "für die antwort", "für die schnelle antwort", "für ihre antwort",
         "für die rückmeldung", "für die schnelle rückmeldung", "für die info", "fürs helfen",
         "für die schnelle lösung", "für deine zeit", "für ihre zeit"),
    ),
    "fr": (
        ("merci", "merci beaucoup", "merci bien", "un grand merci", "grand merci", "mille mercis",
         "merci encore", "merci infiniment"),
        ("pour votre aide", "pour ton aide", "pour l'aide", "pour votre aide rapide", "pour ton aide rapide",
         "pour tout", "pour votre soutien", "pour votre réponse", "pour ta réponse", "pour la réponse",
         "pour la réponse rapide", "pour votre réponse rapide", "pour votre temps", "pour l'info",
         "pour votre rapidité"),
    ),
    "es": (
        ("gracias", "muchas gracias", "mil gracias", "muchísimas gracias", "gracias de nuevo"),
        ("por la ayuda", "por tu ayuda", "por su ayuda", "por vuestra ayuda", "por toda la ayuda",
         "por toda su ayuda", "por la rápida ayuda", "por todo", "por ayudarme", "por el apoyo", "por su apoyo",
         "por la respuesta", "por tu respuesta", "por su respuesta", "por la respuesta rápida", "por la info",
         "por tu tiempo", "por su tiempo"),
    ),
    "it": (
        ("grazie", "grazie mille", "molte grazie", "tante grazie"),
        ("per l'aiuto", "per il tuo aiuto", "per il suo aiuto", "per il vostro aiuto", "per tutto",
         "per la risposta", "per il supporto"),
    ),
    "pt": (
        ("obrigado", "obrigada", "muito obrigado", "muito obrigada", "obrigado mais uma vez",
         "obrigada mais uma vez", "valeu"),
        ("pela ajuda", "pela sua ajuda", "pela tua ajuda", "pela ajuda rápida", "por tudo", "por ajudar",
         "por me ajudar", "pelo apoio", "pelo suporte", "pela resposta", "pela resposta rápida",
         "pela atenção", "pelo seu tempo", "pela informação"),
    ),
    "nl": (
        ("bedankt", "dank je", "dank je wel", "dankjewel", "dank u", "dank u wel", "heel erg bedankt",
         "hartelijk dank"),
        ("voor de hulp", "voor je hulp", "voor uw hulp", "voor jullie hulp", "voor de snelle hulp",
         "voor alles", "voor het antwoord", "voor de snelle reactie"),
    ),
    "pl": (
        ("dzięki", "dziękuję", "dziękuję bardzo", "wielkie dzięki", "bardzo dziękuję"),
        ("za pomoc", "za szybką pomoc", "za wszystko", "za odpowiedź", "za szybką odpowiedź"),
    ),
}  # fmt: skip
"""Who thanks, and what for: any of the first with any of the second. What one thanks for is no courtesy alone."""


def courtesies(additional: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    """By language the normalised sentences: those built in and these."""
    languages = sorted({*BUILT_IN, *additional})
    return {
        language: _built_in(language) | frozenset(_forms(additional.get(language, ())))
        for language in languages
    }


@cache
def _built_in(language: str) -> frozenset[str]:
    return frozenset(_forms((*BUILT_IN.get(language, ()), *_thanks(language))))


def _thanks(language: str) -> Iterator[str]:
    """Thanks for something: `thanks a lot for the help`."""
    thanks, reasons = THANKS_FOR.get(language, ((), ()))
    return (f"{each} {reason}" for each in thanks for reason in reasons)


def _forms(sentences: Iterable[str]) -> Iterator[str]:
    """Each sentence as it is spelled, and bare of accents and apostrophes, which people leave out."""
    for sentence in sentences:
        yield " ".join(sentence.casefold().split())
        yield normalised(sentence)
