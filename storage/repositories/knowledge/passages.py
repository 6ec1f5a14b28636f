"""Passages and the index of their words.

How many passages hold each word is counted as they are written, for each audience: a search reads a dozen rows for
it, and what somebody may not read changes nothing for them. Changes of the index take turns by its one row, so that
two of them never wait for one another's words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import bindparam, delete, func, literal_column, or_, select, text, union_all, update

from bot.domain.knowledge.article import Article, ArticleAudience
from bot.domain.knowledge.index_words import passage_words as words_of
from bot.domain.knowledge.passage import Passage
from bot.domain.knowledge.readership import Readership
from bot.domain.search.stems import Variant
from bot.ports.storage.knowledge.passages import IndexedPassage, PassageVector
from storage.engine.columns import Row, clean, from_json, to_json
from storage.engine.ids import IdMaker
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.engine.word_match import WordMatch
from storage.tables.knowledge.passages import passage_index, passage_words, passages

LONGEST_WORD: Final = 100
"""Characters: a word of the index is a key."""
ALL: Final = ""
"""The word that counts every passage."""
_COLUMNS: Final = (
    *("id", "article", "position", "title", "headings", "tags"),
    *("text", "audience", "language", "words"),
)

PASSAGE: Final = Insertion(passages, _COLUMNS)
COUNT: Final = Insertion(
    passage_words,
    ("word", "audience", "language", "passages"),
    on_conflict=" ON CONFLICT (word, audience, language)"
    " DO UPDATE SET passages = passage_words.passages + excluded.passages",
)
TAKE_TURN: Final = text(
    "INSERT INTO passage_index (name, revision) VALUES ('passages', 1)"
    " ON CONFLICT (name) DO UPDATE SET revision = passage_index.revision + 1"
)
OF_ARTICLE = select(passages.c.audience, passages.c.language, passages.c.words).where(
    passages.c.article == bindparam("of_article")
)
FORGET = delete(passages).where(passages.c.article == bindparam("of_article"))
FORGET_WORDS = delete(passage_words).where(
    ListedIn(passage_words.c.word, "listed"), passage_words.c.passages <= 0
)
LANGUAGES = (
    select(passage_words.c.language, func.sum(passage_words.c.passages).label("many"))
    .where(passage_words.c.word == ALL, ListedIn(passage_words.c.audience, "audiences"))
    .group_by(passage_words.c.language)
)
COUNTS = (
    select(passage_words.c.word, func.sum(passage_words.c.passages).label("many"))
    .where(ListedIn(passage_words.c.word, "listed"), ListedIn(passage_words.c.audience, "audiences"))
    .group_by(passage_words.c.word)
)
_read = (*(passages.c[name] for name in _COLUMNS),)
GET_MANY = select(*_read).where(ListedIn(passages.c.id, "listed"), ListedIn(passages.c.audience, "audiences"))
IDS_OF_ARTICLE = select(passages.c.id).where(
    passages.c.article == bindparam("of_article"), ListedIn(passages.c.audience, "audiences")
)
REVISION = select(passage_index.c.revision)
VECTORS = (
    select(passages.c.id, passages.c.audience, passages.c.vector)
    .where(passages.c.vector_model == bindparam("of_model"), passages.c.id > bindparam("behind"))
    .order_by(passages.c.id)
    .limit(bindparam("many"))
)
WITHOUT_VECTOR = (
    select(*_read)
    .where(or_(passages.c.vector_model.is_(None), passages.c.vector_model != bindparam("of_model")))
    .order_by(passages.c.id)
    .limit(bindparam("many"))
)
KEEP_VECTOR = (
    update(passages)
    .where(passages.c.id == bindparam("the_id"))
    .values(vector=bindparam("made"), vector_model=bindparam("of_model"))
)


class SqlPassages:
    def __init__(self, session: Session, *, new_id: IdMaker) -> None:
        self._session = session
        self._new_id = new_id

    def replace(self, article: Article, passages: Sequence[Passage]) -> None:
        rows = [_row(article, each, identity=self._new_id()) for each in passages]
        self._change(article.name, rows)

    def remove(self, article: str) -> None:
        self._change(article, [])

    def languages(self, readership: Readership) -> Mapping[str, int]:
        rows = self._session.fetch(LANGUAGES, audiences=_audiences(readership))
        return {row["language"]: int(row["many"]) for row in rows if row["many"] > 0}

    def counts(self, words: Sequence[str], readership: Readership) -> Mapping[str, int]:
        listed = to_json([word[:LONGEST_WORD] for word in words])
        rows = self._session.fetch(COUNTS, listed=listed, audiences=_audiences(readership))
        return {row["word"]: int(row["many"]) for row in rows if row["many"] > 0}

    def holding(self, weights: Mapping[str, float], readership: Readership, *, limit: int) -> Sequence[int]:
        if not weights:
            return []
        audiences = [each.key for each in readership.audiences]
        hits = union_all(
            *(
                select(passages.c.id, literal_column(f"{weight:.6f}").label("weight")).where(
                    WordMatch(passages, [Variant((word,))]), passages.c.audience.in_(audiences)
                )
                for word, weight in weights.items()
            )
        ).subquery("hits")
        question = (
            select(hits.c.id)
            .group_by(hits.c.id)
            .order_by(func.sum(hits.c.weight).desc(), hits.c.id)
            .limit(limit)
        )
        return [row["id"] for row in self._session.fetch_made(question)]

    def get_many(self, ids: Sequence[int], readership: Readership) -> Sequence[IndexedPassage]:
        if not ids:
            return []
        rows = self._session.fetch(GET_MANY, listed=to_json(ids), audiences=_audiences(readership))
        return [_passage_from(row) for row in rows]

    def of_article(self, article: str, readership: Readership) -> Sequence[int]:
        audiences = _audiences(readership)
        rows = self._session.fetch(IDS_OF_ARTICLE, of_article=clean(article), audiences=audiences)
        return [row["id"] for row in rows]

    def revision(self) -> int:
        row = self._session.fetch_one(REVISION)
        return 0 if row is None else int(row["revision"])

    def vectors(self, model: str, *, after: int, limit: int) -> Sequence[PassageVector]:
        rows = self._session.fetch(VECTORS, of_model=model, behind=after, many=limit)
        return [PassageVector(row["id"], row["audience"], row["vector"]) for row in rows]

    def without_vector(self, model: str, *, limit: int) -> Sequence[IndexedPassage]:
        return [_passage_from(row) for row in self._session.fetch(WITHOUT_VECTOR, of_model=model, many=limit)]

    def keep_vectors(self, vectors: Mapping[int, bytes], *, model: str) -> None:
        self._session.write(TAKE_TURN)
        for identity, made in vectors.items():
            self._session.write(KEEP_VECTOR, the_id=identity, made=made, of_model=model)

    def _change(self, article: str, rows: Sequence[Row]) -> None:
        """What was there is read after the turn is taken: two changes of one article count each word once."""
        if not rows and not self._session.fetch(OF_ARTICLE, of_article=clean(article)):
            return
        self._session.write(TAKE_TURN)
        before = self._session.fetch(OF_ARTICLE, of_article=clean(article))
        self._session.write(FORGET, of_article=clean(article))
        for row in rows:
            self._session.insert(PASSAGE, row)
        counted = _counted(rows)
        counted.subtract(_counted(before))
        changed = sorted((place, many) for place, many in counted.items() if many)
        for (word, audience, language), many in changed:
            self._session.insert(
                COUNT, {"word": word, "audience": audience, "language": language, "passages": many}
            )
        if fewer := sorted({word for (word, _, _), many in changed if many < 0}):
            self._session.write(FORGET_WORDS, listed=to_json(fewer))


def _row(article: Article, passage: Passage, *, identity: int) -> Row:
    words = (clean(word)[:LONGEST_WORD] for word in words_of(article, passage))
    return {
        "id": identity,
        "article": clean(article.name),
        "position": passage.position,
        "title": clean(passage.title),
        "headings": to_json(passage.headings),
        "tags": to_json(article.tags),
        "text": clean(passage.text),
        "audience": clean(article.audience.key),
        "language": clean(article.language),
        "words": " ".join(words),
    }


def _counted(rows: Sequence[Row]) -> Counter[tuple[str, str, str]]:
    """In how many of these passages each word stands, for their audience and language."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        for word in {ALL, *row["words"].split()}:
            counted[word, row["audience"], row["language"]] += 1
    return counted


def _audiences(readership: Readership) -> str:
    return to_json([clean(each.key) for each in readership.audiences])


def _passage_from(row: Row) -> IndexedPassage:
    return IndexedPassage(
        id=row["id"],
        passage=Passage(
            article=row["article"],
            title=row["title"],
            headings=tuple(from_json(row["headings"])),
            text=row["text"],
            position=row["position"],
        ),
        audience=ArticleAudience.parse(row["audience"]),
        language=row["language"],
        tags=tuple(from_json(row["tags"])),
        words=row["words"].split(),
    )
