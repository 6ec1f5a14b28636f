"""`make fuzz`: new examples for every property and new seeds for every random story, for as long as one likes.

`make test` draws the same ones every time, so that a fresh clone never meets a surprise; here surprises are the
point. One number begins a round: it seeds both, and running the round's tests with it again finds the same.
"""

import secrets
import subprocess
import sys
import time
from collections.abc import Sequence

import typer

WHAT = "hypothesis or seeds"
"""The marks of properties (Hypothesis puts it there itself) and of random stories."""
NOTHING_RAN = 5

KEEP = """
Found with {number}. To see it again:

    make test ARGS='{options}'

and name the test behind it to run that one alone. To keep it, so that `make test` checks it from now on:

    a property       put the "Falsifying example" above into @example(...) on the test, or tell it as a test of its
                     own; @reproduce_failure(...) from above repeats it while you look for the cause
    a random story   add the number in [brackets] behind the test's name to its @pytest.mark.seeds(...)
"""


def options_of(number: int) -> list[str]:
    """What makes a round draw what this number draws."""
    return ["--hypothesis-profile=fuzz", f"--hypothesis-seed={number}", f"--first-seed={number}"]


def rounds(minutes: float, arguments: Sequence[str]) -> int:
    """Run rounds until the time is over, the last one to its end; the exit code of the first that failed, else 0."""
    ends = time.monotonic() + minutes * 60
    done = 0
    while not done or time.monotonic() < ends:
        number = secrets.randbelow(1_000_000_000)
        done += 1
        sys.stdout.write(f"\nRound {done}, drawn from {number}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "pytest", "-q", "-m", WHAT, *options_of(number), *arguments]
        code = subprocess.run(command, check=False).returncode
        if code:
            if code != NOTHING_RAN:
                sys.stdout.write(KEEP.format(number=number, options=" ".join(options_of(number))))
            return code
    sys.stdout.write(f"\n{done} rounds found nothing.\n")
    return 0


app = typer.Typer(add_completion=False)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def fuzz(context: typer.Context, minutes: float = 10.0) -> None:
    """Draw new examples for this many minutes; whatever else is said goes to pytest."""
    raise typer.Exit(rounds(minutes, context.args))


if __name__ == "__main__":
    app()
