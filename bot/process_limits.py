"""What a short-lived process may take of the machine: it limits itself before it reads anything."""

import resource
from contextlib import suppress


def limit_process(*, most_bytes: int, most_cpu_s: int) -> None:
    """To so much address space and processor time, or to less where less is allowed already."""
    for kind, most in ((resource.RLIMIT_AS, most_bytes), (resource.RLIMIT_CPU, most_cpu_s)):
        _, allowed = resource.getrlimit(kind)
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        # A sandbox may forbid even that; the desk still ends what takes too long.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
