"""`/ticket help`: what can be typed."""

from bot.commands.framework.command import EVERYBODY, Call, Command, Option, OptionKind, Role
from bot.domain.errors import Refused
from bot.domain.suggestions import did_you_mean
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, PrivateReply, RichText
from bot.services.search.ticket_search import SearchScope, vocabulary_in
from bot.text.amounts import listed
from bot.text.sentences import joined, say


def show_help(call: Call) -> PrivateReply:
    """What can be typed; the agents' commands only for those who may use them.

    Under a name other than everybody's only what is typed under it, and where the rest is.
    """
    wanted = call.option("verb").lower()
    if wanted:
        return PrivateReply(text=_verb_help(call, wanted))
    usable = _usable(call)
    own = [each for each in usable if each.group == call.group != EVERYBODY]
    head = call.say("commands.help_own" if own else "commands.help")
    lines = [_listed(call, each) for each in own or usable]
    if own:
        command = Code(verbs.typed(call.context.desk.command_names, verbs.HELP))
        lines.append(call.say("commands.help_rest", command=command))
    return PrivateReply(text=joined((Bold(call.context.desk.name),), head, *lines, by="\n"))


def _listed(call: Call, command: Command) -> RichText:
    name = call.registry.name_of(command.group, call.context.desk)
    language = call.context.language
    return (Code(f"{name} {command.usage(language)}"), f"  {command.summary(language)}")


def _usable(call: Call) -> list[Command]:
    """What is listed for the actor, by the configuration alone."""
    roles = {Role.EVERYONE}
    if call.context.desk.teams_of(call.context.actor):
        roles |= {Role.AGENT, Role.STAFF}
    if call.context.desk.is_admin(call.context.actor):
        roles |= {Role.ADMIN, Role.STAFF}
    known = [each for each in call.registry.all() if each.is_listed and each.is_in(call.context.desk)]
    return [each for each in known if each.who in roles]


def _verb_help(call: Call, verb: str) -> RichText:
    """Of a search there is one for requesters and one for agents, who read of both; with the verbs of its family."""
    command = call.registry.called(verb)
    if command is None or not command.is_in(call.context.desk):
        is_agent = bool(call.context.desk.teams_of(call.context.actor))
        nearest = call.registry.nearest(EVERYBODY, verb, for_agent=is_agent)
        is_there = nearest is not None and nearest.is_in(call.context.desk)
        meant = did_you_mean(f"{verbs.word(verbs.HELP)} {nearest.verb}" if nearest and is_there else None)
        raise Refused("commands.unknown_command", *meant, command=verb)
    others = [each for each in _usable(call) if each.verb == command.verb and each != command]
    searches = [each for each in (command, *others) if _is_search(each)]
    family = [each for each in _usable(call) if each.verb.startswith(f"{command.verb} ")]
    return joined(*(command_help(call, each) for each in (*(searches or [command]), *family)), by="\n\n")


def command_help(call: Call, command: Command) -> RichText:
    name = call.registry.name_of(command.group, call.context.desk)
    language = call.context.language
    usage: RichText = (Code(f"{name} {command.usage(language)}"),)
    summary: RichText = (command.summary(language),)
    who = say(language, "commands.usable_by", who=command.who.label(language))
    example = (
        say(language, "commands.example", command=f"{name} {command.example}") if command.example else ()
    )
    files: RichText = ()
    if command.takes_files and command.on_ticket is not None:
        files = say(language, "commands.with_files", command=f"@deskbell {command.verb} IT-12")
    return joined(usage, summary, who, example, files, *_search_help(call, command), by="\n")


def _search_help(call: Call, command: Command) -> tuple[RichText, ...]:
    """What may be typed in a search, and whether it is offered there while somebody types."""
    if not _is_search(command):
        return ()
    context, language = call.context, call.context.language
    scope = SearchScope.OWN if command.group == EVERYBODY else SearchScope.SEEN
    filters = listed((f"{name}:" for name in vocabulary_in(context, scope).choices), language)
    past = (say(language, "search.help_past"),) if scope is SearchScope.SEEN else ()
    lines = (say(language, "search.help", filters=filters), say(language, "search.periods"), *past)
    if context.suggests_while_typing(context.actor.platform):
        return lines
    return (*lines, say(language, "search.not_completed"))


def _is_search(command: Command) -> bool:
    return any(option.kind is OptionKind.SEARCH for option in command.options)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.HELP,
        place=100,
        handler=show_help,
        reads=True,
        options=(Option(name="verb", kind=OptionKind.VERB, is_required=False),),
        is_default=True,
        aliases=("hilfe", "aide", "ayuda", "ajuda"),
        spoken=("commands",),
    ),
)
