"""What is said of words that are no command."""

from bot.commands.framework.command import AGENTS, EVERYBODY, excerpt
from bot.commands.framework.parsing import split_verb
from bot.commands.framework.registry import Registry
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.text.sentences import joined, say

FEWEST_WORDS = 2
"""Behind what is no verb, for it to be a sentence."""


def unknown_command(registry: Registry, context: Context, group: str, words: str) -> PrivateReply:
    """With the command that was probably meant; a sentence without one is probably a request."""
    verb, rest = split_verb(words)
    is_agent = bool(context.desk.teams_of(context.actor))
    nearest = registry.nearest(group, verb, for_agent=is_agent)
    nearest = nearest or registry.find(EVERYBODY, verb)
    language, name = context.language, registry.name_of(group, context.desk)
    text = say(language, "commands.unknown_command", command=verb)
    own = AGENTS if is_agent and registry.meant_by(AGENTS, verb) is not None else EVERYBODY
    if (meant_verb := registry.meant_by(own, verb)) is not None:
        meant = f"{registry.name_of(own, context.desk)} {meant_verb} {rest}".strip()
        text = joined(text, say(language, "refusals.did_you_mean", word=meant))
    elif nearest is not None and nearest.is_in(context.desk):
        meant = registry.name_of(nearest.group if nearest.group != AGENTS else group, context.desk)
        right = registry.typed_right(nearest, words) or nearest.usage(language)
        usage = say(language, "refusals.did_you_mean", word=f"{meant} {right}")
        text = joined(text, usage, (nearest.summary(language),))
    elif group == EVERYBODY and len(rest.split()) >= FEWEST_WORDS:
        opened = f"{verbs.typed(context.desk.command_names, verbs.OPEN)} {excerpt(words)}"
        text = joined(text, say(language, "refusals.did_you_mean", word=opened))
    if (default := registry.default) is not None:
        every = say(language, "commands.all_commands", command=f"{name} {default.verb}")
        text = joined(text, every)
    return PrivateReply(text=text, is_error=True)
