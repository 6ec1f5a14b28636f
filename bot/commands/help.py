"""`/ticket help`: what can be typed."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.domain.errors import Refused
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, PrivateReply, RichText
from bot.text.sentences import joined, say


def show_help(call: Call) -> PrivateReply:
    """What can be typed; the agents' commands only for those who may use them."""
    wanted = call.option("verb").lower()
    if wanted:
        command = call.registry.called(wanted)
        if command is None:
            raise Refused("commands.unknown_command", command=wanted)
        return PrivateReply(text=command_help(call, command))
    roles = {Role.EVERYONE}
    if call.context.desk.teams_of(call.context.actor):
        roles |= {Role.AGENT, Role.STAFF}
    if call.context.desk.is_admin(call.context.actor):
        roles |= {Role.ADMIN, Role.STAFF}
    language = call.context.language
    text: RichText = (Bold(call.context.desk.name), "\n", *say(language, "commands.help"))
    for command in (each for each in call.registry.all() if each.is_listed):
        if command.who in roles:
            name = call.registry.name_of(command.group, call.context.desk)
            text += ("\n", Code(f"{name} {command.usage}"), f"  {command.summary(language)}")
    return PrivateReply(text=text)


def command_help(call: Call, command: Command) -> RichText:
    name = call.registry.name_of(command.group, call.context.desk)
    language = call.context.language
    usage: RichText = (Code(f"{name} {command.usage}"),)
    summary: RichText = (command.summary(language),)
    who = say(language, "commands.usable_by", who=command.who.label(language))
    example = (
        say(language, "commands.example", command=f"{name} {command.example}") if command.example else ()
    )
    files: RichText = ()
    if command.takes_files and command.on_ticket is not None:
        files = say(language, "commands.with_files", command=f"@deskbell {command.verb} IT-12")
    return joined(usage, summary, who, example, files, by="\n")


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.HELP,
        place=100,
        handler=show_help,
        reads=True,
        options=(Option(name="verb", kind=OptionKind.VERB, is_required=False),),
        is_default=True,
        spoken=("commands",),
    ),
)
