"""`/desk view save`, `rename` and `remove`: searches that somebody keeps for themselves or for their team."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_team
from bot.domain.views.saved_view import BY_TEAM, SavedView
from bot.messages import verbs
from bot.messages.outbound import Button, Code, PrivateReply
from bot.services.views.ticket_views import find_view, name_to_ask, remove_view, rename_view, save_view
from bot.text.sentences import joined, words


def save(call: Call) -> PrivateReply:
    """For the actor alone, or for a team that the form named, or that stands before the name: `network/printers`."""
    named, by, name = call.option("name").partition(BY_TEAM)
    team_name = call.option("team") or (named if by else "")
    team = find_team(call.context, team_name) if team_name else None
    view = save_view(
        call.context,
        name=name if by else named,
        query=call.option("query"),
        team=team,
    )
    key = "lists.saved_for_team" if team is not None else "lists.saved"
    asked = name_to_ask(call.context, view)
    command = f"{verbs.typed(call.context.desk.command_names, verbs.VIEW)} {asked}"
    show = Button(
        label=words(call.context.language, "lists.show_button"), verb=verbs.VIEW, options={"name": asked}
    )
    facts = {"name": view.name, "command": command, "team": team.title if team is not None else ""}
    return PrivateReply(text=call.say(key, **facts), buttons=(show,))


def rename(call: Call) -> PrivateReply:
    view = find_view(call.context, call.option("name"))
    renamed = rename_view(call.context, view, to=call.option("new_name"))
    return call.answer("lists.renamed", before=view.title, name=renamed.name)


def remove(call: Call) -> PrivateReply:
    """Of a team's once more before it is done: its colleagues use it, and nobody can bring it back."""
    view = find_view(call.context, call.option("name"))
    if view.team is not None and view.id and not call.option(_CONFIRMED):
        return _ask(call, view, team=view.team)
    remove_view(call.context, view)
    return call.answer("lists.removed", name=view.title)


def _ask(call: Call, view: SavedView, *, team: str) -> PrivateReply:
    context = call.context
    maker = context.uow.people.find(view.owner)
    question = call.say(
        "lists.confirm_remove",
        name=view.title,
        team=context.desk.title_of(team),
        maker=maker.name if maker is not None else view.owner,
    )
    button = Button(
        label=call.command.submit(context.language),
        verb=call.command.name,
        options={"name": f"{team}{BY_TEAM}{view.name}", _CONFIRMED: "yes"},
        is_dangerous=True,
    )
    return PrivateReply(
        text=joined(question, (Code(view.query),), by="\n"), buttons=(button,), is_question=True
    )


_CONFIRMED = "confirmed"
"""The option of the button that confirms."""
_NAME = Option(name="name", kind=OptionKind.SAVED_VIEW)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SAVE_VIEW,
        place=23,
        aliases=("save-view",),
        who=Role.AGENT,
        handler=save,
        has_form=True,
        options=(
            Option(name="name", kind=OptionKind.WORD),
            Option(name="query", kind=OptionKind.SEARCH),
            Option(name="team", kind=OptionKind.OWN_TEAM, is_required=False, is_form_only=True),
        ),
        example='view save "VPN this week" tag:vpn opened:<1w',
        menu_group="views",
        replies_privately=True,
    ),
    Command(
        name="desk view-rename",
        place=24,
        aliases=("rename-view",),
        who=Role.AGENT,
        handler=rename,
        has_form=True,
        options=(_NAME, Option(name="new_name", kind=OptionKind.WORD)),
        example='view rename vpn "VPN and remote work"',
        menu_group="views",
        replies_privately=True,
    ),
    Command(
        name="desk view-remove",
        place=24,
        aliases=("remove-view",),
        who=Role.AGENT,
        handler=remove,
        has_form=True,
        options=(_NAME,),
        example="view remove vpn",
        menu_group="views",
        replies_privately=True,
    ),
)
