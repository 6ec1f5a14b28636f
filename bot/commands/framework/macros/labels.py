"""How a macro is named where it is chosen, and whose it is."""

from bot.services.context.context import Context
from bot.services.macros.known_macros import KnownMacro
from bot.text.sentences import words


def macro_label(context: Context, known: KnownMacro) -> str:
    """`restart · yours`, `restart · Network`; the title alone for one of desk.yaml."""
    title = known.macro.title
    return title if known.written is None else f"{title} · {whose(context, known)}"


def whose(context: Context, known: KnownMacro) -> str:
    """`yours`, the team's title, or `desk.yaml`."""
    if known.is_own:
        return words(context.language, "macros.yours")
    return context.desk.title_of(known.team) if known.team is not None else "desk.yaml"
