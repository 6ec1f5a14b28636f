"""Whether a message reads like the rest of the one before: "it is the one on floor 2", a picture, "PS: …"."""

import re
from collections.abc import Mapping

from bot.domain.normalised_text import normalised

OPENINGS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "it is", "it s", "its", "it also", "it says", "it shows", "it was", "it happens", "it happened", "it has",
        "it started", "it only", "it still", "that is", "that s", "that was", "this is", "this happens", "the one",
        "they are", "and it", "and the error", "and then", "but it", "because", "since", "same on", "same with",
        "same for", "on floor", "on the", "in room", "in the", "at the", "next to", "near the", "from the", "for the",
        "with the", "when i", "whenever i", "after", "before", "error", "the error", "the message", "serial",
        "asset", "room", "floor", "building", "screenshot", "here is", "here s", "see", "attached", "sorry i meant",
        "sorry", "i meant", "i mean", "ps", "p s", "btw", "by the way", "fyi", "edit", "correction", "update",
        "forgot to say", "i forgot", "to be precise", "more precisely", "actually it",
    ),
    "de": (
        "es ist", "es war", "es sind", "es steht", "es kommt", "es passiert", "das ist", "das war", "das passiert",
        "der da", "die da", "und es", "und dann", "aber es", "weil", "seit", "auf der", "im raum", "im zimmer",
        "in der", "im", "am", "beim", "neben", "wenn ich", "nachdem", "bevor", "fehler", "die meldung", "raum",
        "zimmer", "stock", "etage", "anbei", "hier ist", "siehe", "sorry", "ich meine", "ich meinte", "ps",
        "nachtrag", "genauer", "vergessen", "übrigens",
    ),
    "fr": (
        "c est", "c était", "il est", "elle est", "et il", "et elle", "mais il", "parce que", "depuis", "au",
        "à l", "dans le", "dans la", "près de", "quand je", "après", "avant", "erreur", "le message", "bureau",
        "étage", "salle", "voici", "voir", "pardon", "désolé", "je veux dire", "ps", "précision",
    ),
    "es": (
        "es el", "es la", "es en", "está en", "eso es", "y el error", "pero", "porque", "desde", "en la", "en el",
        "cerca de", "cuando", "después", "antes", "error", "el mensaje", "sala", "piso", "planta", "aquí está",
        "adjunto", "perdón", "quiero decir", "quise decir", "pd",
    ),
}  # fmt: skip
"""How such a message begins, by language."""

ASKING = (
    "can you", "can i", "can we", "can somebody", "can someone", "could you", "could i", "could we", "please",
    "would you", "i need", "we need", "i want", "i would like", "i d like", "how do", "how can", "help",
    "bitte", "kann ich", "können sie", "kannst du", "könnt ihr", "ich brauche", "wir brauchen", "hilfe",
    "pouvez vous", "peux tu", "je voudrais", "j ai besoin", "s il vous plaît", "por favor", "puedes", "podéis",
    "necesito",
)  # fmt: skip
"""Words that ask for something wherever they stand."""

LONGEST = 200
"""Characters; whoever writes more has more to say than the rest of a sentence."""


def continues(text: str, *, has_files: bool) -> bool:
    """Whether the text is no question or request of its own, but goes on where another ended."""
    words = normalised(text)
    if not words:
        return has_files
    if len(text) > LONGEST or "?" in text or _ASKING.search(words):
        return False
    return f"{words} ".startswith(_OPENINGS)


_ASKING = re.compile(f"(?:^| )(?:{'|'.join(re.escape(normalised(each)) for each in ASKING)})(?: |$)")
_OPENINGS = tuple(f"{normalised(each)} " for openings in OPENINGS.values() for each in openings)
