"""`/desk macro list`: every macro that its reader has, whose it is, what it says and what changes with it."""

from collections.abc import Sequence

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.macros.labels import whose
from bot.commands.framework.ticket_lists import range_shown, read_page, turn_buttons
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, PrivateReply, RichText
from bot.services.macros.changes_in_words import changes_in_words
from bot.services.macros.known_macros import KnownMacro
from bot.services.macros.written_changes import writable_macros
from bot.text.amounts import listed
from bot.text.error_text import tell
from bot.text.sentences import joined, words

LISTED = 15
"""Macros on a page: with their words a page is one message on each platform."""
EXCERPT = 60


def list_macros(call: Call) -> PrivateReply:
    """One's own, the teams', then those of desk.yaml; one that another of its name goes before says so."""
    context, language = call.context, call.context.language
    wanted = read_page(call.option("page"))
    every = _all(call)
    command = verbs.typed(context.desk.command_names, verbs.NEW_MACRO)
    if not every:
        return call.answer("macros.none_yet", command=command)
    pages = -(-len(every) // LISTED)
    page = min(wanted, pages)
    shown = every[(page - 1) * LISTED : page * LISTED]
    count = range_shown((page - 1) * LISTED, len(shown), len(every), language)
    text: RichText = (Bold(words(language, "macros.list")), f" · {count}")
    for each in shown:
        text += ("\n", *_line(call, each), *_who_goes_before(call, each, every))
    ways = call.say(
        "macros.ways",
        new=command,
        edit=verbs.typed(context.desk.command_names, verbs.EDIT_MACRO),
        remove=verbs.typed(context.desk.command_names, verbs.REMOVE_MACRO),
    )
    missing = call.say("commands.no_such_page", number=wanted, total=pages) if wanted > pages else ()
    return PrivateReply(
        text=joined(text, missing, ways, by="\n"),
        buttons=turn_buttons(call, {}, page=page, pages=pages),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def _all(call: Call) -> Sequence[KnownMacro]:
    return (
        *writable_macros(call.context),
        *(KnownMacro(macro=each) for each in call.context.desk.macros.values()),
    )


def _line(call: Call, known: KnownMacro) -> RichText:
    """`restart` · yours · “Please turn it off…” · pending, +restart."""
    context, macro = call.context, known.macro
    first = " ".join(macro.text.split())
    excerpt = first if len(first) <= EXCERPT else f"{first[:EXCERPT]}…"
    text: RichText = (Code(macro.name), f" · {whose(context, known)} · “{excerpt}”")
    for change in changes_in_words(context, macro):
        text += (" · ", *tell(context.language, change))
    if macro.texts:
        text += (f" · {', '.join(sorted(macro.texts))}",)
    return text


def _who_goes_before(call: Call, known: KnownMacro, every: Sequence[KnownMacro]) -> RichText:
    """Where a nearer one of its name is sent instead: one's own everywhere, a team's on its tickets."""
    name = known.macro.name.casefold()
    nearer = [each for each in every if each.macro.name.casefold() == name and _is_nearer(each, known)]
    if not nearer:
        return ()
    if nearer[0].is_own:
        return (" · ", *call.say("macros.yours_is_used"))
    teams = listed([whose(call.context, each) for each in nearer], call.context.language)
    return (" · ", *call.say("macros.theirs_is_used", teams=teams))


def _is_nearer(one: KnownMacro, other: KnownMacro) -> bool:
    """One's own is nearer than a team's, and that than one of desk.yaml."""
    if one.is_own:
        return not other.is_own
    return one.written is not None and other.written is None


COMMANDS: tuple[Command, ...] = (
    Command(
        name=f"{verbs.MACRO} list",
        place=83,
        who=Role.AGENT,
        handler=list_macros,
        reads=True,
        options=(Option(name="page", kind=OptionKind.WORD, is_required=False),),
        replies_privately=True,
    ),
)
