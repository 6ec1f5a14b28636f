"""Sentences that thank and ask for nothing, by language: alone they do not reopen a ticket.

Every language built in is heeded, whatever the desk speaks; `desk.yaml` adds to them.
"""

from collections.abc import Iterable, Iterator, Mapping

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
    ),
    "de": (
        "danke", "danke schön", "dankeschön", "vielen dank", "besten dank", "herzlichen dank", "danke sehr",
        "tausend dank", "super", "super danke", "perfekt", "perfekt danke", "alles klar",
        "alles klar danke", "ok danke", "passt", "passt danke", "prima", "prima danke", "klappt",
        "klappt jetzt", "geht wieder", "geht wieder danke", "funktioniert", "funktioniert jetzt",
        "funktioniert wieder", "erledigt", "danke für die hilfe", "vielen dank für die hilfe",
    ),
    "fr": (
        "merci", "merci beaucoup", "merci bien", "un grand merci", "mille mercis", "super", "super merci",
        "parfait", "parfait merci", "d'accord", "d'accord merci", "ok merci", "ça marche", "ça marche merci",
        "c'est bon", "c'est bon merci", "génial", "génial merci", "merci pour votre aide",
        "merci pour ton aide", "merci pour l'aide",
    ),
    "es": (
        "gracias", "muchas gracias", "mil gracias", "muchísimas gracias", "perfecto", "perfecto gracias",
        "vale", "vale gracias", "ok gracias", "genial", "genial gracias", "ya funciona",
        "ya funciona gracias", "listo", "listo gracias", "gracias por la ayuda", "gracias por tu ayuda",
    ),
    "it": (
        "grazie", "grazie mille", "molte grazie", "tante grazie", "perfetto", "perfetto grazie", "ok grazie",
        "va bene", "va bene grazie", "ottimo", "ottimo grazie", "ora funziona", "funziona grazie",
        "grazie per l'aiuto",
    ),
    "pt": (
        "obrigado", "obrigada", "muito obrigado", "muito obrigada", "perfeito", "perfeito obrigado",
        "perfeito obrigada", "ok obrigado", "ok obrigada", "valeu", "já funciona", "tudo certo",
        "obrigado pela ajuda", "obrigada pela ajuda",
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


def courtesies(additional: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    """By language the normalised sentences: those built in and these."""
    languages = sorted({*BUILT_IN, *additional})
    return {
        language: frozenset(_forms((*BUILT_IN.get(language, ()), *additional.get(language, ()))))
        for language in languages
    }


def _forms(sentences: Iterable[str]) -> Iterator[str]:
    """Each sentence as it is spelled, and bare of accents and apostrophes, which people leave out."""
    for sentence in sentences:
        yield " ".join(sentence.casefold().split())
        yield normalised(sentence)
