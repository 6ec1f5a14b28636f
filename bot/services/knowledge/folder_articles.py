"""What a folder of files says becomes the desk's articles: new ones, new versions, and retired ones.

A file that cannot be read leaves the last version that could; a file that is gone retires its article.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.config.knowledge.folder import ArticleFile, ArticleFolder
from bot.domain.knowledge.article import Article, ArticleOrigin, ArticleState
from bot.domain.sentence import Sentence, sentence
from bot.services.context.context import Context
from bot.services.knowledge.written_articles import record_article

PICTURES: Final = "#pictures"
"""Behind a file's name, what is wrong with its pictures alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderChange:
    """`what` happens to an article: `made`, `changed` or `retired`. `article` is as it is then."""

    article: Article
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPlan:
    """`taken` are names of files whose names articles written in chat have; those stay."""

    changes: tuple[FolderChange, ...] = ()
    taken: tuple[str, ...] = ()


def plan_folder(context: Context, folder: ArticleFolder) -> FolderPlan:
    """What has to be done; nothing where the desk knows all of it already."""
    known = {each.name.casefold(): each for each in context.uow.articles.of_files()}
    changes, taken = list[FolderChange](), list[str]()
    for file in folder.files.values():
        article = known.pop(file.name.casefold(), None) or context.uow.articles.find(file.name)
        if article is not None and not _is_free(article):
            taken.append(file.name)
            continue
        wanted = _article(context, file, article)
        if article is None:
            changes.append(FolderChange(article=wanted, what="made"))
        elif not wanted.says_the_same(article):
            changes.append(FolderChange(article=wanted, what="changed"))
    changes += _retired(context, known, folder)
    return FolderPlan(changes=tuple(changes), taken=tuple(taken))


def carry_out(context: Context, plan: FolderPlan) -> int:
    """Returns how many articles changed; one that another replica changed first is left."""
    many = 0
    for each in plan.changes:
        articles = context.uow.articles
        if articles.add(each.article) if each.what == "made" else articles.replace(each.article):
            record_article(context, each.article, each.what)
            many += 1
    return many


def problems_of(folder: ArticleFolder, plan: FolderPlan) -> Mapping[str, tuple[Sentence, ...]]:
    """What an operator has to fix, by the names of the files, those of their pictures apart."""
    taken = {each: (sentence("configuration.file_name_taken", name=each),) for each in plan.taken}
    errors = {name: error.lines for name, error in folder.errors.items()}
    pictures = {f"{name}{PICTURES}": error.lines for name, error in folder.picture_errors.items()}
    return {**errors, **pictures, **taken}


def _is_free(article: Article) -> bool:
    """Whether a file may say what this article says: it came from one, or is no more."""
    return article.origin is ArticleOrigin.FILE or article.state is ArticleState.RETIRED


def _article(context: Context, file: ArticleFile, known: Article | None) -> Article:
    """The language is found out only for words that are new."""
    if file.language is None and known is not None and known.body == file.body:
        language = known.language
    else:
        language = file.language or context.language_of(file.body) or context.desk.language
    version = known.version + 1 if known is not None else 1
    return file.article(version=version, changed_at=context.now, language=language)


def _retired(context: Context, known: Mapping[str, Article], folder: ArticleFolder) -> Iterator[FolderChange]:
    """Those without a file; one whose file cannot be read just now stays."""
    unread = {name.casefold() for name in folder.errors}
    for folded, article in known.items():
        if folded not in unread:
            retired = replace(
                article,
                state=ArticleState.RETIRED,
                version=article.version + 1,
                changed_at=context.now,
                changed_by=context.actor.key,
            )
            yield FolderChange(article=retired, what="retired")
