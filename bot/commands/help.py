"""`/ticket help`: what can be typed."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.domain.errors import Refused
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, PrivateReply, RichText


def show_help(call: Call) -> PrivateReply:
    """What can be typed; the agents' commands only for those who may use them."""
    wanted = call.option("verb").lower()
    if wanted:
        command = call.registry.called(wanted)
        if command is None:
            raise Refused(f"There is no command `{wanted}`.")
        return PrivateReply(text=command_help(call, command))
    roles = {Role.EVERYONE}
    if call.context.desk.teams_of(call.context.actor):
        roles |= {Role.AGENT, Role.STAFF}
    if call.context.desk.is_admin(call.context.actor):
        roles |= {Role.ADMIN, Role.STAFF}
    text: RichText = (
        Bold(call.context.desk.name),
        "\nWrite what you need in a channel that takes requests, or use:",
    )
    for command in (each for each in call.registry.all() if each.is_listed):
        if command.who in roles:
            name = call.registry.name_of(command.group, call.context.desk)
            text += ("\n", Code(f"{name} {command.usage}"), f"  {command.summary}")
    return PrivateReply(text=text)


def command_help(call: Call, command: Command) -> RichText:
    name = call.registry.name_of(command.group, call.context.desk)
    text: RichText = (Code(f"{name} {command.usage}"), f"\n{command.summary}\nFor {command.who}.")
    if command.example:
        text += ("\nFor example: ", Code(f"{name} {command.example}"))
    return text


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.HELP,
        place=100,
        summary="What you can type; with a verb, more about it.",
        handler=show_help,
        reads=True,
        options=(Option(name="verb", kind=OptionKind.VERB, is_required=False),),
        is_default=True,
        spoken=("commands",),
    ),
)
