"""How Python runs a desk: what never becomes garbage is not looked at, and threads take short turns."""

import gc
import sys

BETWEEN_LOOKS = 10_000
"""New objects; a ticket makes some hundreds that live on, hardly any of them in circles."""
TURN_S = 0.001
"""How long a thread may keep another one waiting. By itself Python lets it be five times that: an acknowledgement
that needs two threads, one of which also draws cards, would wait again and again."""


def settle_in() -> None:
    """Once a desk has started.

    It is some hundred thousand objects that stay as long as it runs: its code, its configuration, its sentences. By
    itself Python looks through them again and again for circles that nobody holds any more. What is dropped later
    without a circle, such as a configuration that was replaced, is freed as ever.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN_LOOKS, *gc.get_threshold()[1:])
    sys.setswitchinterval(TURN_S)
