"""Fixed answers that name an article which there is not: nobody would be shown anything."""

from collections.abc import Callable, Collection, Iterator

from bot.config.checks.findings import ConfigurationFinding, error, warning
from bot.config.knowledge.folder import read_folder
from bot.config.loading import Configuration
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence
from bot.domain.suggestions import nearest


def faq_findings(
    configuration: Configuration, written: Callable[[], Collection[str] | None]
) -> Iterator[ConfigurationFinding]:
    """`written` gives the names of articles written in chat, None where they cannot be asked for.

    It is asked where a name is none of the folder's. A folder that cannot be read is told elsewhere.
    """
    policy = configuration.desk.knowledge
    try:
        found = read_folder(policy.folder) if policy.folder is not None else None
    except ConfigurationError:
        return
    files = [*found.files, *found.errors] if found is not None else []
    known = {each.casefold() for each in files}
    named = [(at, each.article) for at, each in enumerate(policy.faq) if each.article]
    unknown = [(at, name) for at, name in named if name.casefold() not in known]
    in_chat = written() if unknown else None
    for at, name in unknown:
        line = configuration.line_of("knowledge", "faq", at, "article")
        if in_chat is None:
            yield warning(line, sentence("configuration.faq_in_chat_only", name=name))
        elif name.casefold() not in {each.casefold() for each in in_chat}:
            meant = nearest(name, [*files, *in_chat])
            yield error(
                line,
                sentence("configuration.faq_no_article_meant", name=name, word=meant)
                if meant
                else sentence("configuration.faq_no_article", name=name),
            )
