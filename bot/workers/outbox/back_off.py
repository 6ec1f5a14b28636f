"""How long a message that failed waits for its next attempt."""


def back_off(attempts: int, *, jitter: float) -> float:
    """Seconds to wait after this many failures: doubling from one to five minutes, half of it by chance."""
    longest = min(2.0 ** max(attempts - 1, 0), 300.0)
    return longest * (0.5 + jitter / 2)
