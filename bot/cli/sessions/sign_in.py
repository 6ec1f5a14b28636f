"""`sign-in`: a link that signs somebody in, for a desk where nobody can ask for one in chat yet."""

from typing import Annotated

import typer

from bot.cli.terminal import said_plainly

Who = Annotated[
    str, typer.Argument(help="An id, a name or an email address; or `platform:id`, such as web:ana.")
]


def sign_in(person: Who) -> None:
    """Print a link that signs a person in at a browser: once, within ten minutes."""
    from bot.cli.actions.sessions.sign_in import print_link

    with said_plainly():
        print_link(person)
