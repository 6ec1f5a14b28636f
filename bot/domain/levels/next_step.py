"""What a note says is to be done next."""

import re
from typing import Final

_NEXT: Final = re.compile(
    r"\s*(?:next(?: steps?)?|(?:als )?nächstes|nächster schritt|siguiente(?: paso)?|prochaine étape|ensuite|"
    r"próximo(?: passo)?)\s*:\s*(?P<step>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def next_step_of(note: str) -> str:
    """`call the vendor` of a note that reads `next: call the vendor`; empty of any other."""
    found = _NEXT.fullmatch(note)
    return found["step"].strip() if found else ""
