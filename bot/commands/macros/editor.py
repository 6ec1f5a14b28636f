"""`/desk macro new`, `edit` and `remove`: macros written in chat, one's own or a team's."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.macros.forms import (
    MacroInput,
    change_fields,
    name_field,
    owner_field,
    read_macro,
    read_owner,
    text_field,
)
from bot.commands.framework.macros.labels import macro_label, whose
from bot.domain.errors import Refused
from bot.domain.macros.macro import Macro
from bot.domain.macros.written_macro import MacroScope, WrittenMacro
from bot.domain.sentence import sentence
from bot.messages import verbs
from bot.messages.outbound import Button, Code, Field, Form, PrivateReply, Quote, RichText
from bot.services.macros.changes_in_words import changes_in_words
from bot.services.macros.filled_text import TEXT
from bot.services.macros.known_macros import KnownMacro, macro_called, own, shadowed_by
from bot.services.macros.written_changes import (
    NAME,
    add_macro,
    change_macro,
    remove_macro,
    writable_macros,
)
from bot.text.amounts import listed
from bot.text.catalogue import languages
from bot.text.error_text import tell
from bot.text.sentences import joined, words

LANGUAGE, VERSION, ACT = "language", "version", "act"
"""Options of forms and buttons besides their fields."""
_DONE = "done"
"""What is done is what the form says, or what the button asked."""


def new(call: Call) -> PrivateReply | Form:
    """What was typed becomes one's own at once; otherwise a form asks for the rest."""
    if call.option(ACT) == _DONE:
        macro = read_macro(call, call.option(NAME), {})
        written = add_macro(call.context, read_owner(call.context, call.option(MacroInput.OWNER)), macro)
    elif call.option(NAME) and call.option(TEXT):
        name = call.option(NAME)
        written = add_macro(
            call.context, own(call.context), Macro(name=name, title=name, text=call.option(TEXT))
        )
    else:
        return _form(
            call,
            (
                name_field(call, call.option(NAME)),
                text_field(call, call.option(TEXT)),
                owner_field(call),
                *change_fields(call, None),
            ),
        )
    return _kept(call, "macros.made", written)


def edit(call: Call) -> PrivateReply | Form:
    """The form with what it is now, and what that becomes; with a language, its text in that language alone."""
    if not call.option(NAME):
        return _choice(call)
    known = _find(call)
    assert known.written is not None
    written, language = known.written, _language(call)
    if call.option(ACT) == _DONE:
        macro = _in_language(call, written.macro, language) if language else _rewritten(call, written.macro)
        seen = replace(written, version=int(call.option(VERSION) or 0))
        return _kept(call, "macros.changed", change_macro(call.context, seen, macro))
    if language:
        fields: tuple[Field, ...] = (
            text_field(call, written.macro.texts.get(language, ""), is_required=False),
        )
    else:
        fields = (text_field(call, written.macro.text), *change_fields(call, written.macro))
    fixed = {NAME: str(written.id), VERSION: str(written.version)}
    return _form(
        call, fields, fixed=fixed | ({LANGUAGE: language} if language else {}), name=written.macro.name
    )


def remove(call: Call) -> PrivateReply | Form:
    """Once more before it is done: nobody can bring it back."""
    if not call.option(NAME):
        return _choice(call)
    known = _find(call)
    assert known.written is not None
    if call.option(ACT) == _DONE:
        seen = replace(known.written, version=int(call.option(VERSION) or 0))
        remove_macro(call.context, seen)
        return PrivateReply(text=call.say("macros.removed", name=known.macro.name), is_turned=True)
    question = call.say("macros.remove", name=known.macro.name, owner=whose(call.context, known))
    button = Button(
        label=call.command.submit(call.context.language),
        verb=call.command.name,
        options={NAME: str(known.written.id), VERSION: str(known.written.version), ACT: _DONE},
        is_dangerous=True,
    )
    text = joined(question, (Quote(known.macro.text),), by="\n")
    return PrivateReply(text=text, buttons=(button,), is_question=True)


def _find(call: Call) -> KnownMacro:
    """By its id, which forms and buttons have, or its name. Raises Refused, for one of desk.yaml with where it is."""
    given, macros = call.option(NAME), writable_macros(call.context)
    by_id = next((each for each in macros if each.written and str(each.written.id) == given), None)
    if by_id is not None:
        return by_id
    of_file = next((each for each in call.context.desk.macros.values() if each.is_called(given)), None)
    if of_file is not None and not any(each.macro.is_called(given) for each in macros):
        command = f"{verbs.typed(call.context.desk.command_names, verbs.NEW_MACRO)} {of_file.name}"
        raise Refused("macros.in_the_file", name=of_file.name, command=command)
    return macro_called(given, macros)


def _language(call: Call) -> str:
    """A code such as `de`; empty for none. Raises Refused for one that Deskbell does not speak."""
    given = call.option(LANGUAGE).lower()
    if given and given not in languages():
        raise Refused("macros.language_unknown", text=given, names=tuple(sorted(languages())))
    return given


def _in_language(call: Call, macro: Macro, language: str) -> Macro:
    """Without words its text in that language is taken away."""
    others = {each: text for each, text in macro.texts.items() if each != language}
    given = call.option(TEXT)
    return replace(macro, texts=others | ({language: given} if given else {}))


def _rewritten(call: Call, macro: Macro) -> Macro:
    return read_macro(call, macro.name, macro.texts)


def _form(
    call: Call, fields: tuple[Field, ...], *, fixed: dict[str, str] | None = None, name: str = ""
) -> Form:
    title = call.command.form_title(call.context.language)
    return Form(
        title=f"{title} · {name}" if name else title,
        verb=call.command.name,
        ticket=None,
        fields=fields,
        submit=call.command.submit(call.context.language),
        fixed={ACT: _DONE, **(fixed or {})},
        instead=call.say("macros.write_without_form", command=_typed(call, verbs.NEW_MACRO)),
    )


def _choice(call: Call) -> Form:
    """Which one, of those that the actor may change. Raises Refused where there are none."""
    macros = writable_macros(call.context)
    if not macros:
        raise Refused("macros.none_of_yours_yet", command=_typed(call, verbs.NEW_MACRO))
    (option, *_), language = call.command.options, call.context.language
    choices = tuple(
        (str(each.written.id), macro_label(call.context, each)) for each in macros if each.written
    )
    field = Field(
        name=option.name, label=call.command.label(option, language), kind="choice", choices=choices
    )
    return Form(
        title=call.command.form_title(language),
        verb=call.command.name,
        ticket=None,
        fields=(field,),
        submit=words(language, "commands.next_step"),
        instead=call.say(
            "macros.name_one", command=f"{_typed(call, call.command.name)} {macros[0].macro.name}"
        ),
    )


def _kept(call: Call, key: str, written: WrittenMacro) -> PrivateReply:
    """What it says and does from now on, and how it is used."""
    context, macro = call.context, written.macro
    known = KnownMacro(macro=macro, written=written)
    changes = tuple(changes_in_words(context, macro))
    also = tell(context.language, sentence("macros.also_changes", changes=changes)) if changes else ()
    use = Code(f"{_typed(call, verbs.MACRO)} {context.desk.prefix}-12 {macro.name}")
    return PrivateReply(
        text=joined(
            call.say(key, name=macro.name, owner=whose(context, known)),
            (Quote(macro.text),),
            also,
            _goes_before(call, written),
            call.say("macros.how_to_send", command=use),
            by="\n",
        )
    )


def _goes_before(call: Call, written: WrittenMacro) -> RichText:
    """Whose macros of that name are not sent any more; nothing where there are none."""
    context = call.context
    others = shadowed_by(context, written)
    if not others:
        return ()
    owners = listed([whose(context, each) for each in others], context.language)
    key = "macros.goes_before" if written.owner.scope is MacroScope.PERSON else "macros.goes_before_for_team"
    return call.say(key, owners=owners, name=written.macro.name)


def _typed(call: Call, verb: str) -> str:
    return verbs.typed(call.context.desk.command_names, verb)


_WHICH = Option(name=NAME, kind=OptionKind.OWN_MACRO, is_required=False)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.NEW_MACRO,
        place=81,
        who=Role.AGENT,
        handler=new,
        asks_without=frozenset({ACT, TEXT}),
        options=(
            Option(name=NAME, kind=OptionKind.WORD, is_required=False),
            Option(name=TEXT, is_required=False),
        ),
        replies_privately=True,
        example="macro new thanks Thank you, {requester.first_name}!",
    ),
    Command(
        name=verbs.EDIT_MACRO,
        place=82,
        who=Role.AGENT,
        handler=edit,
        asks_without=frozenset({ACT}),
        options=(_WHICH, Option(name=LANGUAGE, kind=OptionKind.WORD, is_required=False)),
        replies_privately=True,
        example="macro edit thanks",
    ),
    Command(
        name=verbs.REMOVE_MACRO,
        place=84,
        who=Role.AGENT,
        handler=remove,
        asks_without=frozenset({ACT}),
        options=(_WHICH,),
        replies_privately=True,
    ),
)
