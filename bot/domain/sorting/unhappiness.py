"""Words by which somebody sounds unhappy, in the languages that people write: a flag for a person, and no more."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from bot.domain.normalised_text import normalised

_PHRASES: Final[Mapping[str, str]] = {
    "en": """
        this is ridiculous, unacceptable, not acceptable, third time i, fourth time i, how many times, still waiting,
        no one answers, nobody answers, no one is answering, fed up, sick of this, waste of time, i am furious,
        very disappointed, extremely disappointed, terrible service, worst service, useless, this is a joke,
        speak to a manager, speak to your manager, want to complain, file a complaint, losing patience, what a mess,
        had enough, again and again
    """,
    "de": """
        unverschämt, inakzeptabel, nicht hinnehmbar, zum dritten mal, zum vierten mal, wie oft noch, warte immer noch,
        niemand antwortet, keiner antwortet, mir reicht es, ich habe es satt, zeitverschwendung, sehr enttäuscht,
        stinksauer, das ist ein witz, lächerlich, mich beschweren, eine frechheit, geduld am ende, mit ihrem chef
    """,
    "es": """
        esto es ridículo, inaceptable, tercera vez que, cuarta vez que, cuántas veces, sigo esperando, nadie responde,
        nadie contesta, estoy harto, estoy harta, pérdida de tiempo, muy decepcionado, muy decepcionada,
        pésimo servicio, una vergüenza, poner una queja, presentar una queja, es una broma, pierdo la paciencia
    """,
    "fr": """
        c est ridicule, inacceptable, inadmissible, troisième fois que, quatrième fois que, combien de fois,
        j attends toujours, personne ne répond, j en ai assez, j en ai marre, ras le bol, perte de temps, très déçu,
        très déçue, c est une honte, me plaindre, porter plainte, c est une blague, je perds patience, scandaleux
    """,
    "pt": """
        isto é ridículo, isso é ridículo, inaceitável, inadmissível, terceira vez que, quarta vez que, quantas vezes,
        continuo à espera, ainda estou esperando, ninguém responde, estou farto, estou farta, perda de tempo,
        muito desapontado, muito decepcionado, muito decepcionada, péssimo serviço, uma vergonha,
        fazer uma reclamação, é uma piada, perdi a paciência
    """,
}
"""By language; each is looked for as whole words. All are looked for in every text: people mix languages."""


def sounds_unhappy(text: str) -> bool:
    """Whether one of the phrases is in the text."""
    return _pattern().search(normalised(text)) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    phrases = {normalised(each) for phrases in _PHRASES.values() for each in phrases.split(",")}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(phrases)))})(?!\w)")
