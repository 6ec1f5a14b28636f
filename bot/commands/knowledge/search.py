"""`/kb search`: the passages that answer a question, with the way to the whole article."""

from collections.abc import Sequence

from bot.commands.framework.command import Call, Command, Option
from bot.commands.framework.knowledge.answers import heading_for_team
from bot.commands.framework.knowledge.articles import show_button
from bot.commands.framework.parsing import split_verb
from bot.domain.normalised_text import words_of
from bot.domain.suggestions import FEWEST_LETTERS, slipped_from
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, PrivateReply, RichText
from bot.services.knowledge.answer_search import FoundAnswer, find_answers, ranked, readers_among_agents
from bot.services.knowledge.known_articles import readable_articles, readership_here
from bot.services.knowledge.search import FoundPassage, find_passages
from bot.services.tickets.offers.inbox_readers import readers_asking
from bot.services.tickets.offers.offer_message import earlier_heading
from bot.text.markdown import markdown_words
from bot.text.sentences import joined, say, words

FOUND = 5
EARLIER = 2
"""Earlier answers beside articles."""
PERHAPS = 2
"""Articles that are shown where none fits."""
EXCERPT = 240
"""Characters of a passage."""
FITS = 40
"""Characters of words in a button: at Discord all that it does fits into 100."""


def search(call: Call) -> PrivateReply:
    context, asked = call.context, call.option("words")
    found = find_passages(
        context, asked, readership_here(context, call.location), language=context.language, limit=FOUND
    )
    answers = _answers(call, asked)
    passages = [each for each in found.passages if each.may_help]
    if not passages and not answers:
        return _nothing(call, asked)
    likely = [each for each in passages if each.is_likely]
    shown = likely or (() if answers else passages[:PERHAPS])
    head = (
        call.say("knowledge.found", text=asked, count=len(likely))
        if likely
        else call.say("knowledge.found_answers" if answers else "knowledge.perhaps", text=asked)
    )
    shows = (
        show_button(context.language, title=each.passage.title, name=each.passage.article) for each in shown
    )
    texts = ranked(
        [(each.score, _passage(each)) for each in shown],
        [(each.score, _answer(call, each)) for each in answers],
    )
    return PrivateReply(
        text=joined(head, *texts, by="\n\n"),
        buttons=(*shows, _ask_button(asked, context.language, is_primary=not likely)),
        is_page=True,
    )


def _nothing(call: Call, asked: str) -> PrivateReply:
    """With the way to the team, and the command where a verb was mistyped: what is no verb is looked for."""
    context, language = call.context, call.context.language
    listing = verbs.typed(context.desk.command_names, verbs.LIST_ARTICLES)
    ask = verbs.typed(context.desk.command_names, verbs.OPEN)
    text = call.say("knowledge.nothing_found", text=asked, command=listing, ask=ask)
    verb, rest = split_verb(asked)
    known = (each.verb for each in call.registry.all() if each.group == call.command.group)
    is_verb_like = len(verb) >= FEWEST_LETTERS and len(rest.split()) <= 1
    if is_verb_like and (meant := slipped_from(verb, known)) is not None:
        name = call.registry.name_of(call.command.group, context.desk)
        right = f"{name} {meant} {rest}".strip()
        text = joined(text, say(language, "refusals.did_you_mean", word=right))
    elif right := _spelled_as_in_titles(call, asked):
        command = f"{verbs.typed(context.desk.command_names, call.command.name)} {right}"
        text = joined(text, say(language, "refusals.did_you_mean", word=command))
    return PrivateReply(text=text, buttons=(_ask_button(asked, language),))


def _spelled_as_in_titles(call: Call, asked: str) -> str:
    """The same words, those that are a slip of the finger away from one in a title put right; empty where none is."""
    articles = readable_articles(call.context, readership_here(call.context, call.location))
    known = dict.fromkeys(word for each in articles for word in words_of(each.title))
    said = words_of(asked)
    right = [
        word if word in known or len(word) < FEWEST_LETTERS else slipped_from(word, known) or word
        for word in said
    ]
    return " ".join(right) if right != said else ""


def _answers(call: Call, asked: str) -> Sequence[FoundAnswer]:
    """What teams answered before, for their agents; for others what the team answered that this would go to."""
    context = call.context
    if not context.desk.knowledge.from_replies:
        return ()
    readers = (*readers_among_agents(context), *readers_asking(context, call.location, asked))
    found = find_answers(context, asked, readers, language=context.language, limit=EARLIER)
    return [each for each in found.answers if each.is_likely]


def _answer(call: Call, found: FoundAnswer) -> RichText:
    """Whole. Only those who work for its team read which ticket it is from."""
    context = call.context
    is_theirs = context.desk.teams[found.answer.team].has_agent(context.actor)
    heading = (
        heading_for_team(context, found)
        if is_theirs
        else earlier_heading(context.language, found.answer.said_at)
    )
    return (*heading, "\n", found.answer.text)


def _ask_button(asked: str, language: str, *, is_primary: bool = True) -> Button:
    """Asks the team, with what was looked for where it fits into a button."""
    return Button(
        label=words(language, "requester.button_ask_the_team"),
        verb=verbs.OPEN,
        options={"text": asked} if len(asked) <= FITS else {},
        opens_form=True,
        is_primary=is_primary,
    )


def _passage(found: FoundPassage) -> RichText:
    """Its article, the headings above it, and how it begins."""
    passage = found.passage
    where = " · ".join((passage.title, *passage.headings))
    line = " ".join(markdown_words(passage.text).split())
    excerpt = line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"
    return (Bold(where), " · ", Code(passage.article), "\n", excerpt)


COMMANDS: tuple[Command, ...] = (
    Command(
        name="kb search",
        place=10,
        handler=search,
        reads=True,
        options=(Option(name="words"),),
        replies_privately=True,
        has_form=True,
        is_for_words=True,
        example="search vpn on my phone",
    ),
)
