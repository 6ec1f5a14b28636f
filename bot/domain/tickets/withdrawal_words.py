"""How requesters say that they need no answer any more: "never mind, please close this"."""

import re
from typing import Final

from bot.domain.normalised_text import normalised

LONGEST: Final = 25
"""Words; who writes more tells of something."""
_IT: Final = r"(?:(?:it|this|that|(?:this|that|my|the) (?:ticket|request|issue|question)))"
_IT_DE: Final = r"(?:es|das|dies(?:es)?|(?:das|dieses|mein|die|diese|meine) (?:ticket|anfrage|meldung))"
_IT_FR: Final = r"(?:(?:le|la|ce|cette|ma|mon) (?:ticket|demande)|ca|cela|ceci)"
_IT_IBERIAN: Final = (
    r"(?:(?:el|la|o|a|este|esta|mi|meu|minha) (?:ticket|solicitud|pedido|chamado)|esto|isto|isso)"
)
_WITHDRAWN: Final = re.compile(
    rf"\b(?:forget (?:about )?(?:it|this)|never ?mind)(?:\Z| (?:i|please|you|we|can|just|about|it)\b)"
    rf"|\b(?:withdraw|cancel) {_IT}\b|\b(?:please|pls|you can|can you) (?:just )?close {_IT}(?:\Z| (?:now"
    rf"|please|thanks)\b)"
    rf"|\bi no longer need (?:this|it|help|an answer)\Z"
    rf"|\b(?:hat|hatte) sich (?:schon |inzwischen |bereits |von selbst )*erledigt\b|\bvergessen sie es\b"
    rf"|\bvergiss es\b"
    rf"|\b(?:bitte (?:{_IT_DE} )?schliessen|ziehe {_IT_DE} zuruck|{_IT_DE} zuruckziehen)\b"
    rf"|\b(?:oubliez|oublie|laissez tomber|laisse tomber)\b|\b(?:retirer|annuler|fermer|annulez|fermez) {_IT_FR}\b"
    rf"|\b(?:olvidelo|olvidalo|dejelo|dejalo|esqueca|esquece|deixa para la|deixe para la)\b"
    rf"|\b(?:cerrar|cierre|cierra|retirar|anular|cancelar|fechar|feche) {_IT_IBERIAN}\b"
)
_DENIED: Final = re.compile(
    r"\b(?:not|don t|dont|cannot|can t|nicht|pas|no|nao|nunca|never) (?:\w+ )?"
    r"(?:close|withdraw|cancel|forget|schliessen|erledigt|zuruck\w*|fermer|fermez|oubliez|cerrar|cierre"
    r"|fechar|feche|esqueca)\b"
)


def is_withdrawal(text: str) -> bool:
    """Whether it says, in few words and without a question of its own, that it needs no answer any more."""
    said = normalised(text)
    return len(said.split()) <= LONGEST and _WITHDRAWN.search(said) is not None and not _DENIED.search(said)
