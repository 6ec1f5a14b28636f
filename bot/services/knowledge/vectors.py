"""Vectors of what passages mean, made of those that have none of this model yet."""

from bot.domain.knowledge.index_words import meant_text
from bot.ports.meaning import MeaningModel
from bot.ports.unit_of_work import UnitOfWork


def make_vectors(uow: UnitOfWork, meaning: MeaningModel, *, limit: int) -> int:
    """Returns of how many passages they were made; fewer than `limit` means that none is left."""
    found = uow.passages.without_vector(meaning.model, limit=limit)
    if found:
        made = meaning.vectors([meant_text(each.passage, each.tags) for each in found])
        ids = (each.id for each in found)
        uow.passages.keep_vectors(dict(zip(ids, made, strict=True)), model=meaning.model)
    return len(found)
